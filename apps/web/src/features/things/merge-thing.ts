import type { Registered } from '../../shared/things/thing-attributes.ts'

/** The key under which a merge has the type; no attribute is named so, as names have no blanks. */
export const TYPE_KEY = 'thing type'

/** A key that both sides changed, and differently. Undefined: it is not there. */
export interface Conflict {
  readonly key: string
  readonly base: string | undefined
  readonly theirs: string | undefined
  readonly mine: string | undefined
}

export interface Merge {
  /** Both sides' changes; of a key in conflict, mine. */
  readonly merged: Registered
  /** Keys that only they changed: taken over. */
  readonly taken: readonly string[]
  readonly conflicts: readonly Conflict[]
}

const keyed = ({ thingTypeName, attributes }: Registered): ReadonlyMap<string, string> =>
  new Map([...Object.entries(attributes), ...(thingTypeName === '' ? [] : [[TYPE_KEY, thingTypeName] as const])])

const unkeyed = (values: ReadonlyMap<string, string>): Registered => ({
  thingTypeName: values.get(TYPE_KEY) ?? '',
  attributes: Object.fromEntries([...values].filter(([key]) => key !== TYPE_KEY)),
})

/**
 * What comes of two people's changes of the same thing, key by key: what only one side changed holds; what both changed
 * alike holds; what they changed differently is a conflict, for a person to decide.
 */
export function mergeThing(base: Registered, theirs: Registered, mine: Registered): Merge {
  const [before, other, own] = [keyed(base), keyed(theirs), keyed(mine)]
  const merged = new Map<string, string>()
  const taken: string[] = []
  const conflicts: Conflict[] = []
  for (const key of [...new Set([...before.keys(), ...other.keys(), ...own.keys()])].sort()) {
    const [was, they, me] = [before.get(key), other.get(key), own.get(key)]
    const isTheirs = they !== was
    const isMine = me !== was
    if (isTheirs && isMine && they !== me) conflicts.push({ key, base: was, theirs: they, mine: me })
    if (isTheirs && !isMine) taken.push(key)
    const value = isMine ? me : they
    if (value !== undefined) merged.set(key, value)
  }
  return { merged: unkeyed(merged), taken, conflicts }
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
