import { type Account, arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { mapPage, type Page, paginateBySeq } from '../../foundation/paging.ts'
import type { ThingGroup } from './thing-group.ts'
import { checkGroupVersion, checkStatic, requireGroup, sameGroup } from './thing-group-rules.ts'
import type { ThingGroupTable } from './thing-group-table.ts'
import type { ThingGroupWriter } from './thing-group-writer.ts'

const MAX_DEPTH = 7
const MAX_CHILDREN = 100

/**
 * Static thing groups and their hierarchy; who is in them is {@link Memberships}' matter.
 * @see AWS IoT developer guide, "Static thing groups"
 */
export class ThingGroups {
  readonly #account: Account
  readonly #table: ThingGroupTable
  readonly #writer: ThingGroupWriter

  constructor({ account }: LocalContext, table: ThingGroupTable, writer: ThingGroupWriter) {
    this.#account = account
    this.#table = table
    this.#writer = writer
  }

  nameOf(thingGroupId: string): string | undefined {
    return this.#table.nameOf(thingGroupId)
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
    const ancestors = parent ? [...parent.ancestors, parent.thingGroupName] : []
    const group = this.#writer.draft(thingGroupName, properties, { ancestors, query: undefined })
    const present = this.get(thingGroupName)
    if (present) return sameGroup(present, group)
    if (parent) this.#checkRoomBelow(parent)
    return this.#writer.insert(group, tags)
  }

  /** @returns the group as it is now */
  update({ thingGroupName, thingGroupProperties, expectedVersion }: IotInput<'UpdateThingGroup'>): ThingGroup {
    const record = requireGroup(this.#table, thingGroupName)
    checkStatic(record.group)
    checkGroupVersion(record.group, expectedVersion)
    return this.#writer.update(record, thingGroupProperties)
  }

  /** Deletes a group without child groups; its things stay. An unknown group is no error. */
  delete({ thingGroupName, expectedVersion }: IotInput<'DeleteThingGroup'>): void {
    const record = this.#table.get(thingGroupName)
    if (!record) return
    checkStatic(record.group)
    checkGroupVersion(record.group, expectedVersion)
    if (this.#table.countChildren(thingGroupName) > 0) {
      throw invalidRequest(
        `Cannot delete thing group : ${thingGroupName} when there are still child groups attached to it`,
      )
    }
    this.#writer.delete(record)
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
}
