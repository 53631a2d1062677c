import type { Account } from '../account.ts'
import type { LocalContext } from '../context.ts'
import type { Database } from '../database.ts'
import type { Changes } from './changes.ts'
import { invalidRequest, listFaults, NAME, textFault, validate } from './constraints.ts'
import type { IotInput } from './iot.ts'
import { mapPage, type Page, type PageRequest, paginate } from './page.ts'
import { resourceName, THING, THING_GROUP } from './resource-name.ts'
import { rootOf, type ThingGroup } from './thing-group.ts'
import { checkStatic, requireGroup } from './thing-group-rules.ts'
import type { ThingGroupRecord, ThingGroupTable } from './thing-group-table.ts'

const MAX_GROUPS_PER_THING = 10

/**
 * Which things are in which thing groups: at most ten per thing, and at most one of each hierarchy.
 * @see AWS IoT developer guide, "Static thing groups"
 */
export class Memberships {
  readonly #account: Account
  readonly #database: Database
  readonly #table: ThingGroupTable
  readonly #requireThing: (thingName: string) => void
  readonly #changes: Changes

  /** @param requireThing throws ResourceNotFoundException when there is no such thing */
  constructor(
    { account, database }: LocalContext,
    table: ThingGroupTable,
    requireThing: (thingName: string) => void,
    changes: Changes,
  ) {
    this.#account = account
    this.#database = database
    this.#table = table
    this.#requireThing = requireThing
    this.#changes = changes
  }

  /** Puts a thing into a static group. That it is there already is no error. */
  add(input: IotInput<'AddThingToThingGroup'>): void {
    const { group, thingName } = this.#named(input)
    const added = this.#database.transaction(() => this.#add(thingName, group))
    if (added) this.#tell('added', thingName, group)
  }

  /** Takes a thing out of a static group. That it is not there is no error. */
  remove(input: IotInput<'RemoveThingFromThingGroup'>): void {
    const { group, thingName } = this.#named(input)
    checkStatic(group.group)
    if (this.#table.removeMember(group, thingName)) this.#tell('removed', thingName, group)
  }

  /** Takes a thing out of some groups and puts it into others, all or nothing. */
  update(input: IotInput<'UpdateThingGroupsForThing'>): void {
    const { thingName, thingGroupsToAdd = [], thingGroupsToRemove = [] } = input
    validate(
      textFault('thingName', thingName, NAME),
      listFaults('thingGroupsToAdd', thingGroupsToAdd, NAME),
      listFaults('thingGroupsToRemove', thingGroupsToRemove, NAME),
    )
    if (thingName === undefined) throw invalidRequest('thingName is empty')
    this.#requireThing(thingName)
    const changed = this.#database.transaction(() => {
      const find = (name: string) => requireGroup(this.#table, name)
      const removed = thingGroupsToRemove.map(find).filter((group) => {
        checkStatic(group.group)
        return this.#table.removeMember(group, thingName)
      })
      const added = thingGroupsToAdd.map(find).filter((group) => this.#add(thingName, group))
      return { removed, added }
    })
    for (const group of changed.removed) this.#tell('removed', thingName, group)
    for (const group of changed.added) this.#tell('added', thingName, group)
  }

  leaveAll(thingName: string): void {
    this.#table.removeFromAll(thingName)
  }

  /** The groups that a thing is directly in. */
  groupsOf(thingName: string): ThingGroup[] {
    return this.#table.readGroupsOf(thingName, 0, MAX_GROUPS_PER_THING).map(({ group }) => group)
  }

  /** The names of the static groups whose policies reach a thing: those it is in and all above them, each once. */
  ancestorsOf(thingName: string): string[] {
    const names = this.groupsOf(thingName)
      .filter(({ query }) => !query) // dynamic groups hold no policies
      .flatMap(({ ancestors, thingGroupName }) => [...ancestors, thingGroupName])
    return [...new Set(names)]
  }

  listGroupsOf(input: IotInput<'ListThingGroupsForThing'>): Page<ThingGroup> {
    validate(textFault('thingName', input.thingName, NAME))
    this.#requireThing(input.thingName)
    const found = paginate(
      input,
      'ListThingGroupsForThing',
      [0],
      ([after]: readonly [number], count) => this.#table.readGroupsOf(input.thingName, after, count),
      ({ seq }) => [seq],
    )
    return mapPage(found, ({ group }) => group)
  }

  /** Names of the things of a group, with `recursive` also of the groups below it, in the order of the names. */
  listThings(input: IotInput<'ListThingsInThingGroup'>): Page<string> {
    validate(textFault('thingGroupName', input.thingGroupName, NAME))
    const record = requireGroup(this.#table, input.thingGroupName)
    return this.#members(input, input.recursive ? this.#table.readFamily(record) : [record.seq])
  }

  /** A thing is in one group of a hierarchy at most, so that no name comes from two of `groups`. */
  #members(request: PageRequest, groups: readonly number[]): Page<string> {
    return paginate(
      request,
      'ListThingsInThingGroup',
      [''],
      ([after]: readonly [string], count) =>
        groups
          .flatMap((seq) => this.#table.readMembers(seq, after, count))
          .sort(byCodePoint)
          .slice(0, count),
      (name) => [name],
    )
  }

  /** @returns whether the thing was not in the group before */
  #add(thingName: string, record: ThingGroupRecord): boolean {
    checkStatic(record.group)
    if (this.#table.hasMember(record, thingName)) return false
    const present = this.groupsOf(thingName)
    const sibling = present.find((group) => rootOf(group) === rootOf(record.group))
    if (sibling) {
      throw invalidRequest(
        `Thing ${thingName} cannot be added to thing group ${record.group.thingGroupName} because it already ` +
          `belongs to thing group ${sibling.thingGroupName} of the same hierarchy`,
      )
    }
    if (present.length >= MAX_GROUPS_PER_THING) {
      throw invalidRequest(`Thing ${thingName} already belongs to the maximum of ${MAX_GROUPS_PER_THING} thing groups`)
    }
    this.#table.addMember(record, thingName)
    return true
  }

  #named(input: IotInput<'AddThingToThingGroup'>): { group: ThingGroupRecord; thingName: string } {
    const groupName = resourceName(this.#account, THING_GROUP, input.thingGroupName, input.thingGroupArn)
    const thingName = resourceName(this.#account, THING, input.thingName, input.thingArn)
    const group = requireGroup(this.#table, groupName)
    this.#requireThing(thingName)
    return { group, thingName }
  }

  #tell(operation: 'added' | 'removed', thingName: string, { group }: ThingGroupRecord): void {
    this.#changes.tell({ type: 'membership', operation, thingName, thingGroupName: group.thingGroupName })
  }
}

/** Names are ASCII, so that this is also how SQLite sorts them. */
const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
