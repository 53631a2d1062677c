import { finestPeriodSeconds } from '@thingdeck/contract'

/** A span of time that begins and ends with a period. */
export interface MetricRange {
  /** Inclusive; epoch ms. */
  readonly startMs: number
  /** Exclusive; of a range up to now, the end of the period that is under way. */
  readonly endMs: number
  readonly periodSeconds: number
}

/** More points are no easier to read. */
const MOST_POINTS = 400
/** All that CloudWatch has tiers for, and multiples that people think in. */
const PERIODS_SECONDS = [60, 300, 900, 3_600, 21_600, 86_400] as const

/**
 * The span with the shortest period that gives a chart of readable size, and of which CloudWatch still has points.
 * @param backMs so much further back the same span is to be compared with
 */
export function metricRange(fromMs: number, toMs: number, nowMs: number, backMs = 0): MetricRange {
  const finest = finestPeriodSeconds(nowMs - fromMs + backMs)
  const seconds = (toMs - fromMs) / 1_000
  const periodSeconds =
    PERIODS_SECONDS.find((period) => period >= finest && seconds / period <= MOST_POINTS) ?? PERIODS_SECONDS[5]
  const periodMs = periodSeconds * 1_000
  return {
    startMs: Math.floor(fromMs / periodMs) * periodMs,
    endMs: Math.max(Math.ceil(toMs / periodMs), Math.floor(fromMs / periodMs) + 1) * periodMs,
    periodSeconds,
  }
}

/** The same span so much earlier. */
export const earlier = ({ startMs, endMs, periodSeconds }: MetricRange, byMs: number): MetricRange => ({
  startMs: startMs - byMs,
  endMs: endMs - byMs,
  periodSeconds,
})

/** When each period of a range begins, in epoch seconds. */
export function periodsOf({ startMs, endMs, periodSeconds }: MetricRange): readonly number[] {
  const count = Math.round((endMs - startMs) / 1_000 / periodSeconds)
  return Array.from({ length: count }, (_, index) => startMs / 1_000 + index * periodSeconds)
}

/** CloudWatch may have a point so long after its period: until then, that there is none means nothing. */
const LAGS_MS = 3 * 60_000

/** How many periods of a range are sure to be counted whole: the first so many. */
export const settledPeriods = (range: MetricRange, nowMs: number): number =>
  periodsOf(range).filter((seconds) => (seconds + range.periodSeconds) * 1_000 <= nowMs - LAGS_MS).length

/** `1 min`, `5 min`, `1 h`, `1 d`. */
export function periodWords(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`
  return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds / 60} min`
}
