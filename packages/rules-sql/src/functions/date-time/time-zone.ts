import { DAY_MS, localMs, midnightMs, toLocalTime } from './calendar.ts'
import { keep } from './keep.ts'
import { shortNamesOf } from './zone-names.ts'

const FIXED_OFFSET = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/
const UTC_IDS: ReadonlySet<string> = new Set(['UTC', 'UT', 'Z'])
const MAX_OFFSET_HOURS = 18

/** Zones that are kept after they were asked for: making one costs more than asking it. */
const MAX_KEPT = 100

const QUARTER_MS = 900_000
/** 1980; the last local mean time ended in 1972. */
const QUARTERS_SINCE_MS = 315_532_800_000
const MAX_QUARTERS = 2000

const kept = new Map<string, TimeZone>()

/** A time zone by its id: `America/Belize`, `UTC`, `+05:30`, `UTC+01:00`. */
export abstract class TimeZone {
  readonly id: string

  protected constructor(id: string) {
    this.id = id
  }

  /** @returns undefined where there is no such zone */
  static of(id: string): TimeZone | undefined {
    const known = kept.get(id)
    if (known) return known
    const zone = makeZone(id)
    if (zone === undefined) return undefined
    keep(kept, id, zone, MAX_KEPT)
    return zone
  }

  /** What is added to UTC then, in milliseconds. */
  abstract offsetMs(epochMs: number): number

  /** Whether {@link offsetMs} is known without being computed, which costs many times as much. */
  abstract isKnown(epochMs: number): boolean

  abstract shortName(epochMs: number): string

  abstract longName(epochMs: number): string

  /**
   * The instant of a time of day in this zone. Of a time that comes twice the first; one that is skipped is as much
   * later as clocks were put forward, as java.time has it.
   * @param local see {@link localMs}
   */
  toEpochMs(local: number): number {
    const before = this.offsetMs(local - DAY_MS)
    const after = this.offsetMs(local + DAY_MS)
    for (const offset of [before, after]) if (this.offsetMs(local - offset) === offset) return local - offset
    return local - before
  }
}

class FixedZone extends TimeZone {
  readonly #offsetMs: number
  readonly #names: readonly [short: string, long: string]

  constructor(id: string, offsetMs: number, names: readonly [short: string, long: string] = [id, id]) {
    super(id)
    this.#offsetMs = offsetMs
    this.#names = names
  }

  offsetMs(): number {
    return this.#offsetMs
  }

  isKnown(): boolean {
    return true
  }

  shortName(): string {
    return this.#names[0]
  }

  longName(): string {
    return this.#names[1]
  }
}

class RegionZone extends TimeZone {
  readonly #format: Intl.DateTimeFormat
  readonly #longNames: Intl.DateTimeFormat
  /** By quarters of an hour, since offsets change at none other. */
  readonly #offsets = new Map<number, number>()

  /** @throws {RangeError} where there is no such zone */
  constructor(id: string) {
    super(id)
    const common = { timeZone: id, calendar: 'gregory', numberingSystem: 'latn' } as const
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...common,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    this.#longNames = new Intl.DateTimeFormat('en-US', { ...common, timeZoneName: 'long' })
  }

  offsetMs(epochMs: number): number {
    // Local mean times changed at any second.
    if (epochMs < QUARTERS_SINCE_MS) return this.#computeOffset(epochMs)
    const quarter = Math.floor(epochMs / QUARTER_MS)
    const known = this.#offsets.get(quarter)
    if (known !== undefined) return known
    const offset = this.#computeOffset(epochMs)
    if (this.#offsets.size >= MAX_QUARTERS) this.#offsets.clear()
    this.#offsets.set(quarter, offset)
    return offset
  }

  isKnown(epochMs: number): boolean {
    return this.#offsets.has(Math.floor(epochMs / QUARTER_MS))
  }

  #computeOffset(epochMs: number): number {
    const whole = Math.floor(epochMs / 1000) * 1000
    const parts = new Map(this.#format.formatToParts(whole).map(({ type, value }) => [type, value]))
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type))
    const isBeforeChrist = parts.get('era')?.startsWith('B') ?? false
    const local = localMs({
      year: isBeforeChrist ? 1 - part('year') : part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
      millisecond: 0,
    })
    return local - whole
  }

  shortName(epochMs: number): string {
    const names = shortNamesOf(this.id)
    if (names === undefined) {
      const offset = this.offsetMs(epochMs)
      return offset === 0 ? 'GMT' : `GMT${formatOffset(offset, ':')}`
    }
    return this.#isDaylight(epochMs) ? names.daylight : names.standard
  }

  longName(epochMs: number): string {
    return this.#longNames.formatToParts(epochMs).find(({ type }) => type === 'timeZoneName')?.value ?? this.id
  }

  /** More is added in this season of the year than in the other. */
  #isDaylight(epochMs: number): boolean {
    const { year } = toLocalTime(epochMs)
    const seasons = [1, 7].map((month) => this.offsetMs(midnightMs(year, month, 1)))
    return this.offsetMs(epochMs) > Math.min(...seasons)
  }
}

function makeZone(id: string): TimeZone | undefined {
  if (UTC_IDS.has(id)) return new FixedZone(id, 0, ['UTC', 'Coordinated Universal Time'])
  const fixed = FIXED_OFFSET.exec(id)
  if (fixed) {
    const [, sign, hours = '', minutes = '0', seconds = '0'] = fixed
    if (Number(hours) > MAX_OFFSET_HOURS || Number(minutes) > 59 || Number(seconds) > 59) return undefined
    const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
    return ms === 0 ? TimeZone.of('UTC') : new FixedZone(id, sign === '-' ? -ms : ms)
  }
  // ECMAScript takes ids in any case, Java does not.
  if (!/^[A-Z][A-Za-z0-9~/._+-]{1,99}$/.test(id)) return undefined
  try {
    return new RegionZone(id)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * `+0530`, or with a separator `+05:30`. Seconds, of which there were some before 1930, are left out, as by Joda-Time.
 */
export function formatOffset(offsetMs: number, separator: '' | ':'): string {
  const minutes = Math.abs(Math.trunc(offsetMs / 60_000))
  const parts = [Math.floor(minutes / 60), minutes % 60]
  return (offsetMs < 0 ? '-' : '+') + parts.map((part) => String(part).padStart(2, '0')).join(separator)
}
