import DateRangePicker from '@cloudscape-design/components/date-range-picker'
import { serverNow } from './clock/server-clock.ts'
import { fromRange, RELATIVE_OPTIONS, type Span, type TimeRange, toRange } from './time-range.ts'

interface TimeRangeFieldProps {
  readonly range: TimeRange
  /** What is meant where the range says nothing; left out: any time, which a button leads back to. */
  readonly usual?: Span
  /** 'The last hour' */
  readonly placeholder: string
  readonly onChange: (change: ReturnType<typeof fromRange>) => void
}

/** The time that a list is of, beside its filter. */
export function TimeRangeField({ range, usual, placeholder, onChange }: TimeRangeFieldProps) {
  const nowMs = serverNow()
  return (
    <DateRangePicker
      value={toRange(range, nowMs) ?? (usual === undefined ? null : toRange({ last: usual }, nowMs))}
      onChange={({ detail }) => onChange(fromRange(detail.value))}
      relativeOptions={RELATIVE_OPTIONS}
      isValidRange={() => ({ valid: true })}
      showClearButton={usual === undefined}
      placeholder={placeholder}
      ariaLabel="When"
      hideTimeOffset
    />
  )
}
