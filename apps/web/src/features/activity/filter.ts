import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import { type AuditEntry, CLASSIC_SHADOW, thingOfResource } from '@thingdeck/contract'
import { type ActivityFilter, OUTCOMES, SPANS, type Span } from './search.ts'

/** What can be asked for by a token. Times have a field of their own. */
const KEYS = ['thing', 'shadow', 'person', 'action', 'outcome', 'bulkChange'] as const
type Key = (typeof KEYS)[number]
type TokenFilter = { readonly [K in Key]: ActivityFilter[K] | undefined }

const NO_TOKENS: TokenFilter = {
  thing: undefined,
  shadow: undefined,
  person: undefined,
  action: undefined,
  outcome: undefined,
  bulkChange: undefined,
}

export const NO_FILTER = { ...NO_TOKENS, last: undefined, from: undefined, to: undefined }

export const isFiltered = (filter: ActivityFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined)

/** The filter as the tokens of a property filter. */
export function toQuery(filter: ActivityFilter): PropertyFilterProps.Query {
  const tokens = KEYS.flatMap((propertyKey) => {
    const value = filter[propertyKey]
    return value === undefined ? [] : [{ propertyKey, operator: '=', value }]
  })
  return { tokens, operation: 'and' }
}

/** Of each kind the last token counts; a text without a property is the name of a thing. */
export function fromQuery({ tokens }: PropertyFilterProps.Query): TokenFilter {
  let filter = NO_TOKENS
  for (const { propertyKey = 'thing', value } of tokens) {
    const text = String(value).trim()
    if (propertyKey === 'outcome') filter = { ...filter, outcome: OUTCOMES.find((each) => each === text) }
    else if (text !== '' && KEYS.some((key) => key === propertyKey)) filter = { ...filter, [propertyKey]: text }
  }
  return filter
}

export const PROPERTIES: readonly PropertyFilterProps.FilteringProperty[] = [
  { key: 'thing', propertyLabel: 'Thing', groupValuesLabel: 'Things', operators: ['='] },
  { key: 'shadow', propertyLabel: 'Shadow', groupValuesLabel: 'Shadows', operators: ['='] },
  { key: 'person', propertyLabel: 'Person', groupValuesLabel: 'People', operators: ['='] },
  { key: 'action', propertyLabel: 'Action', groupValuesLabel: 'Actions', operators: ['='] },
  { key: 'outcome', propertyLabel: 'Outcome', groupValuesLabel: 'Outcomes', operators: ['='] },
  { key: 'bulkChange', propertyLabel: 'Bulk change', groupValuesLabel: 'Bulk changes', operators: ['='] },
]

/** Values to choose from: those that were seen. */
export function optionsOf(entries: readonly AuditEntry[]): PropertyFilterProps.FilteringOption[] {
  const options = new Map<string, PropertyFilterProps.FilteringOption>()
  const offer = (propertyKey: Key, value: string | undefined) => {
    if (value !== undefined) options.set(`${propertyKey}\n${value}`, { propertyKey, value })
  }
  for (const outcome of OUTCOMES) offer('outcome', outcome)
  offer('shadow', CLASSIC_SHADOW)
  for (const { resource, person, action, bulkChangeId } of entries) {
    const { thingName, shadowName } = (resource && thingOfResource(resource)) ?? {}
    offer('thing', thingName)
    offer('shadow', shadowName)
    offer('person', person.name)
    offer('action', action)
    offer('bulkChange', bulkChangeId)
  }
  return [...options.values()]
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
