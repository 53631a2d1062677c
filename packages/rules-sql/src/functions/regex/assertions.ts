import { type CharacterSet, codePointOf } from './character-set.ts'
import { LINE_FEED, LINE_TERMINATORS, WORD_CHARACTERS } from './named-sets.ts'
import type { Assertion } from './pattern-node.ts'

export const atStart: Assertion = (_text, index) => index === 0
export const atEnd: Assertion = (text, index) => index === text.length

/**
 * `^` of `(?m)`: at the start and after each line terminator, and not between `\r` and `\n`. It is never at the end of
 * the text, and so nowhere in an empty one, as in Java.
 */
export function atLineStart(isUnixLines: boolean): Assertion {
  const terminators = isUnixLines ? LINE_FEED : LINE_TERMINATORS
  return (text, index) => {
    if (index === text.length) return false
    if (index === 0) return true
    if (!terminators(text.charCodeAt(index - 1))) return false
    return isUnixLines || !isWithinLineEnd(text, index)
  }
}

/** `$` of `(?m)`: before each line terminator and at the end of the text. */
export function atLineEnd(isUnixLines: boolean): Assertion {
  const terminators = isUnixLines ? LINE_FEED : LINE_TERMINATORS
  return (text, index) => {
    if (index === text.length) return true
    return terminators(text.charCodeAt(index)) && (isUnixLines || !isWithinLineEnd(text, index))
  }
}

/** `$` and `\Z`: at the end of the text, and before a line terminator that ends it. */
export function atEndOrBeforeLastTerminator(isUnixLines: boolean): Assertion {
  const atEndOfLine = atLineEnd(isUnixLines)
  return (text, index) => {
    const left = text.length - index
    if (left > 2 || (left === 2 && (isUnixLines || !text.endsWith('\r\n')))) return false
    return atEndOfLine(text, index)
  }
}

function isWithinLineEnd(text: string, index: number): boolean {
  return text[index] === '\n' && text[index - 1] === '\r'
}

/** `\b`; its negation is `\B`. */
export const atWordBoundary: Assertion = (text, index) =>
  WORD_CHARACTERS(codePointBefore(text, index)) !== WORD_CHARACTERS(text.codePointAt(index) ?? 0)

export function not(holds: Assertion): Assertion {
  return (text, index) => !holds(text, index)
}

/** That the next character is none of `set`, by which a row of characters has been taken to its end. */
export function notBefore(set: CharacterSet): Assertion {
  return (text, index) => index === text.length || !set(text.codePointAt(index) ?? 0)
}

/** The character that ends at `index`; 0 at the start of the text. */
export function codePointBefore(text: string, index: number): number {
  if (index === 0) return 0
  const isPair = index > 1 && isLow(text.charCodeAt(index - 1)) && isHigh(text.charCodeAt(index - 2))
  return codePointOf(text.slice(isPair ? index - 2 : index - 1, index))
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
