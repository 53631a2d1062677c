import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import { type AuditEntry, CLASSIC_SHADOW, thingOfResource } from '@thingdeck/contract'
import { createFilter } from '../../shared/list/list-filter.ts'
import { type ActivityFilter, OUTCOMES, SPANS, type Span } from './search.ts'

export const ACTIVITY_FILTER = createFilter<AuditEntry, ActivityFilter>({
  properties: [
    {
      key: 'thing',
      label: 'Thing',
      valuesLabel: 'Things',
      params: { '=': 'thing' },
      seenIn: ({ resource }) => resource && thingOfResource(resource)?.thingName,
    },
    {
      key: 'shadow',
      label: 'Shadow',
      valuesLabel: 'Shadows',
      params: { '=': 'shadow' },
      suggested: [CLASSIC_SHADOW],
      seenIn: ({ resource }) => resource && thingOfResource(resource)?.shadowName,
    },
    {
      key: 'person',
      label: 'Person',
      valuesLabel: 'People',
      params: { '=': 'person' },
      seenIn: ({ person }) => person.name,
    },
    {
      key: 'action',
      label: 'Action',
      valuesLabel: 'Actions',
      params: { '=': 'action' },
      seenIn: ({ action }) => action,
    },
    { key: 'outcome', label: 'Outcome', valuesLabel: 'Outcomes', params: { '=': 'outcome' }, values: OUTCOMES },
    {
      key: 'bulkChange',
      label: 'Bulk change',
      valuesLabel: 'Bulk changes',
      params: { '=': 'bulkChange' },
      seenIn: ({ bulkChangeId }) => bulkChangeId,
    },
  ],
  // Times have a field of their own.
  others: ['last', 'from', 'to'],
  freeText: { operator: '=', mean: (value) => ({ propertyKey: 'thing', operator: '=', value }) },
})

export const { toQuery, fromQuery } = ACTIVITY_FILTER

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

/** `end` of an open range stands for the present. */
export function toRange({ last, from, to }: ActivityFilter, nowMs: number): DateRangePickerProps.Value | null {
  if (last !== undefined) return { key: last, type: 'relative', ...RANGES[last] }
  if (from === undefined && to === undefined) return null
  return {
    type: 'absolute',
    startDate: from ?? new Date(0).toISOString(),
    endDate: to ?? new Date(nowMs).toISOString(),
  }
}

export function fromRange(range: DateRangePickerProps.Value | null) {
  const nothing = { last: undefined, from: undefined, to: undefined }
  if (range?.type === 'relative') return { ...nothing, last: SPANS.find((span) => span === range.key) }
  if (range?.type !== 'absolute') return nothing
  return { ...nothing, from: new Date(range.startDate).toISOString(), to: new Date(range.endDate).toISOString() }
}

const MINUTE_MS = 60_000
const SPAN_MS: Readonly<Record<Span, number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '24h': 24 * 60 * MINUTE_MS,
  '7d': 7 * 24 * 60 * MINUTE_MS,
}

/** The filter as the API takes it. */
export function toApiQuery({ last, from, to, ...rest }: ActivityFilter, nowMs: number) {
  if (last === undefined) return { ...rest, from, to }
  return { ...rest, from: new Date(nowMs - SPAN_MS[last]).toISOString() }
}
