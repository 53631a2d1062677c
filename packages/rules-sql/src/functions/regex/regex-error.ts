/**
 * Why a pattern cannot be used: `INVALID` is not a regular expression in Java either, `UNSUPPORTED` is one that cannot
 * be searched for in linear time (or needs tables that are not here), `TOO_LARGE` needs more than the bounds allow.
 */
export type RegexErrorCode = 'INVALID' | 'UNSUPPORTED' | 'TOO_LARGE'

export class RegexError extends Error {
  override readonly name = 'RegexError'
  readonly code: RegexErrorCode
  /** Where in the pattern, in UTF-16 units from 0. */
  readonly index: number

  constructor(code: RegexErrorCode, message: string, index = 0) {
    super(message)
    this.code = code
    this.index = index
  }
}
