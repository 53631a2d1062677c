import { codePointBefore } from './assertions.ts'
import { type CharacterSet, codePointOf } from './character-set.ts'
import type { Instruction, LookaroundProgram, Program } from './program.ts'

/** Steps of a search that are a step of whoever counts them. */
const STEPS_A_STEP = 10

/** Groups whose places are copied in the time of a step. */
const GROUPS_A_STEP = 10

/** Where groups begin and end, by the slots of {@link Instruction}: -1 where a group takes no part in the match. */
export type Captures = readonly number[]

interface Thread {
  readonly at: number
  readonly captures: Captures
}

/**
 * Searches of one text for one pattern. All ways through the pattern are followed side by side, in the order in which
 * backtracking would try them (Thompson's and Pike's simulation), so that no text and no pattern makes it exponential;
 * the match is the one that backtracking finds.
 */
export class Search {
  readonly #program: Program
  readonly #text: string
  readonly #slots: number
  /** By lookaround: for each place of the text, whether what is looked for is there. */
  readonly #seen: Uint8Array[] = []
  readonly #spend: (steps: number) => void
  readonly #weight: number
  #steps = 0

  /**
   * @param groups whose places are wanted; 0 where only the match itself is
   * @param spend is told of steps while they are taken, each of {@link STEPS_A_STEP} of the search, and ends it by
   * throwing
   */
  constructor(program: Program, text: string, groups: number, spend: (steps: number) => void) {
    this.#program = program
    this.#text = text
    this.#slots = 2 * (groups + 1)
    this.#weight = 1 + groups / GROUPS_A_STEP
    this.#spend = spend
    for (const lookaround of program.lookarounds) this.#seen.push(this.#look(lookaround))
  }

  /** By lookaround: for each place of the text, whether what is looked for is there. */
  static lookarounds(program: Program, text: string, spend: (steps: number) => void): readonly Uint8Array[] {
    return new Search(program, text, 0, spend).#seen
  }

  /** The first match that begins at `from` or later. */
  find(from: number): Captures | undefined {
    const text = this.#text
    const { instructions, first } = this.#program
    const start: Captures = new Array<number>(this.#slots).fill(-1)
    let threads: Thread[] = []
    let marks = new Uint8Array(instructions.length)
    let nextMarks = new Uint8Array(instructions.length)
    let match: Captures | undefined
    for (let index = from; index <= text.length; ) {
      if (match === undefined && threads.length === 0 && first) index = skipTo(first, text, index)
      const codePoint = index < text.length ? (text.codePointAt(index) ?? 0) : -1
      const next = index + (codePoint > 0xffff ? 2 : 1)
      if (match === undefined) this.#follow(instructions, 0, start.with(0, index), index, marks, threads)
      const following: Thread[] = []
      nextMarks.fill(0)
      for (const { at, captures } of threads) {
        const instruction = instructions[at]
        this.#step()
        if (instruction?.op === 'match') {
          match = captures.with(1, index)
          break // what comes later would have been tried later
        }
        if (instruction?.op === 'character' && codePoint >= 0 && instruction.set(codePoint))
          this.#follow(instructions, at + 1, captures, next, nextMarks, following)
      }
      if (match !== undefined && following.length === 0) break
      threads = following
      ;[marks, nextMarks] = [nextMarks, marks]
      index = next
    }
    return match
  }

  /** Adds what `from` leads to without taking a character, in order, to `threads`; each instruction once. */
  #follow(
    instructions: readonly Instruction[],
    from: number,
    captures: Captures,
    index: number,
    marks: Uint8Array,
    threads: Thread[],
  ): void {
    const open: Thread[] = [{ at: from, captures }]
    for (let thread = open.pop(); thread !== undefined; thread = open.pop()) {
      const { at } = thread
      if (marks[at] === 1) continue
      marks[at] = 1
      this.#step()
      const instruction = instructions[at]
      switch (instruction?.op) {
        case 'split':
          open.push({ at: instruction.second, captures: thread.captures })
          open.push({ at: instruction.first, captures: thread.captures })
          break
        case 'jump':
          open.push({ at: instruction.to, captures: thread.captures })
          break
        case 'save': {
          const kept = instruction.slot < thread.captures.length
          open.push({ at: at + 1, captures: kept ? thread.captures.with(instruction.slot, index) : thread.captures })
          break
        }
        case 'assert':
          if (instruction.holds(this.#text, index)) open.push({ at: at + 1, captures: thread.captures })
          break
        case 'look':
          if ((this.#seen[instruction.lookaround]?.[index] === 1) !== instruction.isNegative)
            open.push({ at: at + 1, captures: thread.captures })
          break
        default:
          threads.push(thread)
      }
    }
  }

  /**
   * For each place, whether what is looked for ends there (behind) or begins there (ahead): one pass over the text,
   * which goes backwards where it looks ahead, and begins anew at each place.
   */
  #look({ direction, instructions }: LookaroundProgram): Uint8Array {
    const text = this.#text
    const isAhead = direction === 'ahead'
    const seen = new Uint8Array(text.length + 1)
    const marks = new Uint8Array(instructions.length)
    let threads: Thread[] = []
    let index = isAhead ? text.length : 0
    for (;;) {
      this.#follow(instructions, 0, [], index, marks, threads)
      marks.fill(0)
      if (threads.some(({ at }) => instructions[at]?.op === 'match')) seen[index] = 1
      if (index === (isAhead ? 0 : text.length)) return seen
      const codePoint = isAhead ? codePointBefore(text, index) : codePointOf(text.slice(index, index + 2))
      index += (codePoint > 0xffff ? 2 : 1) * (isAhead ? -1 : 1)
      const following: Thread[] = []
      for (const { at, captures } of threads) {
        const instruction = instructions[at]
        this.#step()
        if (instruction?.op === 'character' && instruction.set(codePoint))
          this.#follow(instructions, at + 1, captures, index, marks, following)
      }
      threads = following
    }
  }

  #step(): void {
    this.#steps += this.#weight
    if (this.#steps < STEPS_A_STEP) return
    this.#spend(Math.floor(this.#steps / STEPS_A_STEP))
    this.#steps = 0
  }
}

/** The next place at which a match could begin, by what it begins with. */
export function skipTo(first: CharacterSet, text: string, from: number): number {
  let index = from
  while (index < text.length) {
    const codePoint = text.codePointAt(index) ?? 0
    if (first(codePoint)) break
    index += codePoint > 0xffff ? 2 : 1
  }
  return index
}
