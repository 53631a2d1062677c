import type { Series } from '../../protocol/chart.ts'

/** Columns over one axis of time, as uPlot draws them. `null` where a series has no point at that time. */
export interface AlignedSeries {
  /** Epoch seconds, ascending. */
  readonly atSeconds: readonly number[]
  /** Per series its lowest, mean and highest values. */
  readonly columns: readonly {
    readonly min: readonly (number | null)[]
    readonly mean: readonly (number | null)[]
    readonly max: readonly (number | null)[]
  }[]
}

/** Brings series whose points are at different times onto one axis. Each series' times ascend. */
export function alignSeries(series: readonly Series[]): AlignedSeries {
  const times = [...new Set(series.flatMap(({ atMs }) => [...atMs]))].sort((a, b) => a - b)
  return {
    atSeconds: times.map((ms) => ms / 1_000),
    columns: series.map(({ atMs, min, mean, max }) => {
      const indexOf = new Map(Array.from(atMs, (ms, index) => [ms, index]))
      const column = (values: Float64Array) =>
        times.map((ms) => {
          const index = indexOf.get(ms)
          return index === undefined ? null : (values[index] ?? null)
        })
      return { min: column(min), mean: column(mean), max: column(max) }
    }),
  }
}
