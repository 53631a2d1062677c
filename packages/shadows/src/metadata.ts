import { isJsonArray, isJsonObject, JsonNumber, JsonObject, type JsonValue } from '@thingdeck/json'

/**
 * The time of each value, epoch seconds, in a tree of the same shape as the state: a number for a scalar, one entry
 * per element for an array. On the wire a scalar's time is `{"timestamp": n}`, which cannot be told from an object
 * with a key named `timestamp`; in here it can.
 */
export type MetadataNode = number | readonly MetadataNode[] | MetadataObject
export type MetadataObject = ReadonlyMap<string, MetadataNode>

/** Metadata of a value that was written as a whole. */
export function metadataOf(value: JsonValue, timestamp: number): MetadataNode {
  if (isJsonObject(value)) return objectMetadataOf(value, timestamp)
  if (isJsonArray(value)) return value.map((item) => metadataOf(item, timestamp))
  return timestamp
}

function objectMetadataOf(object: JsonObject, timestamp: number): MetadataObject {
  const members = new Map<string, MetadataNode>()
  for (const [key, value] of object) members.set(key, metadataOf(value, timestamp))
  return members
}

/** AWS's wire form. */
export function formatMetadata(node: MetadataNode): JsonValue {
  return formatNode(node, new Map())
}

export function formatMetadataObject(node: MetadataObject): JsonObject {
  return formatObject(node, new Map())
}

/** The wire form of each time, made once for all values that were written at it. */
type FormattedTimes = Map<number, JsonObject>

function formatNode(node: MetadataNode, times: FormattedTimes): JsonValue {
  if (typeof node === 'number') return formatTime(node, times)
  return isMetadataObject(node) ? formatObject(node, times) : node.map((item) => formatNode(item, times))
}

/** By the object, which never changes: what an update leaves alone is part of two documents and of the next two. */
const formattedObjects = new WeakMap<MetadataObject, JsonObject>()

function formatObject(node: MetadataObject, times: FormattedTimes): JsonObject {
  let formatted = formattedObjects.get(node)
  if (formatted === undefined) {
    const members = new Map<string, JsonValue>()
    for (const [key, child] of node) members.set(key, formatNode(child, times))
    formatted = new JsonObject(members)
    formattedObjects.set(node, formatted)
  }
  return formatted
}

function formatTime(epochSeconds: number, times: FormattedTimes): JsonObject {
  let formatted = times.get(epochSeconds)
  if (formatted === undefined) {
    formatted = JsonObject.from([['timestamp', JsonNumber.of(epochSeconds)]])
    times.set(epochSeconds, formatted)
  }
  return formatted
}

/**
 * Reads AWS's wire form along the value that it describes; what is missing or does not fit is left out.
 */
function readMetadata(metadata: JsonValue | undefined, value: JsonValue): MetadataNode | undefined {
  if (isJsonObject(value)) return isJsonObject(metadata) ? readMetadataObject(metadata, value) : undefined
  if (isJsonArray(value)) {
    if (!isJsonArray(metadata)) return undefined
    const items = value.map((item, index) => readMetadata(metadata[index], item))
    return items.every((item) => item !== undefined) ? items : undefined
  }
  const timestamp = isJsonObject(metadata) ? metadata.get('timestamp') : undefined
  return timestamp instanceof JsonNumber ? timestamp.toNumber() : undefined
}

export function readMetadataObject(metadata: JsonObject, value: JsonObject): MetadataObject {
  const members = new Map<string, MetadataNode>()
  for (const [key, member] of value) {
    const node = readMetadata(metadata.get(key), member)
    if (node !== undefined) members.set(key, node)
  }
  return members
}

/** The latest time within a node, epoch seconds; undefined if it holds none. */
export function latestTimestamp(node: MetadataNode | undefined): number | undefined {
  if (node === undefined || typeof node === 'number') return node
  let latest: number | undefined
  for (const child of node.values()) {
    const timestamp = latestTimestamp(child)
    if (timestamp !== undefined && (latest === undefined || timestamp > latest)) latest = timestamp
  }
  return latest
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isMetadataObject(node: MetadataNode | undefined): node is MetadataObject {
  return node instanceof Map
}
