import { RegexError } from './regex-error.ts'

/** `\d`, `\p{…}` and classes within the classes of one pattern; characters and ranges are not counted. */
const MAX_SETS = 500

/** What `(?idmsux)` has switched on, from there to the end of the group. */
export interface Flags {
  readonly i: boolean
  readonly d: boolean
  readonly m: boolean
  readonly s: boolean
  readonly u: boolean
  readonly x: boolean
}

const NO_FLAGS: Flags = { i: false, d: false, m: false, s: false, u: false, x: false }

/** A place in the text of a pattern. */
export class PatternReader {
  readonly text: string
  index = 0
  flags = NO_FLAGS
  /** The end of a quotation `\Q…\E` that the place is in; its characters mean themselves. */
  #quotedUntil = 0
  #sets = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    this.#skip()
    return this.index >= this.text.length
  }

  get isQuoted(): boolean {
    this.#skip()
    return this.index < this.#quotedUntil
  }

  /** The next character that is not quoted, without taking it; `''` at the end and inside of a quotation. */
  peek(): string {
    this.#skip()
    return this.isQuoted ? '' : (this.text[this.index] ?? '')
  }

  /** Takes `expected` if it comes next. */
  take(expected: string): boolean {
    this.#skip()
    if (this.isQuoted || !this.text.startsWith(expected, this.index)) return false
    this.index += expected.length
    return true
  }

  /** Takes one character, whatever it is. */
  next(): number {
    this.#skip()
    return this.nextRaw()
  }

  /** As {@link next}, inside of an escape or of a name, where white space counts in every mode. */
  nextRaw(): number {
    const codePoint = this.text.codePointAt(this.index)
    if (codePoint === undefined) throw this.invalid('The pattern ends here, where more was expected')
    this.index += codePoint > 0xffff ? 2 : 1
    return codePoint
  }

  /** Takes what `pattern`, a sticky expression, matches here. */
  takeMatch(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.index
    const match = pattern.exec(this.text)?.[0]
    this.index += match?.length ?? 0
    return match
  }

  /** A set of a character class, of which a pattern may have so many. */
  counted<T>(set: T): T {
    this.#sets += 1
    if (this.#sets > MAX_SETS)
      throw new RegexError('TOO_LARGE', `The pattern has more than ${MAX_SETS} sets in its classes`)
    return set
  }

  invalid(message: string, index = this.index): RegexError {
    return new RegexError('INVALID', message, index)
  }

  unsupported(message: string, index = this.index): RegexError {
    return new RegexError('UNSUPPORTED', message, index)
  }

  /** Over what is not part of the pattern: `\Q`, `\E` and, with `(?x)`, white space and comments. */
  #skip(): void {
    for (;;) {
      if (this.index < this.#quotedUntil) return
      if (this.#quotedUntil > 0 && this.index === this.#quotedUntil) {
        if (this.text.startsWith('\\E', this.index)) this.index += 2
        this.#quotedUntil = 0
      }
      if (this.text.startsWith('\\Q', this.index)) {
        this.index += 2
        const end = this.text.indexOf('\\E', this.index)
        this.#quotedUntil = end === -1 ? this.text.length : end
        if (end === this.index) this.index += 2
      } else if (this.flags.x && this.takeMatch(/[ \t-\r]+|#[^\n\r\u0085\u2028\u2029]*/y) !== undefined) {
        // taken, and without meaning
      } else return
    }
  }
}
