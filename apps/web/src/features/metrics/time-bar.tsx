import Button from '@cloudscape-design/components/button'
import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import Select from '@cloudscape-design/components/select'
import { METRICS_KEPT_DAYS } from '@thingdeck/contract'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { periodWords } from '../../shared/metrics/metric-range.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import {
  COMPARISONS,
  type Comparison,
  DEFAULT_COMPARISON,
  DEFAULT_SPAN,
  type MetricsSearch,
  SPANS,
  type Span,
} from './search.ts'
import type { ShownRange } from './use-shown-range.ts'

const RELATIVE: Readonly<Record<Span, { amount: number; unit: DateRangePickerProps.TimeUnit }>> = {
  '1h': { amount: 1, unit: 'hour' },
  '3h': { amount: 3, unit: 'hour' },
  '12h': { amount: 12, unit: 'hour' },
  '1d': { amount: 1, unit: 'day' },
  '1w': { amount: 1, unit: 'week' },
}
const RELATIVE_OPTIONS = SPANS.map((key) => ({ key, type: 'relative' as const, ...RELATIVE[key] }))

const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = {
  none: 'Compared with nothing',
  day: 'Compared with the day before',
  week: 'Compared with the week before',
  both: 'Compared with day and week before',
}
const COMPARISON_OPTIONS = COMPARISONS.map((value) => ({ value, label: COMPARISON_WORDS[value] }))

const DAY_MS = 86_400_000

interface TimeBarProps extends SearchProps<MetricsSearch> {
  readonly range: ShownRange
  readonly onRefresh: () => void
}

/** Which span all charts show, and beside which other. */
export function TimeBar({ search, setSearch, range, onRefresh }: TimeBarProps) {
  const { last, from, to, compare = DEFAULT_COMPARISON } = search
  const isFixed = last === undefined && from !== undefined && to !== undefined
  const show = (fromMs: number, toMs: number) => {
    const endMs = Math.min(toMs, serverNow())
    setSearch({
      last: undefined,
      from: new Date(fromMs).toISOString(),
      to: new Date(Math.max(endMs, fromMs + 60_000)).toISOString(),
    })
  }
  const { startMs, endMs } = range
  const lengthMs = endMs - startMs
  return (
    <div className="td-time-bar">
      <DateRangePicker
        value={
          isFixed
            ? { type: 'absolute', startDate: from, endDate: to }
            : { key: last ?? DEFAULT_SPAN, type: 'relative', ...RELATIVE[last ?? DEFAULT_SPAN] }
        }
        onChange={({ detail }) => setSearch(spanOf(detail.value))}
        relativeOptions={RELATIVE_OPTIONS}
        isValidRange={whyInvalid}
        ariaLabel="Span of time"
        hideTimeOffset
        showClearButton={false}
      />
      <Select
        ariaLabel="Comparison"
        options={COMPARISON_OPTIONS}
        selectedOption={COMPARISON_OPTIONS.find(({ value }) => value === compare) ?? null}
        onChange={({ detail }) => {
          const chosen = COMPARISONS.find((each) => each === detail.selectedOption.value)
          setSearch({ compare: chosen === DEFAULT_COMPARISON ? undefined : chosen })
        }}
        expandToViewport
      />
      <span className="td-time-steps">
        <Button
          iconName="angle-left"
          ariaLabel="Earlier"
          onClick={() => show(startMs - lengthMs / 2, endMs - lengthMs / 2)}
        />
        <Button
          iconName="zoom-in"
          ariaLabel="Zoom in"
          disabled={lengthMs <= 5 * 60_000}
          onClick={() => show(startMs + lengthMs / 4, endMs - lengthMs / 4)}
        />
        <Button
          iconName="zoom-out"
          ariaLabel="Zoom out"
          disabled={lengthMs >= METRICS_KEPT_DAYS * DAY_MS}
          onClick={() => show(Math.max(startMs - lengthMs / 2, oldestMs()), endMs + lengthMs / 2)}
        />
        <Button
          iconName="angle-right"
          ariaLabel="Later"
          disabled={!isFixed}
          onClick={() => show(startMs + lengthMs / 2, endMs + lengthMs / 2)}
        />
        {isFixed && <Button onClick={() => setSearch({ from: undefined, to: undefined })}>Up to now</Button>}
      </span>
      <span className="td-time-rest">
        <span className="td-weak">One point each {periodWords(range.periodSeconds)}</span>
        <Button iconName="refresh" ariaLabel="Refresh" onClick={onRefresh} />
      </span>
    </div>
  )
}

const oldestMs = () => serverNow() - METRICS_KEPT_DAYS * DAY_MS

function spanOf(value: DateRangePickerProps.Value | null) {
  if (value?.type !== 'absolute') {
    const chosen = SPANS.find((span) => span === value?.key)
    return { from: undefined, to: undefined, last: chosen === DEFAULT_SPAN ? undefined : chosen }
  }
  return {
    last: undefined,
    from: new Date(value.startDate).toISOString(),
    to: new Date(value.endDate).toISOString(),
  }
}

const whyInvalid: DateRangePickerProps.ValidationFunction = (value) => {
  if (value === null) return { valid: false, errorMessage: 'Choose a span of time.' }
  if (value.type === 'relative') {
    return SPANS.some((span) => span === value.key)
      ? { valid: true }
      : { valid: false, errorMessage: 'Choose one of these, or a span of your own under “Absolute range”.' }
  }
  const [fromMs, toMs] = [Date.parse(value.startDate), Date.parse(value.endDate)]
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return { valid: false, errorMessage: 'Give both days.' }
  if (fromMs >= toMs) return { valid: false, errorMessage: 'The span ends before it begins.' }
  if (fromMs < oldestMs()) {
    return { valid: false, errorMessage: `CloudWatch keeps metrics for ${METRICS_KEPT_DAYS} days.` }
  }
  if (fromMs > serverNow()) return { valid: false, errorMessage: 'That has not happened yet.' }
  return { valid: true }
}
