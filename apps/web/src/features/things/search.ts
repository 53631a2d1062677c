import { type Condition, formatConditions } from '@thingdeck/fleet-query'
import { DISCONNECT_REASONS } from '../../shared/iot-logs/disconnect-reason.ts'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { THING_TABS, type ThingTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, listParam, textParam } from '../../shared/search-params.ts'
import { type Meant, meantOf, stillMeant } from './meant.ts'

const CONNECTIONS = ['connected', 'disconnected'] as const

/** How long ago a connection came or went, at most. */
export const SPANS_MS = { '5min': 300_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const
export type Span = keyof typeof SPANS_MS
export const SPANS: readonly Span[] = ['5min', '1h', '24h', '7d']

/** What things are looked for. */
export interface ThingsFilter {
  /** In the query syntax of fleet indexing, as it was written; absent: all things. */
  readonly query?: string
  /** Of the query's conditions those that it says only about, as they were chosen. */
  readonly meant?: Meant
  /** They connected or disconnected within this time, too: a query has no word for now. */
  readonly within?: Span
  /**
   * They have an execution for this job, too, `fw-2` or `fw-2 FAILED`: the fleet index knows no jobs, so that no query says
   * it.
   */
  readonly job?: string
}

export type ThingsSearch = ThingsFilter &
  ListSearch & {
    /** The field by which things are counted. */
    readonly by?: string
  }

/**
 * What links say in words of their own (`type`, `group`, `connection`, `reason`, `name`, `begins`, `has`, and `a` for
 * attributes, `site=hall-2` or `site^hall`) becomes part of the query.
 */
export function validateThingsSearch(raw: Record<string, unknown>): ThingsSearch {
  const connection = choiceParam(raw.connection, CONNECTIONS)
  const rows: readonly (readonly [field: string, operator: Condition['operator'], value: string | undefined])[] = [
    ['thingName', '=', textParam(raw.name)],
    ['thingName', '^', textParam(raw.begins)],
    ['thingName', ':', textParam(raw.has)],
    ['thingTypeName', '=', textParam(raw.type)],
    ['thingGroupNames', '=', textParam(raw.group)],
    ['connectivity.connected', '=', connection && String(connection === 'connected')],
    ['connectivity.disconnectReason', '=', choiceParam(raw.reason, DISCONNECT_REASONS)],
    ...(listParam(raw.a) ?? []).map((text) => {
      const { name, operator, value } = parseAttribute(text)
      return [`attributes.${name}`, operator, value] as const
    }),
  ]
  const conditions = rows.flatMap(([field, operator, value]) => (value === undefined ? [] : { field, operator, value }))
  const given = formatConditions({ operation: 'and', conditions })
  const typed = textParam(raw.query)
  const query = typed !== undefined && given !== '' ? `(${typed}) AND ${given}` : (typed ?? (given || undefined))
  const search: ThingsSearch = defined({
    query,
    meant: meantOf([...stillMeant(query, listParam(raw.meant)), ...conditions]),
    within: choiceParam(raw.within, SPANS),
    job: textParam(raw.job),
    by: textParam(raw.by),
    ...listSearch(raw, isSort),
  })
  return Object.assign(search, SAID)
}

/** What became of the query is taken out of the address, which would say it twice. */
const SAID: object = Object.fromEntries(
  ['name', 'begins', 'has', 'type', 'group', 'connection', 'reason', 'a'].map((word) => [word, undefined]),
)

/** A column of a built-in kind, or of any field. */
const isSort = (by: string): boolean => ['name', 'connection', 'reason', 'type'].includes(by) || by.includes('.')

/** Names hold neither `=` nor `^` (AWS IoT API reference, `attributePayload`). */
function parseAttribute(text: string): { name: string; operator: '=' | '^'; value: string } {
  const [, name = text, operator, value = ''] = /^([^=^]*)([=^])(.*)$/s.exec(text) ?? []
  return { name, operator: operator === '^' ? '^' : '=', value }
}

/** Which tab is open. Tabs that other features bring have parameters of their own beside it. */
export interface ThingSearch {
  readonly tab?: ThingTabId
}

export function validateThingSearch(raw: Record<string, unknown>): ThingSearch {
  return defined({ tab: choiceParam(raw.tab, THING_TABS) })
}

/** What a new thing begins with. */
export interface CreateThingSearch {
  readonly type?: string
  readonly group?: string
  /** The thing whose type, attributes and groups it begins with. */
  readonly like?: string
}

export function validateCreateThingSearch(raw: Record<string, unknown>): CreateThingSearch {
  return defined({ type: textParam(raw.type), group: textParam(raw.group), like: textParam(raw.like) })
}
