/** A part of a date and time pattern: a letter with how often it is written, or text that stands for itself. */
export type PatternToken =
  | { readonly kind: 'letter'; readonly letter: string; readonly count: number }
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean }

/** Why a pattern is none, or cannot be used here. */
export class DatePatternError extends Error {
  override readonly name = 'DatePatternError'
  /** `INVALID`: Java refuses it too. */
  readonly code: 'INVALID' | 'UNSUPPORTED'

  constructor(code: DatePatternError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Longer patterns are refused. */
const MAX_LENGTH = 1000

/**
 * The parts of a pattern, in the syntax that Joda-Time and java.time share: letters A to Z are fields, `'at'` is text,
 * `''` is a quote.
 * @param mayEndQuoted whether a quote that is not closed reaches to the end, as it does for Joda-Time
 * @throws {DatePatternError}
 */
export function tokenizePattern(pattern: string, mayEndQuoted: boolean): readonly PatternToken[] {
  if (pattern === '') throw new DatePatternError('INVALID', 'A pattern names at least one field: yyyy-MM-dd')
  if (pattern.length > MAX_LENGTH)
    throw new DatePatternError('UNSUPPORTED', `A pattern has at most ${MAX_LENGTH} characters`)
  const tokens: PatternToken[] = []
  let index = 0
  while (index < pattern.length) {
    const start = index
    const character = pattern[index] ?? ''
    if (/[A-Za-z]/.test(character)) {
      while (pattern[index] === character) index += 1
      tokens.push({ kind: 'letter', letter: character, count: index - start })
    } else if (character === "'") {
      const [text, end] = readQuoted(pattern, start, mayEndQuoted)
      tokens.push({ kind: 'text', text, isQuoted: true })
      index = end
    } else {
      tokens.push({ kind: 'text', text: character, isQuoted: false })
      index += 1
    }
  }
  return tokens
}

function readQuoted(pattern: string, start: number, mayEndQuoted: boolean): readonly [text: string, end: number] {
  if (pattern[start + 1] === "'") return ["'", start + 2]
  let text = ''
  for (let index = start + 1; index < pattern.length; index += 1) {
    if (pattern[index] !== "'") text += pattern[index]
    else if (pattern[index + 1] === "'") {
      text += "'"
      index += 1
    } else return [text, index + 1]
  }
  if (mayEndQuoted) return [text, pattern.length]
  throw new DatePatternError('INVALID', `The quote at character ${start + 1} is not closed`)
}
