import { MONTHS, shortName, WEEKDAYS } from './names.ts'
import { DatePatternError, type PatternToken, tokenizePattern } from './pattern-tokens.ts'
import { type TimeField, TimeFields } from './time-fields.ts'
import { literal, localizedOffset, type NumberShape, number, offset, type Reader, word, zone } from './time-readers.ts'

/** A number, which the numbers right behind it may leave fewer digits than it could have. */
interface NumberPart {
  readonly kind: 'number'
  readonly field: TimeField
  readonly shape: NumberShape
}

type Part = NumberPart | { readonly kind: 'reader'; readonly read: Reader }

/** A row of readers, in which an optional section is a row of its own. */
type Section = readonly (Reader | { readonly optional: Section })[]

const MAX_DIGITS = 19

/**
 * Reads times by a pattern of java.time's DateTimeFormatter (JDK 11), in English, with its rules: fields in one row
 * take as many digits as are left for them, `yyyy` has four digits or a sign, sections in brackets may be missing.
 */
export class TimeParser {
  readonly #section: Section

  /** @throws {DatePatternError} `UNSUPPORTED` for fields that java.time has beyond these */
  constructor(pattern: string) {
    const tokens = tokenizePattern(pattern, false)
    const end = { index: 0 }
    this.#section = readSection(tokens, end, 0)
  }

  /** Milliseconds of the epoch; undefined for a text that is not of the pattern, or names no time. */
  parse(text: string): number | undefined {
    const fields = new TimeFields()
    const end = read(this.#section, text, 0, fields)
    return end?.index === text.length ? end.fields.resolve() : undefined
  }
}

interface Progress {
  readonly index: number
  readonly fields: TimeFields
}

function read(section: Section, text: string, from: number, fields: TimeFields): Progress | undefined {
  let progress: Progress = { index: from, fields }
  for (const part of section) {
    if (typeof part !== 'function') {
      progress = read(part.optional, text, progress.index, progress.fields.copy()) ?? progress
      continue
    }
    const index = part(text, progress.index, progress.fields)
    if (index === undefined) return undefined
    progress = { index, fields: progress.fields }
  }
  return progress
}

/** Sections in sections. */
const MAX_DEPTH = 20

function readSection(tokens: readonly PatternToken[], at: { index: number }, depth: number): Section {
  if (depth > MAX_DEPTH) throw new DatePatternError('INVALID', 'Too many optional sections in one another')
  const section: (Reader | { readonly optional: Section })[] = []
  let numbers: NumberPart[] = []
  const closeNumbers = (): void => {
    section.push(...adjacent(numbers))
    numbers = []
  }
  for (;;) {
    const token = tokens[at.index]
    at.index += 1
    const isBracket = token?.kind === 'text' && !token.isQuoted ? token.text : ''
    if (token === undefined || isBracket === ']') {
      if ((token === undefined) !== (depth === 0))
        throw new DatePatternError('INVALID', 'Brackets of optional sections do not match')
      closeNumbers()
      return section
    }
    if (isBracket === '[') {
      closeNumbers()
      section.push({ optional: readSection(tokens, at, depth + 1) })
      continue
    }
    if (/^[{}#]$/.test(isBracket))
      throw new DatePatternError('INVALID', `${isBracket} is reserved; as text it stands in quotes: '${isBracket}'`)
    const part = token.kind === 'text' ? reader(literal(token.text)) : partOf(token)
    if (part.kind === 'number') numbers.push(part)
    else {
      closeNumbers()
      section.push(part.read)
    }
  }
}

/**
 * Of numbers in a row, one with a varying width leaves to those with a fixed width behind it what they need: the year
 * of `yyyyMMdd`.
 */
function adjacent(numbers: readonly NumberPart[]): readonly Reader[] {
  return numbers.map(({ field, shape }, index) => {
    if (isFixed(shape)) return number(field, shape)
    let reserved = 0
    for (const following of numbers.slice(index + 1)) {
      if (!isFixed(following.shape)) break
      reserved += following.shape.maxDigits
    }
    return number(field, { ...shape, reserved })
  })
}

function isFixed({ minDigits, maxDigits, sign }: NumberShape): boolean {
  return minDigits === maxDigits && sign === 'none'
}

function reader(read: Reader): Part {
  return { kind: 'reader', read }
}

function plain(field: TimeField, shape: Partial<NumberShape>): Part {
  const whole = { minDigits: 1, maxDigits: MAX_DIGITS, sign: 'minus', reserved: 0, interpret: Number } as const
  return { kind: 'number', field, shape: { ...whole, ...shape } }
}

/** `d` has any digits, `dd` two. */
function upToTwo(field: TimeField): (count: number) => Part | undefined {
  return (count) => {
    if (count > 2) return undefined
    return count === 1 ? plain(field, {}) : plain(field, { minDigits: 2, maxDigits: 2, sign: 'none' })
  }
}

function year(field: TimeField): (count: number) => Part {
  return (count) => {
    if (count === 2) {
      const interpret = (digits: string): number => 2000 + Number(digits)
      return plain(field, { minDigits: 2, maxDigits: 2, sign: 'none', interpret })
    }
    return plain(field, { minDigits: count, sign: count < 4 ? 'minus' : 'exceeds' })
  }
}

function month(count: number): Part | undefined {
  if (count <= 2) return upToTwo('month')(count)
  if (count > 4) return undefined
  return reader(word('month', count === 4 ? MONTHS : MONTHS.map(shortName), 1))
}

function wide(field: TimeField): (count: number) => Part {
  return (count) => plain(field, { minDigits: count, sign: 'none' })
}

const HOUR_MINUTE = /([+-])(\d{2})(\d{2})/y
const HOUR_COLON_MINUTE = /([+-])(\d{2}):(\d{2})/y
const OFFSETS: readonly RegExp[] = [
  /([+-])(\d{2})(\d{2})?/y,
  HOUR_MINUTE,
  HOUR_COLON_MINUTE,
  /([+-])(\d{2})(\d{2})(\d{2})?/y,
  /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/y,
]
const LONG_GMT = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/y
const SHORT_GMT = /([+-])(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?/y

function isoOffset(zero: (count: number) => string): (count: number) => Part | undefined {
  return (count) => {
    const pattern = OFFSETS[count - 1]
    return pattern && reader(offset(pattern, zero(count)))
  }
}

/** By the letters of java.time.format.DateTimeFormatter; undefined for a count that a letter does not have. */
const FIELDS: Readonly<Record<string, (count: number) => Part | undefined>> = {
  G: (count) => reader(word('era', count === 4 ? ['Before Christ', 'Anno Domini'] : ['BC', 'AD'], 0)),
  u: year('year'),
  y: year('yearOfEra'),
  D: (count) => {
    if (count > 3) return undefined
    return count === 1 ? plain('dayOfYear', {}) : plain('dayOfYear', { minDigits: count, maxDigits: 3, sign: 'none' })
  },
  M: month,
  L: month,
  d: upToTwo('day'),
  E: (count) =>
    count > 4 ? undefined : reader(word('dayOfWeek', count === 4 ? WEEKDAYS : WEEKDAYS.map(shortName), 1)),
  a: (count) => (count > 1 ? undefined : reader(word('halfday', ['AM', 'PM'], 0))),
  H: upToTwo('hour'),
  k: upToTwo('clockHour'),
  K: upToTwo('hourOfHalfday'),
  h: upToTwo('clockHourOfHalfday'),
  m: upToTwo('minute'),
  s: upToTwo('second'),
  S: (count) => {
    const interpret = (digits: string): number => Number(digits.padEnd(9, '0'))
    return count > 9 ? undefined : plain('nanosecond', { minDigits: count, maxDigits: count, sign: 'none', interpret })
  },
  A: wide('millisecondOfDay'),
  n: wide('nanosecond'),
  N: wide('nanosecondOfDay'),
  V: (count) => (count === 2 ? reader(zone(false)) : undefined),
  z: (count) => (count > 3 ? undefined : reader(zone(true))),
  O: (count) =>
    count === 1 ? reader(localizedOffset(SHORT_GMT)) : count === 4 ? reader(localizedOffset(LONG_GMT)) : undefined,
  X: isoOffset(() => 'Z'),
  x: isoOffset((count) => (count === 1 ? '+00' : count % 2 === 0 ? '+0000' : '+00:00')),
  Z: (count) => {
    if (count === 4) return reader(localizedOffset(LONG_GMT))
    if (count === 5) return reader(offset(LONG_GMT, 'Z'))
    return count > 5 ? undefined : reader(offset(HOUR_MINUTE, '+0000'))
  },
}

/** Letters that java.time has, and no device writes a time with. */
const OTHER_FIELDS = /^[QqYWwecFpgB]$/

function partOf({ letter, count }: PatternToken & { readonly kind: 'letter' }): Part {
  const part = FIELDS[letter]?.(count)
  if (part) return part
  const name = letter.repeat(count)
  if (OTHER_FIELDS.test(letter) || (FIELDS[letter] && /^[zME]/.test(letter)))
    throw new DatePatternError('UNSUPPORTED', `The field ${name} of java.time cannot be read here`)
  if (FIELDS[letter]) throw new DatePatternError('INVALID', `${letter} cannot stand ${count} times in a row`)
  throw new DatePatternError('INVALID', `${letter} is no field of a time; text stands in quotes: '${letter}'`)
}
