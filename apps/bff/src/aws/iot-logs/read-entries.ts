import type { IotLogEntry, IotLogPage } from '@thingdeck/contract'
import type { Clock } from '../../clock.ts'
import type { IotLogRequest, IotLogs } from './iot-logs.ts'

/** Entries of one read of the log. */
const PAGE_SIZE = 5_000
/** So many entries are looked at, and for so long: a log may be long, and is read from its end. */
const MOST_ENTRIES = 20_000
const SEARCH_MS = 15_000

export interface ReadEntries extends Pick<IotLogPage, 'outcome' | 'message'> {
  /** The last one first. */
  readonly entries: readonly IotLogEntry[]
  /** Whether the log was read to the beginning of the time. */
  readonly isAll: boolean
}

/** Page after page of the log, within bounds. That there is no log is an outcome; errors are AWS's own. */
export async function readEntries(
  iotLogs: IotLogs,
  request: Pick<IotLogRequest, 'criteria' | 'fromMs' | 'toMs'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<ReadEntries> {
  const untilMs = clock.nowMs() + SEARCH_MS
  const entries: IotLogEntry[] = []
  let nextToken: string | undefined
  do {
    const page = await iotLogs.read(
      { ...request, limit: PAGE_SIZE, ...(nextToken !== undefined && { nextToken }) },
      signal,
    )
    const { outcome, message } = page
    if (outcome !== 'entries') return { outcome, ...(message !== undefined && { message }), entries: [], isAll: true }
    entries.push(...page.entries)
    nextToken = page.nextToken
  } while (nextToken !== undefined && entries.length < MOST_ENTRIES && clock.nowMs() < untilMs)
  return { outcome: 'entries', entries, isAll: nextToken === undefined }
}
