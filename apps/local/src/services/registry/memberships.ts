import type { Account } from '../../foundation/account.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { mapPage, type Page, type PageRequest, paginateBySeq, paginateByText } from '../../foundation/paging.ts'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { Thing } from '../../foundation/thing.ts'
import type { DynamicGroups } from './dynamic-groups.ts'
import { withBillingGroup } from './fleet-index/fleet-index.ts'
import { resourceName, THING, THING_GROUP } from './resource-name.ts'
import { MAX_GROUPS_PER_THING, reachingGroups, readStaticGroups } from './static-groups.ts'
import { refOf, rootOf, type ThingGroup } from './thing-group.ts'
import { checkStatic, requireGroup } from './thing-group-rules.ts'
import type { ThingGroupRecord, ThingGroupTable } from './thing-group-table.ts'
import { requireThing } from './thing-rules.ts'
import type { ThingTable } from './thing-table.ts'

/** The parts of the registry that the rules of memberships look at. */
export interface MembershipParts {
  readonly thingTable: ThingTable
  readonly groupTable: ThingGroupTable
  readonly dynamicGroups: Pick<DynamicGroups, 'count' | 'groupsOf' | 'listThings'>
}

/**
 * Which things are in which thing groups: at most ten per thing, and at most one of each hierarchy.
 * @see AWS IoT developer guide, "Static thing groups"
 */
export class Memberships {
  readonly #account: Account
  readonly #database: Database
  readonly #table: ThingGroupTable
  readonly #things: ThingTable
  readonly #dynamicGroups: MembershipParts['dynamicGroups']
  readonly #changes: Changes<RegistryChange>

  constructor({ account, database }: LocalContext, parts: MembershipParts, changes: Changes<RegistryChange>) {
    this.#account = account
    this.#database = database
    this.#table = parts.groupTable
    this.#things = parts.thingTable
    this.#dynamicGroups = parts.dynamicGroups
    this.#changes = changes
  }

  /** Puts a thing into a static group. That it is there already is no error. */
  add(input: IotInput<'AddThingToThingGroup'>): void {
    const { group, thing } = this.#named(input)
    const added = this.#database.transaction(() => this.#add(thing, group, input.overrideDynamicGroups))
    if (added) this.#tell('added', thing, group)
  }

  /** Takes a thing out of a static group. That it is not there is no error. */
  remove(input: IotInput<'RemoveThingFromThingGroup'>): void {
    const { group, thing } = this.#named(input)
    checkStatic(group.group)
    if (this.#table.removeMember(group, thing.thingName)) this.#tell('removed', thing, group)
  }

  /** Takes a thing out of some groups and puts it into others, all or nothing. */
  update(input: IotInput<'UpdateThingGroupsForThing'>): void {
    const { thingName, thingGroupsToAdd = [], thingGroupsToRemove = [] } = input
    if (thingName === undefined) throw invalidRequest('thingName is empty')
    const thing = requireThing(this.#things, thingName).thing
    const changed = this.#database.transaction(() => {
      const find = (name: string) => requireGroup(this.#table, name)
      const removed = thingGroupsToRemove.map(find).filter((group) => {
        checkStatic(group.group)
        return this.#table.removeMember(group, thingName)
      })
      const added = thingGroupsToAdd.map(find).filter((group) => this.#add(thing, group, input.overrideDynamicGroups))
      return { removed, added }
    })
    for (const group of changed.removed) this.#tell('removed', thing, group)
    for (const group of changed.added) this.#tell('added', thing, group)
  }

  /** All groups that a thing is directly in, static and dynamic, in order of creation. */
  groupsOf(thing: Thing): ThingGroup[] {
    return this.#readAll(thing).map(({ group }) => group)
  }

  /** The names of the static groups whose policies reach a thing: those it is in and all above them, each once. */
  ancestorsOf(thingName: string): string[] {
    return reachingGroups(this.#table, thingName)
  }

  /**
   * Names of all groups of a thing as the fleet index shows them: those that reach it, its dynamic ones, its billing
   * group.
   */
  groupNamesOf(thing: Thing): readonly string[] {
    const direct = this.groupsOf(thing).map(({ thingGroupName }) => thingGroupName)
    return withBillingGroup([...new Set([...this.ancestorsOf(thing.thingName), ...direct])], thing)
  }

  /** Names of the dynamic groups that would have a thing if it had room for them. */
  missedDynamicGroups(thing: Thing): string[] {
    const { count } = this.#dynamicGroups
    if (count === 0) return []
    const room = MAX_GROUPS_PER_THING - readStaticGroups(this.#table, thing.thingName).length
    if (count <= room) return []
    const all = this.#dynamicGroups.groupsOf(thing, Number.POSITIVE_INFINITY)
    return all.slice(room).map(({ group }) => group.thingGroupName)
  }

  listGroupsOf(input: IotInput<'ListThingGroupsForThing'>): Page<ThingGroup> {
    const groups = this.#readAll(requireThing(this.#things, input.thingName).thing)
    const found = paginateBySeq(input, 'ListThingGroupsForThing', (after, count) =>
      groups.filter(({ seq }) => seq > after).slice(0, count),
    )
    return mapPage(found, ({ group }) => group)
  }

  /**
   * Names of the things of a group, with `recursive` also of the groups below it; in the order of the names for a
   * static group.
   * @param examined of a dynamic group at most so many things are looked at
   */
  listThings(input: IotInput<'ListThingsInThingGroup'>, examined?: number): Page<string> {
    const record = requireGroup(this.#table, input.thingGroupName)
    const { query } = record.group
    if (query) {
      const dynamic = this.#dynamicGroups.count
      // Only of a thing that may have too little room the groups have to be known: to read them costs most of a search.
      const isMember = (thing: Thing) =>
        this.#table.countGroupsOf(thing.thingName) + dynamic <= MAX_GROUPS_PER_THING ||
        this.#readAll(thing).some(({ seq }) => seq === record.seq)
      return this.#dynamicGroups.listThings(record, query, input, { accept: isMember, examined })
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

  #readAll(thing: Thing): ThingGroupRecord[] {
    const fixed = readStaticGroups(this.#table, thing.thingName)
    const dynamic = this.#dynamicGroups.groupsOf(thing, MAX_GROUPS_PER_THING - fixed.length)
    return [...fixed, ...dynamic].sort((a, b) => a.seq - b.seq)
  }

  /** @returns whether the thing was not in the group before */
  #add(thing: Thing, record: ThingGroupRecord, overrideDynamicGroups: boolean | undefined): boolean {
    const { thingName } = thing
    checkStatic(record.group)
    if (this.#table.hasMember(record, thingName)) return false
    const present = readStaticGroups(this.#table, thingName)
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
    return { group: requireGroup(this.#table, groupName), thing: requireThing(this.#things, thingName).thing }
  }

  #tell(operation: 'added' | 'removed', thing: Thing, { group }: ThingGroupRecord): void {
    this.#changes.tell({ type: 'membership', operation, thing, group: refOf(group) })
  }
}

/** Names are ASCII, so that this is also how SQLite sorts them. */
const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
