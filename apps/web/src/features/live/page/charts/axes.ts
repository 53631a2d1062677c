import type { SeriesStats } from '../../protocol/chart.ts'

/** Which of a chart's two scales a series is drawn to. */
export type AxisSide = 'left' | 'right'

/** A series as it is drawn. */
export interface ChartLine {
  /** Its number in the chart, from 0: its colour and dashes follow. */
  readonly number: number
  readonly side: AxisSide
  readonly name: string
}

/** A series and the scale that somebody chose for it, if anybody did. */
export interface ScaledSeries {
  readonly axis?: AxisSide | undefined
  readonly stats?: Pick<SeriesStats, 'min' | 'max'> | undefined
}

/** So many times larger than the next smaller one, and the smaller would be a flat line on a common scale. */
const SPLIT_FROM = 10
/** Split already, they stay so until they are this close: values at the border would move the axes to and fro. */
const SPLIT_UNTIL = 5

/**
 * The scale of each series: the chosen one, else by magnitude. Where the largest step between the magnitudes is a large
 * one, the group of the first series is on the left and the other on the right; else all are on the left.
 * @param wasSplit whether they were apart until now
 */
export function sidesOf(series: readonly ScaledSeries[], wasSplit: boolean): readonly AxisSide[] {
  const free = series.filter(({ axis }) => axis === undefined)
  const magnitudes = free.flatMap(({ stats }) => magnitudeOf(stats) ?? []).sort((one, other) => one - other)
  let border = Number.POSITIVE_INFINITY
  let widest = wasSplit ? SPLIT_UNTIL : SPLIT_FROM
  for (const [index, magnitude] of magnitudes.entries()) {
    const ratio = magnitude / (magnitudes[index - 1] ?? magnitude)
    if (ratio < widest) continue
    widest = ratio
    border = magnitude
  }
  const isLarge = ({ stats }: ScaledSeries) => (magnitudeOf(stats) ?? 0) >= border
  const first = free.find(({ stats }) => magnitudeOf(stats) !== undefined)
  const isLeftLarge = first !== undefined && isLarge(first)
  return series.map((each) => {
    if (each.axis !== undefined) return each.axis
    if (magnitudeOf(each.stats) === undefined) return 'left'
    return isLarge(each) === isLeftLarge ? 'left' : 'right'
  })
}

/** Undefined without samples, and where all are 0: that is seen on any scale. */
function magnitudeOf(stats: ScaledSeries['stats']): number | undefined {
  const magnitude = stats ? Math.max(Math.abs(stats.min), Math.abs(stats.max)) : 0
  return magnitude > 0 ? magnitude : undefined
}

/** What an axis says that is not the only one: `1 $.temperature · 3 $.limit`. */
export function axisName(lines: readonly ChartLine[], side: AxisSide): string {
  return lines
    .filter((line) => line.side === side)
    .map(({ number, name }) => `${number + 1} ${name}`)
    .join(' · ')
}
