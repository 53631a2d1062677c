import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import type { Thing } from '@thingdeck/contract'
import type { ThingsFilter } from './search.ts'

const ATTRIBUTE = 'attribute:'

/** The filter as the tokens of a property filter. */
export function toQuery(filter: ThingsFilter): PropertyFilterProps.Query {
  const tokens: PropertyFilterProps.Token[] = []
  const add = (propertyKey: string, value: string) => tokens.push({ propertyKey, operator: '=', value })
  if (filter.name !== undefined) add('name', filter.name)
  if (filter.type !== undefined) add('type', filter.type)
  if (filter.attr !== undefined) add(ATTRIBUTE + filter.attr, filter.value ?? '')
  return { tokens, operation: 'and' }
}

/**
 * Tokens as the filter that AWS can do: the last of each kind counts, a text without a property is a name, and a name
 * stands alone since it finds one thing at most.
 */
export function fromQuery({ tokens }: PropertyFilterProps.Query): { [K in keyof ThingsFilter]-?: string | undefined } {
  let filter = { name: undefined, type: undefined, attr: undefined, value: undefined } as ReturnType<typeof fromQuery>
  for (const { propertyKey, value } of tokens) {
    const text = String(value)
    if (propertyKey === undefined || propertyKey === 'name') {
      filter = { name: text, type: undefined, attr: undefined, value: undefined }
    } else if (propertyKey === 'type') filter = { ...filter, name: undefined, type: text }
    else {
      filter = { ...filter, name: undefined, attr: propertyKey.slice(ATTRIBUTE.length), value: text }
    }
  }
  return filter
}

/** What can be filtered by, and the values seen so far: AWS names no others. */
export function filteringChoices(things: readonly Thing[], filter: ThingsFilter) {
  const attributes = new Set(things.flatMap(({ attributes }) => Object.keys(attributes)))
  if (filter.attr !== undefined) attributes.add(filter.attr)
  const properties: PropertyFilterProps.FilteringProperty[] = [
    { key: 'name', propertyLabel: 'Name', groupValuesLabel: 'Names', operators: ['='] },
    { key: 'type', propertyLabel: 'Type', groupValuesLabel: 'Types', operators: ['='] },
    ...[...attributes].sort().map((name) => ({
      key: ATTRIBUTE + name,
      propertyLabel: name,
      groupValuesLabel: `Values of ${name}`,
      group: 'attributes',
      operators: ['=' as const],
    })),
  ]
  const options = new Map<string, PropertyFilterProps.FilteringOption>()
  const offer = (propertyKey: string, value: string) => options.set(`${propertyKey}\n${value}`, { propertyKey, value })
  for (const { thingName, thingTypeName, attributes } of things) {
    offer('name', thingName)
    if (thingTypeName !== undefined) offer('type', thingTypeName)
    for (const [name, value] of Object.entries(attributes)) offer(ATTRIBUTE + name, value)
  }
  return { properties, options: [...options.values()] }
}
