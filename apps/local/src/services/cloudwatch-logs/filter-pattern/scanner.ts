/** What is wrong with a filter pattern, and where: from 0. */
export class FilterPatternError extends Error {
  readonly position: number

  constructor(position: number, message: string) {
    super(message)
    this.name = 'FilterPatternError'
    this.position = position
  }
}

/** Quota of a filter pattern. Source: Amazon CloudWatch Logs user guide, "Supported regular expressions (regex) syntax". */
const MOST_REGEXES = 2

/** Reads a pattern from left to right. */
export class Scanner {
  readonly #text: string
  #at = 0
  #regexes = 0

  constructor(text: string) {
    this.#text = text
  }

  get position(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** The next character, without taking it; empty at the end. */
  peek(offset = 0): string {
    return this.#text.charAt(this.#at + offset)
  }

  skipSpace(): void {
    while (/\s/.test(this.peek())) this.#at += 1
  }

  /** Takes this text if it comes next. */
  take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  /** Takes this text if it comes next, behind space or not. */
  takeSign(sign: string): boolean {
    this.skipSpace()
    return this.take(sign)
  }

  /** Takes a word that ends where a letter, digit or `_` does not go on. */
  takeWord(word: string): boolean {
    const end = this.peek(word.length)
    return !/\w/.test(end) && this.take(word)
  }

  /** @throws {FilterPatternError} */
  expect(text: string): void {
    if (!this.take(text)) this.fail(`Expected ${text}`)
  }

  /** Takes characters as long as they are of a class. */
  takeWhile(of: RegExp): string {
    const from = this.#at
    while (!this.isAtEnd && of.test(this.peek())) this.#at += 1
    return this.#text.slice(from, this.#at)
  }

  /** What stands between quotes, which come next; `\"` is a quote and `\\` a backslash. @throws {FilterPatternError} */
  takeQuoted(quote = '"'): string {
    const from = this.#at
    this.expect(quote)
    let text = ''
    while (!this.take(quote)) {
      if (this.isAtEnd) throw new FilterPatternError(from, `The ${quote} is not closed`)
      if (this.peek() === '\\' && (this.peek(1) === quote || this.peek(1) === '\\')) this.#at += 1
      text += this.peek()
      this.#at += 1
    }
    return text
  }

  /** What stands between two `%`, the first of which comes next; `\\%` is a percent sign. @throws {FilterPatternError} */
  takeRegexSource(): { readonly source: string; readonly position: number } {
    this.#regexes += 1
    if (this.#regexes > MOST_REGEXES) this.fail(`A pattern takes ${MOST_REGEXES} regular expressions at most`)
    const position = this.#at + 1
    return { source: this.takeDelimited('%'), position }
  }

  /** What stands between two signs, the first of which comes next; backslashes stay. @throws {FilterPatternError} */
  takeDelimited(sign: string): string {
    const from = this.#at
    this.expect(sign)
    let source = ''
    while (!this.take(sign)) {
      if (this.isAtEnd) throw new FilterPatternError(from, `The ${sign} is not closed`)
      if (this.peek() === '\\') {
        source += this.peek()
        this.#at += 1
      }
      source += this.peek()
      this.#at += 1
    }
    return source
  }

  /** What was taken since a position, without the space at its end. */
  since(position: number): string {
    return this.#text.slice(position, this.#at).trim()
  }

  /** @throws {FilterPatternError} always */
  fail(message: string): never {
    throw new FilterPatternError(this.#at, this.isAtEnd ? `${message}, but the pattern ends` : message)
  }
}
