const DAY_MS = 86_400_000

/** For how long CloudWatch keeps points of a period; older ones are there in the next, coarser one. */
const TIERS = [
  { days: 15, periodSeconds: 60 },
  { days: 63, periodSeconds: 300 },
  { days: 455, periodSeconds: 3_600 },
] as const

/** Before that CloudWatch has nothing. */
export const METRICS_KEPT_DAYS = 455

/**
 * The shortest period, in seconds, of which CloudWatch still has points that old.
 * Source: CloudWatch user guide, "Metrics retention".
 */
export function finestPeriodSeconds(ageMs: number): number {
  const tier = TIERS.find(({ days }) => ageMs <= days * DAY_MS)
  return (tier ?? TIERS[2]).periodSeconds
}
