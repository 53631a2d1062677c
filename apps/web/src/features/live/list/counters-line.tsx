import { formatCount } from '../../../shared/format.ts'
import { formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'
import type { WindowView } from '../engine/protocol.ts'
import { useSampledView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'

/** Where every message that was received is now. The sums always add up: all figures are of one moment. */
export function CountersLine({ feed, isFiltered }: { readonly feed: WindowFeed; readonly isFiltered: boolean }) {
  const view = useSampledView(feed, 100)
  return view ? <Counters view={view} isFiltered={isFiltered} /> : <p className="td-counters">&nbsp;</p>
}

export function Counters({ view, isFiltered }: { readonly view: WindowView; readonly isFiltered: boolean }) {
  const { received, kept, agedOut, gaps } = view.counters
  const { dup, missing, repeated, late } = view.delivery
  return (
    <p className="td-counters" title={`Since ${formatDateTime(view.sinceMs)}`}>
      received <b>{formatCount(received)}</b> = kept <b>{formatCount(kept)}</b> + aged out <b>{formatCount(agedOut)}</b>
      {view.agedOutBeforeMs !== undefined && ` (before ${formatTimeOfDay(view.agedOutBeforeMs)})`}
      {isFiltered && (
        <>
          {' · '}shown <b>{formatCount(view.shown)}</b> = kept − <b>{formatCount(view.filtered)}</b>{' '}
          {view.isComplete ? 'filtered' : 'filtered or not yet searched'}
        </>
      )}
      <Extra name={gaps === 1 ? 'gap' : 'gaps'} count={gaps} />
      <Extra name="sent again (DUP)" count={dup} />
      <Extra name="missing by sequence" count={missing} />
      <Extra name="repeated" count={repeated} />
      <Extra name="late" count={late} />
    </p>
  )
}

/** A figure that only matters when it is not zero. */
function Extra({ name, count }: { readonly name: string; readonly count: number }) {
  if (count === 0) return null
  return (
    <>
      {' · '}
      <span className="td-counters-extra">
        <b>{formatCount(count)}</b> {name}
      </span>
    </>
  )
}
