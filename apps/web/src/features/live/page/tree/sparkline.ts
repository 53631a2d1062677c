/**
 * The line of a small chart as an SVG path, newest at the right, the largest value at the top: `[0, 2]` in 10 × 4 →
 * `M0,4L10,0`. Empty when there is nothing to show.
 */
export function sparklinePath(values: readonly number[], widthPx: number, heightPx: number): string {
  const most = Math.max(0, ...values)
  if (most === 0 || values.length < 2) return ''
  const step = widthPx / (values.length - 1)
  const points = values.map((value, index) => `${round(index * step)},${round(heightPx * (1 - value / most))}`)
  return `M${points.join('L')}`
}

const round = (value: number): number => Math.round(value * 10) / 10
