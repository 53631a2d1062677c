import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import { alreadyExists, invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { Page } from '../../foundation/paging.ts'
import type { PropagatingAttribute, RegistryChange } from '../../foundation/registry-change.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { NamedTable } from './named-table.ts'
import type { ThingTable } from './thing-table.ts'

export interface ThingTypeProperties {
  readonly thingTypeDescription?: string | undefined
  readonly searchableAttributes?: string[] | undefined
  readonly mqtt5Configuration?: { readonly propagatingAttributes?: PropagatingAttribute[] | undefined } | undefined
}

export interface ThingType {
  readonly thingTypeName: string
  readonly thingTypeId: string
  readonly thingTypeArn: string
  readonly thingTypeProperties: ThingTypeProperties
  readonly thingTypeMetadata: {
    readonly deprecated: boolean
    readonly creationDate: Date
    /** Absent unless deprecated. */
    readonly deprecationDate?: Date
  }
}

interface TypeRow {
  seq: number
  name: string
  id: string
  properties: string
  created_ms: number
  deprecated_ms: number | null
}

/** Developer guide, "Thing types"; what Terraform's provider lets through, `searchable_attributes`. */
const MAX_SEARCHABLE_ATTRIBUTES = 3
const CONNECTION_ATTRIBUTES: readonly (string | undefined)[] = ['iot:ClientId', 'iot:Thing.ThingName']

/** Developer guide, "Delete a thing type". */
const DELETE_AFTER_DEPRECATION_MS = 5 * 60_000

/**
 * Thing types: the description and MQTT 5 configuration that things share.
 * @see AWS IoT developer guide, "Thing types"
 */
export class ThingTypes {
  readonly #account: Account
  readonly #clock: Clock
  readonly #database: Database
  readonly #types: NamedTable<TypeRow, ThingType>
  readonly #tags: TagKeeper
  readonly #changes: Changes<RegistryChange>
  readonly #things: ThingTable

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
    database.migrate('thing-types', [
      `CREATE TABLE thing_types (
         seq INTEGER PRIMARY KEY AUTOINCREMENT,
         name TEXT NOT NULL UNIQUE,
         id TEXT NOT NULL,
         properties TEXT NOT NULL,
         created_ms INTEGER NOT NULL,
         deprecated_ms INTEGER
       ) STRICT;`,
    ])
    this.#types = new NamedTable(database, {
      table: 'thing_types',
      kind: 'Thing type',
      resource: (row) => this.#type(row),
    })
    tags.addKind('thingtype', (name) => this.get(name) !== undefined)
  }

  get(thingTypeName: string): ThingType | undefined {
    return this.#types.get(thingTypeName)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(thingTypeName: string): ThingType {
    return this.#types.require(thingTypeName)
  }

  /** Creates a type, or answers with the one that is there if it was made with the same properties. */
  create({ thingTypeName, thingTypeProperties = {}, tags }: IotInput<'CreateThingType'>): ThingType {
    const properties = checkedProperties(thingTypeProperties)
    const present = this.get(thingTypeName)
    if (present) {
      if (isDeepStrictEqual(comparable(present.thingTypeProperties), comparable(properties))) return present
      throw alreadyExists(
        `Thing Type ${thingTypeName} already exists in current account with different properties`,
        present.thingTypeId,
        present.thingTypeArn,
      )
    }
    const type = this.#database.transaction(() => {
      this.#database.run(
        'INSERT INTO thing_types (name, id, properties, created_ms) VALUES (?, ?, ?, ?)',
        thingTypeName,
        randomUUID(),
        JSON.stringify(properties),
        this.#clock(),
      )
      const made = this.require(thingTypeName)
      this.#tags.create(made.thingTypeArn, tags)
      return made
    })
    this.#tell('created', type)
    return type
  }

  /**
   * Changes the MQTT 5 configuration; the rest of a type never changes.
   * Source: the refusal that AWS gives, aws/aws-cli issue 9884.
   */
  update({ thingTypeName, thingTypeProperties = {} }: IotInput<'UpdateThingType'>): void {
    const asked = checkedProperties(thingTypeProperties)
    const type = this.require(thingTypeName)
    const stored = type.thingTypeProperties
    const fixed = comparable({
      thingTypeDescription: thingTypeProperties.thingTypeDescription ?? stored.thingTypeDescription,
      searchableAttributes: thingTypeProperties.searchableAttributes ?? stored.searchableAttributes,
      mqtt5Configuration: stored.mqtt5Configuration,
    })
    if (!isDeepStrictEqual(fixed, comparable(stored))) throw invalidRequest('Can only update mqtt5Configuration.')
    const properties = { ...stored, mqtt5Configuration: asked.mqtt5Configuration ?? stored.mqtt5Configuration }
    this.#database.run(
      'UPDATE thing_types SET properties = ? WHERE name = ?',
      JSON.stringify(properties),
      thingTypeName,
    )
    this.#tell('updated', this.require(thingTypeName))
  }

  /** Deprecates a type: things keep it, but no further thing can take it. `undoDeprecate` takes that back. */
  deprecate({ thingTypeName, undoDeprecate = false }: IotInput<'DeprecateThingType'>): void {
    const type = this.require(thingTypeName)
    if (type.thingTypeMetadata.deprecated !== undoDeprecate) return
    this.#database.run(
      'UPDATE thing_types SET deprecated_ms = ? WHERE name = ?',
      undoDeprecate ? null : this.#clock(),
      thingTypeName,
    )
    this.#tell('updated', this.require(thingTypeName))
  }

  delete({ thingTypeName }: IotInput<'DeleteThingType'>): void {
    const type = this.require(thingTypeName)
    const { deprecationDate } = type.thingTypeMetadata
    if (!deprecationDate) {
      throw invalidRequest(`Cannot delete thing type : ${thingTypeName}. Please deprecate the thing type first`)
    }
    if (this.#clock() - deprecationDate.getTime() < DELETE_AFTER_DEPRECATION_MS) {
      throw invalidRequest(
        `Cannot delete thing type : ${thingTypeName}. Please wait for 5 minutes after deprecation and then retry`,
      )
    }
    if (this.#things.isTypeUsed(thingTypeName)) {
      throw invalidRequest(`Cannot delete thing type : ${thingTypeName}. It is associated with one or more things`)
    }
    this.#database.transaction(() => {
      this.#types.remove(thingTypeName)
      this.#tags.forget(type.thingTypeArn)
    })
    this.#tell('deleted', type)
  }

  /** Types in order of creation; `thingTypeName` is a prefix. */
  list(input: IotInput<'ListThingTypes'>): Page<ThingType> {
    return this.#types.list(input, 'ListThingTypes', input.thingTypeName)
  }

  #type(row: TypeRow): ThingType {
    return {
      thingTypeName: row.name,
      thingTypeId: row.id,
      thingTypeArn: arnOf(this.#account, 'iot', `thingtype/${row.name}`),
      thingTypeProperties: JSON.parse(row.properties),
      thingTypeMetadata: {
        deprecated: row.deprecated_ms !== null,
        creationDate: new Date(row.created_ms),
        ...(row.deprecated_ms !== null && { deprecationDate: new Date(row.deprecated_ms) }),
      },
    }
  }

  #tell(operation: 'created' | 'updated' | 'deleted', type: ThingType): void {
    const { thingTypeProperties: properties, thingTypeMetadata } = type
    this.#changes.tell({
      type: 'thingType',
      operation,
      name: type.thingTypeName,
      arn: type.thingTypeArn,
      thingType: {
        id: type.thingTypeId,
        description: properties.thingTypeDescription,
        searchableAttributes: properties.searchableAttributes ?? [],
        propagatingAttributes: properties.mqtt5Configuration?.propagatingAttributes ?? [],
        deprecatedAtMs: thingTypeMetadata.deprecationDate?.getTime(),
      },
    })
  }
}

function checkedProperties(properties: ThingTypeProperties): ThingTypeProperties {
  const searchable = new Set(properties.searchableAttributes)
  if (searchable.size > MAX_SEARCHABLE_ATTRIBUTES) {
    throw invalidRequest(
      `A thing type can have at most ${MAX_SEARCHABLE_ATTRIBUTES} searchable attributes; ${searchable.size} were given`,
    )
  }
  const propagating = properties.mqtt5Configuration?.propagatingAttributes ?? []
  for (const { userPropertyKey, thingAttribute, connectionAttribute } of propagating) {
    if (userPropertyKey === undefined) throw invalidRequest('A propagating attribute needs a userPropertyKey')
    if ((thingAttribute === undefined) === (connectionAttribute === undefined)) {
      throw invalidRequest(
        `Propagating attribute ${userPropertyKey} needs exactly one of thingAttribute and connectionAttribute`,
      )
    }
    if (connectionAttribute !== undefined && !CONNECTION_ATTRIBUTES.includes(connectionAttribute)) {
      throw invalidRequest(`Unknown connectionAttribute: ${connectionAttribute}`)
    }
  }
  return { ...properties, searchableAttributes: [...searchable] }
}

/** Properties in a form in which equal ones are equal: searchable attributes are a set, empty is absent. */
function comparable({ thingTypeDescription, searchableAttributes, mqtt5Configuration }: ThingTypeProperties) {
  return {
    description: thingTypeDescription ?? '',
    searchable: [...new Set(searchableAttributes)].sort(),
    mqtt5: (mqtt5Configuration?.propagatingAttributes ?? []).map((attribute) => [
      attribute.userPropertyKey,
      attribute.thingAttribute,
      attribute.connectionAttribute,
    ]),
  }
}
