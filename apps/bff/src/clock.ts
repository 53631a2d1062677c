/** The clock and its timers, so that tests hold them. */
export interface Clock {
  nowMs(): number
  after(delayMs: number, action: () => void): void
}

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, action) => void setTimeout(action, delayMs).unref(),
}
