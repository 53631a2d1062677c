import { isJsonObject, JsonObject, type JsonPath, type JsonValue, jsonEquals, jsonIdentical } from '@thingdeck/json'
import { mapSections, type ShadowState } from './shadow.ts'

/** A place that two people changed differently. Undefined means that there is no such key. */
export interface MergeConflict {
  /** From the state down, e.g. `['desired', 'lamp', 'on']`. */
  readonly path: JsonPath
  readonly base: JsonValue | undefined
  readonly theirs: JsonValue | undefined
  readonly mine: JsonValue | undefined
}

export interface ThreeWayMerge {
  /** All changes of both; at a conflict, mine. */
  readonly merged: ShadowState
  readonly conflicts: readonly MergeConflict[]
}

/**
 * Merges two changes of one state key by key. What only one side changed is taken from it; what both changed alike
 * is no conflict; objects are merged within; arrays are values. Without conflicts the result is what a shadow service
 * holds after both updates, in either order. A number spelled otherwise (1, 1.0) is a change, but both sides agree on it.
 *
 *     base {"a":1,"b":1}, theirs {"a":2,"b":1}, mine {"a":1,"b":3,"c":4}  →  {"a":2,"b":3,"c":4}
 */
export function mergeThreeWay(base: ShadowState, theirs: ShadowState, mine: ShadowState): ThreeWayMerge {
  const conflicts: MergeConflict[] = []
  const merged = mapSections((name) => {
    const section = ({ [name]: value = JsonObject.EMPTY }: ShadowState) => value
    return nonEmpty(mergeObjects(section(base), section(theirs), section(mine), [name], conflicts))
  })
  return { merged, conflicts }
}

function nonEmpty(value: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(value) && value.size > 0 ? value : undefined
}

function mergeObjects(
  base: JsonObject,
  theirs: JsonObject,
  mine: JsonObject,
  path: JsonPath,
  conflicts: MergeConflict[],
): JsonObject {
  const merged = new Map<string, JsonValue>()
  for (const key of new Set([...theirs.keys(), ...mine.keys()])) {
    const value = mergeValues(base.get(key), theirs.get(key), mine.get(key), [...path, key], conflicts)
    if (value !== undefined) merged.set(key, value)
  }
  return new JsonObject(merged)
}

function mergeValues(
  base: JsonValue | undefined,
  theirs: JsonValue | undefined,
  mine: JsonValue | undefined,
  path: JsonPath,
  conflicts: MergeConflict[],
): JsonValue | undefined {
  if (agree(mine, base, jsonIdentical)) return theirs
  if (agree(theirs, base, jsonIdentical) || agree(theirs, mine, jsonEquals)) return mine
  if (isJsonObject(theirs) && isJsonObject(mine)) {
    return mergeObjects(isJsonObject(base) ? base : JsonObject.EMPTY, theirs, mine, path, conflicts)
  }
  conflicts.push({ path, base, theirs, mine })
  return mine
}

function agree(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  equals: (a: JsonValue, b: JsonValue) => boolean,
): boolean {
  return a === undefined || b === undefined ? a === b : equals(a, b)
}

/** Takes one side of a conflict into a merged state, e.g. `resolveConflict(merged, conflict, 'theirs')`. */
export function resolveConflict(
  merged: ShadowState,
  conflict: MergeConflict,
  side: 'base' | 'theirs' | 'mine',
): ShadowState {
  return withValueAt(merged, conflict.path, conflict[side])
}

/**
 * A copy of a state with `value` at a path that begins with the section, or without that key where `value` is
 * undefined; objects on the way are made where they are missing.
 */
export function withValueAt(state: ShadowState, path: JsonPath, value: JsonValue | undefined): ShadowState {
  const [name, ...rest] = path
  return mapSections((section) => nonEmpty(section === name ? setAt(state[section], rest, value) : state[section]))
}

function setAt(target: JsonValue | undefined, path: JsonPath, value: JsonValue | undefined): JsonValue | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  const object = isJsonObject(target) ? target : JsonObject.EMPTY
  const child = setAt(object.get(String(key)), rest, value)
  return child === undefined ? object.without(String(key)) : object.with(String(key), child)
}
