const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `5m` → 300,000 ms; undefined for what is no span. */
export function readLast(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6}(?:\.\d+)?)([smhd])$/.exec(text) ?? []
  if (count === undefined || unit === undefined) return undefined
  const spanMs = Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]
  return spanMs > 0 ? spanMs : undefined
}

/**
 * `12:04..12:10`, `2026-11-22T12:04Z..`: from the beginning of the first to the end of the last unit that is written,
 * so that `..12:10` includes 12:10:59. Times without a date are of the day of `nowMs`, without an offset local.
 * Answers a sentence when it cannot be read.
 */
export function readTimeRange(text: string, nowMs: number): { fromMs: number; toMs: number } | string {
  const parts = text.split('..')
  const [from = '', to = ''] = parts
  if (parts.length !== 2 || (from === '' && to === '')) return 'Say from when to when: time:12:04..12:10.'
  const first = from === '' ? { atMs: Number.NEGATIVE_INFINITY } : readTime(from, nowMs)
  const last = to === '' ? { atMs: Number.POSITIVE_INFINITY, spanMs: 0 } : readTime(to, nowMs)
  if (!first || !last) return `${first ? to : from} is no time: write 12:04, 12:04:30 or 2026-11-22T12:04:30Z.`
  const range = { fromMs: first.atMs, toMs: last.atMs + last.spanMs }
  return range.fromMs > range.toMs ? 'The times are in the wrong order.' : range
}

const FORM = /^(?:(\d{4}-\d\d-\d\d)(?:T|$))?(?:(\d\d?):(\d\d)(?::(\d\d)(\.\d{1,3})?)?)?(Z|[+-]\d\d:?\d\d)?$/

/** `spanMs`: how long the last unit written lasts, less the millisecond in which the next one begins. */
function readTime(text: string, nowMs: number): { readonly atMs: number; readonly spanMs: number } | undefined {
  const [, date, hours, minutes = '00', seconds, fraction, offset = ''] = FORM.exec(text) ?? []
  if (date === undefined && hours === undefined) return undefined
  const day = date ?? localDate(nowMs)
  const time = `${(hours ?? '0').padStart(2, '0')}:${minutes}:${seconds ?? '00'}${fraction ?? ''}`
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset
  const atMs = Date.parse(`${day}T${time}${zone}`)
  if (Number.isNaN(atMs)) return undefined
  const unitMs = hours === undefined ? UNITS_MS.d : seconds === undefined ? UNITS_MS.m : UNITS_MS.s
  return { atMs, spanMs: fraction === undefined ? unitMs - 1 : 0 }
}

function localDate(nowMs: number): string {
  const now = new Date(nowMs)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
