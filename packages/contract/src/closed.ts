import type { TSchema } from 'typebox'

/** Keywords whose value is a schema, a list of schemas, or schemas by name (JSON Schema 2020-12, "applicators"). */
const SCHEMA = new Set(['items', 'additionalProperties', 'not'])
const LIST = new Set(['anyOf', 'oneOf', 'prefixItems'])
const BY_NAME = new Set(['properties', 'patternProperties'])

/**
 * The same schema, but that no object in it has members besides those that it names. An object that says itself
 * whether it has others (`additionalProperties`) stays as it is, and so does a record.
 */
export function closed<Schema extends TSchema>(schema: Schema): Schema {
  // Descriptors, as TypeBox keeps what kind of schema it is where no enumeration finds it.
  const copy = Object.create(Object.getPrototypeOf(schema), Object.getOwnPropertyDescriptors(schema))
  for (const [keyword, value] of Object.entries(schema)) {
    if (LIST.has(keyword)) copy[keyword] = (value as TSchema[]).map(closed)
    else if (BY_NAME.has(keyword)) copy[keyword] = closedByName(value as Readonly<Record<string, TSchema>>)
    else if (SCHEMA.has(keyword) && typeof value === 'object') copy[keyword] = closed(value as TSchema)
  }
  if ('properties' in schema && !('additionalProperties' in schema)) copy.additionalProperties = false
  return copy
}

const closedByName = (schemas: Readonly<Record<string, TSchema>>) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)]))
