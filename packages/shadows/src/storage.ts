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
import { isMetadataObject, type MetadataNode, type MetadataObject } from './metadata.ts'
import { formatSections, formatState, mapSections, type StoredShadow } from './shadow.ts'

/** One text for a store to keep. Times are bare numbers in it, so that it stays short and unambiguous. */
export function formatStoredShadow(stored: StoredShadow): string {
  if (stored.kind === 'tombstone') {
    return stringifyJson(fromPlain({ version: stored.version, deletedAtSeconds: stored.deletedAtSeconds }))
  }
  const { version, state, metadata } = stored
  const times = formatSections((name) => metadata[name] && formatNode(metadata[name]))
  return stringifyJson(
    JsonObject.from([
      ['version', JsonNumber.of(version)],
      ['state', formatState(state)],
      ['metadata', times],
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
  const state = expectObject(stored.get('state'))
  const metadata = expectObject(stored.get('metadata'))
  return {
    kind: 'shadow',
    version,
    state: mapSections((name) => expectOptional(state.get(name))),
    metadata: mapSections((name) => {
      const section = expectOptional(metadata.get(name))
      return section && readObject(section)
    }),
  }
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

function expectOptional(value: JsonValue | undefined): JsonObject | undefined {
  return value === undefined ? undefined : expectObject(value)
}

function expectObject(value: JsonValue | undefined): JsonObject {
  if (isJsonObject(value)) return value
  throw new TypeError('Not a stored shadow: an object is missing')
}

function expectNumber(value: JsonValue | undefined): number {
  if (value instanceof JsonNumber) return value.toNumber()
  throw new TypeError('Not a stored shadow: a number is missing')
}
