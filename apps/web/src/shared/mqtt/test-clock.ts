import type { Clock } from './clock.ts'

/** A clock for tests: it moves when told to, and lets promises settle between one timer and the next. */
export class TestClock implements Clock {
  #nowMs = 1_700_000_000_000
  #timers: { atMs: number; action: () => void }[] = []

  nowMs = () => this.#nowMs

  after = (delayMs: number, action: () => void) => {
    const timer = { atMs: this.#nowMs + delayMs, action }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  /** The machine sleeps: time goes on, and no timer comes before it is advanced again. */
  sleep(forMs: number): void {
    this.#nowMs += forMs
  }

  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs
    await settled()
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!next) break
      this.#timers = this.#timers.filter((each) => each !== next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.action()
      await settled()
    }
    this.#nowMs = untilMs
  }
}

/** Enough turns of the promise queue for what a timer set off. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}
