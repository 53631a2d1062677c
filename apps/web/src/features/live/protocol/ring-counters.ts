/** What is kept, never more than the budgets. `received = kept + agedOut` always holds. */
export interface RingCounters {
  readonly received: number
  readonly kept: number
  readonly agedOut: number
  /** Gap rows still in the ring. */
  readonly gaps: number
  /** Payloads and columns of what is kept. */
  readonly keptBytes: number
}
