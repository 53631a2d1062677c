/** A key that two people changed differently, with its values in words; undefined: it is not there. */
export interface KeyConflict {
  /** Once among the conflicts. */
  readonly key: string
  readonly base: string | undefined
  readonly theirs: string | undefined
  readonly mine: string | undefined
}

type Keyed = ReadonlyMap<string, string>

export interface KeyMerge {
  /** Both sides' changes; of a key in conflict, mine. */
  readonly merged: Keyed
  /** Keys that only they changed: taken over. */
  readonly taken: readonly string[]
  readonly conflicts: readonly KeyConflict[]
}

/**
 * What comes of two people's changes of the same, key by key: what only one side changed holds; what both changed alike
 * holds; what they changed differently is a conflict, for a person to decide.
 */
export function mergeKeys(base: Keyed, theirs: Keyed, mine: Keyed): KeyMerge {
  const merged = new Map<string, string>()
  const taken: string[] = []
  const conflicts: KeyConflict[] = []
  for (const key of [...new Set([...base.keys(), ...theirs.keys(), ...mine.keys()])].sort()) {
    const [was, they, me] = [base.get(key), theirs.get(key), mine.get(key)]
    const isTheirs = they !== was
    const isMine = me !== was
    if (isTheirs && isMine && they !== me) conflicts.push({ key, base: was, theirs: they, mine: me })
    if (isTheirs && !isMine) taken.push(key)
    const value = isMine ? me : they
    if (value !== undefined) merged.set(key, value)
  }
  return { merged, taken, conflicts }
}
