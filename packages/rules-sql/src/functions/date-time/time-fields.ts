import { dayOfWeek, daysInMonth, isLeapYear, midnightMs, toLocalTime } from './calendar.ts'
import type { TimeZone } from './time-zone.ts'

/** A field of a time, as java.time.temporal.ChronoField names it. */
export type TimeField =
  | 'era'
  | 'year'
  | 'yearOfEra'
  | 'month'
  | 'day'
  | 'dayOfYear'
  | 'dayOfWeek'
  | 'halfday'
  | 'hour'
  | 'clockHour'
  | 'hourOfHalfday'
  | 'clockHourOfHalfday'
  | 'minute'
  | 'second'
  | 'nanosecond'
  | 'millisecondOfDay'
  | 'nanosecondOfDay'

/** Lowest and highest. */
const RANGES: Readonly<Record<TimeField, readonly [min: number, max: number]>> = {
  era: [0, 1],
  year: [-999_999_999, 999_999_999],
  yearOfEra: [1, 999_999_999],
  month: [1, 12],
  day: [1, 31],
  dayOfYear: [1, 366],
  dayOfWeek: [1, 7],
  halfday: [0, 1],
  hour: [0, 24], // 24:00 is the end of a day
  clockHour: [1, 24],
  hourOfHalfday: [0, 11],
  clockHourOfHalfday: [1, 12],
  minute: [0, 59],
  second: [0, 59],
  nanosecond: [0, 999_999_999],
  millisecondOfDay: [0, 86_399_999],
  nanosecondOfDay: [0, 86_399_999_999_999],
}

export class TimeFields {
  readonly #values = new Map<TimeField, number>()
  zone: TimeZone | undefined

  /** @returns whether the field did not have another value before */
  set(field: TimeField, value: number): boolean {
    const before = this.#values.get(field)
    this.#values.set(field, value)
    return before === undefined || before === value
  }

  copy(): TimeFields {
    const copy = new TimeFields()
    for (const [field, value] of this.#values) copy.#values.set(field, value)
    copy.zone = this.zone
    return copy
  }

  /**
   * Milliseconds of the epoch, as java.time's smart resolver has it: 31 April is 30 April, 24:00 is the next day's
   * midnight. Without a zone it is UTC, without a time midnight. Undefined where there is no date, or fields
   * contradict.
   */
  resolve(): number | undefined {
    for (const [field, value] of this.#values) {
      const [min, max] = RANGES[field]
      if (value < min || value > max) return undefined
    }
    const date = this.#date()
    const ofDay = this.#timeOfDay()
    if (date === undefined || ofDay === undefined) return undefined
    const weekday = this.#values.get('dayOfWeek')
    if (weekday !== undefined && weekday !== dayOfWeek(toLocalTime(date))) return undefined
    const local = date + ofDay
    const epochMs = this.zone === undefined ? local : this.zone.toEpochMs(local)
    return Number.isFinite(epochMs) ? epochMs : undefined
  }

  #year(): number | undefined {
    const year = this.#values.get('year')
    const ofEra = this.#values.get('yearOfEra')
    if (ofEra === undefined) return year
    const fromEra = this.#values.get('era') === 0 ? 1 - ofEra : ofEra
    return year === undefined || year === fromEra ? fromEra : undefined
  }

  #date(): number | undefined {
    const year = this.#year()
    const month = this.#values.get('month')
    const day = this.#values.get('day')
    const ofYear = this.#values.get('dayOfYear')
    if (year === undefined) return undefined
    if (month !== undefined && day !== undefined)
      return midnightMs(year, month, Math.min(day, daysInMonth(year, month)))
    if (ofYear === undefined || (ofYear === 366 && !isLeapYear(year))) return undefined
    return midnightMs(year, 1, ofYear)
  }

  #timeOfDay(): number | undefined {
    const whole = this.#values.get('millisecondOfDay')
    if (whole !== undefined) return whole
    const nanoseconds = this.#values.get('nanosecondOfDay')
    if (nanoseconds !== undefined) return Math.floor(nanoseconds / 1e6)
    const hour = this.#hour()
    const smaller = (['minute', 'second', 'nanosecond'] as const).map((field) => this.#values.get(field))
    const [minute = 0, second = 0, nanosecond = 0] = smaller
    // A minute is of no hour, and an hour of no half of a day that is not told.
    if (hour === undefined) return this.#hasTime() ? undefined : 0
    if (hour === 24 && (minute > 0 || second > 0 || nanosecond > 0)) return undefined
    return ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(nanosecond / 1e6)
  }

  #hour(): number | undefined {
    const hour = this.#values.get('hour')
    if (hour !== undefined) return hour
    const clockHour = this.#values.get('clockHour')
    if (clockHour !== undefined) return clockHour % 24
    const halfday = this.#values.get('halfday')
    const ofHalfday = this.#values.get('hourOfHalfday') ?? this.#values.get('clockHourOfHalfday')
    return halfday === undefined || ofHalfday === undefined ? undefined : halfday * 12 + (ofHalfday % 12)
  }

  #hasTime(): boolean {
    const fields: readonly TimeField[] = [
      'halfday',
      'hourOfHalfday',
      'clockHourOfHalfday',
      'minute',
      'second',
      'nanosecond',
    ]
    return fields.some((field) => this.#values.has(field))
  }
}
