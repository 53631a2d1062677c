import { randomUUID } from 'node:crypto'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import { alreadyExists, checkVersion } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { mapPage, type Page, paginateBySeq } from '../../foundation/paging.ts'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import type { Thing } from '../../foundation/thing.ts'
import { NamedTable } from './named-table.ts'
import { BILLING_GROUP, resourceName, THING } from './resource-name.ts'
import { requireThing } from './thing-rules.ts'
import type { ThingTable } from './thing-table.ts'

export interface BillingGroup {
  readonly billingGroupName: string
  readonly billingGroupId: string
  readonly billingGroupArn: string
  readonly description: string | undefined
  /** 1 at creation, one more with each update. */
  readonly version: number
  readonly creationDate: Date
}

interface BillingGroupRow {
  seq: number
  name: string
  id: string
  description: string | null
  version: number
  created_ms: number
}

/**
 * Billing groups: each thing is in one at most.
 * @see AWS IoT developer guide, "Billing groups"
 */
export class BillingGroups {
  readonly #account: Account
  readonly #clock: Clock
  readonly #database: Database
  readonly #groups: NamedTable<BillingGroupRow, BillingGroup>
  readonly #things: ThingTable
  readonly #tags: TagKeeper
  readonly #changes: Changes<RegistryChange>

  constructor(
    { account, clock, database }: LocalContext,
    things: ThingTable,
    tags: TagKeeper,
    changes: Changes<RegistryChange>,
  ) {
    this.#account = account
    this.#clock = clock
    this.#database = database
    this.#things = things
    this.#tags = tags
    this.#changes = changes
    database.migrate('billing-groups', [
      `CREATE TABLE billing_groups (
         seq INTEGER PRIMARY KEY AUTOINCREMENT,
         name TEXT NOT NULL UNIQUE,
         id TEXT NOT NULL,
         description TEXT,
         version INTEGER NOT NULL,
         created_ms INTEGER NOT NULL
       ) STRICT;`,
    ])
    this.#groups = new NamedTable(database, {
      table: 'billing_groups',
      kind: 'Billing group',
      resource: (row) => this.#group(row),
    })
    tags.addKind('billinggroup', (name) => this.get(name) !== undefined)
  }

  get(billingGroupName: string): BillingGroup | undefined {
    return this.#groups.get(billingGroupName)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(billingGroupName: string): BillingGroup {
    return this.#groups.require(billingGroupName)
  }

  /** Creates a group, or answers with the one that is there if it was made with the same properties. */
  create({ billingGroupName, billingGroupProperties, tags }: IotInput<'CreateBillingGroup'>): BillingGroup {
    const description = billingGroupProperties?.billingGroupDescription
    const present = this.get(billingGroupName)
    if (present) {
      if ((present.description ?? '') === (description ?? '')) return present
      throw alreadyExists(
        `Billing Group ${billingGroupName} already exists in current account with different properties`,
        present.billingGroupId,
        present.billingGroupArn,
      )
    }
    const group = this.#database.transaction(() => {
      this.#database.run(
        'INSERT INTO billing_groups (name, id, description, version, created_ms) VALUES (?, ?, ?, 1, ?)',
        billingGroupName,
        randomUUID(),
        description ?? null,
        this.#clock(),
      )
      const made = this.require(billingGroupName)
      this.#tags.create(made.billingGroupArn, tags)
      return made
    })
    this.#tell('created', group)
    return group
  }

  /** @returns the group as it is now */
  update(input: IotInput<'UpdateBillingGroup'>): BillingGroup {
    const { billingGroupName, billingGroupProperties, expectedVersion } = input
    const description = billingGroupProperties.billingGroupDescription
    checkVersion(`billing group ${billingGroupName}`, this.require(billingGroupName).version, expectedVersion)
    this.#database.run(
      'UPDATE billing_groups SET description = ?, version = version + 1 WHERE name = ?',
      description ?? null,
      billingGroupName,
    )
    const group = this.require(billingGroupName)
    this.#tell('updated', group)
    return group
  }

  /** Deletes a group; its things stay. An unknown group is no error. */
  delete({ billingGroupName, expectedVersion }: IotInput<'DeleteBillingGroup'>): void {
    const group = this.get(billingGroupName)
    if (!group) return
    checkVersion(`billing group ${billingGroupName}`, group.version, expectedVersion)
    this.#database.transaction(() => {
      this.#things.clearBillingGroup(billingGroupName)
      this.#groups.remove(billingGroupName)
      this.#tags.forget(group.billingGroupArn)
    })
    this.#tell('deleted', group)
  }

  /** Groups in order of creation. */
  list(input: IotInput<'ListBillingGroups'>): Page<BillingGroup> {
    return this.#groups.list(input, 'ListBillingGroups', input.namePrefixFilter)
  }

  /** Puts a thing into a billing group; it leaves the one it was in. */
  addThing(input: IotInput<'AddThingToBillingGroup'>): void {
    const { groupName, thingName } = this.#named(input)
    this.#database.transaction(() => this.#move(thingName, groupName))
  }

  /** Takes a thing out of a billing group. That it is not there is no error. */
  removeThing(input: IotInput<'RemoveThingFromBillingGroup'>): void {
    const { groupName, thingName } = this.#named(input)
    if (requireThing(this.#things, thingName).thing.billingGroupName !== groupName) return
    this.#database.transaction(() => this.#move(thingName, undefined))
  }

  listThings(input: IotInput<'ListThingsInBillingGroup'>): Page<string> {
    this.require(input.billingGroupName)
    const found = paginateBySeq(input, 'ListThingsInBillingGroup', (after, count) =>
      this.#things.readByBillingGroup(input.billingGroupName, after, count),
    )
    return mapPage(found, ({ thing }) => thing.thingName)
  }

  /** Moves a thing into a billing group (a thing is in one at most), or out of any. */
  #move(thingName: string, billingGroupName: string | undefined): void {
    const record = requireThing(this.#things, thingName)
    if (record.thing.billingGroupName === billingGroupName) return
    const thing: Thing = { ...record.thing, billingGroupName }
    this.#things.replace(record, thing)
    this.#changes.tell({ type: 'thing', operation: 'updated', thing, before: record.thing })
  }

  #named(input: IotInput<'AddThingToBillingGroup'>): { groupName: string; thingName: string } {
    const groupName = resourceName(this.#account, BILLING_GROUP, input.billingGroupName, input.billingGroupArn)
    const thingName = resourceName(this.#account, THING, input.thingName, input.thingArn)
    this.require(groupName)
    requireThing(this.#things, thingName)
    return { groupName, thingName }
  }

  #group(row: BillingGroupRow): BillingGroup {
    return {
      billingGroupName: row.name,
      billingGroupId: row.id,
      billingGroupArn: arnOf(this.#account, 'iot', `billinggroup/${row.name}`),
      description: row.description ?? undefined,
      version: row.version,
      creationDate: new Date(row.created_ms),
    }
  }

  #tell(operation: 'created' | 'updated' | 'deleted', group: BillingGroup): void {
    this.#changes.tell({ type: 'billingGroup', operation, name: group.billingGroupName, arn: group.billingGroupArn })
  }
}
