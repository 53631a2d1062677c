import type { TimeField, TimeFields } from './time-fields.ts'
import { TimeZone } from './time-zone.ts'
import { zoneOfShortName } from './zone-names.ts'

/**
 * Reads a part of a text from `index` and notes what it says.
 * @returns where it ends; undefined where it is not there
 */
export type Reader = (text: string, index: number, fields: TimeFields) => number | undefined

export function literal(expected: string): Reader {
  return (text, index) => (text.startsWith(expected, index) ? index + expected.length : undefined)
}

/** One of the words, whose values are counted from `first`. The longest that fits. */
export function word(field: TimeField, words: readonly string[], first: number): Reader {
  return (text, index, fields) => {
    let found: string | undefined
    for (const each of words) {
      if (each.length > (found?.length ?? 0) && text.startsWith(each, index)) found = each
    }
    if (found === undefined || !fields.set(field, words.indexOf(found) + first)) return undefined
    return index + found.length
  }
}

/** How a number is written, as java.time.format.DateTimeFormatterBuilder has it. */
export interface NumberShape {
  readonly minDigits: number
  readonly maxDigits: number
  /** `never`, `-`, or one that also has to be there where there are more digits than `minDigits`. */
  readonly sign: 'none' | 'minus' | 'exceeds'
  /** Digits that are left to the numbers that follow without anything between. */
  readonly reserved: number
  /** The value of the digits. */
  readonly interpret: (digits: string) => number
}

export function number(field: TimeField, shape: NumberShape): Reader {
  const { minDigits, maxDigits, sign, reserved, interpret } = shape
  return (text, index, fields) => {
    const mark = text[index] === '-' || text[index] === '+' ? text[index] : ''
    if ((mark !== '' && sign === 'none') || (mark === '+' && sign === 'minus')) return undefined
    const start = index + (mark === '' ? 0 : 1)
    const available = countDigits(text, start, maxDigits + reserved)
    const count = reserved > 0 ? Math.min(maxDigits, Math.max(minDigits, available - reserved)) : available
    if (count > available || count < minDigits) return undefined
    if (sign === 'exceeds' && mark === '+' && count <= minDigits) return undefined
    if (sign === 'exceeds' && mark === '' && count > minDigits) return undefined
    const end = start + count
    const value = interpret(text.slice(start, end))
    if (mark === '-' && value === 0) return undefined
    return fields.set(field, mark === '-' ? -value : value) ? end : undefined
  }
}

function countDigits(text: string, start: number, most: number): number {
  let count = 0
  while (count < most && /^[0-9]$/.test(text[start + count] ?? '')) count += 1
  return count
}

/**
 * An offset as `pattern`, a sticky expression of sign, hours, minutes and seconds, has it. `zero` is another way to
 * write none.
 */
export function offset(pattern: RegExp, zero: string): Reader {
  return (text, index, fields) => {
    pattern.lastIndex = index
    const match = pattern.exec(text)
    const id = match ? `${match[1]}${match[2]}:${match[3] ?? '00'}:${match[4] ?? '00'}` : '+00:00'
    const end = match ? index + match[0].length : index + zero.length
    if (!match && (zero === '' || !text.startsWith(zero, index))) return undefined
    return setZone(fields, id) ? end : undefined
  }
}

/** `GMT`, and what comes after it. */
export function localizedOffset(pattern: RegExp): Reader {
  const rest = offset(pattern, '')
  return (text, index, fields) => {
    const afterGmt = literal('GMT')(text, index, fields)
    if (afterGmt === undefined) return undefined
    return rest(text, afterGmt, fields) ?? (setZone(fields, 'UTC') ? afterGmt : undefined)
  }
}

/** The id of a zone, `America/Los_Angeles`, `UTC+01:00`, `Z`; and its short name where `takesNames`. */
export function zone(takesNames: boolean): Reader {
  return (text, index, fields) => {
    const [candidate = ''] = /^[A-Za-z0-9+:~/._-]{1,100}/.exec(text.slice(index, index + 100)) ?? []
    // The longest id or name with which the text goes on; it does not end within a word.
    for (let end = candidate.length; end > 0; end -= 1) {
      if (/[A-Za-z0-9]/.test(candidate[end] ?? '') && /[A-Za-z0-9]/.test(candidate[end - 1] ?? '')) continue
      const id = candidate.slice(0, end)
      const named = takesNames ? zoneOfShortName(id) : undefined
      if (setZone(fields, named ?? id)) return index + end
    }
    return undefined
  }
}

function setZone(fields: TimeFields, id: string): boolean {
  const found = TimeZone.of(id)
  if (found === undefined) return false
  fields.zone = found
  return true
}
