/** How fast things are told of a job, as `CreateJob` has it. */
export interface RolloutConfig {
  /** 1 to 1000; default 1000. */
  readonly maximumPerMinute?: number | undefined
  readonly exponentialRate?: ExponentialRate | undefined
}

export interface ExponentialRate {
  /** 1 to 1000 */
  readonly baseRatePerMinute: number | undefined
  /** 1.1 to 5, at most one digit behind the point. */
  readonly incrementFactor: number | undefined
  /** One of the two. */
  readonly rateIncreaseCriteria: RateIncreaseCriteria | undefined
}

export interface RateIncreaseCriteria {
  readonly numberOfNotifiedThings?: number | undefined
  readonly numberOfSucceededThings?: number | undefined
}

/** How far a rollout is. */
export interface RolloutProgress {
  /** Things for which an execution was queued. */
  readonly notified: number
  readonly succeeded: number
}

export const DEFAULT_MAXIMUM_PER_MINUTE = 1000

/**
 * How many executions are queued in the minute that begins now: whole ones, at least one.
 * rate = base × factor^k, k = how often the criterion was met; never above `maximumPerMinute`.
 * @see AWS IoT developer guide, "Using job rollout rates": 50, 100, 200, 400 of the example
 */
export function rateOf(rollout: RolloutConfig | undefined, { notified, succeeded }: RolloutProgress): number {
  const maximum = rollout?.maximumPerMinute ?? DEFAULT_MAXIMUM_PER_MINUTE
  const exponential = rollout?.exponentialRate
  if (!exponential) return maximum
  const { baseRatePerMinute = 1, incrementFactor = 1.1, rateIncreaseCriteria = {} } = exponential
  const { numberOfNotifiedThings, numberOfSucceededThings } = rateIncreaseCriteria
  const times =
    numberOfNotifiedThings !== undefined
      ? Math.floor(notified / numberOfNotifiedThings)
      : Math.floor(succeeded / (numberOfSucceededThings ?? Number.POSITIVE_INFINITY))
  const rate = baseRatePerMinute * incrementFactor ** times
  return Math.min(maximum, Math.max(1, Math.floor(rate + 1e-9)))
}

/** A minute of a rollout: how many may be queued in it, and how many were. */
export interface RolloutMinute {
  readonly startMs: number
  readonly rate: number
  readonly queued: number
}

const MINUTE_MS = 60_000

/**
 * The minute that runs: the one before as long as it lasts, else a new one. Minutes that nobody used are not made up for.
 * Minutes follow each other without a gap while something is rolled out.
 */
export function minuteOf(
  before: RolloutMinute | undefined,
  rollout: RolloutConfig | undefined,
  progress: RolloutProgress,
  nowMs: number,
): RolloutMinute {
  if (before && nowMs >= before.startMs && nowMs < before.startMs + MINUTE_MS) return before
  const passed = before ? Math.floor((nowMs - before.startMs) / MINUTE_MS) : 0
  const startMs = before && passed > 0 ? before.startMs + passed * MINUTE_MS : nowMs
  return { startMs, rate: rateOf(rollout, progress), queued: 0 }
}

/** How many may be queued yet in a minute. */
export const roomOf = ({ rate, queued }: RolloutMinute): number => Math.max(0, rate - queued)

/** When the next minute begins. */
export const endOfMinute = ({ startMs }: RolloutMinute): number => startMs + MINUTE_MS
