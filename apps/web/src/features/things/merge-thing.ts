import { type KeyMerge, mergeKeys } from '../../shared/diff/merge-keys.ts'
import type { Registered } from '../../shared/things/thing-attributes.ts'

/** The key under which a merge has the type; no attribute is named so, as names have no blanks. */
export const TYPE_KEY = 'thing type'

export interface Merge extends Omit<KeyMerge, 'merged'> {
  /** Both sides' changes; of a key in conflict, mine. */
  readonly merged: Registered
}

const keyed = ({ thingTypeName, attributes }: Registered): ReadonlyMap<string, string> =>
  new Map([...Object.entries(attributes), ...(thingTypeName === '' ? [] : [[TYPE_KEY, thingTypeName] as const])])

const unkeyed = (values: ReadonlyMap<string, string>): Registered => ({
  thingTypeName: values.get(TYPE_KEY) ?? '',
  attributes: Object.fromEntries([...values].filter(([key]) => key !== TYPE_KEY)),
})

/** What comes of two people's changes of the same thing. */
export function mergeThing(base: Registered, theirs: Registered, mine: Registered): Merge {
  const { merged, ...rest } = mergeKeys(keyed(base), keyed(theirs), keyed(mine))
  return { ...rest, merged: unkeyed(merged) }
}

/** With the value of one key in place of what is there; undefined: without it. */
export function withKey(values: Registered, key: string, value: string | undefined): Registered {
  const next = new Map(keyed(values))
  if (value === undefined) next.delete(key)
  else next.set(key, value)
  return unkeyed(next)
}

/** What differs, key by key. */
export function differencesBetween(before: Registered, after: Registered) {
  const [was, is] = [keyed(before), keyed(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => ({ key, before: was.get(key), after: is.get(key) }))
}
