import { ownValue } from '../../../foundation/own-value.ts'
import type { Scanner } from '../filter-pattern/scanner.ts'
import type { FieldValue } from './log-record.ts'

const text = (value: FieldValue): string => (value === undefined || value === null ? '' : String(value))
const numeric = (value: FieldValue, work: (number: number) => number): FieldValue => {
  const number = typeof value === 'number' ? value : Number(text(value) || Number.NaN)
  return Number.isFinite(number) ? work(number) : undefined
}

/** By their names in lower case. Those of {@link DATE_FUNCTIONS} read a duration and are read by themselves. */
const FUNCTIONS: Readonly<Record<string, (...values: FieldValue[]) => FieldValue>> = {
  abs: (value) => numeric(value, Math.abs),
  ceil: (value) => numeric(value, Math.ceil),
  floor: (value) => numeric(value, Math.floor),
  coalesce: (...values) => values.find((value) => value !== undefined && value !== null),
  concat: (...values) => values.map(text).join(''),
  frommillis: (value) => numeric(value, (number) => number),
  tomillis: (value) => numeric(value, (number) => number),
  isempty: (value) => text(value) === '',
  isblank: (value) => text(value).trim() === '',
  ispresent: (value) => value !== undefined,
  strcontains: (value, part) => (text(value).includes(text(part)) ? 1 : 0),
  strlen: (value) => text(value).length,
  tolower: (value) => text(value).toLowerCase(),
  toupper: (value) => text(value).toUpperCase(),
  trim: (value) => text(value).trim(),
}

/** To the beginning of a period, or to its end: `datefloor(@timestamp, 5m)`. */
export const DATE_FUNCTIONS: Readonly<Record<string, (atMs: number, periodMs: number) => number>> = {
  datefloor: (atMs, periodMs) => Math.floor(atMs / periodMs) * periodMs,
  dateceil: (atMs, periodMs) => Math.ceil(atMs / periodMs) * periodMs,
}

/** Whose numbers are times. */
export const IS_TIME_FUNCTION: ReadonlySet<string> = new Set(['frommillis'])

export const FUNCTION_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(FUNCTIONS),
  ...Object.keys(DATE_FUNCTIONS),
  'bin',
])

export const callFunction = (name: string, values: readonly FieldValue[]): FieldValue => FUNCTIONS[name]?.(...values)

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** `5m`, in milliseconds. @throws {FilterPatternError} */
export function takeDuration(scanner: Scanner): number {
  scanner.skipSpace()
  const count = Number(scanner.takeWhile(/\d/) || '1')
  const unit = ownValue(UNITS, scanner.takeWhile(/[a-z]/))
  if (unit === undefined || count === 0) return scanner.fail('Expected a time such as 30s, 5m or 1h')
  scanner.skipSpace()
  return count * unit
}
