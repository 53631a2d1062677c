import { isObject } from '../../../../shared/json-object-in.ts'

/** When a message is of, as it says itself. */
export type OwnTime =
  /** Epoch ms. */
  | { readonly atMs: number }
  /** A time without a zone, nobody but the sender knows when that was: `2026-11-28T21:50:54`. */
  | { readonly withoutZone: string }

/**
 * An epoch in s, ms, µs or ns, as a number or a text, in one piece or as a record of its seconds and what is beyond them;
 * a date and time as ISO 8601, RFC 2822, `ctime`, Java, Go or .NET write it. Undefined for what is no time.
 */
export function readTime(value: unknown): OwnTime | undefined {
  if (typeof value === 'number') return ofEpoch(value) ?? ofText(String(value))
  if (typeof value === 'string') return ofText(value.trim())
  if (Array.isArray(value)) return ofParts(value)
  return isObject(value) ? ofRecord(value) : undefined
}

/**
 * Epoch seconds of 2001 to 2286 have ten digits; ms, µs and ns three more each. What has another number of digits is
 * something else: a time since the start, ticks of .NET, a `FILETIME`, a date in one piece.
 */
const UNITS = [
  { from: 1e9, perMs: 1e-3 },
  { from: 1e12, perMs: 1 },
  { from: 1e15, perMs: 1e3 },
  { from: 1e18, perMs: 1e6 },
] as const

function ofEpoch(value: number): { readonly atMs: number } | undefined {
  const unit = UNITS.find(({ from }) => value >= from && value < from * 10)
  if (!unit) return undefined
  const atMs = unit.perMs < 1 ? value * 1_000 : value / unit.perMs
  return { atMs: Math.round(atMs * 1_000) / 1_000 } // of an epoch in ns a double has no more
}

const NUMBER = /^\+?\d+(?:\.\d*)?(?:[eE]\+?\d+)?$/
/** .NET, also with an offset, which is for showing alone: `/Date(1795902654250+0100)/`. */
const DOT_NET = /^\\?\/Date\((\d+)(?:[+-]\d{4})?\)\\?\/$/

function ofText(text: string): OwnTime | undefined {
  const epoch = DOT_NET.exec(text)?.[1] ?? (NUMBER.test(text) ? text : undefined)
  return (epoch === undefined ? undefined : ofEpoch(Number(epoch))) ?? ofDate(text)
}

/** Names of seconds, and of what is beyond them, in fractions of a ms. */
const SECONDS = ['seconds', '_seconds', 'sec', 'secs', 'tv_sec', 'epochSecond', 'epochSeconds'] as const
const BEYOND: readonly (readonly [name: string, perMs: number])[] = [
  ...['nanos', 'nanoseconds', '_nanoseconds', 'nano', 'nanosec', 'nsec', 'nsecs', 'tv_nsec'].map(
    (name) => [name, 1e6] as const,
  ),
  ...['usec', 'usecs', 'tv_usec', 'micros', 'microseconds'].map((name) => [name, 1e3] as const),
  ...['msec', 'millis', 'milliseconds'].map((name) => [name, 1] as const),
]

/** Protocol Buffers, ROS, C's `timespec` and `timeval`; MongoDB's Extended JSON (`{"$date": {"$numberLong": "…"}}`). */
function ofRecord(record: Readonly<Record<string, unknown>>): OwnTime | undefined {
  const values = new Map<string, unknown>(Object.entries(record))
  const wrapped = values.get('$date') ?? values.get('$numberLong')
  if (wrapped !== undefined) return readTime(wrapped)
  const name = SECONDS.find((each) => values.has(each))
  const seconds = name === undefined ? undefined : ofEpoch(numberOf(values.get(name)))
  if (!seconds) return undefined
  const beyond = BEYOND.find(([each]) => values.has(each))
  const rest = beyond ? numberOf(values.get(beyond[0])) / beyond[1] : 0
  return { atMs: seconds.atMs + (Number.isFinite(rest) ? Math.round(rest * 1_000) / 1_000 : 0) }
}

/** `Number` throws for bytes of CBOR, and for objects that say themselves how they become a text. */
const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN

/** What Jackson makes of Java's `LocalDateTime`: `[2026,11,28,21,50,54,250000000]`. */
function ofParts(parts: readonly unknown[]): OwnTime | undefined {
  const isTime = parts.length >= 5 && parts.length <= 7 && parts.every((part) => Number.isSafeInteger(part))
  if (!isTime || !(Number(parts[0]) >= 1_000)) return undefined
  const [year, month, day, hours, minutes, seconds = 0] = parts.map((part) => String(part).padStart(2, '0'))
  return timeOf(`${year}-${month}-${day}`, `${hours}:${minutes}:${seconds}`, undefined)
}

const CLOCK = String.raw`(\d\d?):?(\d\d)(?::?(\d\d(?:[.,]\d+)?))?`
const ZONE = String.raw`([Zz]|UTC|GMT|(?:UTC|GMT)?[+\-\u2212]\d\d(?::?\d\d)?)`
/** What may stand behind a zone: its name, and what Go adds of its monotonic clock. */
const REST = String.raw`(?: ?\[[\w/+-]+\]| \([^)]*\)| [A-Z]{3,5})?(?: m=[+-][\d.]+)?`
const ISO = new RegExp(
  `^(\\d{4})([-/.]?)(\\d\\d)\\2(\\d\\d)[Tt_ ]${CLOCK}(?: ?${ZONE}${REST}|(?: ?\\[[\\w/+-]+\\]| [A-Z]{3,5}))?$`,
)
const IN_ONE_PIECE = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})?$/
const WEEKDAY = '(?:[A-Z][a-z]{2,8},? )?'
/** RFC 2822 and HTTP, RFC 850 and logs of web servers but for their order of words. */
const DAY_FIRST = new RegExp(
  `^${WEEKDAY}(\\d\\d?)[ /-]([A-Z][a-z]{2,8})[ /-](\\d{4})[ :,]{1,2}${CLOCK}(?: ?${ZONE}${REST})?$`,
)
/** `ctime`, `date`, and JavaScript. */
const MONTH_FIRST = new RegExp(
  `^${WEEKDAY}([A-Z][a-z]{2,8}) +(\\d\\d?),?(?: (\\d{4}))? ${CLOCK}(?: ${ZONE}${REST}| [A-Z]{3,5})?(?: (\\d{4}))?$`,
)
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function ofDate(text: string): OwnTime | undefined {
  const [, year, , month, day, hours, minutes, seconds, zone] = ISO.exec(text) ?? []
  if (year !== undefined) return timeOf(`${year}-${month}-${day}`, clockOf(hours, minutes, seconds), zone)
  const piece = IN_ONE_PIECE.exec(text)
  if (piece) {
    const [, y, mo, d, h, mi, s, ms] = piece
    return timeOf(`${y}-${mo}-${d}`, `${h}:${mi}:${s}${ms === undefined ? '' : `.${ms}`}`, undefined)
  }
  return ofWords(text)
}

function ofWords(text: string): OwnTime | undefined {
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst) {
    const [, day, month, year, hours, minutes, seconds, zone] = dayFirst
    return timeOf(dateOf(year, month, day), clockOf(hours, minutes, seconds), zone)
  }
  const [, month, day, before, hours, minutes, seconds, zone, after] = MONTH_FIRST.exec(text) ?? []
  return timeOf(dateOf(before ?? after, month, day), clockOf(hours, minutes, seconds), zone)
}

function dateOf(year = '', month = '', day = ''): string {
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
}

const clockOf = (hours = '', minutes = '', seconds = '00') =>
  `${hours.padStart(2, '0')}:${minutes}:${seconds.replace(',', '.')}`

/** @param date `2026-11-28` @param clock `21:50:54.25` @param zone as it was written */
function timeOf(date: string, clock: string, zone: string | undefined): OwnTime | undefined {
  const isLeap = /:60(?:\.|$)/.test(clock) // a leap second is told as the first one after it
  const known = isLeap ? clock.replace(':60', ':59') : clock
  const atMs = Date.parse(`${date}T${known}${offsetOf(zone)}`)
  if (Number.isNaN(atMs) || !isOfCalendar(date)) return undefined
  return zone === undefined ? { withoutZone: `${date}T${clock}` } : { atMs: atMs + (isLeap ? 1_000 : 0) }
}

/** JavaScript takes the 31st of November for the 1st of December. */
const isOfCalendar = (date: string) => new Date(`${date}T00:00Z`).toISOString().startsWith(date)

/** `+01`, `+0100`, `GMT+01:00` as `+01:00`. */
function offsetOf(zone: string | undefined): string {
  const [, sign, hours, minutes = '00'] = /([+\-\u2212])(\d\d)(?::?(\d\d))?$/.exec(zone ?? '') ?? []
  return hours === undefined ? 'Z' : `${sign === '+' ? '+' : '-'}${hours}:${minutes}`
}
