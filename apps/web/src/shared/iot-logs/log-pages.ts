import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type IotLogEntry, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { rangeOf, type Span, type TimeRange } from '../time-range.ts'
import { IOT_LOGS, type IotLogQuery, readIotLogs } from './iot-log-queries.ts'

/** Which entries of AWS IoT's log are meant. */
export interface LogSelection {
  /** What the API is asked for, but for its range. */
  readonly criteria: Omit<IotLogQuery, 'from' | 'to' | 'maxResults' | 'nextToken'>
  readonly range: TimeRange
  /** The range where none is said. */
  readonly usual: Span
  readonly pageSize: number
}

/** How often new entries are looked for, while the page can be seen. */
const TAIL_EVERY_MS = 5_000
/** CloudWatch Logs has entries some time after they happened, and not in their order: so far back each look reaches. */
const LATE_MS = 60_000

const iso = (ms: number): string => new Date(ms).toISOString()

/** Whether the range goes on with time: else nothing new comes into it. */
export const isOpenEnded = ({ last, to }: TimeRange): boolean => last !== undefined || to === undefined

/** Newest first, from `anchorMs` back. */
export const logPagesQuery = (selection: LogSelection, anchorMs: number) => {
  const { criteria, range, usual, pageSize } = selection
  const { fromMs, toMs } = rangeOf(range, anchorMs, usual)
  return infiniteQueryOptions({
    queryKey: [...IOT_LOGS, 'pages', selection, anchorMs],
    queryFn: ({ signal, pageParam: nextToken }) =>
      readIotLogs({ ...criteria, from: iso(fromMs), to: iso(toMs), maxResults: pageSize, nextToken }, signal),
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
export const tailQuery = (selection: LogSelection, anchorMs: number, sinceMs: () => number, nowMs: () => number) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'tail', selection, anchorMs],
    queryFn: async ({ signal }): Promise<TailLook> => {
      const range = { from: iso(sinceMs() - LATE_MS), to: iso(nowMs()) }
      const page = await readIotLogs({ ...selection.criteria, ...range, maxResults: MOST_IOT_LOG_ENTRIES }, signal)
      return {
        entries: page.entries,
        hasGap: page.nextToken !== undefined && page.entries.length >= MOST_IOT_LOG_ENTRIES,
        throttled: page.throttled,
      }
    },
    refetchInterval: TAIL_EVERY_MS,
    retry: false,
  })
