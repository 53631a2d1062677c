import type { Account } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import { mapPage, type Page, type PageRequest, paginateBySeq, paginateByText } from '../../foundation/paging.ts'
import type { Changes } from './changes.ts'
import type { DynamicGroups } from './dynamic-groups.ts'
import type { IotInput } from './iot.ts'
import { resourceName, THING, THING_GROUP } from './resource-name.ts'
import type { Thing } from './thing.ts'
import { rootOf, type ThingGroup } from './thing-group.ts'
import { checkStatic, requireGroup } from './thing-group-rules.ts'
import type { ThingGroupRecord, ThingGroupTable } from './thing-group-table.ts'

const MAX_GROUPS_PER_THING = 10

/** What the rules of memberships ask of the others. */
export interface MembershipNeighbours {
  /** @throws {AwsError} ResourceNotFoundException */
  requireThing(thingName: string): Thing
  readonly dynamicGroups: Pick<DynamicGroups, 'groupsOf' | 'listThings'>
}

/**
 * Which things are in which thing groups: at most ten per thing, and at most one of each hierarchy.
 * @see AWS IoT developer guide, "Static thing groups"
 */
export class Memberships {
  readonly #account: Account
  readonly #database: Database
  readonly #table: ThingGroupTable
  readonly #neighbours: MembershipNeighbours
  readonly #changes: Changes

  constructor(
    { account, database }: LocalContext,
    table: ThingGroupTable,
    neighbours: MembershipNeighbours,
    changes: Changes,
  ) {
    this.#account = account
    this.#database = database
    this.#table = table
    this.#neighbours = neighbours
    this.#changes = changes
  }

  /** Puts a thing into a static group. That it is there already is no error. */
  add(input: IotInput<'AddThingToThingGroup'>): void {
    const { group, thing } = this.#named(input)
    const added = this.#database.transaction(() => this.#add(thing, group, input.overrideDynamicGroups))
    if (added) this.#tell('added', thing.thingName, group)
  }

  /** Takes a thing out of a static group. That it is not there is no error. */
  remove(input: IotInput<'RemoveThingFromThingGroup'>): void {
    const { group, thing } = this.#named(input)
    checkStatic(group.group)
    if (this.#table.removeMember(group, thing.thingName)) this.#tell('removed', thing.thingName, group)
  }

  /** Takes a thing out of some groups and puts it into others, all or nothing. */
  update(input: IotInput<'UpdateThingGroupsForThing'>): void {
    const { thingName, thingGroupsToAdd = [], thingGroupsToRemove = [] } = input
    if (thingName === undefined) throw invalidRequest('thingName is empty')
    const thing = this.#neighbours.requireThing(thingName)
    const changed = this.#database.transaction(() => {
      const find = (name: string) => requireGroup(this.#table, name)
      const removed = thingGroupsToRemove.map(find).filter((group) => {
        checkStatic(group.group)
        return this.#table.removeMember(group, thingName)
      })
      const added = thingGroupsToAdd.map(find).filter((group) => this.#add(thing, group, input.overrideDynamicGroups))
      return { removed, added }
    })
    for (const group of changed.removed) this.#tell('removed', thingName, group)
    for (const group of changed.added) this.#tell('added', thingName, group)
  }

  leaveAll(thingName: string): void {
    this.#table.removeFromAll(thingName)
  }

  /** The static groups that a thing is directly in. */
  staticGroupsOf(thingName: string): ThingGroup[] {
    return this.#readStatic(thingName).map(({ group }) => group)
  }

  /** All groups that a thing is directly in, static and dynamic, in order of creation. */
  groupsOf(thing: Thing): ThingGroup[] {
    return this.#readAll(thing).map(({ group }) => group)
  }

  /** The names of the static groups whose policies reach a thing: those it is in and all above them, each once. */
  ancestorsOf(thingName: string): string[] {
    const names = this.staticGroupsOf(thingName).flatMap(({ ancestors, thingGroupName }) => [
      ...ancestors,
      thingGroupName,
    ])
    return [...new Set(names)]
  }

  listGroupsOf(input: IotInput<'ListThingGroupsForThing'>): Page<ThingGroup> {
    const groups = this.#readAll(this.#neighbours.requireThing(input.thingName))
    const found = paginateBySeq(input, 'ListThingGroupsForThing', (after, count) =>
      groups.filter(({ seq }) => seq > after).slice(0, count),
    )
    return mapPage(found, ({ group }) => group)
  }

  /**
   * Names of the things of a group, with `recursive` also of the groups below it; in the order of the names for a
   * static group.
   */
  listThings(input: IotInput<'ListThingsInThingGroup'>): Page<string> {
    const record = requireGroup(this.#table, input.thingGroupName)
    const { query } = record.group
    if (query) {
      const isMember = (thing: Thing) => this.#readAll(thing).some(({ seq }) => seq === record.seq)
      return this.#neighbours.dynamicGroups.listThings(record, query, input, isMember)
    }
    return this.#members(input, input.recursive ? this.#table.readFamily(record) : [record.seq])
  }

  /** A thing is in one group of a hierarchy at most, so that no name comes from two of `groups`. */
  #members(request: PageRequest, groups: readonly number[]): Page<string> {
    return paginateByText(
      request,
      'ListThingsInThingGroup',
      (after, count) =>
        groups
          .flatMap((seq) => this.#table.readMembers(seq, after, count))
          .sort(byCodePoint)
          .slice(0, count),
      (name) => name,
    )
  }

  #readStatic(thingName: string): ThingGroupRecord[] {
    return this.#table.readGroupsOf(thingName, 0, MAX_GROUPS_PER_THING)
  }

  #readAll(thing: Thing): ThingGroupRecord[] {
    const fixed = this.#readStatic(thing.thingName)
    const dynamic = this.#neighbours.dynamicGroups.groupsOf(thing, MAX_GROUPS_PER_THING - fixed.length)
    return [...fixed, ...dynamic].sort((a, b) => a.seq - b.seq)
  }

  /** @returns whether the thing was not in the group before */
  #add(thing: Thing, record: ThingGroupRecord, overrideDynamicGroups: boolean | undefined): boolean {
    const { thingName } = thing
    checkStatic(record.group)
    if (this.#table.hasMember(record, thingName)) return false
    const present = this.#readStatic(thingName)
    const sibling = present.find(({ group }) => rootOf(group) === rootOf(record.group))
    if (sibling) {
      throw invalidRequest(
        `Thing ${thingName} cannot be added to thing group ${record.group.thingGroupName} because it already ` +
          `belongs to thing group ${sibling.group.thingGroupName} of the same hierarchy`,
      )
    }
    // A dynamic group that loses its place to this one is the youngest: it is no longer among the thing's groups.
    const kept = overrideDynamicGroups ? present : this.#readAll(thing)
    if (kept.length >= MAX_GROUPS_PER_THING) {
      throw invalidRequest(`Thing ${thingName} already belongs to the maximum of ${MAX_GROUPS_PER_THING} thing groups`)
    }
    this.#table.addMember(record, thingName)
    return true
  }

  #named(input: IotInput<'AddThingToThingGroup'>): { group: ThingGroupRecord; thing: Thing } {
    const groupName = resourceName(this.#account, THING_GROUP, input.thingGroupName, input.thingGroupArn)
    const thingName = resourceName(this.#account, THING, input.thingName, input.thingArn)
    return { group: requireGroup(this.#table, groupName), thing: this.#neighbours.requireThing(thingName) }
  }

  #tell(operation: 'added' | 'removed', thingName: string, { group }: ThingGroupRecord): void {
    this.#changes.tell({ type: 'membership', operation, thingName, thingGroupName: group.thingGroupName })
  }
}

/** Names are ASCII, so that this is also how SQLite sorts them. */
const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
