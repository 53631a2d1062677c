import {
  fromPlain,
  isJsonArray,
  isJsonObject,
  JsonNumber,
  JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'
import { formatState } from './document.ts'
import { isMetadataObject, type MetadataNode, type MetadataObject } from './metadata.ts'
import { SECTIONS, type SectionName, type StoredShadow } from './shadow.ts'

/** One text for a store to keep. Times are bare numbers in it, so that it stays short and unambiguous. */
export function formatStoredShadow(stored: StoredShadow): string {
  if (stored.kind === 'tombstone') {
    return stringifyJson(fromPlain({ version: stored.version, deletedAtSeconds: stored.deletedAtSeconds }))
  }
  const metadata = new Map<string, JsonValue>()
  for (const name of SECTIONS) {
    const section = stored.metadata[name]
    if (section) metadata.set(name, formatNode(section))
  }
  return stringifyJson(
    JsonObject.from([
      ['version', JsonNumber.of(stored.version)],
      ['state', formatState(stored.state)],
      ['metadata', new JsonObject(metadata)],
    ]),
  )
}

function formatNode(node: MetadataNode): JsonValue {
  if (typeof node === 'number') return JsonNumber.of(node)
  if (!isMetadataObject(node)) return node.map(formatNode)
  const members = new Map<string, JsonValue>()
  for (const [key, child] of node) members.set(key, formatNode(child))
  return new JsonObject(members)
}

/**
 * Reads what {@link formatStoredShadow} wrote.
 * @throws {JsonParseError | TypeError} for anything else
 */
export function parseStoredShadow(text: string): StoredShadow {
  const stored = expectObject(parseJson(text))
  const version = expectNumber(stored.get('version'))
  const deletedAt = stored.get('deletedAtSeconds')
  if (deletedAt !== undefined) return { kind: 'tombstone', version, deletedAtSeconds: expectNumber(deletedAt) }
  const state: { -readonly [Name in SectionName]?: JsonObject } = {}
  const metadata: { -readonly [Name in SectionName]?: MetadataObject } = {}
  for (const name of SECTIONS) {
    const section = expectObject(stored.get('state')).get(name)
    if (section === undefined) continue
    state[name] = expectObject(section)
    metadata[name] = readObject(expectObject(expectObject(stored.get('metadata')).get(name)))
  }
  return { kind: 'shadow', version, state, metadata }
}

function readNode(value: JsonValue): MetadataNode {
  if (isJsonArray(value)) return value.map(readNode)
  return isJsonObject(value) ? readObject(value) : expectNumber(value)
}

function readObject(object: JsonObject): MetadataObject {
  const members = new Map<string, MetadataNode>()
  for (const [key, value] of object) members.set(key, readNode(value))
  return members
}

function expectObject(value: JsonValue | undefined): JsonObject {
  if (isJsonObject(value)) return value
  throw new TypeError('Not a stored shadow: an object is missing')
}

function expectNumber(value: JsonValue | undefined): number {
  if (value instanceof JsonNumber) return value.toNumber()
  throw new TypeError('Not a stored shadow: a number is missing')
}
