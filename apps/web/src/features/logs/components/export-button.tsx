import Button from '@cloudscape-design/components/button'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { formatCount } from '../../../shared/format.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { exportEntries, MOST_EXPORTED } from '../export-entries.ts'
import type { LogsFilter } from '../search.ts'

/** Saves the entries that the filter means as JSON Lines; it can be stopped meanwhile. */
export function ExportButton({ filter }: { readonly filter: LogsFilter }) {
  const { flash, dismiss } = useFlash()
  const [read, setRead] = useState(0)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const exporting = useMutation({
    mutationFn: async () => {
      running.current = new AbortController()
      setRead(0)
      dismiss(FLASH)
      return await exportEntries(filter, serverNow(), running.current.signal, setRead)
    },
    onSuccess({ lines, count, isWhole }) {
      saveFile(new Blob([lines], { type: 'application/x-ndjson' }), `iot-logs-${fileTime()}.jsonl`)
      flash({
        id: FLASH,
        type: isWhole ? 'success' : 'warning',
        header: `${formatCount(count)} ${count === 1 ? 'entry was' : 'entries were'} exported`,
        content: isWhole
          ? undefined
          : `These are the newest ${formatCount(MOST_EXPORTED)}; there are more. Choose a shorter time to export all of it.`,
      })
    },
    onError(error) {
      if (running.current?.signal.aborted) return
      flash({
        id: FLASH,
        type: 'error',
        content: <ErrorAlert error={error} what="The entries could not be exported" />,
      })
    },
  })
  if (exporting.isPending) {
    return (
      <Button onClick={() => running.current?.abort()} ariaLabel="Stop exporting">
        Stop exporting ({formatCount(read)})
      </Button>
    )
  }
  return (
    <Button iconName="download" onClick={() => exporting.mutate()}>
      Export
    </Button>
  )
}

const FLASH = 'iot-logs-export'

/** `20260304T050607Z`, in UTC as all exports. */
const fileTime = (): string => new Date(serverNow()).toISOString().replaceAll(/[-:]|\.\d+/g, '')
