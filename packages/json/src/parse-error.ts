import type { JsonPath } from './path.ts'
import { positionAt } from './position.ts'

/** Where and why a text is not JSON. */
export class JsonParseError extends Error {
  override readonly name = 'JsonParseError'
  readonly code: 'SYNTAX' | 'TOO_DEEP' | 'DUPLICATE_KEY'
  /** The value or member that was being read; empty for the document as a whole. */
  readonly path: JsonPath
  /** 0-based, in UTF-16 code units, as editors count. */
  readonly offset: number
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 code units. */
  readonly column: number
  /** What could have stood there, in words. */
  readonly expected: string
  /** What stands there, in words. */
  readonly found: string

  constructor(
    code: JsonParseError['code'],
    path: JsonPath,
    text: string,
    offset: number,
    expected: string,
    found: string = describe(text, offset),
  ) {
    const { line, column } = positionAt(text, offset)
    super(`Expected ${expected}, found ${found} at line ${line}, column ${column}`)
    this.code = code
    this.path = path
    this.offset = offset
    this.line = line
    this.column = column
    this.expected = expected
    this.found = found
  }
}

function describe(text: string, offset: number): string {
  const codePoint = text.codePointAt(offset)
  if (codePoint === undefined) return 'the end of the text'
  const character = String.fromCodePoint(codePoint)
  if (codePoint < 0x20) return `the control character U+${codePoint.toString(16).padStart(4, '0').toUpperCase()}`
  return character === "'" ? 'a single quote' : `'${character}'`
}
