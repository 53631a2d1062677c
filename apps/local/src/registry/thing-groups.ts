import { randomUUID } from 'node:crypto'
import { type Account, arnOf } from '../account.ts'
import type { Clock } from '../clock.ts'
import type { LocalContext } from '../context.ts'
import type { Database } from '../database.ts'
import { mapPage, type Page, paginateBySeq } from '../page.ts'
import { checkVersion, invalidRequest } from '../refusals.ts'
import { applyAttributes } from './attributes.ts'
import type { Changes } from './changes.ts'
import type { IotInput } from './iot.ts'
import type { Tags } from './tags.ts'
import type { ThingGroup } from './thing-group.ts'
import { checkGroupAttributeCount, checkStatic, requireGroup, sameGroup } from './thing-group-rules.ts'
import type { ThingGroupTable } from './thing-group-table.ts'

const MAX_DEPTH = 7
const MAX_CHILDREN = 100

/**
 * Static thing groups and their hierarchy; who is in them is {@link Memberships}' matter.
 * @see AWS IoT developer guide, "Static thing groups"
 */
export class ThingGroups {
  readonly #account: Account
  readonly #clock: Clock
  readonly #database: Database
  readonly #table: ThingGroupTable
  readonly #tags: Tags
  readonly #changes: Changes

  constructor({ account, clock, database }: LocalContext, table: ThingGroupTable, tags: Tags, changes: Changes) {
    this.#account = account
    this.#clock = clock
    this.#database = database
    this.#table = table
    this.#tags = tags
    this.#changes = changes
    tags.addKind('thinggroup', (name) => this.get(name) !== undefined)
  }

  get(thingGroupName: string): ThingGroup | undefined {
    return this.#table.get(thingGroupName)?.group
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(thingGroupName: string): ThingGroup {
    return requireGroup(this.#table, thingGroupName).group
  }

  arnOf(thingGroupName: string): string {
    return arnOf(this.#account, 'iot', `thinggroup/${thingGroupName}`)
  }

  /** Creates a group, or answers with the one that is there if it was made with the same parent and properties. */
  create(input: IotInput<'CreateThingGroup'>): ThingGroup {
    const { thingGroupName, parentGroupName, thingGroupProperties: properties, tags } = input
    const parent = parentGroupName === undefined ? undefined : this.require(parentGroupName)
    const group: ThingGroup = {
      thingGroupName,
      thingGroupId: randomUUID(),
      thingGroupArn: this.arnOf(thingGroupName),
      description: properties?.thingGroupDescription,
      attributes: applyAttributes({}, properties?.attributePayload),
      version: 1,
      creationDate: new Date(this.#clock()),
      ancestors: parent ? [...parent.ancestors, parent.thingGroupName] : [],
      query: undefined,
    }
    const present = this.get(thingGroupName)
    if (present) return sameGroup(present, group)
    if (parent) this.#checkRoomBelow(parent)
    checkGroupAttributeCount(group.attributes)
    this.#database.transaction(() => {
      this.#table.insert(group)
      this.#tags.create(group.thingGroupArn, tags)
    })
    this.#tell('created', group)
    return group
  }

  /** @returns the group as it is now */
  update({ thingGroupName, thingGroupProperties, expectedVersion }: IotInput<'UpdateThingGroup'>): ThingGroup {
    const record = requireGroup(this.#table, thingGroupName)
    checkStatic(record.group)
    checkVersion(`thing group ${thingGroupName}`, record.group.version, expectedVersion)
    const group: ThingGroup = {
      ...record.group,
      description: thingGroupProperties.thingGroupDescription ?? record.group.description,
      attributes: applyAttributes(record.group.attributes, thingGroupProperties.attributePayload),
      version: record.group.version + 1,
    }
    checkGroupAttributeCount(group.attributes)
    this.#table.replace(record, group)
    this.#tell('updated', group)
    return group
  }

  /** Deletes a group without child groups; its things stay. An unknown group is no error. */
  delete({ thingGroupName, expectedVersion }: IotInput<'DeleteThingGroup'>): void {
    const record = this.#table.get(thingGroupName)
    if (!record) return
    checkStatic(record.group)
    checkVersion(`thing group ${thingGroupName}`, record.group.version, expectedVersion)
    if (this.#table.countChildren(thingGroupName) > 0) {
      throw invalidRequest(
        `Cannot delete thing group : ${thingGroupName} when there are still child groups attached to it`,
      )
    }
    this.#database.transaction(() => {
      this.#table.remove(record)
      this.#tags.forget(record.group.thingGroupArn)
    })
    this.#tell('deleted', record.group)
  }

  /**
   * Groups in order of creation. Without `parentGroup` all of the account (with `recursive` false, only roots); with it
   * the direct children, or with `recursive` all below.
   */
  list(input: IotInput<'ListThingGroups'>): Page<ThingGroup> {
    const { parentGroup, namePrefixFilter, recursive } = input
    if (parentGroup !== undefined) this.require(parentGroup)
    const filter = {
      parent: parentGroup ?? (recursive === false ? null : undefined),
      recursive: recursive ?? false,
      namePrefix: namePrefixFilter ?? '',
    }
    const found = paginateBySeq(input, 'ListThingGroups', (after, count) => this.#table.read(filter, after, count))
    return mapPage(found, ({ group }) => group)
  }

  #checkRoomBelow(parent: ThingGroup): void {
    const { thingGroupName, ancestors } = parent
    checkStatic(parent)
    if (ancestors.length + 2 > MAX_DEPTH) {
      throw invalidRequest(
        `Thing group hierarchy below ${thingGroupName} would exceed the maximum depth of ${MAX_DEPTH}`,
      )
    }
    if (this.#table.countChildren(thingGroupName) >= MAX_CHILDREN) {
      throw invalidRequest(
        `Thing group ${thingGroupName} already has the maximum of ${MAX_CHILDREN} direct child groups`,
      )
    }
  }

  #tell(operation: 'created' | 'updated' | 'deleted', group: ThingGroup): void {
    this.#changes.tell({ type: 'thingGroup', operation, name: group.thingGroupName, arn: group.thingGroupArn })
  }
}
