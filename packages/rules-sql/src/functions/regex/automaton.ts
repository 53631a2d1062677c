import { atStart } from './assertions.ts'
import type { Assertion } from './pattern-node.ts'
import type { Instruction, Program } from './program.ts'
import { Search, skipTo } from './search.ts'

/** More different conditions than this, and states are not kept: there could be one for each of their combinations. */
const MAX_CONDITIONS = 8

/** Transitions that are kept, of which a state has a table for ASCII; when there are more, all are forgotten. */
const MAX_TRANSITIONS = 60_000

/** Instructions that are followed for a step of whoever counts them. */
const INSTRUCTIONS_A_STEP = 20

/** Characters that are read for a step. */
const CHARACTERS_A_STEP = 100

/** What is known of a text's other characters before it is read: where lookarounds hold. */
type Lookarounds = readonly Uint8Array[]

/** Where the search is after a character: in front of these instructions, before conditions are asked. */
interface Junction {
  readonly instructions: readonly number[]
  /** By which conditions hold, a bit for each. */
  readonly states: Map<number, State>
}

/** Where it is before the next character: all ways at once. */
interface State {
  readonly characters: readonly number[]
  readonly isMatch: boolean
  /** By ASCII character. */
  readonly next: (Junction | undefined)[]
  /** By other characters, as far as they are remembered. */
  readonly others: Map<number, Junction>
}

/**
 * Whether a text has a match, as a deterministic automaton finds it, which is made while it is used: what was found out
 * for one text is known for the next, and a character costs a look into a table. Where a match begins it cannot tell:
 * that is for {@link Search}.
 */
export class Automaton {
  readonly #program: Program
  /** Of each instruction that asks for a condition, its bit. */
  readonly #bits = new Map<number, number>()
  readonly #conditions: ((text: string, index: number, lookarounds: Lookarounds) => boolean)[] = []
  readonly #junctions = new Map<string, Junction>()
  readonly #isAnchored: boolean
  #transitions = 0
  /** Instructions that were followed, and are no whole step yet. */
  #followed = 0

  constructor(program: Program) {
    this.#program = program
    const bitsByAssertion = new Map<Assertion, number>()
    for (const [index, instruction] of program.instructions.entries()) {
      if (instruction.op !== 'assert' && instruction.op !== 'look') continue
      const known = instruction.op === 'assert' ? bitsByAssertion.get(instruction.holds) : undefined
      const bit = known ?? this.#conditions.push(conditionOf(instruction)) - 1
      if (instruction.op === 'assert') bitsByAssertion.set(instruction.holds, bit)
      this.#bits.set(index, bit)
    }
    const [first] = program.instructions
    this.#isAnchored = first?.op === 'assert' && first.holds === atStart
  }

  /** @param spend see {@link Search} */
  matches(text: string, spend: (steps: number) => void): boolean {
    if (this.#conditions.length > MAX_CONDITIONS) return new Search(this.#program, text, 0, spend).find(0) !== undefined
    const lookarounds = this.#program.lookarounds.length > 0 ? Search.lookarounds(this.#program, text, spend) : []
    spend(Math.floor(text.length / CHARACTERS_A_STEP))
    let junction = this.#junction([])
    for (let index = 0; ; ) {
      if (junction.instructions.length === 0) {
        if (this.#isAnchored && index > 0) return false
        if (this.#program.first) index = skipTo(this.#program.first, text, index)
      }
      const state = this.#state(junction, text, index, lookarounds, spend)
      if (state.isMatch) return true
      if (index >= text.length) return false
      const codePoint = text.codePointAt(index) ?? 0
      index += codePoint > 0xffff ? 2 : 1
      junction = state.next[codePoint] ?? state.others.get(codePoint) ?? this.#after(state, codePoint, spend)
    }
  }

  #state(
    junction: Junction,
    text: string,
    index: number,
    lookarounds: Lookarounds,
    spend: (steps: number) => void,
  ): State {
    let holding = 0
    for (let bit = 0; bit < this.#conditions.length; bit += 1)
      if (this.#conditions[bit]?.(text, index, lookarounds)) holding |= 1 << bit
    return junction.states.get(holding) ?? this.#resolve(junction, holding, spend)
  }

  /** All that is reached without a character, where just these conditions hold; and a match that begins here. */
  #resolve(junction: Junction, holding: number, spend: (steps: number) => void): State {
    const { instructions } = this.#program
    const seen = new Set<number>()
    const characters: number[] = []
    let isMatch = false
    const open = [...junction.instructions, 0]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      const instruction = instructions[at]
      if (instruction?.op === 'match') isMatch = true
      else if (instruction?.op === 'character') characters.push(at)
      else if (instruction?.op === 'split') open.push(instruction.first, instruction.second)
      else if (instruction?.op === 'jump') open.push(instruction.to)
      else if (instruction?.op === 'save' || this.#holds(at, holding)) open.push(at + 1)
    }
    this.#count(seen.size, spend)
    const state: State = { characters, isMatch, next: [], others: new Map() }
    junction.states.set(holding, state)
    this.#transitions += ASCII_SIZE
    return state
  }

  #holds(at: number, holding: number): boolean {
    const bit = this.#bits.get(at)
    return bit !== undefined && (holding & (1 << bit)) !== 0
  }

  #after(state: State, codePoint: number, spend: (steps: number) => void): Junction {
    const { instructions } = this.#program
    this.#count(state.characters.length, spend)
    const reached: number[] = []
    for (const at of state.characters) {
      const instruction = instructions[at]
      if (instruction?.op === 'character' && instruction.set(codePoint)) reached.push(at + 1)
    }
    const junction = this.#junction(reached.sort((one, other) => one - other))
    if (codePoint < ASCII_SIZE) state.next[codePoint] = junction
    else {
      state.others.set(codePoint, junction)
      this.#transitions += 1
    }
    return junction
  }

  #count(instructions: number, spend: (steps: number) => void): void {
    this.#followed += instructions + 1
    const steps = Math.floor(this.#followed / INSTRUCTIONS_A_STEP)
    this.#followed -= steps * INSTRUCTIONS_A_STEP
    if (steps > 0) spend(steps)
  }

  #junction(instructions: readonly number[]): Junction {
    if (this.#transitions > MAX_TRANSITIONS) {
      this.#junctions.clear()
      this.#transitions = 0
    }
    const key = instructions.join()
    const known = this.#junctions.get(key)
    if (known) return known
    const junction: Junction = { instructions, states: new Map() }
    this.#junctions.set(key, junction)
    return junction
  }
}

const ASCII_SIZE = 128

function conditionOf(instruction: Instruction & { readonly op: 'assert' | 'look' }) {
  if (instruction.op === 'assert') return instruction.holds
  const { lookaround, isNegative } = instruction
  return (_text: string, index: number, lookarounds: Lookarounds): boolean =>
    (lookarounds[lookaround]?.[index] === 1) !== isNegative
}
