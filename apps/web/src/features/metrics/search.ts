import { choiceParam, defined, type RawSearch, timeParam } from '../../shared/search-params.ts'
import { SUBJECTS, type Subject } from './catalog.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How far back from now. */
export const SPANS_MS = {
  '1h': HOUR_MS,
  '3h': 3 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '1d': DAY_MS,
  '1w': 7 * DAY_MS,
} as const
export type Span = keyof typeof SPANS_MS
export const SPANS: readonly Span[] = ['1h', '3h', '12h', '1d', '1w']
export const DEFAULT_SPAN: Span = '3h'

/** What the same span is laid beside. */
export const COMPARISONS = ['none', 'day', 'week', 'both'] as const
export type Comparison = (typeof COMPARISONS)[number]
export const DEFAULT_COMPARISON: Comparison = 'day'

export interface MetricsSearch {
  readonly subject?: Subject | 'alarms'
  /** Of no account beside `from` and `to`. */
  readonly last?: Span
  /** ISO 8601; both or neither. */
  readonly from?: string
  readonly to?: string
  readonly compare?: Comparison
}

export function validateMetricsSearch(raw: RawSearch): MetricsSearch {
  const [from, to] = [timeParam(raw.from), timeParam(raw.to)]
  const isSpan = from !== undefined && to !== undefined && from < to
  return defined({
    subject: choiceParam(raw.subject, [...SUBJECTS, 'alarms']),
    last: choiceParam(raw.last, SPANS),
    from: isSpan ? from : undefined,
    to: isSpan ? to : undefined,
    compare: choiceParam(raw.compare, COMPARISONS),
  })
}

/** How much earlier the spans are that are laid beside. */
export function comparedMs(comparison: Comparison): readonly number[] {
  return { none: [], day: [DAY_MS], week: [7 * DAY_MS], both: [DAY_MS, 7 * DAY_MS] }[comparison]
}
