import { type IotLogEntry, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { eachPage } from '../../shared/each-page.ts'
import { readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'
import { rangeOf, toCriteria } from './filter.ts'
import type { LogsFilter } from './search.ts'

/** What one file takes: reads are paced, and a browser is no place for more. */
export const MOST_EXPORTED = 10_000

/** Entries as JSON Lines, and whether there are more than one file takes. */
export interface Exported {
  readonly lines: string
  readonly count: number
  readonly isWhole: boolean
}

/** Reads what the filter means, newest first. @param onRead how many were read so far */
export async function exportEntries(
  filter: LogsFilter,
  nowMs: number,
  signal: AbortSignal,
  onRead: (count: number) => void,
): Promise<Exported> {
  const { fromMs, toMs } = rangeOf(filter, nowMs)
  const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
  const lines: string[] = []
  let isWhole = true
  const pages = eachPage((nextToken) => {
    const maxResults = Math.min(MOST_IOT_LOG_ENTRIES, MOST_EXPORTED - lines.length)
    return readIotLogs({ ...toCriteria(filter), ...range, maxResults, nextToken }, signal)
  })
  for await (const { entries, nextToken } of pages) {
    lines.push(...entries.map(lineOf))
    onRead(lines.length)
    isWhole = nextToken === undefined
    if (lines.length >= MOST_EXPORTED) break
  }
  return { lines: lines.map((line) => `${line}\n`).join(''), count: lines.length, isWhole }
}

/** An entry of JSON in one line is its own line, byte for byte; all else is an object with its text. */
export function lineOf({ message, at, eventType }: Pick<IotLogEntry, 'message' | 'at' | 'eventType'>): string {
  const isLine = eventType !== undefined && !/[\r\n]/.test(message)
  return isLine ? message : JSON.stringify({ timestamp: at, message })
}
