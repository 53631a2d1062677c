import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { IotLogEntry } from '@thingdeck/contract'
import { useCallback, useEffect, useState } from 'react'
import { serverNow } from '../clock/server-clock.ts'
import type { ListSource } from '../list/list-source.ts'
import { pagesOf } from '../list/list-source.ts'
import { isOpenEnded, type LogSelection, logPagesQuery, tailQuery } from './log-pages.ts'
import { admit, NOTHING_NEW, show, type TailState } from './tail.ts'

/** Whether rows above may come without moving what somebody looks at: the list stands at its top, and nobody points at it. */
const mayMove = (): boolean => window.scrollY < 8 && document.querySelector('table:hover, tbody:focus-within') === null

/** The entries that were read, those that came since, and how many of these wait: they move nothing that is looked at. */
export function useLogEntries(selection: LogSelection, isTailing: boolean) {
  const [anchorMs, setAnchorMs] = useState(serverNow)
  const pages = useInfiniteQuery(logPagesQuery(selection, anchorMs))
  const read = pages.data?.pages.flatMap(({ entries }) => entries) ?? []
  const key = JSON.stringify([selection, anchorMs])
  const [tail, setTail] = useState<{ readonly key: string; readonly state: TailState }>({ key, state: NOTHING_NEW })
  const state = tail.key === key ? tail.state : NOTHING_NEW
  const newest = state.newestMs || anchorMs
  const look = useQuery({
    ...tailQuery(selection, anchorMs, () => newest, serverNow),
    enabled: isTailing && isOpenEnded(selection.range) && pages.isSuccess && pages.data.pages[0]?.outcome === 'entries',
  })
  const { data: found, dataUpdatedAt } = look
  const readIds = read.map(({ eventId }) => eventId).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look is admitted once, when it has come
  useEffect(() => {
    if (!found) return
    const known = new Set(read.map(({ eventId }) => eventId))
    setTail((before) => {
      const admitted = admit(before.key === key ? before.state : NOTHING_NEW, found, known, anchorMs)
      return { key, state: mayMove() ? show(admitted) : admitted }
    })
  }, [found, dataUpdatedAt, key, readIds])

  const showNew = useCallback(() => setTail((before) => ({ ...before, state: show(before.state) })), [])
  const source: ListSource<IotLogEntry> = pagesOf(pages, ({ entries }) => entries)
  return {
    source: {
      ...source,
      pages: state.shown.length > 0 ? [state.shown, ...withoutThose(source.pages, state.shown)] : source.pages,
      refresh: () => setAnchorMs(serverNow()),
    },
    first: pages.data?.pages[0],
    throttled: pages.data?.pages.some((page) => page.throttled > 0) === true || (found?.throttled ?? 0) > 0,
    waiting: state.waiting.length,
    hasGap: state.hasGap,
    tailError: look.error,
    showNew,
    anchorMs,
  }
}

/** What came late may stand on a page that was read after it. */
function withoutThose(pages: ListSource<IotLogEntry>['pages'], shown: readonly IotLogEntry[]) {
  const ids = new Set(shown.map(({ eventId }) => eventId))
  return pages.map((page) => page.filter(({ eventId }) => !ids.has(eventId)))
}
