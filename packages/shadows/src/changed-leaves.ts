import { getAt, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '@thingdeck/json'
import { formatState, SECTIONS, type ShadowState } from './shadow.ts'
import type { StatePatch } from './update-request.ts'

/** One value that an update changes. */
export interface ChangedLeaf {
  /** From the state down: the section first. */
  readonly path: JsonPath
  readonly before: JsonValue | undefined
  readonly after: JsonValue | undefined
}

/** What a patch does to a state, value by value; of a section that it removes, every key. */
export function changedLeaves(state: ShadowState, patch: StatePatch): readonly ChangedLeaf[] {
  const root = formatState(state)
  const leaves: ChangedLeaf[] = []
  const visit = (object: JsonObject, path: JsonPath) => {
    for (const [key, value] of object) {
      const at = [...path, key]
      const before = getAt(root, at)
      if (isJsonObject(value) && isJsonObject(before) && value.size > 0) visit(value, at)
      else leaves.push({ path: at, before, after: value ?? undefined })
    }
  }
  for (const name of SECTIONS) {
    const section = patch[name]
    if (section) visit(section, [name])
    else if (section === null) {
      for (const [key, before] of state[name] ?? []) leaves.push({ path: [name, key], before, after: undefined })
    }
  }
  return leaves
}
