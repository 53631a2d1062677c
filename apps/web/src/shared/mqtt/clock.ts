import { serverNow } from '../clock/server-clock.ts'

/** The clock and its timers, so that tests hold them. Epoch ms; `after` answers a function that cancels. */
export interface Clock {
  nowMs(): number
  after(delayMs: number, action: () => void): () => void
}

/** The server's time, and the machine's timers: how long they take, no clock that is wrong or set changes. */
export const SYSTEM_CLOCK: Clock = {
  nowMs: serverNow,
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
}
