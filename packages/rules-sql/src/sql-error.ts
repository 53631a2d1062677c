import { positionAt } from '@thingdeck/json'
import type { Place } from './syntax.ts'

/** `SYNTAX`: not of the language. `UNSUPPORTED`: not of this version or place. `LIMIT`: beyond {@link SQL_LIMITS}. */
export type SqlErrorCode = 'SYNTAX' | 'UNSUPPORTED' | 'LIMIT'

/** Where and why a text is no SQL of AWS IoT. */
export class SqlError extends Error {
  override readonly name = 'SqlError'
  readonly code: SqlErrorCode
  /** 0-based, in UTF-16 code units, as editors count; `to` is behind the last that is at fault. */
  readonly from: number
  readonly to: number
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 code units. */
  readonly column: number

  constructor(code: SqlErrorCode, text: string, place: Place, sentence: string) {
    const { line, column } = positionAt(text, place.from)
    super(`${sentence} (line ${line}, column ${column})`)
    this.code = code
    this.from = place.from
    this.to = place.to
    this.line = line
    this.column = column
  }
}
