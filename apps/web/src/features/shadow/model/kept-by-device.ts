import { getAt, isJsonObject, type JsonObject, type JsonValue, jsonEquals } from '@thingdeck/json'
import type { ShadowState } from '@thingdeck/shadows'
import type { Change } from './change.ts'

/** A value that the device was told and still reports, though nobody asks for it any more. */
export interface KeptValue {
  /** From the section. */
  readonly path: readonly string[]
  readonly value: JsonValue
  /** What it reported before it was told, where this page knows it and it is something else. */
  readonly earlier: JsonValue | undefined
}

/**
 * What the device stays at after an update that removed keys of `desired`. Removing one leaves no delta (AWS: a delta
 * holds keys of `desired` alone), so nothing is asked of the device, and 'in sync' does not mean that it went back: an
 * undo of a key that was new takes back the wish and not what came of it.
 */
export function keptByDevice(change: Change, changes: readonly Change[], live: ShadowState): readonly KeptValue[] {
  const removed = change.status.kind === 'accepted' ? removedLeaves(change) : []
  const undone = changes.find(({ id }) => id === change.undoes)
  return removed.flatMap(({ path, value }): KeptValue[] => {
    const reported = at(live.reported, path)
    if (reported === undefined || !jsonEquals(reported, value) || at(live.desired, path) !== undefined) return []
    const earlier = at(undone?.before.reported, path)
    if (earlier === undefined) return [{ path, value, earlier: undefined }]
    return jsonEquals(earlier, value) ? [] : [{ path, value, earlier }] // it was there already, without being told
  })
}

function removedLeaves({ patch, before }: Change): { readonly path: readonly string[]; readonly value: JsonValue }[] {
  const leaves: { path: readonly string[]; value: JsonValue }[] = []
  const all = (value: JsonValue, path: readonly string[]) => {
    if (!isJsonObject(value) || value.size === 0) leaves.push({ path, value })
    else for (const [key, member] of value) all(member, [...path, key])
  }
  const visit = (part: JsonObject, path: readonly string[]) => {
    for (const [key, value] of part) {
      const told = at(before.desired, [...path, key])
      if (value === null && told !== undefined) all(told, [...path, key])
      else if (isJsonObject(value)) visit(value, [...path, key])
    }
  }
  if (patch.desired) visit(patch.desired, [])
  return leaves
}

const at = (section: JsonObject | undefined, path: readonly string[]) => section && getAt(section, path)
