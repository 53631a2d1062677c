import type { ClientRow } from '@thingdeck/contract'
import { DISCONNECT_REASONS } from '../../shared/iot-logs/disconnect-reason.ts'
import { createFilter } from '../../shared/list/list-filter.ts'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { CLIENT_TABS, type ClientTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../shared/search-params.ts'
import { type TimeRange, timeRangeParams } from '../../shared/time-range.ts'

const STATES = ['connected', 'disconnected'] as const

/** Which clients are looked for; everything given has to hold. */
export interface ClientsFilter extends TimeRange {
  readonly client?: string
  /** How the client id begins. */
  readonly starts?: string
  readonly state?: (typeof STATES)[number]
  /** Of the last disconnect. */
  readonly reason?: string
  readonly principal?: string
  readonly ip?: string
  /** Another party took the client id. */
  readonly fought?: '1'
  /** The sessions of consoles, too. */
  readonly consoles?: '1'
}

export type ClientsSearch = ClientsFilter & ListSearch

export const validateClientsSearch = (raw: RawSearch): ClientsSearch =>
  defined({
    client: textParam(raw.client),
    starts: textParam(raw.starts),
    state: choiceParam(raw.state, STATES),
    reason: textParam(raw.reason),
    principal: textParam(raw.principal),
    ip: textParam(raw.ip),
    fought: choiceParam(raw.fought, ['1']),
    consoles: choiceParam(raw.consoles, ['1']),
    ...timeRangeParams(raw),
    ...listSearch(raw),
  })

export const CLIENTS_FILTER = createFilter<ClientRow, ClientsFilter>({
  properties: [
    {
      key: 'client',
      label: 'Client id',
      valuesLabel: 'Client ids',
      params: { '^': 'starts', '=': 'client' },
      seenIn: ({ clientId }) => clientId,
    },
    { key: 'state', label: 'State', valuesLabel: 'States', params: { '=': 'state' }, values: STATES },
    {
      key: 'reason',
      label: 'Last disconnect',
      valuesLabel: 'Reasons',
      params: { '=': 'reason' },
      suggested: DISCONNECT_REASONS,
    },
    {
      key: 'principal',
      label: 'Principal',
      valuesLabel: 'Principals',
      params: { '=': 'principal' },
      seenIn: ({ principalId }) => principalId,
    },
    {
      key: 'ip',
      label: 'From',
      valuesLabel: 'Addresses',
      params: { '=': 'ip' },
      seenIn: ({ sourceIp }) => sourceIp,
    },
  ],
  freeText: { operator: '^', mean: (value) => ({ propertyKey: 'client', operator: '^', value }) },
  // Times, and what is fought over, and consoles, have fields of their own.
  others: ['last', 'from', 'to', 'fought', 'consoles'],
})

export interface ClientSearch extends TimeRange {
  readonly tab?: ClientTabId
}

export const validateClientSearch = (raw: RawSearch): ClientSearch =>
  defined({ tab: choiceParam(raw.tab, CLIENT_TABS), ...timeRangeParams(raw) })
