import type { CharacterTest } from './character-class.ts'

/** One step of a machine that may be in several at once. */
export type Step =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'start' | 'end' | 'found' }
  | { readonly kind: 'fork'; readonly to: readonly number[] }

/** The steps that the machine is in at once, behind some character. */
interface State {
  /** Of those that wait for a character. */
  readonly characters: readonly number[]
  readonly isFound: boolean
  readonly isFoundAtEnd: boolean
  /** By character: where it leads. */
  readonly next: Map<number, State>
}

/** So many places where a character leads are remembered; beyond, all are forgotten and found anew. */
const MOST_REMEMBERED = 10_000
/** Whoever forgets so often has an expression, or texts, for which remembering is no help. */
const MOST_FORGETTINGS = 3

/**
 * Looks for what an expression means. A text is read from left to right once, whatever the expression, so that none takes
 * more time than the text's length times its own. Where a character leads is remembered, so that most characters take no
 * more than a look there: searches have thousands of texts of one form.
 */
export class StepMachine {
  readonly #steps: readonly Step[]
  readonly #first: State
  /** By the steps that were entered. */
  readonly #states = new Map<string, State>()
  /** By step: in which round it was entered last, so that each is entered once. */
  readonly #entered: Int32Array
  #round = 0
  #remembered = 0
  #forgettings = 0

  constructor(steps: readonly Step[]) {
    this.#steps = steps
    this.#entered = new Int32Array(steps.length)
    this.#first = this.#enter([0], true)
  }

  finds(text: string): boolean {
    let state = this.#first
    for (let at = 0; at < text.length; at += 1) {
      if (state.isFound) return true
      const code = text.charCodeAt(at)
      state = state.next.get(code) ?? this.#follow(state, code)
    }
    return state.isFound || state.isFoundAtEnd
  }

  #follow(state: State, code: number): State {
    const entries = [0] // it may begin at each character
    for (const step of state.characters) {
      const what = this.#steps[step]
      if (what?.kind === 'character' && what.test(code)) entries.push(step + 1)
    }
    if (this.#forgettings > MOST_FORGETTINGS) return this.#enter(entries, false)
    if (this.#remembered >= MOST_REMEMBERED) this.#forget()
    const key = entries.join()
    let next = this.#states.get(key)
    if (!next) {
      next = this.#enter(entries, false)
      this.#states.set(key, next)
    }
    state.next.set(code, next)
    this.#remembered += 1
    return next
  }

  #forget(): void {
    for (const { next } of this.#states.values()) next.clear()
    this.#first.next.clear()
    this.#states.clear()
    this.#remembered = 0
    this.#forgettings += 1
  }

  #enter(entries: readonly number[], isStart: boolean): State {
    this.#nextRound()
    const characters: number[] = []
    const ends: number[] = []
    const isFound = this.#reach(entries, isStart, characters, ends)
    characters.sort((one, other) => one - other) // the same steps are the same state, however they were reached
    // What is behind a `$` counts where the text ends, and nowhere else.
    const isFoundAtEnd = isFound || this.#reachEnd(ends, isStart)
    return { characters, isFound, isFoundAtEnd, next: new Map() }
  }

  #reachEnd(ends: readonly number[], isStart: boolean): boolean {
    let pending = ends
    while (pending.length > 0) {
      const further: number[] = []
      if (
        this.#reach(
          pending.map((step) => step + 1),
          isStart,
          [],
          further,
        )
      )
        return true
      pending = further
    }
    return false
  }

  /** All that is reached without a character. @returns whether that is the end of the expression */
  #reach(entries: readonly number[], isStart: boolean, characters: number[], ends: number[]): boolean {
    const pending = [...entries]
    for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
      if (this.#entered[step] === this.#round) continue
      this.#entered[step] = this.#round
      const what = this.#steps[step]
      if (!what) continue
      if (what.kind === 'found') return true
      if (what.kind === 'fork') pending.push(...what.to)
      else if (what.kind === 'character') characters.push(step)
      else if (what.kind === 'end') ends.push(step)
      else if (isStart) pending.push(step + 1)
    }
    return false
  }

  #nextRound(): void {
    this.#round += 1
    if (this.#round < 0x7f_ff_ff_ff) return
    this.#entered.fill(0)
    this.#round = 1
  }
}
