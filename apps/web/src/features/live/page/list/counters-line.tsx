import Button from '@cloudscape-design/components/button'
import { formatCount } from '../../../../shared/format.ts'
import { formatDateTime, formatTimeOfDay } from '../../../../shared/time.tsx'
import { useTourStep } from '../../../../shared/tour/tour.ts'
import type { WindowView } from '../../protocol/stream.ts'
import { useSampledView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'

/** Where every message that was received is now. The sums always add up: all figures are of one moment. */
export function CountersLine({ feed, ...props }: { readonly feed: WindowFeed } & Omit<CountersProps, 'view'>) {
  const view = useSampledView(feed, 100)
  return view ? <Counters view={view} {...props} /> : <p className="td-counters">&nbsp;</p>
}

interface CountersProps {
  readonly view: WindowView
  readonly isFiltered: boolean
  /** Brings a gap into view. Left out where no list is shown. */
  readonly onGap?: ((direction: 'next' | 'previous') => void) | undefined
}

export function Counters({ view, isFiltered, onGap }: CountersProps) {
  const { received, kept, agedOut, gaps } = view.counters
  useTourStep('live', received > 0)
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
      {gaps > 0 && onGap && (
        <span className="td-counters-steps">
          <Button variant="inline-icon" iconName="angle-up" ariaLabel="Gap before" onClick={() => onGap('previous')} />
          <Button variant="inline-icon" iconName="angle-down" ariaLabel="Gap after" onClick={() => onGap('next')} />
        </span>
      )}
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
