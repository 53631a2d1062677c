import { JobError } from './job-error.ts'

/**
 * A cron expression of AWS's, `cron(0 3 ? * SUN *)`: minute, hour, day of the month, month, day of the week, year; UTC.
 * Values, lists, ranges, steps and names; `?` in one of the two day fields; `L`, `W`, `LW` of the month; `6L`, `6#2` of the
 * week, whose first day is 1, SUN.
 */
export interface CronExpression {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly months: ReadonlySet<number>
  readonly years: (year: number) => boolean
  /** Whether a day is one, by its year, month from 1, and day. */
  readonly isDay: (year: number, month: number, day: number) => boolean
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/**
 * @throws {JobError} InvalidRequest, naming the field
 * @see Amazon EventBridge user guide, "Cron expressions reference", which AWS IoT Jobs refers to
 */
export function parseCron(text: string): CronExpression {
  const fields = /^cron\((.*)\)$/s.exec(text.trim())?.[1]?.trim().split(/\s+/) ?? []
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields
  if (
    fields.length !== 6 ||
    minute === undefined ||
    hour === undefined ||
    dayOfMonth === undefined ||
    month === undefined ||
    dayOfWeek === undefined ||
    year === undefined
  ) {
    throw refuse(text, 'it has to be cron(minutes hours day-of-month month day-of-week year)')
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw refuse(text, 'one of day-of-month and day-of-week has to be ?, and the other one not')
  }
  const field = (name: string, value: string, low: number, high: number, names: readonly string[] = []) =>
    valuesOf(text, { name, value, low, high, names })
  const years = year === '*' ? undefined : field('year', year, 1970, 2199)
  return {
    minutes: [...field('minutes', minute, 0, 59)].sort(byNumber),
    hours: [...field('hours', hour, 0, 23)].sort(byNumber),
    months: field('month', month, 1, 12, MONTHS),
    years: (one) => years === undefined || years.has(one),
    isDay:
      dayOfWeek === '?'
        ? dayOfMonthTest(text, dayOfMonth, (value) => field('day-of-month', value, 1, 31))
        : dayOfWeekTest(text, dayOfWeek, (value) => field('day-of-week', value, 1, 7, DAYS)),
  }
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A day that comes at all comes within eight years: 29 February, with 2100 between. */
const DAYS_LOOKED_AT = 8 * 366 + 1

/** The first time behind `afterMs` (epoch milliseconds) that an expression means; undefined where none comes. */
export function nextTime(cron: CronExpression, afterMs: number): number | undefined {
  const first = startOfDay(afterMs)
  for (let index = 0; index < DAYS_LOOKED_AT; index += 1) {
    const dayMs = first + index * DAY_MS
    if (!means(cron, dayMs)) continue
    for (const hour of cron.hours) {
      const hourMs = dayMs + hour * HOUR_MS
      if (hourMs + HOUR_MS <= afterMs) continue
      for (const minute of cron.minutes) {
        const ms = hourMs + minute * 60_000
        if (ms > afterMs) return ms
      }
    }
  }
  return undefined
}

/** The last time behind `afterMs`, and not behind `untilMs`, that an expression means; undefined where there is none. */
export function lastTime(cron: CronExpression, afterMs: number, untilMs: number): number | undefined {
  for (let dayMs = startOfDay(untilMs); dayMs + DAY_MS > afterMs; dayMs -= DAY_MS) {
    if (!means(cron, dayMs)) continue
    for (const hour of cron.hours.toReversed()) {
      const hourMs = dayMs + hour * HOUR_MS
      if (hourMs > untilMs) continue
      const minute = cron.minutes.findLast((each) => hourMs + each * 60_000 <= untilMs)
      if (minute === undefined) continue
      const ms = hourMs + minute * 60_000
      return ms > afterMs ? ms : undefined
    }
  }
  return undefined
}

const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS

/** Whether some of a day's times are meant. */
function means(cron: CronExpression, dayMs: number): boolean {
  const date = new Date(dayMs)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1]
  return cron.years(year) && cron.months.has(month) && cron.isDay(year, month, date.getUTCDate())
}

interface Field {
  readonly name: string
  readonly value: string
  readonly low: number
  readonly high: number
  readonly names: readonly string[]
}

function valuesOf(text: string, { name, value, low, high, names }: Field): ReadonlySet<number> {
  const values = new Set<number>()
  const numberOf = (word: string): number => {
    const named = names.indexOf(word.toUpperCase())
    const number = named >= 0 ? named + 1 : /^\d{1,4}$/.test(word) ? Number(word) : Number.NaN
    if (number >= low && number <= high) return number
    throw refuse(text, `${name}: ${JSON.stringify(word)} is none of ${low} to ${high}`)
  }
  for (const part of value.split(',')) {
    const [range = '', step, ...rest] = part.split('/')
    if (rest.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) {
      throw refuse(text, `${name}: ${JSON.stringify(part)} is no step`)
    }
    const [from, to, ...more] = range === '*' ? [low, high] : range.split('-').map(numberOf)
    if (from === undefined || more.length > 0) throw refuse(text, `${name}: ${JSON.stringify(part)} is no range`)
    const last = to ?? (step === undefined ? from : high)
    if (last < from) throw refuse(text, `${name}: the range ${range} is turned round`)
    for (let one = from; one <= last; one += Number(step ?? 1)) values.add(one)
  }
  return values
}

type DayTest = CronExpression['isDay']

function dayOfMonthTest(text: string, value: string, read: (value: string) => ReadonlySet<number>): DayTest {
  const upper = value.toUpperCase()
  if (upper === 'L') return (year, month, day) => day === lastDay(year, month)
  if (upper === 'LW') return (year, month, day) => day === workdayNear(year, month, lastDay(year, month))
  const near = /^(\d{1,2})W$/.exec(upper)?.[1]
  if (near !== undefined) {
    const wanted = Number(near)
    if (wanted < 1 || wanted > 31) throw refuse(text, `day-of-month: ${value} is no day`)
    return (year, month, day) => wanted <= lastDay(year, month) && day === workdayNear(year, month, wanted)
  }
  const days = read(value)
  return (_year, _month, day) => days.has(day)
}

function dayOfWeekTest(text: string, value: string, read: (value: string) => ReadonlySet<number>): DayTest {
  const one = (word: string): number => {
    const [day] = read(word)
    if (day === undefined) throw refuse(text, `day-of-week: ${word} is no day`)
    return day
  }
  const nth = /^(\w+)#([1-5])$/.exec(value)
  if (nth?.[1] !== undefined) {
    const [wanted, which] = [one(nth[1]), Number(nth[2])]
    return (year, month, day) => weekday(year, month, day) === wanted && Math.ceil(day / 7) === which
  }
  const last = /^(\w+)L$/i.exec(value)?.[1]
  if (last !== undefined) {
    const wanted = one(last)
    return (year, month, day) => weekday(year, month, day) === wanted && day > lastDay(year, month) - 7
  }
  const days = value.toUpperCase() === 'L' ? new Set([7]) : read(value)
  return (year, month, day) => days.has(weekday(year, month, day))
}

const byNumber = (a: number, b: number) => a - b
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
/** 1 is Sunday. */
const weekday = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1

/** The day from Monday to Friday that is nearest, of the same month. */
function workdayNear(year: number, month: number, day: number): number {
  const at = weekday(year, month, day)
  if (at === 7) return day > 1 ? day - 1 : day + 2
  if (at === 1) return day < lastDay(year, month) ? day + 1 : day - 2
  return day
}

const refuse = (text: string, why: string): JobError =>
  new JobError('InvalidRequest', `${JSON.stringify(text)}: ${why}`)
