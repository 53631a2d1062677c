const DAY_SECONDS = 86_400

/** What is kept how long, in seconds, and which resolution it has afterwards. */
interface Resolution {
  readonly seconds: number
  readonly keptSeconds: number
  readonly next: number | undefined
}

/**
 * The resolutions in which points are kept, the finest first. Those of one second are also among those of sixty from the
 * beginning; of a point of the others there is one, which becomes coarser.
 * @see Amazon CloudWatch User Guide, "Metrics retention"
 */
export const RESOLUTIONS: readonly Resolution[] = [
  { seconds: 1, keptSeconds: 3 * 3600, next: undefined },
  { seconds: 60, keptSeconds: 15 * DAY_SECONDS, next: 300 },
  { seconds: 300, keptSeconds: 63 * DAY_SECONDS, next: 3600 },
  { seconds: 3600, keptSeconds: 455 * DAY_SECONDS, next: undefined },
]

/** Those of which a statistic of a period is made: none that is coarser. */
export function resolutionsFor(periodSeconds: number): readonly number[] {
  if (periodSeconds % 60 !== 0) return [1]
  return [60, 300, 3600].filter((seconds) => periodSeconds % seconds === 0)
}

/**
 * Where the first period of a request begins: within the last three hours at any division of its period that is shorter
 * than a minute, else at whole minutes, five minutes or hours, by how long ago that is.
 * @see API Reference, GetMetricData, `StartTime`
 */
export function firstPeriodStart(startSeconds: number, periodSeconds: number, nowSeconds: number): number {
  const ageSeconds = nowSeconds - startSeconds
  const grainSeconds =
    periodSeconds < 60
      ? periodSeconds
      : ageSeconds <= 15 * DAY_SECONDS
        ? 60
        : ageSeconds <= 63 * DAY_SECONDS
          ? 300
          : 3600
  return Math.floor(startSeconds / grainSeconds) * grainSeconds
}
