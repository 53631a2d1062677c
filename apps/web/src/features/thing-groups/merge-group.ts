import type { ThingGroup } from '@thingdeck/contract'

/** What people change of a group. */
export interface GroupContent {
  readonly description: string
  readonly attributes: Readonly<Record<string, string>>
  readonly queryString: string
}

/** Something that two people changed differently; undefined: there is none. */
export interface GroupConflict {
  /** 'Description', 'Attribute city' */
  readonly key: string
  readonly theirs: string | undefined
  readonly mine: string | undefined
}

export const contentOf = ({ description = '', attributes, queryString = '' }: ThingGroup): GroupContent => ({
  description,
  attributes,
  queryString,
})

/**
 * What a group would be with both changes of what it was; where they do not go together, mine stands, and it is said.
 */
export function mergeGroup(
  base: GroupContent,
  theirs: GroupContent,
  mine: GroupContent,
): { readonly merged: GroupContent; readonly conflicts: readonly GroupConflict[] } {
  const conflicts: GroupConflict[] = []
  const merge = <V extends string | undefined>(key: string, was: V, their: V, my: V): V => {
    if (my === was) return their
    if (their !== was && their !== my) conflicts.push({ key, theirs: their, mine: my })
    return my
  }
  const names = new Set([theirs, mine].flatMap(({ attributes }) => Object.keys(attributes)))
  const attributes = [...names].flatMap((name) => {
    const value = merge(`Attribute ${name}`, base.attributes[name], theirs.attributes[name], mine.attributes[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    merged: {
      description: merge('Description', base.description, theirs.description, mine.description),
      queryString: merge('Query', base.queryString, theirs.queryString, mine.queryString),
      attributes: Object.fromEntries(attributes),
    },
    conflicts,
  }
}
