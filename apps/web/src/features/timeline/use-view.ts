import { useCallback, useEffect, useRef, useState } from 'react'
import { serverNow } from '../../shared/clock/server-clock.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { centred, type View } from './axis/view.ts'
import { LASTS_MS, type Last, type TimelineSearch } from './search.ts'

/** An address is written when one has stopped moving the axis for so long. */
const SETTLE_MS = 300
/** Room to the right for what comes while one looks. */
const HEADROOM = 0.04

interface Moved {
  readonly view: View
  /** The address that it was moved from: once that is another one, the address says what is shown. */
  readonly from: string
}

/** What the axis shows: what the address says, or what it was moved to a moment ago. */
export function useView({ search, setSearch }: SearchProps<TimelineSearch>) {
  const [openedAtMs, setOpenedAtMs] = useState(serverNow)
  const [moved, setMoved] = useState<Moved>()
  const key = [search.from, search.to, search.last, search.at].join(' ')
  const view = moved && moved.from === key ? moved.view : addressed(search, openedAtMs)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const move = useCallback(
    (next: View) => {
      setMoved({ view: next, from: key })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        const [from, to] = [new Date(next.fromMs).toISOString(), new Date(next.toMs).toISOString()]
        setSearch({ from, to, last: undefined, page: undefined }, { replace: true })
      }, SETTLE_MS)
    },
    [key, setSearch],
  )
  const showLast = useCallback(
    (last: Last | undefined) => {
      clearTimeout(timer.current)
      setMoved(undefined)
      setOpenedAtMs(serverNow())
      setSearch({ last, from: undefined, to: undefined, at: undefined, page: undefined })
    },
    [setSearch],
  )
  return { view, move, showLast, last: search.from === undefined ? (search.last ?? DEFAULT_LAST) : undefined }
}

const DEFAULT_LAST: Last = '24h'

function addressed({ from, to, last = DEFAULT_LAST, at }: TimelineSearch, nowMs: number): View {
  if (from !== undefined && to !== undefined) return { fromMs: Date.parse(from), toMs: Date.parse(to) }
  const spanMs = LASTS_MS[last]
  const view = { fromMs: nowMs - spanMs, toMs: nowMs + Math.round(spanMs * HEADROOM) }
  const atMs = at === undefined ? undefined : Date.parse(at)
  return atMs === undefined || (atMs >= view.fromMs && atMs <= view.toMs) ? view : centred(view, atMs)
}
