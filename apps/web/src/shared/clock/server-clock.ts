/** What a machine has to tell the time by, in ms. */
export interface LocalTime {
  /** Epoch; goes on while the machine sleeps, and jumps when somebody sets it. */
  wallMs(): number
  /** Since some moment; nobody sets it, but it may stand still while the machine sleeps. */
  monotonicMs(): number
}

/** When a request left and its answer came, by {@link ServerClock.localMs}, and the `Date` of the answer (epoch ms). */
export interface Observation {
  readonly sentAtMs: number
  readonly receivedAtMs: number
  readonly dateMs: number
}

/** HTTP's `Date` has whole seconds (RFC 9110 §5.6.7): it stands for any moment of its second. */
const DATE_STEP_MS = 1_000
/** The two clocks of a machine are together to within this, unless it slept or one of them was set. */
const JUMP_MS = 1_000

/**
 * The time of the console's server, told from a machine whose own clock may be hours off or be set meanwhile: every
 * comparison with a time that AWS or the server gave is by this clock, and so is every time that the console notes.
 *
 * Each answer says within what bounds the difference of the clocks lies; what is taken for it moves no further than
 * these ask for, so that a machine whose clock is right goes by its own clock, to the millisecond.
 *
 *     answer      difference lies within      taken
 *     first       -0.9 … +0.2 s               0
 *     second      -7,200.4 … -7,199.3 s       -7,199.85 s     (the first said otherwise: a clock was set)
 *     third       -7,199.9 … -7,198.8 s       -7,199.85 s     bounds now -7,199.9 … -7,199.3 s
 */
export class ServerClock {
  readonly #local: LocalTime
  readonly #listeners = new Set<() => void>()
  /** Server minus machine, ms. */
  #offsetMs = 0
  #bounds: { readonly least: number; readonly most: number } | undefined
  /** Wall minus monotonic, when last looked at. */
  #drift: number

  constructor(local: LocalTime) {
    this.#local = local
    this.#drift = local.wallMs() - local.monotonicMs()
  }

  /** Epoch ms. */
  nowMs(): number {
    return this.localMs() + this.#offsetMs
  }

  /** How far the machine's clock is ahead of the server's, ms; negative if behind. */
  get aheadMs(): number {
    return -this.#offsetMs
  }

  /**
   * The machine's clock, epoch ms, for {@link Observation}s.
   *
   * A clock that was set back is noticed by the other one, which is not, and time goes on by that one. When it jumps
   * ahead, the machine slept, which is what happens to laptops, or somebody set it, which the next answer shows.
   */
  localMs(): number {
    const wallMs = this.#local.wallMs()
    const drift = wallMs - this.#local.monotonicMs()
    const jumpMs = drift - this.#drift
    this.#drift = drift
    if (Math.abs(jumpMs) > JUMP_MS) {
      this.#bounds = undefined
      if (jumpMs < 0) this.#offsetMs -= jumpMs
    }
    return wallMs
  }

  /** Takes an answer of the server for what it says about the time. */
  observe({ sentAtMs, receivedAtMs, dateMs }: Observation): void {
    if (receivedAtMs < sentAtMs) return // the clock was set in between
    const seen = { least: dateMs - receivedAtMs, most: dateMs + DATE_STEP_MS - sentAtMs }
    const both = this.#bounds && {
      least: Math.max(seen.least, this.#bounds.least),
      most: Math.min(seen.most, this.#bounds.most),
    }
    const bounds = both && both.least <= both.most ? both : seen
    this.#bounds = bounds
    if (bounds.least <= this.#offsetMs && this.#offsetMs <= bounds.most) return
    const isOwnRight = bounds.least <= 0 && 0 <= bounds.most
    this.#offsetMs = isOwnRight ? 0 : (bounds.least + bounds.most) / 2
    for (const listener of this.#listeners) listener()
  }

  /** Called when what was taken for the time turned out to be wrong. Answers a function that ends it. */
  onCorrected(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The console's one clock, in the page and in its worker each. */
export const serverClock = new ServerClock({ wallMs: () => Date.now(), monotonicMs: () => performance.now() })

/** Now, by the server's clock (epoch ms). */
export const serverNow = (): number => serverClock.nowMs()
