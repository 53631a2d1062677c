import { Automaton } from './automaton.ts'
import { type Pattern, parsePattern } from './parse-pattern.ts'
import { compileProgram, type Program } from './program.ts'
import { RegexError } from './regex-error.ts'
import { Replacement, tooLong } from './replacement.ts'
import { type Captures, Search } from './search.ts'

/** Longer patterns are refused. */
const MAX_PATTERN_LENGTH = 10_000

/** Is told what a search costs while it runs, and may end it: see {@link Search}. */
type Spend = (steps: number) => void

const free: Spend = () => {}

/**
 * A regular expression of Java's syntax and meaning that no text can make slow: the time is at most the text's length
 * times the pattern's. What is not possible so is refused, see {@link parsePattern}.
 */
export class Regex {
  readonly #pattern: Pattern
  readonly #program: Program
  #automaton: Automaton | undefined

  /** @throws {RegexError} */
  constructor(text: string) {
    if (text.length > MAX_PATTERN_LENGTH)
      throw new RegexError('TOO_LARGE', `The pattern is longer than ${MAX_PATTERN_LENGTH} characters`)
    this.#pattern = parsePattern(text)
    this.#program = compileProgram(this.#pattern.root)
  }

  /** What it costs to make one like it, in instructions. */
  get size(): number {
    const { instructions, lookarounds } = this.#program
    return lookarounds.reduce((sum, lookaround) => sum + lookaround.instructions.length, instructions.length)
  }

  /** Whether the text has a match anywhere. */
  matches(text: string, spend: Spend = free): boolean {
    this.#automaton ??= new Automaton(this.#program)
    return this.#automaton.matches(text, spend)
  }

  /** The text of the first match. */
  first(text: string, spend: Spend = free): string | undefined {
    const match = new Search(this.#program, text, 0, spend).find(0)
    return match && text.slice(match[0], match[1])
  }

  /** @throws {RegexError} for a replacement that names groups which the pattern does not have */
  parseReplacement(text: string): Replacement {
    return Replacement.parse(text, this.#pattern)
  }

  /**
   * The text with each match replaced. After an empty match the search goes on one character later.
   * @throws {RegexError} `TOO_LARGE` where the result has more characters than `maxLength`
   */
  replaceAll(text: string, replacement: Replacement, maxLength: number, spend: Spend = free): string {
    const search = new Search(this.#program, text, replacement.lastGroup, spend)
    let result = ''
    let copied = 0
    for (let match = search.find(0); match !== undefined; match = search.find(afterMatch(text, match))) {
      const [start = 0, end = 0] = match
      result += text.slice(copied, start) + replacement.apply(text, match, maxLength)
      copied = end
      if (result.length > maxLength) throw tooLong(maxLength)
      if (start === end && end === text.length) break
    }
    return result + text.slice(copied)
  }
}

function afterMatch(text: string, [start = 0, end = 0]: Captures): number {
  if (start !== end) return end
  return end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1)
}
