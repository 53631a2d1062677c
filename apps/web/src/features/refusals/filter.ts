import type { Refusal } from '@thingdeck/contract'
import { EVENT_TYPES } from '../../shared/iot-logs/event-kinds.ts'
import { reasonOf } from '../../shared/iot-logs/reason-words.ts'
import { createFilter } from '../../shared/list/list-filter.ts'
import type { RefusalsFilter } from './search.ts'

export const REFUSALS_FILTER = createFilter<Refusal, RefusalsFilter>({
  properties: [
    {
      key: 'client',
      label: 'Client id',
      valuesLabel: 'Client ids',
      params: { '=': 'client' },
      seenIn: ({ clientId }) => clientId,
    },
    { key: 'thing', label: 'Thing', valuesLabel: 'Things', params: { '=': 'thing' } },
    {
      key: 'principal',
      label: 'Principal',
      valuesLabel: 'Principals',
      params: { '=': 'principal' },
      seenIn: ({ principalId }) => principalId,
    },
    {
      key: 'event',
      label: 'Event',
      valuesLabel: 'Events',
      params: { '=': 'event' },
      suggested: EVENT_TYPES,
      seenIn: ({ eventType }) => eventType,
    },
    { key: 'reason', label: 'Reason', valuesLabel: 'Reasons', params: { '=': 'reason' }, seenIn: reasonOf },
  ],
  // Times have a field of their own.
  others: ['last', 'from', 'to'],
  freeText: { operator: '=', mean: (value) => ({ propertyKey: 'client', operator: '=', value }) },
})

/** What the API is not asked for, and the page looks at: the log was read for all of it. */
export const isMeant = (refusal: Refusal, { event, reason }: RefusalsFilter): boolean =>
  (event === undefined || refusal.eventType === event) && (reason === undefined || reasonOf(refusal) === reason)
