/** Values by the beginning of their periods, in epoch seconds and in the order of time. */
export interface TimeSeries {
  readonly label: string
  readonly periodSeconds: number
  readonly values: ReadonlyMap<number, number>
}

/** The times between which a request reads, in seconds: from the start on, before the end. */
export interface TimeRange {
  readonly startSeconds: number
  readonly endSeconds: number
}

/** Every value by `change`, dropped where that is undefined or no number: a division by zero, the logarithm of one below. */
export function mapValues(series: TimeSeries, change: (value: number, at: number) => number | undefined): TimeSeries {
  const values = new Map<number, number>()
  for (const [at, value] of series.values) {
    const changed = change(value, at)
    if (changed !== undefined && Number.isFinite(changed)) values.set(at, changed)
  }
  return { ...series, values }
}

/** All times at which one of the series has a value, in order. */
export function timesOf(all: readonly TimeSeries[]): number[] {
  return [...new Set(all.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b)
}
