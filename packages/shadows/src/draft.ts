import { isJsonObject, JsonObject, type JsonValue, jsonIdentical } from '@thingdeck/json'
import { objectWithoutNulls } from './merge-patch.ts'
import { mapSections, type ShadowState } from './shadow.ts'
import type { StatePatch } from './update-request.ts'

/**
 * The smallest patch that turns `base` into `draft`; `{}` if they are alike. Removed keys are named
 * with null, arrays are sent whole, and a key that did not change is not named, so that nobody else's change of it
 * is overwritten. A null in the draft counts as a removed key. A number that is only spelled otherwise (1, 1.0) is
 * a change; another order of keys is none, since an update cannot reorder.
 *
 *     base {"a":{"x":1,"y":2},"b":3}, draft {"a":{"x":1},"c":4}  →  {"b":null,"a":{"y":null},"c":4}
 *
 * `updateRequestFor(after, before)` is the undo of the update that led from `before` to `after`: applied later, it
 * leaves alone what others did to other keys meanwhile.
 *
 * A section that the draft empties is cleared key by key, not with one null, which would also remove what others
 * have added to it. An object that it empties stays as `{}`.
 */
export function updateRequestFor(base: ShadowState, draft: ShadowState): StatePatch {
  return mapSections((name) => {
    const patch = patchFor(base[name] ?? JsonObject.EMPTY, objectWithoutNulls(draft[name] ?? JsonObject.EMPTY))
    return patch.size > 0 ? patch : undefined
  })
}

function patchFor(before: JsonObject, after: JsonObject): JsonObject {
  const patch = new Map<string, JsonValue>()
  for (const key of before.keys()) {
    if (!after.has(key)) patch.set(key, null)
  }
  for (const [key, value] of after) {
    const old = before.get(key)
    if (isJsonObject(value) && isJsonObject(old)) {
      const inner = patchFor(old, value)
      if (inner.size > 0) patch.set(key, inner)
    } else if (old === undefined || !jsonIdentical(old, value)) {
      patch.set(key, value)
    }
  }
  return new JsonObject(patch)
}
