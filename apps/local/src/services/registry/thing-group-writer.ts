import { randomUUID } from 'node:crypto'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { ResourceTag, TagKeeper } from '../../foundation/tag-keeper.ts'
import { applyAttributes } from './attributes.ts'
import { refOf, type ThingGroup } from './thing-group.ts'
import { checkGroupAttributeCount, type ThingGroupProperties } from './thing-group-rules.ts'
import type { ThingGroupRecord, ThingGroupTable } from './thing-group-table.ts'

/** Makes, changes and deletes thing groups, static and dynamic alike, with their tags, and tells of it. */
export class ThingGroupWriter {
  readonly #account: Account
  readonly #clock: Clock
  readonly #database: Database
  readonly #table: ThingGroupTable
  readonly #tags: TagKeeper
  readonly #changes: Changes<RegistryChange>

  constructor(
    { account, clock, database }: LocalContext,
    table: ThingGroupTable,
    tags: TagKeeper,
    changes: Changes<RegistryChange>,
  ) {
    this.#account = account
    this.#clock = clock
    this.#database = database
    this.#table = table
    this.#tags = tags
    this.#changes = changes
    tags.addKind('thinggroup', (name) => table.get(name) !== undefined)
  }

  /** A group as it would be made; nothing is written. */
  draft(
    thingGroupName: string,
    properties: ThingGroupProperties,
    { ancestors, query }: Pick<ThingGroup, 'ancestors' | 'query'>,
  ): ThingGroup {
    return {
      thingGroupName,
      thingGroupId: randomUUID(),
      thingGroupArn: arnOf(this.#account, 'iot', `thinggroup/${thingGroupName}`),
      description: properties?.thingGroupDescription,
      attributes: applyAttributes({}, properties?.attributePayload),
      version: 1,
      creationDate: new Date(this.#clock()),
      ancestors,
      query,
    }
  }

  /** @throws {AwsError} InvalidRequestException for too many attributes and for tags that are none */
  insert(group: ThingGroup, tags: readonly ResourceTag[] | undefined): ThingGroup {
    checkGroupAttributeCount(group.attributes)
    this.#database.transaction(() => {
      this.#table.insert(group)
      this.#tags.create(group.thingGroupArn, tags)
    })
    this.#tell('created', group)
    return group
  }

  /**
   * Changes what is given; the rest stays.
   * @returns the group as it is now
   * @throws {AwsError} InvalidRequestException for too many attributes
   */
  update(
    record: ThingGroupRecord,
    properties: ThingGroupProperties,
    query: ThingGroup['query'] = record.group.query,
  ): ThingGroup {
    const { group: before } = record
    const group: ThingGroup = {
      ...before,
      description: properties?.thingGroupDescription ?? before.description,
      attributes: applyAttributes(before.attributes, properties?.attributePayload),
      version: before.version + 1,
      query,
    }
    checkGroupAttributeCount(group.attributes)
    this.#table.replace(record, group)
    this.#tell('updated', group)
    return group
  }

  delete(record: ThingGroupRecord): void {
    this.#database.transaction(() => {
      this.#table.remove(record)
      this.#tags.forget(record.group.thingGroupArn)
    })
    this.#tell('deleted', record.group)
  }

  #tell(operation: 'created' | 'updated' | 'deleted', group: ThingGroup): void {
    this.#changes.tell({
      type: 'thingGroup',
      operation,
      name: group.thingGroupName,
      arn: group.thingGroupArn,
      group: () => ({
        id: group.thingGroupId,
        description: group.description,
        attributes: group.attributes,
        version: group.version,
        ancestors: group.ancestors.flatMap((name) => {
          const ancestor = this.#table.get(name)
          return ancestor ? [refOf(ancestor.group)] : []
        }),
      }),
    })
  }
}
