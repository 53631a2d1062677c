import type { AuditChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import { Problem } from '../../../problem.ts'

/** Members to set, and members to remove. */
export interface MembersChange {
  readonly set: Readonly<Record<string, string>>
  readonly remove: readonly string[]
}

/**
 * @param one of them: `a tag`
 * @throws {Problem} BAD_REQUEST
 */
export function checkMembers(one: string, { set, remove }: MembersChange): void {
  if (Object.keys(set).length + remove.length === 0)
    throw new Problem('BAD_REQUEST', `Name ${one} to set or to remove.`)
  const both = remove.find((name) => Object.hasOwn(set, name))
  if (both !== undefined) throw new Problem('BAD_REQUEST', `${both} is to be set and to be removed: say one of them.`)
}

/** Of a change, what is not so in `before` already. */
export const membersLeft = (before: Readonly<Record<string, string>>, { set, remove }: MembersChange) => ({
  set: Object.fromEntries(Object.entries(set).filter(([name, value]) => before[name] !== value)),
  remove: remove.filter((name) => Object.hasOwn(before, name)),
})

/** What becomes other in `before`; the others stay. */
export function membersToChange(
  path: readonly string[],
  before: Readonly<Record<string, string>>,
  change: MembersChange,
): AuditChange[] {
  const { set, remove } = membersLeft(before, change)
  const beforeOf = (name: string) =>
    Object.hasOwn(before, name) ? { beforeText: JSON.stringify(before[name]) } : undefined
  const wanted = Object.entries(set).map(([name, value]) => ({
    path: formatPath([...path, name]),
    ...beforeOf(name),
    afterText: JSON.stringify(value),
  }))
  const gone = remove.map((name) => ({ path: formatPath([...path, name]), ...beforeOf(name) }))
  return [...wanted, ...gone]
}

/** What puts the members back that were changed. */
export function membersUndone(
  path: readonly string[],
  { set, remove }: MembersChange,
  changes: readonly AuditChange[],
): { set: Record<string, string>; remove: string[] } {
  const before = new Map(changes.map((change) => [change.path, change.beforeText]))
  const pathOf = (name: string) => formatPath([...path, name])
  const changed = [...Object.keys(set), ...remove].filter((name) => before.has(pathOf(name)))
  const textOf = (name: string) => before.get(pathOf(name))
  return {
    set: Object.fromEntries(
      changed.flatMap((name) => {
        const text = textOf(name)
        return text === undefined ? [] : [[name, String(JSON.parse(text))]]
      }),
    ),
    remove: changed.filter((name) => textOf(name) === undefined),
  }
}
