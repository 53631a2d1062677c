import type { AuditChange } from '@thingdeck/contract'
import { formatPath, type JsonValue, stringifyJson } from '@thingdeck/json'
import { changedLeaves, type ShadowState, updateRequestFor } from '@thingdeck/shadows'

/** What differs between two plain objects, member by member; `root` names them, e.g. `attributes`. */
export function changedMembers(before: object, after: object, ...root: readonly string[]): AuditChange[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [beforeText, afterText] = [textOf(old.get(name)), textOf(now.get(name))]
    return beforeText === afterText ? [] : [change(formatPath([...root, name]), beforeText, afterText)]
  })
}

/** What differs between two states of a shadow, value by value, with every digit. */
export function changedState(before: ShadowState, after: ShadowState): AuditChange[] {
  return changedLeaves(before, updateRequestFor(before, after)).map(({ path, before: old, after: now }) =>
    change(formatPath(path), jsonText(old), jsonText(now)),
  )
}

/** `undefined`, too, is a member that is not there. */
const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value))
const jsonText = (value: JsonValue | undefined): string | undefined =>
  value === undefined ? undefined : stringifyJson(value)

const change = (path: string, beforeText: string | undefined, afterText: string | undefined): AuditChange => ({
  path,
  ...(beforeText !== undefined && { beforeText }),
  ...(afterText !== undefined && { afterText }),
})
