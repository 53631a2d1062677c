import { isJsonArray, JsonNumber, type JsonValue } from '@thingdeck/json'
import type { DataTree } from '../decode/data-tree.ts'

/** A JSON value in the form that all encodings are shown in. */
export function dataOfJson(value: JsonValue): DataTree {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (typeof value === 'string') return { kind: 'string', value }
  if (value instanceof JsonNumber) return { kind: 'number', text: value.text }
  if (isJsonArray(value)) return { kind: 'array', items: value.map(dataOfJson) }
  const entries = Array.from(value, ([key, member]) => ({
    key: { kind: 'string', value: key } as const,
    value: dataOfJson(member),
  }))
  return { kind: 'map', entries }
}
