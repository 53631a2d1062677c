import { formatCount } from '../../../shared/format.ts'
import { formatDateTime } from '../../../shared/time.tsx'
import type { WindowView } from '../engine/protocol.ts'

/** Where every message that was received is now. The sums always add up. */
export function CountersLine({ view, isFiltered }: { readonly view: WindowView; readonly isFiltered: boolean }) {
  const { received, kept, agedOut, gaps } = view.counters
  return (
    <p className="td-counters" title={`Since ${formatDateTime(view.sinceMs)}`}>
      received <b>{formatCount(received)}</b> = kept <b>{formatCount(kept)}</b> + aged out <b>{formatCount(agedOut)}</b>
      {isFiltered && (
        <>
          {' · '}shown <b>{formatCount(view.shown)}</b>
          {view.isComplete ? ' (filter)' : ' so far (searching)'}
        </>
      )}
      {gaps > 0 && (
        <>
          {' · '}gaps <b>{formatCount(gaps)}</b>
        </>
      )}
    </p>
  )
}
