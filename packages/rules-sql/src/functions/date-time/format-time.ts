import { dayOfWeek, dayOfYear, isoWeek, type LocalTime, toLocalTime } from './calendar.ts'
import { MONTHS, shortName, WEEKDAYS } from './names.ts'
import { DatePatternError, type PatternToken, tokenizePattern } from './pattern-tokens.ts'
import { formatOffset, type TimeZone } from './time-zone.ts'

interface Moment {
  readonly epochMs: number
  readonly zone: TimeZone
  readonly local: LocalTime
}

type Part = (moment: Moment) => string

/** Formats an instant by a pattern of Joda-Time's DateTimeFormat, in English. */
export class TimeFormat {
  readonly #parts: readonly Part[]

  /** @throws {DatePatternError} for letters that are none of Joda-Time's */
  constructor(pattern: string) {
    this.#parts = tokenizePattern(pattern, true).map(partOf)
  }

  format(epochMs: number, zone: TimeZone): string {
    const moment = { epochMs, zone, local: toLocalTime(epochMs + zone.offsetMs(epochMs)) }
    return this.#parts.map((part) => part(moment)).join('')
  }
}

function partOf(token: PatternToken): Part {
  if (token.kind === 'text') return () => token.text
  const { letter, count } = token
  const make = FIELDS[letter]
  if (make === undefined)
    throw new DatePatternError('INVALID', `${letter} is no field of a time; text stands in quotes: '${letter}'`)
  return make(count)
}

/** By the letters of org.joda.time.format.DateTimeFormat; `count` is how often the letter is written. */
const FIELDS: Readonly<Record<string, (count: number) => Part>> = {
  G: () => (moment) => (moment.local.year > 0 ? 'AD' : 'BC'),
  C: (count) => (moment) => digits(Math.floor(yearOfEra(moment.local) / 100), count),
  Y: (count) => (moment) => year(yearOfEra(moment.local), count),
  x: (count) => (moment) => year(isoWeek(moment.local).weekYear, count),
  w: (count) => (moment) => digits(isoWeek(moment.local).week, count),
  e: (count) => (moment) => digits(dayOfWeek(moment.local), count),
  E: (count) => (moment) => text(WEEKDAYS[dayOfWeek(moment.local) - 1], count),
  y: (count) => (moment) => year(moment.local.year, count),
  D: (count) => (moment) => digits(dayOfYear(moment.local), count),
  M: (count) =>
    count > 2 ? (moment) => text(MONTHS[moment.local.month - 1], count) : (moment) => digits(moment.local.month, count),
  d: (count) => (moment) => digits(moment.local.day, count),
  a: () => (moment) => (moment.local.hour < 12 ? 'AM' : 'PM'),
  K: (count) => (moment) => digits(moment.local.hour % 12, count),
  h: (count) => (moment) => digits(moment.local.hour % 12 || 12, count),
  H: (count) => (moment) => digits(moment.local.hour, count),
  k: (count) => (moment) => digits(moment.local.hour || 24, count),
  m: (count) => (moment) => digits(moment.local.minute, count),
  s: (count) => (moment) => digits(moment.local.second, count),
  S: (count) => (moment) => digits(moment.local.millisecond, 3).padEnd(count, '0').slice(0, count),
  z: (count) => (moment) => (count > 3 ? moment.zone.longName(moment.epochMs) : moment.zone.shortName(moment.epochMs)),
  Z: (count) => (moment) =>
    count > 2 ? moment.zone.id : formatOffset(moment.zone.offsetMs(moment.epochMs), count === 2 ? ':' : ''),
}

function yearOfEra({ year }: LocalTime): number {
  return year > 0 ? year : 1 - year
}

/** `yy` is the last two digits. */
function year(value: number, count: number): string {
  return digits(count === 2 ? Math.abs(value) % 100 : value, count)
}

function digits(value: number, count: number): string {
  return (value < 0 ? '-' : '') + String(Math.abs(value)).padStart(count, '0')
}

function text(name: string | undefined, count: number): string {
  return name === undefined ? '' : count > 3 ? name : shortName(name)
}
