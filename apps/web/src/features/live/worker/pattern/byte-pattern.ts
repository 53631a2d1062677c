import { type ByteNfa, buildNfa } from './byte-nfa.ts'
import { type ByteTest, LiteralBytes } from './literal-bytes.ts'
import { type Assertion, literalPattern, type PatternNode } from './pattern-syntax.ts'

/** What stood before a place, as far as assertions ask. */
type Before = 'start' | 'line-end' | 'word' | 'other'
const AT_END = -1

interface DfaState {
  /** States of the automaton that may be the present one, assertions not yet asked. Ascending. */
  readonly members: readonly number[]
  readonly before: Before
  /** Whether it matches if the text ends here; undefined while nobody asked. */
  matchesAtEnd: boolean | undefined
}

const UNKNOWN = 0
const MATCHED = 1
const FIRST_STATE = 2
/** 4 MB of table. When it is full it begins anew, so that a pattern with many states is slower, never wrong. */
const MAX_DFA_STATES = 4_096

/**
 * Whether a pattern occurs in bytes of UTF-8, in time linear in their number whatever the pattern: the deterministic
 * automaton, made as far as the bytes lead. There is no pattern that hangs it, which is why it is used instead of
 * RegExp, and no payload has to be decoded. Russ Cox, "Regular Expression Matching Can Be Simple And Fast".
 */
export class BytePattern implements ByteTest {
  readonly #nfa: ByteNfa
  #states: DfaState[] = []
  #ids = new Map<string, number>()
  /** The state after each state and byte: 256 columns a row. */
  #table = new Int32Array(0)
  #initial = FIRST_STATE

  /** @throws {PatternError} when the pattern is too large */
  constructor(pattern: PatternNode) {
    this.#nfa = buildNfa(pattern)
    this.#reset()
  }

  /** Looks from `start` to before `end`. */
  test(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    let table = this.#table
    let state = this.#initial
    for (let index = start; index < end; index++) {
      const byte = bytes[index] as number
      let next = table[(state << 8) | byte] as number
      if (next < FIRST_STATE) {
        if (next === UNKNOWN) {
          next = this.#step(state, byte)
          table = this.#table
        }
        if (next === MATCHED) return true
      }
      state = next
    }
    const last = this.#states[state]
    if (!last) return false
    last.matchesAtEnd ??= this.#closure(last, AT_END).isMatch
    return last.matchesAtEnd
  }

  #reset(): void {
    const placeholder: DfaState = { members: [], before: 'other', matchesAtEnd: false }
    this.#states = [placeholder, placeholder]
    this.#ids.clear()
    this.#table.fill(UNKNOWN)
    this.#initial = this.#idOf([this.#nfa.start], 'start')
  }

  #step(state: number, byte: number): number {
    const from = this.#states[state]
    if (!from) return state
    const { isMatch, reached } = this.#closure(from, byte)
    const next = isMatch ? MATCHED : this.#after(reached, byte)
    if (next >= FIRST_STATE && this.#states[state] !== from) return next // the table began anew meanwhile
    this.#table[(state << 8) | byte] = next
    return next
  }

  #after(reached: readonly number[], byte: number): number {
    const members = new Set([this.#nfa.start]) // a match may begin at any place
    for (const id of reached) {
      const state = this.#nfa.states[id]
      if (state?.kind === 'byte' && byte >= state.from && byte <= state.to) members.add(state.next)
    }
    return this.#idOf(
      [...members].sort((a, b) => a - b),
      beforeOf(byte),
    )
  }

  #idOf(members: readonly number[], before: Before): number {
    const key = `${before} ${members.join(' ')}`
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    if (this.#states.length >= MAX_DFA_STATES) this.#reset()
    const id = this.#states.length
    this.#states.push({ members, before, matchesAtEnd: undefined })
    this.#ids.set(key, id)
    if (this.#table.length <= (id << 8) + 255) {
      const larger = new Int32Array(Math.max(16 << 8, this.#table.length * 2))
      larger.set(this.#table)
      this.#table = larger
    }
    return id
  }

  /** The states that can be reached without a byte, knowing what stands before and which byte, or the end, comes. */
  #closure({ members, before }: DfaState, next: number): { isMatch: boolean; reached: readonly number[] } {
    const seen = new Set(members)
    const open = [...members]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const state = this.#nfa.states[id]
      if (state?.kind === 'match') return { isMatch: true, reached: [] }
      const targets =
        state?.kind === 'split'
          ? state.targets
          : state?.kind === 'assertion' && holds(state.assertion, before, next)
            ? [state.next]
            : []
      for (const target of targets) {
        if (seen.has(target)) continue
        seen.add(target)
        open.push(target)
      }
    }
    return { isMatch: false, reached: [...seen] }
  }
}

/** The quickest way to look for a text. */
export function textTest(text: string, ignoreCase: boolean): ByteTest {
  if (LiteralBytes.accepts(text)) return new LiteralBytes(text, ignoreCase)
  return new BytePattern(literalPattern(text, ignoreCase))
}

function holds(assertion: Assertion, before: Before, next: number): boolean {
  switch (assertion) {
    case 'text-start':
      return before === 'start'
    case 'line-start':
      return before === 'start' || before === 'line-end'
    case 'text-end':
      return next === AT_END
    case 'line-end':
      return next === AT_END || isLineEnd(next)
    case 'boundary':
      return (before === 'word') !== isWord(next)
    case 'no-boundary':
      return (before === 'word') === isWord(next) && !isContinuation(next)
  }
}

const isLineEnd = (byte: number) => byte === 0x0a || byte === 0x0d

/** Of UTF-8: the place before it is within a character, where nothing is asserted. RFC 3629 section 3. */
const isContinuation = (byte: number) => (byte & 0xc0) === 0x80

const isWord = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || (byte >= 0x61 && byte <= 0x7a)

function beforeOf(byte: number): Before {
  if (isLineEnd(byte)) return 'line-end'
  return isWord(byte) ? 'word' : 'other'
}
