import { ProtoSchemaError } from './schema.ts'

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<word>\.?[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)|(?<number>[+-]?(?:0[xX][\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+))|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<sign>[{}[\]()<>;=,:.+\-/])/uy

interface Token {
  readonly text: string
  readonly at: number
}

/** The words of a `.proto` file, one after the other; white space and comments are passed over. */
export class Tokens {
  readonly #source: string
  readonly #file: string
  readonly #tokens: readonly Token[]
  #next = 0

  /** @throws {ProtoSchemaError} */
  constructor(source: string, file: string) {
    this.#source = source
    this.#file = file
    const tokens: Token[] = []
    for (let at = source.startsWith('\ufeff') ? 1 : 0; at < source.length; ) {
      TOKEN.lastIndex = at
      const match = TOKEN.exec(source)
      if (!match) throw this.#fault(`${JSON.stringify(source[at])} cannot stand here`, at)
      const { word, number, text, sign } = match.groups ?? {}
      const found = word ?? number ?? text ?? sign
      if (found !== undefined) tokens.push({ text: found, at })
      at = TOKEN.lastIndex
    }
    this.#tokens = tokens
  }

  get isAtEnd(): boolean {
    return this.#next >= this.#tokens.length
  }

  peek(offset = 0): string | undefined {
    return this.#tokens[this.#next + offset]?.text
  }

  /** The next word, whatever it is. @param what completes 'Expected …' */
  take(what: string): string {
    const token = this.#tokens[this.#next]
    if (!token) throw this.expected(what)
    this.#next += 1
    return token.text
  }

  /** Takes the next word if it is this one. */
  takeIf(text: string): boolean {
    if (this.peek() !== text) return false
    this.#next += 1
    return true
  }

  need(text: string): void {
    if (!this.takeIf(text)) throw this.expected(`“${text}”`)
  }

  name(what: string): string {
    const text = this.peek()
    if (text === undefined || !/^\.?[A-Za-z_]/.test(text)) throw this.expected(what)
    return this.take(what)
  }

  integer(what: string): number {
    const text = this.peek() ?? ''
    if (!/^[+-]?(?:0[xX][\da-fA-F]+|\d+)$/.test(text)) throw this.expected(what)
    this.#next += 1
    const isNegative = text.startsWith('-')
    const digits = text.replace(/^[+-]/, '')
    const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
    return isNegative ? -value : value
  }

  /** Up to the end of a statement: its `;`, or the block that it ends with. Brackets within are passed over whole. */
  skipStatement(): void {
    let depth = 0
    for (;;) {
      const text = this.take('“;”')
      if (text === '{' || text === '[' || text === '(') depth += 1
      else if (text === '}' || text === ']' || text === ')') depth -= 1
      if (depth === 0 && (text === ';' || text === '}')) return
    }
  }

  /** `[deprecated = true]`, if it is there. */
  skipOptions(): void {
    if (this.peek() !== '[') return
    let depth = 0
    do {
      const text = this.take('“]”')
      if (text === '[' || text === '{') depth += 1
      else if (text === ']' || text === '}') depth -= 1
    } while (depth > 0)
  }

  expected(what: string): ProtoSchemaError {
    const token = this.#tokens[this.#next]
    const found = token ? `“${token.text}”` : 'the end of the file'
    return this.#fault(`expected ${what}, found ${found}`, token?.at ?? this.#source.length)
  }

  #fault(message: string, at: number): ProtoSchemaError {
    const line = this.#source.slice(0, at).split('\n').length
    return new ProtoSchemaError(`${this.#file}, line ${line}: ${message}.`)
  }
}
