import type { Clock } from './types.ts'

/** The longest delay that `setTimeout` takes. */
const MAX_DELAY_MS = 0x7fffffff

/** The machine's time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    let timer: NodeJS.Timeout
    const wait = (restMs: number) => {
      timer = setTimeout(
        () => (restMs > MAX_DELAY_MS ? wait(restMs - MAX_DELAY_MS) : callback()),
        Math.min(restMs, MAX_DELAY_MS),
      )
      timer.unref()
    }
    wait(delayMs)
    return () => clearTimeout(timer)
  },
}
