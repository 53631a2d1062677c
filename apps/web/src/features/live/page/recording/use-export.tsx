import { useCallback } from 'react'
import { BRIEFLY_MS, useFlash } from '../../../../shared/flash/flash.tsx'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import { RpcError } from '../../../../shared/rpc/rpc.ts'
import { saveFile } from '../../../../shared/save-file.ts'
import type { ExportFormat, MessageScope } from '../../protocol/record.ts'
import { useLiveClient } from '../client.ts'
import { TaskButtons, TaskProgress } from '../tasks/task-flash.tsx'

/** Writes messages of a stream to a file that the browser saves. Progress is shown above every page. Answers whether they were saved. */
export function useExport(stream: string): (scope: MessageScope, format: ExportFormat) => Promise<boolean> {
  const client = useLiveClient()
  const { flash } = useFlash()
  return useCallback(
    async (scope, format) => {
      const task = `export-${crypto.randomUUID()}`
      const answer = client.call('live.export', { task, stream, scope, format })
      flash({
        id: task,
        type: 'in-progress',
        header: 'Exporting messages',
        content: <TaskProgress id={task} />,
        action: <TaskButtons id={task} />,
      })
      try {
        const { blob, fileName, messages } = await answer
        saveFile(blob, fileName)
        flash({
          id: task,
          type: 'success',
          header: `Exported ${formatCount(messages)} ${messages === 1 ? 'message' : 'messages'}`,
          content: `${fileName}, ${formatBytes(blob.size)}`,
          lastsMs: BRIEFLY_MS,
        })
        return true
      } catch (error) {
        if (error instanceof RpcError && error.code === 'STOPPED') {
          flash({ id: task, type: 'info', header: 'The export was stopped', content: 'No file was made.' })
        } else
          flash({
            id: task,
            type: 'error',
            header: 'The messages were not exported',
            content: messageOf(error),
          })
        return false
      }
    },
    [client, flash, stream],
  )
}
