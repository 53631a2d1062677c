import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type AuditEntry, logsSuccesses, type TimelinePage } from '@thingdeck/contract'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { oneAtATime } from '../../shared/one-at-a-time.ts'
import { useKnown } from '../../shared/reach/known.ts'
import { newerKey, presentQuery, readNewer, type Stretch, subjectQuery, timelinePagesQuery } from './api.ts'
import { spanOf, type View } from './axis/view.ts'
import { connectionBand } from './model/connection-band.ts'
import { withHeard } from './model/heard.ts'
import { logFact } from './model/moment.ts'
import { inOrder, timelineOf, unique } from './model/timeline.ts'
import { useHeard } from './use-heard.ts'

/** So much is read by itself; for more one asks. */
const MOST_BY_ITSELF = 10_000
const LOOK_EVERY_MS = 10_000
/** Entries may come into the log so much later than they happened: newer ones are looked for from so long before. */
const LATE_MS = 60_000
/** An axis that ends so near to now is followed. */
const NEAR_NOW_MS = 3_600_000

/** Everything that is known of a thing in the time that the axis shows, read as far as that goes. */
export function useTimeline(thingName: string, view: View) {
  const untilMs = useAnchor(view)
  const stretch = { fromMs: Math.min(view.fromMs, untilMs - 1), toMs: untilMs }
  const pages = useInfiniteQuery(timelinePagesQuery(thingName, stretch))
  const newer = useNewer(thingName, untilMs)
  const subject = useQuery(subjectQuery(thingName))
  const presentRead = useQuery(presentQuery(thingName))
  const present = useKnown(presentRead)
  const { look } = newer
  const { refetch } = presentRead
  const lookAtAll = useCallback(() => {
    look()
    void refetch()
  }, [look, refetch])
  const heard = useHeard(thingName, look, lookAtAll)

  const read = pages.data?.pages
  const logged = useMemo(() => {
    const entries = [...(read ?? []).flatMap((page) => page.entries), ...newer.entries]
    return inOrder(entries.map(logFact))
  }, [read, newer.entries])
  const facts = useMemo(() => withHeard(logged, heard), [logged, heard])
  const activity = useMemo(
    () => [...(read ?? []).flatMap((page) => page.activity?.entries ?? []), ...newer.activity],
    [read, newer.activity],
  )
  const moments = useMemo(
    () => timelineOf({ log: facts, activity, subject: subject.data, nowMs: serverNow() }),
    [facts, activity, subject.data],
  )

  const last = pages.data?.pages.at(-1)
  const readFromMs = readFrom(pages.data?.pageParams, last, logged[0]?.atMs)
  const isFull = logged.length >= MOST_BY_ITSELF
  const isBehind = readFromMs === undefined || readFromMs > view.fromMs
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages
  const readsOn = isBehind && hasNextPage && !isFull && !isFetching && !isError
  useEffect(() => {
    if (readsOn) void fetchNextPage()
  }, [readsOn, fetchNextPage])

  const isLogged = subject.data?.logging.state === 'on' && logsSuccesses(subject.data.logging.level)
  const { value: connection, knownAtMs, isCurrent } = present
  const band = useMemo(
    () =>
      readFromMs === undefined
        ? []
        : connectionBand(inOrder(facts), {
            readFromMs,
            toMs: Math.max(newer.readToMs, isCurrent ? (knownAtMs ?? 0) : 0),
            isLogged: isLogged && last?.log.outcome === 'entries',
            ...(connection && knownAtMs !== undefined && { present: { connection, atMs: knownAtMs } }),
          }),
    [facts, readFromMs, newer.readToMs, isLogged, last, connection, knownAtMs, isCurrent],
  )
  const log = newer.log ?? last?.log
  return { pages, newer, subject, moments, band, readFromMs, isFull, isBehind, log }
}

export type Timeline = ReturnType<typeof useTimeline>

/** Everything from then on was read. Of a page that has more behind it, only what it gave is. */
function readFrom(
  params: readonly unknown[] | undefined,
  last: TimelinePage | undefined,
  oldestMs: number | undefined,
) {
  // The query's own parameters, which its types do not tell.
  const stretch = params?.at(-1) as Stretch | undefined
  if (!stretch || !last) return undefined
  return last.nextToken === undefined ? stretch.fromMs : Math.max(stretch.fromMs, oldestMs ?? stretch.toMs)
}

/** From when on one reads back: now, or the end of what is shown where that was long ago. */
function useAnchor(view: View): number {
  const [anchorMs, setAnchorMs] = useState(() => anchorOf(view, serverNow()))
  const isBeyond = view.toMs > anchorMs && anchorMs < serverNow() - NEAR_NOW_MS
  useEffect(() => {
    if (isBeyond) setAnchorMs(anchorOf({ ...view, toMs: view.toMs + spanOf(view) }, serverNow()))
  }, [isBeyond, view])
  return anchorMs
}

const anchorOf = ({ toMs }: View, nowMs: number) => (toMs >= nowMs - NEAR_NOW_MS ? nowMs : toMs)

interface Newer extends Required<Pick<TimelinePage, 'entries'>> {
  readonly activity: readonly AuditEntry[]
  readonly log: TimelinePage['log'] | undefined
  /** Everything until then was looked for. */
  readonly readToMs: number
}

/** What came since `sinceMs`, looked for now and then where that is not long ago. */
function useNewer(thingName: string, sinceMs: number) {
  const client = useQueryClient()
  const queryKey = newerKey(thingName, sinceMs)
  const isFollowing = useMemo(() => sinceMs > serverNow() - NEAR_NOW_MS, [sinceMs])
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Newer> => {
      const before = client.getQueryData<Newer>(queryKey)
      const toMs = Math.max(sinceMs + 1, serverNow())
      const fromMs = Math.min(toMs, (before?.readToMs ?? sinceMs) - LATE_MS)
      const pages = await readNewer(thingName, { fromMs, toMs }, signal)
      return {
        entries: unique([...(before?.entries ?? []), ...pages.flatMap(({ entries }) => entries)]),
        activity: unique([...(before?.activity ?? []), ...pages.flatMap((page) => page.activity?.entries ?? [])]),
        log: pages.at(-1)?.log,
        readToMs: toMs,
      }
    },
    refetchInterval: LOOK_EVERY_MS,
    enabled: isFollowing,
    retry: false,
  })
  const { refetch } = query
  // A device that comes and goes each second has news more often than the log is read.
  const turn = useMemo(() => oneAtATime(() => refetch()), [refetch])
  useEffect(() => turn.stop, [turn])
  const { entries = NOTHING, activity = NOTHING, log, readToMs = sinceMs } = query.data ?? {}
  return { entries, activity, log, readToMs, error: query.error, isFollowing, look: turn.news }
}

const NOTHING: readonly never[] = []
