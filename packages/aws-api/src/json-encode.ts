import type { Member, Shape } from './shape.ts'
import { encodeBase64 } from './text-values.ts'
import { formatTimestamp } from './timestamps.ts'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/**
 * Turns a handler's value into JSON as the shape describes: absent members and members that the model does not know
 * are left out.
 * @throws {TypeError} where a value is not of its shape; the message names the member
 */
export function encodeJson(shape: Shape, value: unknown, path: string): Json {
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') return value
      break
    case 'boolean':
      if (typeof value === 'boolean') return value
      break
    case 'number':
      if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
      break
    case 'blob':
      if (value instanceof Uint8Array) return encodeBase64(value)
      break
    case 'timestamp':
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) break
      if (shape.format === undefined || shape.format === 'epoch-seconds') return value.getTime() / 1000
      return formatTimestamp(value, shape.format)
    case 'document':
      return encodeDocument(value)
    case 'list':
      if (!Array.isArray(value)) break
      return value
        .filter((item) => shape.sparse || (item !== undefined && item !== null))
        .map((item) => (item === undefined || item === null ? null : encodeJson(shape.value, item, `${path}[]`)))
    case 'map': {
      if (typeof value !== 'object' || value === null) break
      const map: { [name: string]: Json } = Object.create(null)
      for (const [key, item] of Object.entries(value)) {
        if (item !== undefined && item !== null) map[key] = encodeJson(shape.value, item, `${path}.${key}`)
        else if (shape.sparse && item === null) map[key] = null
      }
      return map
    }
    case 'structure':
      if (typeof value === 'object' && value !== null) return encodeStructure(shape.members, value, path)
      break
    case 'unit':
      return {}
  }
  throw new TypeError(`'${path}' of the answer is not a ${shape.kind}`)
}

/** Of an object, the members that are given here. */
export function encodeStructure(members: readonly Member[], value: object, path: string): { [name: string]: Json } {
  const own = new Map<string, unknown>(Object.entries(value))
  const json: { [name: string]: Json } = {}
  for (const member of members) {
    const item = own.get(member.name)
    if (item !== undefined && item !== null) {
      json[member.jsonName] = encodeJson(member.shape, item, `${path}.${member.name}`)
    }
  }
  return json
}

function encodeDocument(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(encodeDocument)
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} is no document`)
  const object: { [name: string]: Json } = Object.create(null)
  for (const [key, item] of Object.entries(value)) if (item !== undefined) object[key] = encodeDocument(item)
  return object
}
