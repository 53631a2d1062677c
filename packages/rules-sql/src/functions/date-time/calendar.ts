/** A date and time of day without a zone, in the proleptic Gregorian calendar, as ISO 8601 has it. */
export interface LocalTime {
  /** The year before year 1 is 0. */
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

export const DAY_MS = 86_400_000

/** Milliseconds of the epoch, were this time that of UTC. */
export function localMs(time: LocalTime): number {
  const { year, month, day, hour, minute, second, millisecond } = time
  // Date.UTC takes 99 for 1999; setting the year does not.
  return new Date(Date.UTC(2000, 0, 1, hour, minute, second, millisecond)).setUTCFullYear(year, month - 1, day)
}

/** {@link localMs} of the first moment of a day. */
export function midnightMs(year: number, month: number, day: number): number {
  return localMs({ year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 })
}

export function toLocalTime(ms: number): LocalTime {
  const date = new Date(ms)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  }
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days since 1970-01-01. */
function epochDay(year: number, month: number, day: number): number {
  return Math.floor(midnightMs(year, month, day) / DAY_MS)
}

/** From 1 for Monday to 7. */
export function dayOfWeek({ year, month, day }: LocalTime): number {
  const days = epochDay(year, month, day) + 3 // the epoch began on a Thursday
  return (((days % 7) + 7) % 7) + 1
}

/** From 1. */
export function dayOfYear({ year, month, day }: LocalTime): number {
  return epochDay(year, month, day) - epochDay(year, 1, 1) + 1
}

/** The week of ISO 8601, whose first is the one with the year's first Thursday, and the year that it belongs to. */
export function isoWeek(time: LocalTime): { readonly week: number; readonly weekYear: number } {
  const thursday = epochDay(time.year, time.month, time.day) - dayOfWeek(time) + 4
  const weekYear = toLocalTime(thursday * DAY_MS).year
  return { week: Math.floor((thursday - epochDay(weekYear, 1, 1)) / 7) + 1, weekYear }
}
