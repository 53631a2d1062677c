import { malformed } from './malformed.ts'
import type { Member, Shape, TimestampFormat } from './shape.ts'
import { decodeBase64 } from './text-values.ts'
import { fromEpochSeconds, parseTimestamp } from './timestamps.ts'

/** Deeper than any model nests, far less deep than the call stack. Documents and recursive shapes end here. */
const MAX_DEPTH = 100
const TYPE_NAMES: Readonly<Record<Shape['kind'], string>> = {
  string: 'a String',
  boolean: 'a Boolean',
  number: 'a Number',
  timestamp: 'a Timestamp',
  blob: 'a Blob',
  list: 'a List',
  map: 'a Map',
  structure: 'a Structure',
  document: 'a Document',
  unit: 'nothing',
}
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a whole body as JSON; an empty one is undefined.
 * @throws {AwsError} SerializationException
 */
export function parseJsonBody(body: Uint8Array): unknown {
  if (body.byteLength === 0) return undefined
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    throw malformed('The request body is not a JSON document')
  }
}

export function isJsonObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !isScalarObject(json)
}

/** What CBOR has and JSON has not. */
function isScalarObject(value: object): value is Date | Uint8Array {
  return value instanceof Date || value instanceof Uint8Array
}

/**
 * Turns parsed JSON, or CBOR, into the value that the shape describes: `null` becomes absent, members that the shape
 * does not know are passed over. Maps have no prototype, so that a key such as `constructor` is only a key.
 * @throws {AwsError} SerializationException where a value is of another type
 */
export function decodeJson(shape: Shape, json: unknown, member: string, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw malformed('The request body is nested too deeply')
  switch (shape.kind) {
    case 'string':
      if (typeof json === 'string') return json
      break
    case 'boolean':
      if (typeof json === 'boolean') return json
      break
    case 'number':
      if (typeof json === 'number') return json
      if (json === 'NaN' || json === 'Infinity' || json === '-Infinity') return Number(json)
      break
    case 'blob':
      if (typeof json === 'string') return decodeBase64(json, member)
      if (json instanceof Uint8Array) return json
      break
    case 'timestamp': {
      const date = decodeTimestamp(shape.format ?? 'epoch-seconds', json)
      if (date) return date
      break
    }
    case 'document':
      return decodeDocument(json, depth)
    case 'list':
      if (!Array.isArray(json)) break
      return json.map((item) => (item === null ? null : decodeJson(shape.value, item, member, depth + 1)))
    case 'map': {
      if (!isJsonObject(json)) break
      const map: Record<string, unknown> = Object.create(null)
      for (const [key, item] of Object.entries(json)) {
        if (item !== null) map[key] = decodeJson(shape.value, item, member, depth + 1)
        else if (shape.sparse) map[key] = null
      }
      return map
    }
    case 'structure':
      if (isJsonObject(json)) return decodeStructure(shape.members, json, depth, shape.union ? shape.name : undefined)
      break
    case 'unit':
      return {}
  }
  throw malformed(mismatch(shape, json))
}

/**
 * The members that a JSON object has.
 * @param union its name, where exactly one member must be set
 */
export function decodeStructure(
  members: readonly Member[],
  json: Readonly<Record<string, unknown>>,
  depth = 0,
  union?: string,
): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const member of members) {
    const item = Object.hasOwn(json, member.jsonName) ? json[member.jsonName] : undefined
    if (item !== undefined && item !== null) value[member.name] = decodeJson(member.shape, item, member.name, depth + 1)
  }
  if (union !== undefined) {
    const set = Object.entries(json).filter(([name, item]) => item !== null && name !== '__type')
    if (set.length !== 1) throw malformed(`${union} must have exactly one member set`)
  }
  return value
}

/** In the words of AWS's parser, which names tokens. */
function mismatch(shape: Shape, json: unknown): string {
  if (Array.isArray(json)) return 'Start of list found where not expected'
  if (isJsonObject(json)) return 'Start of structure or map found where not expected.'
  const token = typeof json === 'boolean' ? String(json).toUpperCase() : (typeof json).toUpperCase()
  return `${token}_VALUE can not be converted to ${TYPE_NAMES[shape.kind]}`
}

function decodeTimestamp(format: TimestampFormat, json: unknown): Date | undefined {
  if (json instanceof Date) return json
  if (typeof json === 'number') return format === 'epoch-seconds' ? fromEpochSeconds(json) : undefined
  return typeof json === 'string' && format !== 'epoch-seconds' ? parseTimestamp(json, format) : undefined
}

function decodeDocument(json: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw malformed('The request body is nested too deeply')
  if (Array.isArray(json)) return json.map((item) => decodeDocument(item, depth + 1))
  if (!isJsonObject(json)) return json
  const object: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(json)) object[key] = decodeDocument(item, depth + 1)
  return object
}
