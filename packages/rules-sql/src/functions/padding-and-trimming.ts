import { toIndex } from '../convert.ts'
import type { RuleFunction } from '../rule-function.ts'
import { define } from './define.ts'
import { checkLength, textOf } from './text-arguments.ts'

/** Spaces that are added at most. Source: AWS IoT developer guide, "lpad(String, Int)". */
const MAX_SPACES = 1000

/**
 * Functions of the white space around a text. What is no String is converted to one; Null and Undefined are Undefined.
 */
export const PADDING_AND_TRIMMING_FUNCTIONS: readonly RuleFunction[] = [
  pad('lpad', (text, spaces) => spaces + text),
  pad('rpad', (text, spaces) => text + spaces),
  // The guide names tabs and spaces for these two, and white space for trim, which is Java's: all up to U+0020.
  trim('ltrim', isTabOrSpace, { start: true }),
  trim('rtrim', isTabOrSpace, { end: true }),
  trim('trim', (code) => code <= 0x20, { start: true, end: true }),
]

/** The second argument is how many spaces are added, not a width. */
function pad(name: string, compute: (text: string, spaces: string) => string): RuleFunction {
  return define(name, 2, ([value, count], context) => {
    const text = textOf(value, context)
    const spaces = toIndex(count, context.numbers)
    if (text === undefined || spaces === undefined) return undefined
    checkLength(text.length, name, context)
    return compute(text, ' '.repeat(Math.min(Math.max(spaces, 0), MAX_SPACES)))
  })
}

function isTabOrSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** By index, not by a pattern anchored at the end, which would be quadratic in a long row of spaces. */
function trim(
  name: string,
  isSpace: (code: number) => boolean,
  sides: { readonly start?: boolean; readonly end?: boolean },
): RuleFunction {
  return define(name, 1, ([value], context) => {
    const text = textOf(value, context)
    if (text === undefined) return undefined
    let start = 0
    let end = text.length
    if (sides.start) while (start < end && isSpace(text.charCodeAt(start))) start += 1
    if (sides.end) while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1
    return text.slice(start, end)
  })
}
