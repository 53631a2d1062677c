import { type AuditEntry, CLASSIC_SHADOW, thingOfResource } from '@thingdeck/contract'
import { createFilter } from '../../shared/list/list-filter.ts'
import { SPAN_MS } from '../../shared/time-range.ts'
import { type ActivityFilter, OUTCOMES } from './search.ts'

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

/** The filter as the API takes it. */
export function toApiQuery({ last, from, to, ...rest }: ActivityFilter, nowMs: number) {
  if (last === undefined) return { ...rest, from, to }
  return { ...rest, from: new Date(nowMs - SPAN_MS[last]).toISOString() }
}
