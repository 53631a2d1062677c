import type { Query } from '@thingdeck/fleet-query'

/**
 * The same query, with the terms that all have to hold, or of which any is enough, in the order of what it takes to look:
 * the registry entry of a thing is there already, its connection and its groups are asked for, its shadows have to be read.
 */
export function cheapestFirst(query: Query): Query {
  switch (query.type) {
    case 'and':
    case 'or':
      return {
        ...query,
        queries: query.queries.map(cheapestFirst).toSorted((one, other) => costOf(one) - costOf(other)),
      }
    case 'not':
      return { ...query, query: cheapestFirst(query.query) }
    default:
      return query
  }
}

function costOf(query: Query): number {
  switch (query.type) {
    case 'everything':
      return 0
    case 'and':
    case 'or':
      return Math.max(0, ...query.queries.map(costOf))
    case 'not':
      return costOf(query.query)
    default:
      return costOfField(query.field)
  }
}

function costOfField(field: string | undefined): number {
  if (field === undefined) return 3 // all fields
  if (field.startsWith('shadow.')) return 2
  return field.startsWith('connectivity.') || field.endsWith('thingGroupNames') ? 1 : 0
}
