import type { ThingGroup } from '@thingdeck/contract'
import { type KeyConflict, mergeKeys } from '../../shared/diff/merge-keys.ts'

/** What people change of a group. */
export interface GroupContent {
  readonly description: string
  readonly attributes: Readonly<Record<string, string>>
  readonly queryString: string
}

/** Something that two people changed differently, 'Description' or 'Attribute city'; undefined: there is none. */
export type GroupConflict = Pick<KeyConflict, 'key' | 'theirs' | 'mine'>

export const contentOf = ({ description = '', attributes, queryString = '' }: ThingGroup): GroupContent => ({
  description,
  attributes,
  queryString,
})

const ATTRIBUTE = 'Attribute '

const keyed = ({ description, attributes, queryString }: GroupContent): ReadonlyMap<string, string> =>
  new Map([
    ['Description', description],
    ['Query', queryString],
    ...Object.entries(attributes).map(([name, value]) => [`${ATTRIBUTE}${name}`, value] as const),
  ])

const unkeyed = (values: ReadonlyMap<string, string>): GroupContent => ({
  description: values.get('Description') ?? '',
  queryString: values.get('Query') ?? '',
  attributes: Object.fromEntries(
    [...values].flatMap(([key, value]) => (key.startsWith(ATTRIBUTE) ? [[key.slice(ATTRIBUTE.length), value]] : [])),
  ),
})

/**
 * What a group would be with both changes of what it was; where they do not go together, mine stands, and it is said.
 */
export function mergeGroup(
  base: GroupContent,
  theirs: GroupContent,
  mine: GroupContent,
): { readonly merged: GroupContent; readonly conflicts: readonly GroupConflict[] } {
  const { merged, conflicts } = mergeKeys(keyed(base), keyed(theirs), keyed(mine))
  return { merged: unkeyed(merged), conflicts: conflicts.map(({ base: _, ...conflict }) => conflict) }
}
