import LineChart from '@cloudscape-design/components/line-chart'
import { formatCount } from '../../../shared/format.ts'
import { formatDateTime } from '../../../shared/time.tsx'
import type { PacePoint } from '../words/pace.ts'

interface PaceLine {
  readonly title: string
  readonly points: readonly PacePoint[]
}

interface PacePictureProps {
  /** Accessible name. */
  readonly label: string
  readonly lines: readonly PaceLine[]
  /** A number that is not to be passed, with its name. */
  readonly threshold?: { readonly title: string; readonly count: number } | undefined
  readonly total: number
  /** Times of the clock, or minutes from a beginning that is not known yet. */
  readonly times: 'clock' | 'minutes'
}

const MINUTE_MS = 60_000
const MOST_POINTS = 200

/** How many devices by when. */
export function PacePicture({ label, lines, threshold, total, times }: PacePictureProps) {
  const all = lines.flatMap(({ points }) => points)
  const fromMs = Math.min(...all.map(({ atMs }) => atMs))
  const toMs = Math.max(fromMs + MINUTE_MS, ...all.map(({ atMs }) => atMs))
  // Several ticks a minute would all say the same.
  const isShort = toMs - fromMs < 20 * MINUTE_MS
  return (
    <LineChart
      ariaLabel={label}
      height={180}
      hideFilter
      xScaleType="time"
      xDomain={[new Date(fromMs), new Date(toMs)]}
      yDomain={[0, Math.max(1, total)]}
      xTitle={times === 'clock' ? 'Time' : 'Minutes from the beginning'}
      yTitle="Devices"
      i18nStrings={{
        xTickFormatter: (at) =>
          times === 'clock'
            ? formatDateTime(at.getTime()).slice(11, isShort ? 19 : 16)
            : wholeMinutes(at.getTime() - fromMs),
        yTickFormatter: formatCount,
        chartAriaRoleDescription: 'line chart',
        xAxisAriaRoleDescription: 'times',
        yAxisAriaRoleDescription: 'devices',
      }}
      series={[
        ...lines.map(({ title, points }) => ({
          title,
          type: 'line' as const,
          valueFormatter: formatCount,
          data: thinned(points).map(({ atMs, count }) => ({
            x: new Date(atMs),
            y: count,
          })),
        })),
        ...(threshold
          ? [{ title: threshold.title, type: 'threshold' as const, y: threshold.count, valueFormatter: formatCount }]
          : []),
      ]}
    />
  )
}

/** Between two minutes there is nothing to tell. */
const wholeMinutes = (ms: number): string => (ms % MINUTE_MS === 0 ? formatCount(ms / MINUTE_MS) : '')

/** A long rollout has more minutes, and a large one more ends, than a picture has points: each n-th, and the last. */
function thinned(points: readonly PacePoint[]): readonly PacePoint[] {
  const every = Math.ceil(points.length / MOST_POINTS)
  return points.filter((_, index) => index % every === 0 || index === points.length - 1)
}
