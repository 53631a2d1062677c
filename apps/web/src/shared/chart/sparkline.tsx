import './sparkline.css'
import { formatCount } from '../format.ts'

const WIDTH = 180
const HEIGHT = 28
const INSET = 2

interface SparklineProps {
  /** What it is a picture of, e.g. `Messages published`. */
  readonly what: string
  /** One a minute, oldest first; `null` where nothing is known. */
  readonly values: readonly (number | null)[]
  readonly tone?: 'normal' | 'alert'
}

/** The last hour as a small picture, from nothing upwards; its accessible text says what can be seen. */
export function Sparkline({ what, values, tone = 'normal' }: SparklineProps) {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return <span className="td-sparkline td-weak">no data in the last hour</span>
  return (
    <svg
      className="td-sparkline"
      data-tone={tone}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={sparklineWords(what, values)}
    >
      <path d={pathOf(values)} />
    </svg>
  )
}

/** `Messages published in the last hour: 8,402 in all, at most 160 a minute, 140 in the last one`. */
function sparklineWords(what: string, values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null)
  const sum = known.reduce((total, value) => total + value, 0)
  const last = known.at(-1) ?? 0
  return `${what} in the last hour: ${formatCount(sum)} in all, at most ${formatCount(Math.max(...known))} a minute, ${formatCount(last)} in the last one`
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
