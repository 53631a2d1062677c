import { isJsonArray, isJsonObject, JsonObject, type JsonValue } from '@thingdeck/json'
import { isMetadataObject, type MetadataNode, type MetadataObject, metadataOf } from './metadata.ts'

export interface Merged {
  readonly value: JsonObject
  readonly metadata: MetadataObject
}

/**
 * Merges the patch of one section into what is stored. Objects merge key by key, `null` removes a key, arrays and
 * scalars replace as a whole.
 *
 *     {"a":{"x":1,"y":2},"l":[1]}  with  {"a":{"x":null,"z":3},"l":[]}  →  {"a":{"y":2,"z":3},"l":[]}
 *
 * An object that loses its last key stays as `{}`; the guide does not say.
 * @see AWS IoT developer guide, "Device Shadow service documents", empty properties and array values
 */
export function mergePatch(stored: Merged, patch: JsonObject, timestamp: number): Merged {
  const members = new Map(stored.value)
  const metadata = new Map(stored.metadata)
  for (const [key, value] of patch) {
    const before = members.get(key)
    if (value === null) {
      members.delete(key)
      metadata.delete(key)
    } else if (isJsonObject(value) && isJsonObject(before)) {
      const inner = mergePatch({ value: before, metadata: objectOrEmpty(metadata.get(key)) }, value, timestamp)
      members.set(key, inner.value)
      metadata.set(key, inner.metadata)
    } else {
      const written = withoutNulls(value)
      members.set(key, written)
      metadata.set(key, metadataOf(written, timestamp))
    }
  }
  return { value: new JsonObject(members), metadata }
}

function objectOrEmpty(node: MetadataNode | undefined): MetadataObject {
  return isMetadataObject(node) ? node : new Map()
}

/** Removes members that are null, at every depth. */
export function withoutNulls(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withoutNulls)
  return isJsonObject(value) ? objectWithoutNulls(value) : value
}

export function objectWithoutNulls(object: JsonObject): JsonObject {
  const members = new Map<string, JsonValue>()
  for (const [key, value] of object) {
    if (value !== null) members.set(key, withoutNulls(value))
  }
  return new JsonObject(members)
}
