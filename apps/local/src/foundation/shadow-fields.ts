import type { IndexedValue } from '@thingdeck/fleet-query'
import type { Json, ShadowSections } from './fleet-sources.ts'

/**
 * The values of a shadow by field: names joined by periods, so that `{"a":{"b":1}}` and `{"a.b":1}` are one field; an
 * array has the values of its elements unless it holds objects; null is no value.
 * Source: AWS IoT developer guide, "Managing thing indexing".
 */
export function shadowFields(sections: ShadowSections): Map<string, IndexedValue[]> {
  const fields = new Map<string, IndexedValue[]>([['hasDelta', [sections.delta !== undefined]]])
  for (const name of ['desired', 'reported', 'delta', 'metadata'] as const) {
    const section = sections[name]
    if (section !== undefined) collect(name, section, fields)
  }
  return fields
}

function collect(path: string, value: Json, fields: Map<string, IndexedValue[]>): void {
  if (value === null) return
  if (isArray(value)) {
    const elements = value.filter((element) => element !== null)
    const simple = elements.filter((element) => typeof element !== 'object')
    if (simple.length === elements.length) for (const element of simple) collect(path, element, fields)
  } else if (typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) collect(`${path}.${name}`, member, fields)
  } else {
    const values = fields.get(path)
    if (values) values.push(value)
    else fields.set(path, [value])
  }
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)
