import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import { choiceParam, timeParam } from './search-params.ts'

/** How far back from now. */
export const SPANS = ['15m', '1h', '24h', '7d'] as const
export type Span = (typeof SPANS)[number]

/** A range of time in an address. */
export interface TimeRange {
  readonly last?: Span
  /** ISO 8601; of no account beside `last`. */
  readonly from?: string
  readonly to?: string
}

const MINUTE_MS = 60_000
export const SPAN_MS: Readonly<Record<Span, number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '24h': 24 * 60 * MINUTE_MS,
  '7d': 7 * 24 * 60 * MINUTE_MS,
}

const RANGES: Readonly<Record<Span, { amount: number; unit: DateRangePickerProps.TimeUnit }>> = {
  '15m': { amount: 15, unit: 'minute' },
  '1h': { amount: 1, unit: 'hour' },
  '24h': { amount: 24, unit: 'hour' },
  '7d': { amount: 7, unit: 'day' },
}

export const RELATIVE_OPTIONS: readonly DateRangePickerProps.RelativeOption[] = SPANS.map((span) => ({
  key: span,
  type: 'relative',
  ...RANGES[span],
}))

/** For a page's `validateSearch`. */
export const timeRangeParams = (raw: Record<string, unknown>) => ({
  last: choiceParam(raw.last, SPANS),
  from: timeParam(raw.from),
  to: timeParam(raw.to),
})

/** A range in ms: up to `nowMs` unless it has an end of its own; where nothing is said, `usual` long. */
export function rangeOf(
  { last, from, to }: TimeRange,
  nowMs: number,
  usual: Span,
): { readonly fromMs: number; readonly toMs: number } {
  if (last === undefined && from !== undefined) return { fromMs: Date.parse(from), toMs: to ? Date.parse(to) : nowMs }
  const toMs = last === undefined && to !== undefined ? Date.parse(to) : nowMs
  return { fromMs: toMs - SPAN_MS[last ?? usual], toMs }
}

/** What was from so long before a time to so long after it. */
export const around = (atMs: number, byMs = MINUTE_MS): Required<Pick<TimeRange, 'from' | 'to'>> => ({
  from: new Date(atMs - byMs).toISOString(),
  to: new Date(atMs + byMs).toISOString(),
})

/** As the picker has it. `end` of an open range stands for the present. */
export function toRange({ last, from, to }: TimeRange, nowMs: number): DateRangePickerProps.Value | null {
  if (last !== undefined) return { key: last, type: 'relative', ...RANGES[last] }
  if (from === undefined && to === undefined) return null
  return {
    type: 'absolute',
    startDate: from ?? new Date(0).toISOString(),
    endDate: to ?? new Date(nowMs).toISOString(),
  }
}

/** What the picker says, absent parts too. */
export function fromRange(range: DateRangePickerProps.Value | null) {
  const nothing = { last: undefined, from: undefined, to: undefined }
  if (range?.type === 'relative') return { ...nothing, last: SPANS.find((span) => span === range.key) }
  if (range?.type !== 'absolute') return nothing
  return { ...nothing, from: new Date(range.startDate).toISOString(), to: new Date(range.endDate).toISOString() }
}
