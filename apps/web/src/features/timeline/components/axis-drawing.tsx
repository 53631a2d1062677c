import { useId } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { bandParts } from '../axis/band-parts.ts'
import { type Bucket, timesOf } from '../axis/buckets.ts'
import { ticks, toX } from '../axis/view.ts'
import { BAND_HEIGHT, BAND_TOP, heightOf, LANE_HEIGHT, LANES_TOP } from './axis-measures.ts'
import type { TimelineAxisProps } from './axis-props.ts'

interface AxisDrawingProps extends TimelineAxisProps {
  readonly buckets: readonly Bucket[]
  readonly widthPx: number
  readonly brush: { readonly fromX: number; readonly toX: number } | undefined
}

const BAND_WORDS = {
  connected: 'connected',
  disconnected: 'not connected',
  unknown: 'not known',
  mixed: 'on and off',
} as const

const BAND_CLASSES = {
  connected: 'td-band-connected',
  disconnected: 'td-band-disconnected',
  unknown: '',
  mixed: 'td-band-mixed',
} as const

/** Words on a filled part of the band. */
const ON_FILLED = new Set(['connected', 'mixed'])

/** Where words of the band have room. */
const FOR_WORDS_PX = 90

/** What the axis looks like; it has nothing to press: the axis finds out what is below the pointer. */
export function AxisDrawing(props: AxisDrawingProps) {
  const { view, lanes, band, buckets, widthPx, readFromMs, nowMs, selected, atMs, brush } = props
  const hatch = useId()
  const height = heightOf(lanes.length)
  const offsetMs = -new Date(view.fromMs).getTimezoneOffset() * 60_000
  const unreadX = Math.min(widthPx, Math.max(0, toX(view, readFromMs ?? view.toMs, widthPx)))
  const nowX = toX(view, nowMs, widthPx)
  const markX = selected ? toX(view, selected.atMs, widthPx) : atMs === undefined ? undefined : toX(view, atMs, widthPx)
  return (
    <svg aria-hidden="true" width={widthPx} height={height} className="td-timeline-drawing">
      <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="6" className="td-timeline-hatch" />
      </pattern>
      {ticks(view, widthPx, offsetMs).map((tick) => {
        const x = toX(view, tick.atMs, widthPx)
        return (
          <g key={tick.atMs}>
            <line x1={x} x2={x} y1={BAND_TOP - 4} y2={height} className="td-timeline-grid" />
            <text x={x + 3} y={12} className="td-timeline-tick">
              {tick.text}
            </text>
          </g>
        )
      })}
      {lanes.map((kind, index) => (
        <line
          key={kind}
          x1={0}
          x2={widthPx}
          y1={LANES_TOP + (index + 0.5) * LANE_HEIGHT}
          y2={LANES_TOP + (index + 0.5) * LANE_HEIGHT}
          className="td-timeline-grid"
        />
      ))}
      {unreadX > 0 && <rect x={0} y={BAND_TOP} width={unreadX} height={height - BAND_TOP} fill={`url(#${hatch})`} />}
      {bandParts(band, view, widthPx).map(({ fromX, toX: untilX, state, why }) => (
        <g key={fromX}>
          <rect
            x={fromX}
            y={BAND_TOP}
            width={Math.max(1, untilX - fromX)}
            height={BAND_HEIGHT}
            className={BAND_CLASSES[state]}
            {...(state === 'unknown' && { fill: `url(#${hatch})` })}
          >
            <title>{why === undefined ? BAND_WORDS[state] : `${BAND_WORDS[state]}: ${why}`}</title>
          </rect>
          {untilX - fromX > FOR_WORDS_PX && (
            <text
              x={fromX + 6}
              y={BAND_TOP + 12}
              className={ON_FILLED.has(state) ? 'td-band-words td-band-words-on-filled' : 'td-band-words'}
            >
              {BAND_WORDS[state]}
            </text>
          )}
        </g>
      ))}
      {nowX > 0 && nowX < widthPx && (
        <rect x={nowX} y={BAND_TOP} width={widthPx - nowX} height={height - BAND_TOP} className="td-timeline-future" />
      )}
      {nowX > 0 && nowX < widthPx && (
        <line x1={nowX} x2={nowX} y1={BAND_TOP - 4} y2={height} className="td-timeline-now" />
      )}
      {markX !== undefined && (
        <line x1={markX} x2={markX} y1={BAND_TOP - 4} y2={height} className="td-timeline-selected" />
      )}
      {buckets.map((bucket) => (
        <Mark
          key={`${bucket.kind} ${bucket.moments[0]?.id}`}
          bucket={bucket}
          y={LANES_TOP + (lanes.indexOf(bucket.kind) + 0.5) * LANE_HEIGHT}
          isSelected={selected !== undefined && bucket.moments.includes(selected)}
        />
      ))}
      {brush && (
        <rect
          x={Math.min(brush.fromX, brush.toX)}
          y={BAND_TOP - 4}
          width={Math.abs(brush.toX - brush.fromX)}
          height={height}
          className="td-timeline-brush"
        />
      )}
    </svg>
  )
}

interface MarkProps {
  readonly bucket: Bucket
  readonly y: number
  readonly isSelected: boolean
}

const MOMENT_CLASSES: Readonly<Record<Bucket['tone'], string>> = {
  success: 'td-moment-success',
  error: 'td-moment-error',
  warning: 'td-moment-warning',
  info: 'td-moment-info',
  stopped: 'td-moment-stopped',
}

/** One moment is a sign of its tone, a run a bar, several a pill with how many. */
function Mark({ bucket, y, isSelected }: MarkProps) {
  const { fromX, toX: untilX, tone, moments } = bucket
  const times = timesOf(bucket)
  const className = ['td-moment', MOMENT_CLASSES[tone], isSelected && 'td-moment-is-selected']
    .filter((name) => name)
    .join(' ')
  const text = times > 1 ? shortCount(times) : ''
  const width = Math.max(untilX - fromX + 10, times > 1 ? 9 + 6 * text.length : 0)
  if (moments.length === 1 && times === 1 && untilX === fromX)
    return <Sign tone={tone} x={fromX} y={y} className={className} />
  const left = fromX - 5
  return (
    <g>
      <rect x={left} y={y - 8} width={width} height={16} rx={8} className={className} />
      <text
        x={left + width / 2}
        y={y + 4}
        className={tone === 'stopped' ? 'td-moment-count td-moment-count-on-empty' : 'td-moment-count'}
      >
        {text}
      </text>
    </g>
  )
}

/** `999`, `12k` */
const shortCount = (count: number): string => (count < 1_000 ? formatCount(count) : `${Math.floor(count / 1_000)}k`)

interface SignProps {
  readonly tone: Bucket['tone']
  readonly x: number
  readonly y: number
  readonly className: string
}

/** Tones differ by their shape too. */
function Sign({ tone, x, y, className }: SignProps) {
  switch (tone) {
    case 'error':
      return <path d={`M${x} ${y - 6}l6 6l-6 6l-6 -6z`} className={className} />
    case 'warning':
      return <path d={`M${x} ${y - 6}l6 11h-12z`} className={className} />
    default:
      return <circle cx={x} cy={y} r={4.5} className={className} />
  }
}
