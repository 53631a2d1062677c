import { useMemo } from 'react'
import { type MetricRange, metricRange } from '../../shared/metrics/metric-range.ts'
import { useNow } from '../../shared/time.tsx'
import { DEFAULT_SPAN, type MetricsSearch, SPANS_MS } from './search.ts'

/** What is shown, and from when on it still grows. */
export interface ShownRange extends MetricRange {
  /** Undefined: every period of it is over. */
  readonly unfinishedFromMs: number | undefined
}

const LOOK_EVERY_MS = 5_000
const MINUTE_MS = 60_000

/**
 * The span that an address means. One up to now goes on with the clock, a minute at a time.
 * @param backMs so much further back the same span is read as well
 */
export function useShownRange(search: Pick<MetricsSearch, 'last' | 'from' | 'to'>, backMs: number): ShownRange {
  const minuteMs = Math.floor(useNow(LOOK_EVERY_MS) / MINUTE_MS) * MINUTE_MS
  const { last, from, to } = search
  return useMemo(() => shownRange({ last, from, to }, minuteMs, backMs), [last, from, to, minuteMs, backMs])
}

type Asked = { readonly [Name in 'last' | 'from' | 'to']: MetricsSearch[Name] | undefined }

/** @param nowMs the beginning of the minute that it is */
function shownRange({ last, from, to }: Asked, nowMs: number, backMs: number): ShownRange {
  const endsMs = nowMs + MINUTE_MS // the minute that is under way is shown
  const isFixed = last === undefined && from !== undefined && to !== undefined
  const [fromMs, toMs] = isFixed
    ? [Date.parse(from), Math.min(Date.parse(to), endsMs)]
    : [endsMs - SPANS_MS[last ?? DEFAULT_SPAN], endsMs]
  const range = metricRange(Math.min(fromMs, toMs - MINUTE_MS), toMs, nowMs, backMs)
  const lastBeginsMs = range.endMs - range.periodSeconds * 1_000
  return { ...range, unfinishedFromMs: range.endMs > nowMs ? lastBeginsMs : undefined }
}
