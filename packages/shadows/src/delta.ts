import { isJsonObject, JsonObject, type JsonValue, jsonEquals } from '@thingdeck/json'
import { isMetadataObject, type MetadataNode, type MetadataObject } from './metadata.ts'
import type { ShadowState } from './shadow.ts'

/**
 * What is desired but not reported so; undefined if there is no difference. Objects are compared key by key and
 * arrays as values, so that a difference within an array gives the whole desired array. Keys that are only reported
 * do not count.
 *
 *     desired {"c":{"r":1,"g":2},"l":[1,2]}, reported {"c":{"r":1,"g":9,"b":3},"l":[2]}  →  {"c":{"g":2},"l":[1,2]}
 *
 * @see AWS IoT developer guide, "Device Shadow service documents", delta state
 */
export function computeDelta(
  desired: JsonObject | undefined,
  reported: JsonObject | undefined,
): JsonObject | undefined {
  if (desired === undefined) return undefined
  const delta = new Map<string, JsonValue>()
  for (const [key, value] of desired) {
    const difference = differenceOf(value, reported?.get(key))
    if (difference !== undefined) delta.set(key, difference)
  }
  return delta.size === 0 ? undefined : new JsonObject(delta)
}

export function deltaOf(state: ShadowState): JsonObject | undefined {
  return computeDelta(state.desired, state.reported)
}

/** The same for one value; a key that is not reported differs. */
export function differenceOf(desired: JsonValue, reported: JsonValue | undefined): JsonValue | undefined {
  if (isJsonObject(desired) && isJsonObject(reported)) return computeDelta(desired, reported)
  return reported !== undefined && jsonEquals(desired, reported) ? undefined : desired
}

/** The part of the desired section's metadata that belongs to a delta; its times may be old. */
export function deltaMetadata(delta: JsonObject, desired: MetadataObject | undefined): MetadataObject {
  const members = new Map<string, MetadataNode>()
  for (const [key, value] of delta) {
    const node = desired?.get(key)
    if (node === undefined) continue
    members.set(key, isJsonObject(value) && isMetadataObject(node) ? deltaMetadata(value, node) : node)
  }
  return members
}
