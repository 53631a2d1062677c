import type { ReactNode } from 'react'

/** How much somebody should look at it, worst first. */
const URGENCIES = ['wrong', 'watch', 'unknown', 'reading', 'fine'] as const
export type Urgency = (typeof URGENCIES)[number]

/** One subject of the overview. */
export interface OverviewLine {
  readonly id: string
  readonly title: string
  readonly urgency: Urgency
  /** What there is to say, short where nothing is wrong; every number leads to the list behind it. */
  readonly words: ReactNode
  /** The last hour by the minute. */
  readonly picture?: { readonly what: string; readonly values: readonly (number | null)[]; readonly isAlert?: boolean }
  /** What could be known and is not, and how that can be had. */
  readonly missing?: ReactNode
}

/** Worst first; what is equally urgent stays in its order, so that nothing moves without a reason. */
export const byUrgency = (one: OverviewLine, other: OverviewLine): number =>
  URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency)
