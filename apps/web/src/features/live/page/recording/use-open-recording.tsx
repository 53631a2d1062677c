import { useCallback } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { messageOf } from '../../../../shared/message-of.ts'
import type { TaskView } from '../../protocol/task.ts'
import { useLiveClient } from '../client.ts'
import { TaskButtons, TaskProgress } from '../tasks/task-flash.tsx'

/** Reads a recording into a stream of its own, and answers that stream's name; undefined when it is no recording. */
export function useOpenRecording(): (file: File) => Promise<string | undefined> {
  const client = useLiveClient()
  const { flash, dismiss } = useFlash()
  return useCallback(
    async (file) => {
      const stream = `recording:${crypto.randomUUID().slice(0, 8)}`
      const answer = client.call('live.openRecording', { task: stream, stream, file, fileName: file.name })
      // What fails before there is anything to see, is said below.
      const onEnd = ({ state, note }: TaskView) => {
        if (state !== 'failed') return dismiss(stream)
        void answer.then(
          () =>
            flash({
              id: stream,
              type: 'error',
              header: `${file.name} could not be read to its end`,
              content: note ?? '',
            }),
          () => {},
        )
      }
      flash({
        id: stream,
        type: 'in-progress',
        header: `Opening ${file.name}`,
        content: <TaskProgress id={stream} onEnd={onEnd} />,
        action: <TaskButtons id={stream} />,
      })
      try {
        await answer
        return stream
      } catch (error) {
        flash({
          id: stream,
          type: 'error',
          header: `${file.name} could not be opened`,
          content: messageOf(error),
        })
        return undefined
      }
    },
    [client, flash, dismiss],
  )
}
