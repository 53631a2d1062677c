import {
  type Condition,
  type ConditionGroup,
  fieldsOf,
  formatConditions,
  isGroup,
  parseQuery,
  QueryError,
  readConditions,
} from '@thingdeck/fleet-query'
import { fieldLabel, valueLabel } from './fields.ts'
import { asMeant, stillMeant } from './meant.ts'
import { SPANS_MS, type Span, type ThingsFilter } from './search.ts'

/** A query as far as it can be read here, which is as AWS reads it. */
export type ReadQuery =
  | { readonly error: QueryError }
  | { readonly error: undefined; readonly fields: readonly string[]; readonly isConditions: boolean }

export function readQuery(query = ''): ReadQuery {
  try {
    const isConditions = readConditions(query) !== undefined
    return {
      error: undefined,
      fields: query.trim() === '' ? [] : [...new Set(fieldsOf(parseQuery(query)))],
      isConditions,
    }
  } catch (error) {
    if (error instanceof QueryError) return { error }
    throw error
  }
}

/** What is looked for as conditions, each as it was chosen; undefined where that is more than conditions, or no query. */
export function conditionsOf({ query, meant }: ThingsFilter): ConditionGroup | undefined {
  const read = readQuery(query).error ? undefined : readConditions(query ?? '')
  return read && asMeant(read, stillMeant(query, meant))
}

/** A query and one more condition that has to hold. */
export function withCondition(query: string | undefined, condition: Condition): string {
  const read = query === undefined || readQuery(query).error ? undefined : readConditions(query)
  if (read?.operation === 'and' || (read && read.conditions.length < 2)) {
    return formatConditions({ operation: 'and', conditions: [...read.conditions, condition] })
  }
  const added = formatConditions({ operation: 'and', conditions: [condition] })
  return query === undefined || query.trim() === '' ? added : `(${query}) AND ${added}`
}

/** What is looked for as one query, `*` for all things. The span becomes a moment, which it stays. */
export function wholeQuery({ query, within }: ThingsFilter, nowMs: number): string {
  if (within === undefined) return query ?? '*'
  return withCondition(query, changedWithin(within, nowMs))
}

/** That a connection came or went within a time up to now. */
export const changedWithin = (span: Span, nowMs: number): Condition => ({
  field: 'connectivity.timestamp',
  operator: '>',
  value: String(nowMs - SPANS_MS[span]),
})

/** What the registry can be asked for. */
export interface RegistryFilter {
  readonly name?: string
  readonly begins?: string
  readonly has?: string
  readonly type?: string
  readonly attributes: readonly { readonly name: string; readonly operator: '=' | '^'; readonly value: string }[]
}

/** A search as far as the registry can do it, and what of it it cannot. */
export function registrySearch(asked: ThingsFilter): {
  readonly filter: RegistryFilter
  readonly leftOut: readonly string[]
} {
  const { query = '', within, job } = asked
  const leftOut: string[] = [
    ...(within === undefined ? [] : [`connection changed within ${within}`]),
    ...(job === undefined ? [] : [`job ${job}`]),
  ]
  const read = conditionsOf(asked)
  if (!read || (read.operation === 'or' && read.conditions.length > 1)) {
    return { filter: { attributes: [] }, leftOut: [...leftOut, query] }
  }
  let filter: RegistryFilter = { attributes: [] }
  for (const part of read.conditions) {
    const next = isGroup(part) ? undefined : withRegistryCondition(filter, part)
    if (next) filter = next
    else leftOut.push(isGroup(part) ? formatConditions(part) : inWords(part))
  }
  return { filter, leftOut }
}

/** `group north`, `connection disconnected`, `site ^ hall`. */
export function inWords({ field, operator, value }: Condition): string {
  const label = field === undefined ? 'any field' : fieldLabel(field).toLowerCase()
  return [label, operator === '=' ? '' : operator, field === undefined ? value : valueLabel(field, value)]
    .filter((word) => word !== '')
    .join(' ')
}

const NAME_PARTS = { '=': 'name', '^': 'begins', ':': 'has' } as const

function withRegistryCondition(
  filter: RegistryFilter,
  { field, operator, value }: Condition,
): RegistryFilter | undefined {
  if (value.includes('*') || value.includes('?') || /^[[{].* TO /.test(value)) return undefined
  if (field === 'thingName' && (operator === '=' || operator === '^' || operator === ':')) {
    const part = NAME_PARTS[operator]
    return filter[part] === undefined ? { ...filter, [part]: value } : undefined
  }
  if (field === 'thingTypeName' && operator === '=') {
    return filter.type === undefined ? { ...filter, type: value } : undefined
  }
  const [, name] = /^attributes\.(.+)$/s.exec(field ?? '') ?? []
  if (name === undefined || (operator !== '=' && operator !== '^')) return undefined
  return { ...filter, attributes: [...filter.attributes, { name, operator, value }] }
}
