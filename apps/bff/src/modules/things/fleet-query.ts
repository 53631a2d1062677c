import { type Condition, formatConditions, parseQuery, QueryError } from '@thingdeck/fleet-query'
import { Problem } from '../../problem.ts'

/** What to look for in the fleet index; everything given has to hold. Case does not count. */
export interface FleetFilter {
  /** In the query syntax of fleet indexing. */
  readonly query?: string
  readonly name?: string
  /** One of these. */
  readonly names?: readonly string[]
  readonly namePrefix?: string
  readonly nameContains?: string
  readonly thingTypeName?: string
  readonly thingGroupName?: string
  readonly connected?: boolean
  /** As the index has it, e.g. `CONNECTION_LOST`. */
  readonly disconnectReason?: string
  /** Connected or disconnected since then (ISO 8601). */
  readonly changedAfter?: string
  readonly attributes?: readonly AttributeFilter[]
}

/** Which page of what is found. */
export interface FleetPageRequest {
  readonly nextToken?: string
  /** 1 to 100. */
  readonly maxResults?: number
  /** Of shadows or the connection, to be answered too. */
  readonly fields?: readonly string[]
}

export interface AttributeFilter {
  readonly name: string
  /** `^`: begins with. */
  readonly operator: '=' | '^'
  readonly value: string
}

/** `site=hall-2` or `site^hall`: names hold neither sign (AWS IoT API reference, `attributePayload`). */
export function parseAttributeFilter(text: string): AttributeFilter | undefined {
  const [, name, operator, value] = /^([^=^]+)([=^])(.*)$/.exec(text) ?? []
  return name && value ? { name, operator: operator === '^' ? '^' : '=', value } : undefined
}

/**
 * The query for the fleet index, `*` for no filter:
 * `{ nameContains: 'ump-7', connected: true }` → `thingName:*ump-7* AND connectivity.connected:true`.
 * It may find more than was asked for: see {@link matchesExactly}.
 * @throws {Problem} BAD_REQUEST of a query that is none by its syntax, where it is joined with more: within parentheses
 *   `a) OR (b` would be one, and another than was written
 */
export function formatQuery(filter: FleetFilter): string {
  const { query, name, names = [], namePrefix, nameContains, thingTypeName, thingGroupName } = filter
  const { connected, disconnectReason, changedAfter, attributes = [] } = filter
  const rows: readonly (readonly [field: string, Condition['operator'], value: string | undefined])[] = [
    ['thingName', '=', name],
    ['thingName', '^', namePrefix],
    ['thingName', ':', nameContains],
    ['thingTypeName', '=', thingTypeName],
    ['thingGroupNames', '=', thingGroupName],
    ['connectivity.connected', '=', connected === undefined ? undefined : String(connected)],
    ['connectivity.disconnectReason', '=', disconnectReason],
    ['connectivity.timestamp', '>', changedAfter && String(Date.parse(changedAfter))],
    ...attributes.map(({ name: attribute, operator, value }) => [`attributes.${attribute}`, operator, value] as const),
  ]
  const conditions = rows.flatMap(([field, operator, value]) => (value === undefined ? [] : { field, operator, value }))
  const ofNames = names.map((value) => ({ field: 'thingName', operator: '=', value }) as const)
  const named = ofNames.length === 0 ? [] : [{ operation: 'or', conditions: ofNames } as const]
  const given = formatConditions({ operation: 'and', conditions: [...named, ...conditions] })
  if (query === undefined) return given === '' ? '*' : given
  if (given === '') return query
  checkSyntax(query)
  return `(${query}) AND ${given}`
}

/** Its fields and values are AWS's to judge. @throws {Problem} BAD_REQUEST */
function checkSyntax(query: string): void {
  try {
    parseQuery(query)
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    if (error.isOfSyntax) throw new Problem('BAD_REQUEST', `query: ${error.message}`)
  }
}

/** Whether a thing that the query found is meant: wildcards stood where the syntax could not take a character. */
export function matchesExactly(
  thing: { readonly attributes: Readonly<Record<string, string>> },
  { attributes = [] }: FleetFilter,
): boolean {
  return attributes.every(({ name, operator, value }) => {
    const held = thing.attributes[name]?.toLowerCase()
    return operator === '^' ? held?.startsWith(value.toLowerCase()) : held === value.toLowerCase()
  })
}
