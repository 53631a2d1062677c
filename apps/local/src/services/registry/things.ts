import { randomUUID } from 'node:crypto'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import { alreadyExists, checkVersion, invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { mapPage, type Page, type PageRequest, paginate, paginateBySeq } from '../../foundation/paging.ts'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { Thing } from '../../foundation/thing.ts'
import { type Attributes, applyAttributes, formatAttributes } from './attributes.ts'
import type { BillingGroups } from './billing-groups.ts'
import type { ThingGroupTable } from './thing-group-table.ts'
import type { ThingPrincipals } from './thing-principals.ts'
import { requireThing } from './thing-rules.ts'
import type { ThingTable } from './thing-table.ts'
import type { ThingTypes } from './thing-types.ts'

/** The parts of the registry that the rules of things look at. */
export interface ThingParts {
  readonly table: ThingTable
  readonly thingTypes: Pick<ThingTypes, 'require'>
  readonly billingGroups: Pick<BillingGroups, 'require'>
  readonly principals: Pick<ThingPrincipals, 'hasPrincipals'>
  readonly groupTable: Pick<ThingGroupTable, 'removeFromAll'>
}

const MAX_ATTRIBUTES_WITHOUT_TYPE = 3
const MAX_ATTRIBUTES_WITH_TYPE = 50

/**
 * The things of the registry. Inputs are AWS's own, and so are errors.
 * @see AWS IoT developer guide, "Managing things with the registry"; API reference, CreateThing and its siblings
 */
export class Things {
  readonly #account: Account
  readonly #database: Database
  readonly #table: ThingTable
  readonly #parts: ThingParts
  readonly #changes: Changes<RegistryChange>

  constructor({ account, database }: LocalContext, parts: ThingParts, changes: Changes<RegistryChange>) {
    this.#account = account
    this.#database = database
    this.#table = parts.table
    this.#parts = parts
    this.#changes = changes
  }

  get(thingName: string): Thing | undefined {
    return this.#table.get(thingName)?.thing
  }

  has(thingName: string): boolean {
    return this.#table.has(thingName)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(thingName: string): Thing {
    return requireThing(this.#table, thingName).thing
  }

  /** Creates a thing, or answers with the one that is there if it was made with the same configuration. */
  create(input: IotInput<'CreateThing'>): Thing {
    const thing: Thing = {
      thingName: input.thingName,
      thingId: randomUUID(),
      thingArn: arnOf(this.#account, 'iot', `thing/${input.thingName}`),
      thingTypeName: input.thingTypeName,
      attributes: applyAttributes({}, input.attributePayload),
      version: 1,
      billingGroupName: input.billingGroupName,
    }
    const present = this.get(input.thingName)
    if (present) return sameConfiguration(present, thing)
    this.#database.transaction(() => {
      const { thingTypeName, billingGroupName } = thing
      if (thingTypeName !== undefined && this.#isDeprecated(thingTypeName)) {
        throw invalidRequest(`Can not create new thing with depreated thing type:${thingTypeName}`) // AWS's spelling
      }
      if (billingGroupName !== undefined) this.#parts.billingGroups.require(billingGroupName)
      checkAttributeCount(thing.attributes, thingTypeName)
      this.#table.insert(thing)
    })
    this.#changes.tell({ type: 'thing', operation: 'created', thing })
    return thing
  }

  update(input: IotInput<'UpdateThing'>): Thing {
    if (input.removeThingType && input.thingTypeName !== undefined) {
      throw invalidRequest('thingTypeName and removeThingType cannot be given together')
    }
    const change = this.#database.transaction(() => {
      const before = requireThing(this.#table, input.thingName)
      checkVersion(`thing ${input.thingName}`, before.thing.version, input.expectedVersion)
      if (input.thingTypeName !== undefined && this.#isDeprecated(input.thingTypeName)) {
        throw invalidRequest(`Can not update a thing to use deprecated thing type: ${input.thingTypeName}`)
      }
      const thingTypeName = input.removeThingType ? undefined : (input.thingTypeName ?? before.thing.thingTypeName)
      const attributes = applyAttributes(before.thing.attributes, input.attributePayload)
      checkAttributeCount(attributes, thingTypeName)
      const next: Thing = { ...before.thing, thingTypeName, attributes, version: before.thing.version + 1 }
      this.#table.replace(before, next)
      return { thing: next, before: before.thing }
    })
    this.#changes.tell({ type: 'thing', operation: 'updated', ...change })
    return change.thing
  }

  /** Deletes a thing that no principal is attached to, and takes it out of its groups. An unknown thing is no error. */
  delete({ thingName, expectedVersion }: IotInput<'DeleteThing'>): void {
    const deleted = this.#database.transaction(() => {
      const record = this.#table.get(thingName)
      if (!record) return undefined
      checkVersion(`thing ${thingName}`, record.thing.version, expectedVersion)
      if (this.#parts.principals.hasPrincipals(thingName)) {
        throw invalidRequest(`Cannot delete. Thing ${thingName} is still attached to one or more principals`)
      }
      this.#parts.groupTable.removeFromAll(thingName)
      this.#table.remove(record)
      return record.thing
    })
    if (deleted) this.#changes.tell({ type: 'thing', operation: 'deleted', thing: deleted })
  }

  /**
   * Things in order of creation; by value first when searched by a prefix.
   * @throws {AwsError} InvalidRequestException for an attribute without a value or a value without one, for a prefix of
   *   nothing, and for an attribute and a type together
   */
  list(input: IotInput<'ListThings'>): Page<Thing> {
    const { attributeName, attributeValue, thingTypeName, usePrefixAttributeValue: isPrefix } = input
    if ((attributeName === undefined) !== (attributeValue === undefined)) {
      throw invalidRequest('attributeName and attributeValue must be given together')
    }
    if (attributeName === undefined || attributeValue === undefined) {
      if (isPrefix) throw invalidRequest('usePrefixAttributeValue needs an attributeName and an attributeValue')
      return this.#page(input, 'ListThings', (after, count) =>
        thingTypeName === undefined
          ? this.#table.readAll(after, count)
          : this.#table.readByType(thingTypeName, after, count),
      )
    }
    if (thingTypeName !== undefined) {
      throw invalidRequest('Listing things by the combination of attribute and thing type is not supported')
    }
    if (!isPrefix) {
      return this.#page(input, 'ListThings', (after, count) =>
        this.#table.readByAttribute(attributeName, attributeValue, after, count),
      )
    }
    const found = paginate(
      input,
      'ListThings by attribute prefix',
      ['', 0],
      (after: readonly [string, number], count) =>
        this.#table.readByAttributePrefix(attributeName, attributeValue, after, count),
      ({ value, seq }) => [value, seq],
    )
    return mapPage(found, ({ thing }) => thing)
  }

  #page(
    request: PageRequest,
    listing: string,
    read: (after: number, count: number) => ReturnType<ThingTable['readAll']>,
  ): Page<Thing> {
    const found = paginateBySeq(request, listing, read)
    return mapPage(found, ({ thing }) => thing)
  }

  /** @throws {AwsError} ResourceNotFoundException when there is no such type */
  #isDeprecated(thingTypeName: string): boolean {
    return this.#parts.thingTypes.require(thingTypeName).thingTypeMetadata.deprecated
  }
}

function checkAttributeCount(attributes: Attributes, thingTypeName: string | undefined): void {
  const most = thingTypeName === undefined ? MAX_ATTRIBUTES_WITHOUT_TYPE : MAX_ATTRIBUTES_WITH_TYPE
  const count = Object.keys(attributes).length
  if (count <= most) return
  const kind = thingTypeName === undefined ? 'without a thing type' : 'with a thing type'
  throw invalidRequest(`A thing ${kind} can have at most ${most} attributes; ${count} were given`)
}

/** CreateThing is idempotent: the thing that is there, if it was asked for again as it is. */
function sameConfiguration(present: Thing, asked: Thing): Thing {
  const differs = (what: string) =>
    alreadyExists(
      `Thing ${present.thingName} already exists in account with different ${what}`,
      present.thingId,
      present.thingArn,
    )
  if (formatAttributes(present.attributes) !== formatAttributes(asked.attributes)) throw differs('attributes')
  if (present.thingTypeName !== asked.thingTypeName) throw differs('thing type')
  if (present.billingGroupName !== asked.billingGroupName) throw differs('billing group')
  return present
}
