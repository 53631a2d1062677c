import { DISCONNECT_REASONS } from '../../shared/iot-logs/disconnect-reason.ts'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { THING_TABS, type ThingTabId } from '../../shared/paths.ts'
import { choiceParam, defined, listParam, textParam } from '../../shared/search-params.ts'

export const CONNECTIONS = ['connected', 'disconnected'] as const

/** How long ago a connection came or went, at most. */
export const SPANS_MS = { '5min': 300_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const
export type Span = keyof typeof SPANS_MS
export const SPANS: readonly Span[] = ['5min', '1h', '24h', '7d']

/** What a page of things can be sorted by: ids of columns. */
const SORTS = ['name', 'connection', 'reason', 'type']

/** What things are looked for; everything given has to hold. Which of it can be done depends on the fleet index. */
export interface ThingsFilter {
  /** The whole name. */
  readonly name?: string
  /** The beginning of the name. */
  readonly begins?: string
  /** A part of the name. */
  readonly has?: string
  readonly type?: string
  readonly group?: string
  readonly connection?: (typeof CONNECTIONS)[number]
  /** Why it is disconnected, in AWS's word. */
  readonly reason?: string
  /** It connected or disconnected within this time. */
  readonly within?: Span
  /** Attributes: `site=hall-2`, or `site^hall` for the beginning of a value. */
  readonly a?: readonly string[]
}

/** Names hold neither `=` nor `^` (AWS IoT API reference, `attributePayload`). */
export function parseAttribute(text: string): { name: string; operator: '=' | '^'; value: string } {
  const [, name = text, operator, value = ''] = /^([^=^]*)([=^])(.*)$/s.exec(text) ?? []
  return { name, operator: operator === '^' ? '^' : '=', value }
}

export type ThingsSearch = ThingsFilter & ListSearch

export function validateThingsSearch(raw: Record<string, unknown>): ThingsSearch {
  return defined({
    name: textParam(raw.name),
    begins: textParam(raw.begins),
    has: textParam(raw.has),
    type: textParam(raw.type),
    group: textParam(raw.group),
    connection: choiceParam(raw.connection, CONNECTIONS),
    reason: choiceParam(raw.reason, DISCONNECT_REASONS),
    within: choiceParam(raw.within, SPANS),
    a: listParam(raw.a),
    ...listSearch(raw, SORTS),
  })
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
