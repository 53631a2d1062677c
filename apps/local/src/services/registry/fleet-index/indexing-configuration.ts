import type { Field, ThingGroupIndexingConfiguration, ThingIndexingConfiguration } from '@aws-sdk/client-iot'
import type { LocalContext } from '../../../foundation/context.ts'
import type { Database } from '../../../foundation/database.ts'
import { invalidRequest } from '../../../foundation/errors.ts'
import type { IotInput } from '../../../foundation/iot-handlers.ts'
import { PACKAGE_SHADOW } from '../../../foundation/software-packages.ts'
import { MANAGED_THING_FIELDS, MANAGED_THING_GROUP_FIELDS, managedThingFields } from './managed-fields.ts'

/** Fleet indexing quotas: AWS IoT Device Management endpoints and quotas. */
const MAX_CUSTOM_FIELDS = 5
const MAX_NAMED_SHADOWS = 10
const MAX_GEO_LOCATIONS = 1

type ThingInput = NonNullable<IotInput<'UpdateIndexingConfiguration'>['thingIndexingConfiguration']>
type GroupInput = NonNullable<IotInput<'UpdateIndexingConfiguration'>['thingGroupIndexingConfiguration']>

/** Modes that need the registry to be indexed. */
const SECONDARY_MODES = [
  'thingConnectivityIndexingMode',
  'namedShadowIndexingMode',
  'deviceDefenderIndexingMode',
] as const satisfies readonly (keyof ThingInput)[]

/**
 * What the fleet index holds.
 * @see AWS IoT developer guide, "Managing fleet indexing"; for words that AWS refuses with, floci
 *   `IotFleetIndexingServiceTest`
 */
export class IndexingConfiguration {
  readonly #database: Database

  constructor({ database }: Pick<LocalContext, 'database'>) {
    this.#database = database
    database.migrate('fleet-index', [
      'CREATE TABLE fleet_indexing (part TEXT PRIMARY KEY, configuration TEXT NOT NULL) STRICT, WITHOUT ROWID;',
    ])
  }

  get things(): ThingIndexingConfiguration {
    const stored = this.#read<ThingInput>('things') ?? { thingIndexingMode: 'OFF' }
    return {
      thingConnectivityIndexingMode: 'OFF',
      deviceDefenderIndexingMode: 'OFF',
      namedShadowIndexingMode: 'OFF',
      customFields: [],
      ...stored,
      managedFields: managedThingFields(stored),
    }
  }

  get thingGroups(): ThingGroupIndexingConfiguration {
    const stored = this.#read<GroupInput>('thingGroups') ?? { thingGroupIndexingMode: 'OFF' }
    const managed = stored.thingGroupIndexingMode === 'ON' ? [...MANAGED_THING_GROUP_FIELDS] : []
    return { customFields: [], ...stored, managedFields: managed }
  }

  /** Takes the parts that are given as a whole; the other stays. What is turned off is forgotten with all it had. */
  update(input: IotInput<'UpdateIndexingConfiguration'>): void {
    const { thingIndexingConfiguration: things, thingGroupIndexingConfiguration: groups } = input
    if (!things && !groups) {
      throw invalidRequest(
        'At least one configuration to update (thingIndexingConfiguration / thingGroupIndexingConfiguration) is required',
      )
    }
    if (things) checkThings(things)
    if (groups) checkThingGroups(groups)
    this.#database.transaction(() => {
      if (things) {
        this.#write('things', things.thingIndexingMode === 'OFF' ? { thingIndexingMode: 'OFF' } : toStore(things))
      }
      if (groups) {
        this.#write(
          'thingGroups',
          groups.thingGroupIndexingMode === 'OFF' ? { thingGroupIndexingMode: 'OFF' } : toStore(groups),
        )
      }
    })
  }

  #read<Part extends ThingInput | GroupInput>(part: string): Part | undefined {
    const sql = 'SELECT configuration FROM fleet_indexing WHERE part = ?'
    const row = this.#database.get<{ configuration: string }>(sql, part)
    return row && JSON.parse(row.configuration)
  }

  #write(part: string, configuration: object): void {
    this.#database.run('INSERT OR REPLACE INTO fleet_indexing VALUES (?, ?)', part, JSON.stringify(configuration))
  }
}

/** Managed fields follow from the modes. */
function toStore({ managedFields: _, ...rest }: ThingInput | GroupInput): object {
  return rest
}

function checkThings(things: ThingInput): void {
  const { thingIndexingMode, namedShadowIndexingMode, deviceDefenderIndexingMode, filter = {} } = things
  if (thingIndexingMode === 'OFF') {
    const needless = SECONDARY_MODES.find((mode) => things[mode] !== undefined && things[mode] !== 'OFF')
    if (needless) {
      throw invalidRequest(`ThingIndexingMode must be turned ON for enabling ${upperFirst(needless)}`)
    }
  }
  const { namedShadowNames = [], geoLocations = [] } = filter
  if (namedShadowIndexingMode === 'ON' && namedShadowNames.length === 0) {
    throw invalidRequest('NamedShadowNames Filter must not be empty for enabling NamedShadowIndexingMode')
  }
  const counted = namedShadowNames.filter((name) => name !== PACKAGE_SHADOW) // the reserved one is indexed beside them
  checkCount('named shadow names', counted.length, MAX_NAMED_SHADOWS)
  checkCount('geolocations', geoLocations.length, MAX_GEO_LOCATIONS)
  checkCustomFields(things.customFields)
  checkManagedFields('thingIndexingConfiguration', things.managedFields, MANAGED_THING_FIELDS)
  if (thingIndexingMode === 'OFF') return
  const shadows = namedShadowIndexingMode === 'ON' ? namedShadowNames : []
  checkCovered(things.customFields, [
    'attributes.',
    ...(thingIndexingMode === 'REGISTRY_AND_SHADOW' ? sectionsOf('shadow.') : []),
    ...shadows.flatMap((name) => sectionsOf(`shadow.name.${name}.`)),
    ...(deviceDefenderIndexingMode === 'VIOLATIONS' ? ['deviceDefender.'] : []),
  ])
}

function checkThingGroups(groups: GroupInput): void {
  checkCustomFields(groups.customFields)
  checkManagedFields('thingGroupIndexingConfiguration', groups.managedFields, MANAGED_THING_GROUP_FIELDS)
  if (groups.thingGroupIndexingMode === 'ON') checkCovered(groups.customFields, ['attributes.'])
}

const sectionsOf = (shadow: string): string[] => [`${shadow}desired.`, `${shadow}reported.`]

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function checkCount(what: string, count: number, most: number): void {
  if (count > most) throw invalidRequest(`At most ${most} ${what} can be indexed; ${count} were given`)
}

function checkCustomFields(fields: readonly Field[] = []): void {
  checkCount('custom fields', fields.length, MAX_CUSTOM_FIELDS)
  for (const { name, type } of fields) {
    // AWS's own words, the missing blank included.
    if (name === undefined) {
      throw invalidRequest(`Custom field name cannot be nullFieldName: null, FieldType: ${type ?? 'null'}`)
    }
    if (type === undefined) {
      throw invalidRequest('Invalid field type: null. Expecting one of [String, Number, Boolean, Geopoint]')
    }
    if (MANAGED_THING_FIELDS.some((managed) => managed.name === name)) {
      throw invalidRequest(`Defined field is a reserved field for MULTI_INDEXING_MODE. Field: ${name}`)
    }
  }
}

/** Managed fields may be sent back as they came; whether they are indexed is for the modes to say. */
function checkManagedFields(part: string, fields: readonly Field[] = [], known: readonly Field[]): void {
  const unknown = fields.filter(({ name, type }) => !known.some((field) => field.name === name && field.type === type))
  if (unknown.length === 0) return
  const shown = unknown.map(({ name, type }) => `name:${name}, type:${type}`).join(', ')
  throw invalidRequest(
    `Only managed fields with expected types are allowed in ${part}.managedFields. Invalid field(s): [${shown}]`,
  )
}

/** Custom fields have to be of what is indexed: `prefixes` begin their names. */
function checkCovered(fields: readonly Field[] = [], prefixes: readonly string[]): void {
  const stray = fields.find(({ name }) => !prefixes.some((prefix) => name?.startsWith(prefix)))
  if (stray) throw invalidRequest(`Custom field ${stray.name} is not covered by the indexing mode`)
}
