import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react'
import { formatDateTime } from '../../../shared/time.tsx'
import { useElementSize } from '../../../shared/use-element-size.ts'
import { type Bucket, bucketsOf } from '../axis/buckets.ts'
import { brushed, centred, panned, spanOf, toMs, toX, zoomed } from '../axis/view.ts'
import { KIND_WORDS } from '../model/moment.ts'
import { useWheel } from '../use-wheel.ts'
import { AxisDrawing } from './axis-drawing.tsx'
import { BAND_HEIGHT, BAND_TOP, heightOf, LANE_HEIGHT, LANES_TOP, MARK_PX } from './axis-measures.ts'
import type { TimelineAxisProps } from './axis-props.ts'
import { AxisTip } from './axis-tip.tsx'
import './timeline.css'

const ZOOM = 1.5
const PAN = 0.25
/** Before this a press is a click. */
const DRAG_PX = 4

/** Moments in lanes over time. The list below it has the same for those who read or hear it. */
export function TimelineAxis(props: TimelineAxisProps) {
  const { view, moments, lanes, selected, onMove, onSelect } = props
  const plot = useRef<HTMLDivElement>(null)
  const { widthPx } = useElementSize(plot, { widthPx: 800, heightPx: 0 })
  const buckets = useMemo(() => bucketsOf(moments, view, widthPx, MARK_PX), [moments, view, widthPx])
  const [hovered, setHovered] = useState<Bucket>()
  const [brush, setBrush] = useState<{ readonly fromX: number; readonly toX: number }>()

  const xOf = ({ clientX }: { readonly clientX: number }) => clientX - (plot.current?.getBoundingClientRect().left ?? 0)
  const bucketAt = (event: PointerEvent) => {
    const y = event.clientY - (plot.current?.getBoundingClientRect().top ?? 0)
    const kind = lanes[Math.floor((y - LANES_TOP) / LANE_HEIGHT)]
    return nearestBucket(
      buckets.filter((bucket) => bucket.kind === kind),
      xOf(event),
    )
  }
  useWheel(plot, (event) => {
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
      return onMove(panned(view, (event.deltaX || event.deltaY) / widthPx))
    }
    onMove(zoomed(view, event.deltaY > 0 ? ZOOM : 1 / ZOOM, toMs(view, xOf(event), widthPx)))
  })

  const onPointerUp = (event: PointerEvent) => {
    const drawn = brush
    setBrush(undefined)
    if (!drawn) return
    if (Math.abs(drawn.toX - drawn.fromX) >= DRAG_PX) {
      return onMove(brushed(toMs(view, drawn.fromX, widthPx), toMs(view, drawn.toX, widthPx)))
    }
    const bucket = bucketAt(event)
    if (bucket) open(bucket)
  }
  const open = ({ moments: held }: Bucket) => {
    const [first, last] = [held[0], held.at(-1)]
    if (!first || !last) return
    const spanMs = last.atMs - first.atMs
    // Moments that can be told apart are; of those at one time the last stands for all.
    if (held.length > 1 && spanMs * 20 > spanOf(view) / widthPx) {
      const margin = Math.max(spanMs, 100) / 4
      onMove({ fromMs: Math.round(first.atMs - margin), toMs: Math.round(last.atMs + margin) })
    } else onSelect(last)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const middle = (view.fromMs + view.toMs) / 2
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => onMove(panned(view, -PAN)),
      ArrowRight: () => onMove(panned(view, PAN)),
      '+': () => onMove(zoomed(view, 1 / ZOOM, selected?.atMs ?? middle)),
      '-': () => onMove(zoomed(view, ZOOM, selected?.atMs ?? middle)),
      ArrowUp: () => step(1),
      ArrowDown: () => step(-1),
    }
    const act = moves[event.key === '=' ? '+' : event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }
  /** To the moment after the selected one, or before it; without one, to the last that is shown. */
  const step = (by: 1 | -1) => {
    const index = moments.findIndex(({ id }) => id === selected?.id)
    const shown = moments.findLast(({ atMs }) => atMs <= view.toMs)
    const next = index === -1 ? shown : moments[index + by]
    if (!next) return
    onSelect(next)
    if (next.atMs < view.fromMs || next.atMs > view.toMs) onMove(centred(view, next.atMs))
  }

  return (
    <div className="td-timeline">
      <div className="td-timeline-lanes" aria-hidden="true">
        <span style={{ insetBlockStart: BAND_TOP, blockSize: BAND_HEIGHT }}>Connected</span>
        {lanes.map((kind, index) => (
          <span
            key={kind}
            title={KIND_WORDS[kind].about}
            style={{ insetBlockStart: LANES_TOP + index * LANE_HEIGHT, blockSize: LANE_HEIGHT }}
          >
            {KIND_WORDS[kind].title}
          </span>
        ))}
      </div>
      <div
        ref={plot}
        className="td-timeline-plot"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself, and says which
        tabIndex={0}
        aria-roledescription="time axis"
        aria-label={`${moments.length} moments from ${formatDateTime(view.fromMs)} to ${formatDateTime(view.toMs)}. Left and right move the axis, plus and minus zoom, up and down select the next and the previous moment. The list below has the same moments.`}
        style={{ blockSize: heightOf(lanes.length) }}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setBrush({ fromX: xOf(event), toX: xOf(event) })
        }}
        onPointerMove={(event) => {
          if (brush) setBrush({ ...brush, toX: xOf(event) })
          else setHovered(bucketAt(event))
        }}
        onPointerUp={onPointerUp}
        onPointerCancel={() => setBrush(undefined)}
        onPointerLeave={() => setHovered(undefined)}
      >
        <AxisDrawing {...props} buckets={buckets} widthPx={widthPx} brush={brush} />
        {hovered && !brush && (
          <AxisTip bucket={hovered} x={toX(view, hovered.moments[0]?.atMs ?? 0, widthPx)} widthPx={widthPx} />
        )}
      </div>
    </div>
  )
}

/** Within reach of a pointer, the nearest. */
function nearestBucket(buckets: readonly Bucket[], x: number): Bucket | undefined {
  const distance = ({ fromX, toX: untilX }: Bucket) => Math.max(fromX - x, x - untilX, 0)
  const nearest = buckets.toSorted((one, other) => distance(one) - distance(other))[0]
  return nearest && distance(nearest) <= MARK_PX ? nearest : undefined
}
