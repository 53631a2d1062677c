import type { AuditChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'

/** Members to set, and members to remove. */
export interface MembersChange {
  readonly set: Readonly<Record<string, string>>
  readonly remove: readonly string[]
}

/** What becomes other in `before`; the others stay. */
export function membersToChange(
  path: readonly string[],
  before: Readonly<Record<string, string>>,
  { set, remove }: MembersChange,
): AuditChange[] {
  const beforeOf = (name: string) =>
    Object.hasOwn(before, name) ? { beforeText: JSON.stringify(before[name]) } : undefined
  const wanted = Object.entries(set)
    .filter(([name, value]) => before[name] !== value)
    .map(([name, value]) => ({
      path: formatPath([...path, name]),
      ...beforeOf(name),
      afterText: JSON.stringify(value),
    }))
  const gone = remove
    .filter((name) => Object.hasOwn(before, name))
    .map((name) => ({ path: formatPath([...path, name]), ...beforeOf(name) }))
  return [...wanted, ...gone]
}

/** What puts the members back that were changed. */
export function membersUndone(
  names: readonly string[],
  pathOf: (name: string) => string,
  changes: readonly AuditChange[],
): { set: Record<string, string>; remove: string[] } {
  const before = new Map(changes.map(({ path, beforeText }) => [path, beforeText]))
  const changed = names.filter((name) => before.has(pathOf(name)))
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
