import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type IotLogEntry, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { parseEntryId } from '../../shared/iot-logs/entry-id.ts'
import { IOT_LOGS, readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'
import { rangeOf, toCriteria } from './filter.ts'
import type { LogsFilter } from './search.ts'

const PAGE_SIZE = 50
/** How often new entries are looked for, while the page can be seen. */
const TAIL_EVERY_MS = 5_000
/** CloudWatch Logs has entries some time after they happened, and not in their order: so far back each look reaches. */
const LATE_MS = 60_000

const iso = (ms: number): string => new Date(ms).toISOString()

/** Newest first, from `anchorMs` back. */
export const logPagesQuery = (filter: LogsFilter, anchorMs: number) => {
  const { fromMs, toMs } = rangeOf(filter, anchorMs)
  return infiniteQueryOptions({
    queryKey: [...IOT_LOGS, 'pages', filter, anchorMs],
    queryFn: ({ signal, pageParam: nextToken }) =>
      readIotLogs(
        { ...toCriteria(filter), from: iso(fromMs), to: iso(toMs), maxResults: PAGE_SIZE, nextToken },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: Number.POSITIVE_INFINITY, // what was logged until then does not change
  })
}

/** What a look at the newest entries found. */
export interface TailLook {
  readonly entries: readonly IotLogEntry[]
  /** More came than one look reads: some in between are missing. */
  readonly hasGap: boolean
  readonly throttled: number
}

/** The entries since `sinceMs`, again and again. */
export const tailQuery = (filter: LogsFilter, anchorMs: number, sinceMs: () => number, nowMs: () => number) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'tail', filter, anchorMs],
    queryFn: async ({ signal }): Promise<TailLook> => {
      const range = { from: iso(sinceMs() - LATE_MS), to: iso(nowMs()) }
      const page = await readIotLogs({ ...toCriteria(filter), ...range, maxResults: MOST_IOT_LOG_ENTRIES }, signal)
      return {
        entries: page.entries,
        hasGap: page.nextToken !== undefined && page.entries.length >= MOST_IOT_LOG_ENTRIES,
        throttled: page.throttled,
      }
    },
    refetchInterval: TAIL_EVERY_MS,
    retry: false,
  })

/** One entry of a link that the list does not show. `null`: it is not there. */
export const logEntryQuery = (id: string, group: string | undefined) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'entry', id, group ?? ''],
    queryFn: async ({ signal }): Promise<IotLogEntry | null> => {
      const { atMs = 0, eventId } = parseEntryId(id) ?? {}
      const range = { from: iso(atMs - 2_000), to: iso(atMs + 2_000) }
      const page = await readIotLogs({ ...range, maxResults: MOST_IOT_LOG_ENTRIES, logGroupName: group }, signal)
      return page.entries.find((entry) => entry.eventId === eventId) ?? null
    },
    staleTime: Number.POSITIVE_INFINITY, // entries do not change
  })
