import { formatTimeOfDay } from '../../../shared/time.tsx'
import type { Bucket } from '../axis/buckets.ts'
import { MARK_PX } from './axis-measures.ts'

const SHOWN_IN_TIP = 3

/** What is below the pointer. */
export function AxisTip({
  bucket: { moments },
  x,
  widthPx,
}: {
  readonly bucket: Bucket
  readonly x: number
  readonly widthPx: number
}) {
  const shown = moments.slice(-SHOWN_IN_TIP).toReversed()
  return (
    <div
      className="td-timeline-tip"
      aria-hidden="true"
      style={x > widthPx / 2 ? { insetInlineEnd: widthPx - x + MARK_PX } : { insetInlineStart: x + MARK_PX }}
    >
      {shown.map(({ id, atMs, title, times }) => (
        <div key={id}>
          <b>{formatTimeOfDay(atMs)}</b> {title}
          {times > 1 && `, ${times} times`}
        </div>
      ))}
      {moments.length > shown.length && <div>and {moments.length - shown.length} more: click to zoom in</div>}
    </div>
  )
}
