import type { ThingGroupRecord, ThingGroupTable } from './thing-group-table.ts'

export const MAX_GROUPS_PER_THING = 10

/** The static groups that a thing is directly in. */
export function readStaticGroups(table: ThingGroupTable, thingName: string): ThingGroupRecord[] {
  return table.readGroupsOf(thingName, 0, MAX_GROUPS_PER_THING)
}

/** The names of the static groups that reach a thing: those it is in and all above them, each once. */
export function reachingGroups(table: ThingGroupTable, thingName: string): string[] {
  const names = readStaticGroups(table, thingName).flatMap(({ group: { ancestors, thingGroupName } }) => [
    ...ancestors,
    thingGroupName,
  ])
  return [...new Set(names)]
}
