import type { View } from '../axis/view.ts'
import type { BandSpan } from '../model/connection-band.ts'
import type { Moment, MomentKind } from '../model/moment.ts'

export interface TimelineAxisProps {
  readonly view: View
  /** Oldest first; of the lanes alone. */
  readonly moments: readonly Moment[]
  readonly lanes: readonly MomentKind[]
  readonly band: readonly BandSpan[]
  /** What is before was not read. */
  readonly readFromMs: number | undefined
  readonly nowMs: number
  readonly selected: Moment | undefined
  /** Where a link leads, though nothing happened just then. */
  readonly atMs: number | undefined
  readonly onMove: (view: View) => void
  readonly onSelect: (moment: Moment) => void
}
