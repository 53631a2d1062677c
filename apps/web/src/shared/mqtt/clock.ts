/** The clock and its timers, so that tests hold them. Epoch ms; `after` answers a function that cancels. */
export interface Clock {
  nowMs(): number
  after(delayMs: number, action: () => void): () => void
}

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
}
