import { type CharacterSet, remembered, union } from './character-set.ts'
import {
  type Assertion,
  isNullable,
  type Lookaround,
  type PatternNode,
  type Repetition,
  repetition,
} from './pattern-node.ts'
import { RegexError } from './regex-error.ts'

/** Instructions of a pattern with everything repeated in it spelled out. */
const MAX_INSTRUCTIONS = 5000

/** An instruction goes on with the next one, but for `split` and `jump`, which name where. */
export type Instruction =
  | { readonly op: 'character'; readonly set: CharacterSet }
  /** Both, `first` before `second`. */
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  /** Notes the place: group g begins at slot 2g and ends at slot 2g + 1. */
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly holds: Assertion }
  | { readonly op: 'look'; readonly lookaround: number; readonly isNegative: boolean }
  | { readonly op: 'match' }

export interface Program {
  readonly instructions: readonly Instruction[]
  /** Each after those that stand in it. */
  readonly lookarounds: readonly LookaroundProgram[]
  /** What a match begins with; undefined where it may be empty, or depends on what is around. */
  readonly first: CharacterSet | undefined
}

export interface LookaroundProgram {
  readonly direction: Lookaround['direction']
  /** Reads the text backwards where it looks ahead. */
  readonly instructions: readonly Instruction[]
}

/**
 * The program of a pattern: for `a(b|c)*`
 *
 *     0 character a   1 split 2 8   2 save 2   3 split 4 6   4 character b   5 jump 7   6 character c   7 save 3 …
 *
 * @throws {RegexError} `TOO_LARGE`
 */
export function compileProgram(root: PatternNode): Program {
  const lookarounds: LookaroundProgram[] = []
  const budget = { left: MAX_INSTRUCTIONS }
  const instructions = new Compiler(lookarounds, budget, false).compile(root)
  return { instructions, lookarounds, first: firstCharacters(instructions) }
}

class Compiler {
  readonly #instructions: Instruction[] = []
  readonly #lookarounds: LookaroundProgram[]
  readonly #budget: { left: number }
  readonly #isBackward: boolean
  readonly #sets = new Map<CharacterSet, CharacterSet>()

  constructor(lookarounds: LookaroundProgram[], budget: { left: number }, isBackward: boolean) {
    this.#lookarounds = lookarounds
    this.#budget = budget
    this.#isBackward = isBackward
  }

  compile(root: PatternNode): readonly Instruction[] {
    this.#emit(root)
    this.#add({ op: 'match' })
    return this.#instructions
  }

  #add(instruction: Instruction): number {
    this.#budget.left -= 1
    if (this.#budget.left < 0)
      throw new RegexError('TOO_LARGE', 'The pattern repeats too much in itself to be searched for')
    return this.#instructions.push(instruction) - 1
  }

  #emit(node: PatternNode): void {
    switch (node.kind) {
      case 'character':
        this.#add({ op: 'character', set: this.#remembered(node.set) })
        return
      case 'assertion':
        this.#add({ op: 'assert', holds: node.holds })
        return
      case 'sequence':
        for (const item of this.#isBackward ? node.items.toReversed() : node.items) this.#emit(item)
        return
      case 'alternatives':
        this.#alternatives(node.options)
        return
      case 'group':
        this.#add({ op: 'save', slot: 2 * node.group })
        this.#emit(node.body)
        this.#add({ op: 'save', slot: 2 * node.group + 1 })
        return
      case 'repetition':
        this.#repetition(node)
        return
      case 'lookaround':
        this.#add({ op: 'look', lookaround: this.#lookaround(node), isNegative: node.isNegative })
    }
  }

  /** What is repeated remembers together. */
  #remembered(set: CharacterSet): CharacterSet {
    const known = this.#sets.get(set) ?? remembered(set)
    this.#sets.set(set, known)
    return known
  }

  #alternatives(options: readonly PatternNode[]): void {
    const ends: number[] = []
    for (const [index, option] of options.entries()) {
      const isLast = index === options.length - 1
      const split = isLast ? undefined : this.#add({ op: 'jump', to: 0 })
      this.#emit(option)
      if (split === undefined) continue
      ends.push(this.#add({ op: 'jump', to: 0 }))
      this.#instructions[split] = { op: 'split', first: split + 1, second: this.#instructions.length }
    }
    for (const end of ends) this.#instructions[end] = { op: 'jump', to: this.#instructions.length }
  }

  #repetition({ body, min, max, isGreedy }: Repetition): void {
    for (let count = 0; count < min - 1; count += 1) this.#emit(body)
    if (max !== Number.POSITIVE_INFINITY) {
      if (min > 0) this.#emit(body)
      this.#optional(body, max - min, isGreedy)
    } else if (min > 0) this.#oneOrMore(body, isGreedy)
    else if (isNullable(body)) this.#optional(repetition(body, 1, max, isGreedy), 1, isGreedy)
    else this.#zeroOrMore(body, isGreedy)
  }

  /** `x?` in `x?`, as often as `count` says. */
  #optional(body: PatternNode, count: number, isGreedy: boolean): void {
    const splits: number[] = []
    for (let index = 0; index < count; index += 1) {
      splits.push(this.#add({ op: 'jump', to: 0 }))
      this.#emit(body)
    }
    for (const split of splits) this.#instructions[split] = this.#split(split + 1, this.#instructions.length, isGreedy)
  }

  /** A body that may be empty is taken once at least, so that a round without progress ends the loop, as in Java. */
  #oneOrMore(body: PatternNode, isGreedy: boolean): void {
    const start = this.#instructions.length
    this.#emit(body)
    const split = this.#add({ op: 'jump', to: 0 })
    this.#instructions[split] = this.#split(start, split + 1, isGreedy)
  }

  #zeroOrMore(body: PatternNode, isGreedy: boolean): void {
    const split = this.#add({ op: 'jump', to: 0 })
    this.#emit(body)
    this.#add({ op: 'jump', to: split })
    this.#instructions[split] = this.#split(split + 1, this.#instructions.length, isGreedy)
  }

  #split(more: number, less: number, isGreedy: boolean): Instruction {
    return isGreedy ? { op: 'split', first: more, second: less } : { op: 'split', first: less, second: more }
  }

  #lookaround({ body, direction }: Lookaround): number {
    const inner = new Compiler(this.#lookarounds, this.#budget, direction === 'ahead')
    return this.#lookarounds.push({ direction, instructions: inner.compile(body) }) - 1
  }
}

function firstCharacters(instructions: readonly Instruction[]): CharacterSet | undefined {
  const sets: CharacterSet[] = []
  const seen = new Set<number>()
  const open = [0]
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen.has(index)) continue
    seen.add(index)
    const instruction = instructions[index]
    if (instruction?.op === 'character') sets.push(instruction.set)
    else if (instruction?.op === 'split') open.push(instruction.first, instruction.second)
    else if (instruction?.op === 'jump') open.push(instruction.to)
    else if (instruction?.op === 'save') open.push(index + 1)
    else return undefined
  }
  return sets.length === 0 ? undefined : remembered(union(sets))
}
