import './sparkline.css'
import { formatCount } from '../format.ts'

const WIDTH = 180
const HEIGHT = 28
const INSET = 2

interface SparklineTime {
  /** `in the last hour` */
  readonly whole: string
  /** `a minute` */
  readonly part: string
}

const LAST_HOUR: SparklineTime = { whole: 'in the last hour', part: 'a minute' }

interface SparklineProps {
  /** What it is a picture of, e.g. `Messages published`. */
  readonly what: string
  /** One of each part of the time, oldest first; `null` where nothing is known. */
  readonly values: readonly (number | null)[]
  /** The time, and one part of it, in words; left out, the last hour by the minute. */
  readonly time?: SparklineTime
  readonly tone?: 'normal' | 'alert'
}

/** A time as a small picture, from nothing upwards; its accessible text says what can be seen. */
export function Sparkline({ what, values, time = LAST_HOUR, tone = 'normal' }: SparklineProps) {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return <span className="td-sparkline td-weak">no data {time.whole}</span>
  return (
    <svg
      className="td-sparkline"
      data-tone={tone}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={sparklineWords(what, values, time)}
    >
      <path d={pathOf(values)} />
    </svg>
  )
}

/** `Messages published in the last hour: 8,402 in all, at most 160 a minute, 140 in the last one`. */
function sparklineWords(what: string, values: readonly (number | null)[], { whole, part }: SparklineTime): string {
  const known = values.filter((value) => value !== null)
  const sum = known.reduce((total, value) => total + value, 0)
  const last = known.at(-1) ?? 0
  return `${what} ${whole}: ${formatCount(sum)} in all, at most ${formatCount(Math.max(...known))} ${part}, ${formatCount(last)} in the last one`
}

/** A line through what is known, broken where nothing is. */
function pathOf(values: readonly (number | null)[]): string {
  const most = Math.max(1, ...values.map((value) => value ?? 0))
  const step = WIDTH / Math.max(1, values.length - 1)
  let isOpen = false
  return values
    .map((value, index) => {
      if (value === null) {
        isOpen = false
        return ''
      }
      const y = HEIGHT - INSET - (value / most) * (HEIGHT - 2 * INSET)
      const command = `${isOpen ? 'L' : 'M'}${(index * step).toFixed(1)} ${y.toFixed(1)}`
      isOpen = true
      return command
    })
    .join('')
}
