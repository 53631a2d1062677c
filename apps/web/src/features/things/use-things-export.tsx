import Button from '@cloudscape-design/components/button'
import { useCallback } from 'react'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { useFlash } from '../../shared/flash/flash.tsx'
import { formatBytes, formatCount } from '../../shared/format.ts'
import { messageOf } from '../../shared/message-of.ts'
import { saveFile } from '../../shared/save-file.ts'
import { timeForFileName } from '../../shared/time-for-file-name.ts'
import { firstPage, nextPage, readThings, type ThingsAsked } from './list-api.ts'
import { type ExportFormat, thingsFile } from './things-file.ts'

const FLASH = 'things-export'
/** The most that AWS gives at once. */
const PAGE_SIZES = { index: 100, registry: 250 } as const
const FORMATS = { csv: 'CSV', jsonl: 'JSON Lines' } as const

interface ExportRequest {
  readonly asked: Omit<ThingsAsked, 'pageSize'>
  readonly format: ExportFormat
  /** So many things there are, about. */
  readonly about: number | undefined
}

/**
 * Writes all that is found into a file, page by page. It goes on whichever page of the console is open, and is offered for
 * saving at its end; what was read before it was cancelled, or before it failed, is offered too.
 */
export function useThingsExport(): (request: ExportRequest) => void {
  const { flash } = useFlash()
  return useCallback(
    ({ asked, format, about }) => {
      const stop = new AbortController()
      const file = thingsFile(format, asked)
      const what = `Export of things as ${FORMATS[format]}`
      const save = () => saveFile(file.blob(), `things-${timeForFileName(serverNow())}.${format}`)
      const words = () =>
        `${formatCount(file.count)} ${file.count === 1 ? 'thing' : 'things'}, ${formatBytes(file.bytes)}`
      const tell = () =>
        flash({
          id: FLASH,
          type: 'in-progress',
          header: what,
          content: `${words()}${about === undefined ? '' : ` of about ${formatCount(about)}`}. It goes on while you are on other pages.`,
          action: <Button onClick={() => stop.abort()}>Cancel export</Button>,
        })
      const run = async () => {
        const whole = { ...asked, pageSize: PAGE_SIZES[asked.source] }
        let page: ReturnType<typeof nextPage> = firstPage(asked.source)
        while (page) {
          tell()
          const rows = await readThings(whole, page, stop.signal)
          if (rows.refusal) throw rows.refusal
          stop.signal.throwIfAborted()
          file.write(rows.things)
          page = nextPage(rows)
        }
      }
      const saveButton = () => (file.count === 0 ? {} : { action: <Button onClick={save}>Save what there is</Button> })
      run().then(
        () => {
          save()
          flash({
            id: FLASH,
            type: 'success',
            header: `${what}: done`,
            content: words(),
            action: <Button onClick={save}>Save again</Button>,
          })
        },
        (error: unknown) =>
          stop.signal.aborted
            ? flash({
                id: FLASH,
                type: 'info',
                header: `${what}: cancelled`,
                content: `${words()} were read.`,
                ...saveButton(),
              })
            : flash({
                id: FLASH,
                type: 'error',
                header: `${what}: failed`,
                content: `${words()} were read, and not all. ${messageOf(error)}`,
                ...saveButton(),
              }),
      )
    },
    [flash],
  )
}
