import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import type { Source, ThingRow } from './list-api.ts'
import { CONNECTIONS, parseAttribute, type ThingsFilter } from './search.ts'

const ATTRIBUTE = 'attribute:'

/** Every part of the filter, absent ones too: what `setSearch` needs to remove what is gone. */
export type WholeFilter = { [K in keyof ThingsFilter]-?: ThingsFilter[K] | undefined }

export const NO_FILTER: WholeFilter = {
  name: undefined,
  begins: undefined,
  has: undefined,
  type: undefined,
  group: undefined,
  connection: undefined,
  a: undefined,
}

/** The filter as the tokens of a property filter. */
export function toQuery(filter: ThingsFilter): PropertyFilterProps.Query {
  const tokens: PropertyFilterProps.Token[] = []
  const add = (propertyKey: string, operator: string, value: string | undefined) => {
    if (value !== undefined) tokens.push({ propertyKey, operator, value })
  }
  add('name', '=', filter.name)
  add('name', '^', filter.begins)
  add('name', ':', filter.has)
  add('type', '=', filter.type)
  add('group', '=', filter.group)
  add('connection', '=', filter.connection)
  for (const text of filter.a ?? []) {
    const { name, operator, value } = parseAttribute(text)
    add(ATTRIBUTE + name, operator, value)
  }
  return { tokens, operation: 'and' }
}

/**
 * Tokens as a filter. The last of each kind counts, of attributes all; a text without a property is a part of a name,
 * `pump*` its beginning.
 */
export function fromQuery({ tokens }: PropertyFilterProps.Query): WholeFilter {
  let filter = NO_FILTER
  for (const { propertyKey, operator, value } of tokens) {
    const text = String(value)
    if (propertyKey === undefined || propertyKey === 'name') {
      const named = propertyKey === undefined ? freeText(text) : nameFilter(operator, text)
      filter = { ...filter, ...NO_NAME, ...named }
    } else if (propertyKey === 'type') filter = { ...filter, type: text }
    else if (propertyKey === 'group') filter = { ...filter, group: text }
    else if (propertyKey === 'connection') filter = { ...filter, connection: CONNECTIONS.find((each) => each === text) }
    else {
      const added = `${propertyKey.slice(ATTRIBUTE.length)}${operator === '^' ? '^' : '='}${text}`
      filter = { ...filter, a: [...new Set([...(filter.a ?? []), added])] }
    }
  }
  return filter
}

const NO_NAME = { name: undefined, begins: undefined, has: undefined } as const

function nameFilter(operator: string, text: string): Partial<WholeFilter> {
  if (operator === '^') return { begins: text }
  return operator === ':' ? { has: text } : { name: text }
}

/** People write wildcards; in front and at the end of a text they say what is meant. */
function freeText(text: string): Partial<WholeFilter> {
  const bare = text.trim().replaceAll(/^\*+|\*+$/g, '')
  return /^[^*].*\*$/.test(text.trim()) ? { begins: bare } : { has: bare }
}

/** What can be filtered by, and the values seen so far: AWS names no others. */
export function filteringChoices(things: readonly ThingRow[], filter: ThingsFilter, source: Source, isLive: boolean) {
  const attributes = new Set(things.flatMap(({ attributes }) => Object.keys(attributes)))
  for (const text of filter.a ?? []) attributes.add(parseAttribute(text).name)
  const isIndex = source === 'index'
  const properties: PropertyFilterProps.FilteringProperty[] = [
    {
      key: 'name',
      propertyLabel: 'Name',
      groupValuesLabel: 'Names',
      operators: [':', '^', '='],
      defaultOperator: ':',
    },
    { key: 'type', propertyLabel: 'Type', groupValuesLabel: 'Types', operators: ['='] },
    ...(isIndex || filter.group !== undefined
      ? [{ key: 'group', propertyLabel: 'Group', groupValuesLabel: 'Groups', operators: ['=' as const] }]
      : []),
    ...(isLive || filter.connection !== undefined
      ? [{ key: 'connection', propertyLabel: 'Connection', groupValuesLabel: 'Connections', operators: ['=' as const] }]
      : []),
    ...[...attributes].sort().map((name) => ({
      key: ATTRIBUTE + name,
      propertyLabel: name,
      groupValuesLabel: `Values of ${name}`,
      group: 'attributes',
      operators: ['=' as const, '^' as const],
    })),
  ]
  const options = new Map<string, PropertyFilterProps.FilteringOption>()
  const offer = (propertyKey: string, value: string) => options.set(`${propertyKey}\n${value}`, { propertyKey, value })
  if (isLive) for (const connection of CONNECTIONS) offer('connection', connection)
  for (const { thingName, thingTypeName, thingGroupNames, attributes } of things) {
    offer('name', thingName)
    if (thingTypeName !== undefined) offer('type', thingTypeName)
    if (isIndex) for (const group of thingGroupNames ?? []) offer('group', group)
    for (const [name, value] of Object.entries(attributes)) offer(ATTRIBUTE + name, value)
  }
  return { properties, options: [...options.values()] }
}
