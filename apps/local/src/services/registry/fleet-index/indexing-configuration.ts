import type { Field, ThingGroupIndexingConfiguration, ThingIndexingConfiguration } from '@aws-sdk/client-iot'
import type { LocalContext } from '../../../foundation/context.ts'
import type { Database } from '../../../foundation/database.ts'
import { invalidRequest } from '../../../foundation/errors.ts'
import type { IotInput } from '../../../foundation/iot-handlers.ts'

const MAX_CUSTOM_FIELDS = 5

/** Fields that AWS IoT defines. Source: AWS IoT developer guide, "Managed fields". */
const MANAGED = {
  registry: [
    { name: 'thingId', type: 'String' },
    { name: 'thingName', type: 'String' },
    { name: 'registry.version', type: 'Number' },
    { name: 'registry.thingTypeName', type: 'String' },
    { name: 'registry.thingGroupNames', type: 'String' },
  ],
  shadow: [
    { name: 'shadow.version', type: 'Number' },
    { name: 'shadow.hasDelta', type: 'Boolean' },
  ],
  namedShadows: [
    { name: 'shadow.name.*.version', type: 'Number' },
    { name: 'shadow.name.*.hasDelta', type: 'Boolean' },
  ],
  connectivity: [
    { name: 'connectivity.timestamp', type: 'Number' },
    { name: 'connectivity.version', type: 'Number' },
    { name: 'connectivity.connected', type: 'Boolean' },
    { name: 'connectivity.disconnectReason', type: 'String' },
  ],
  defender: [
    { name: 'deviceDefender.violationCount', type: 'Number' },
    { name: 'deviceDefender.securityprofile.behaviorname.metricName', type: 'String' },
    { name: 'deviceDefender.securityprofile.behaviorname.lastViolationTime', type: 'Number' },
    { name: 'deviceDefender.securityprofile.behaviorname.lastViolationValue', type: 'String' },
    { name: 'deviceDefender.securityprofile.behaviorname.inViolation', type: 'Boolean' },
  ],
  thingGroups: [
    { name: 'description', type: 'String' },
    { name: 'parentGroupNames', type: 'String' },
    { name: 'thingGroupId', type: 'String' },
    { name: 'thingGroupName', type: 'String' },
    { name: 'version', type: 'Number' },
  ],
} as const satisfies Record<string, readonly Field[]>

type ThingInput = NonNullable<IotInput<'UpdateIndexingConfiguration'>['thingIndexingConfiguration']>
type GroupInput = NonNullable<IotInput<'UpdateIndexingConfiguration'>['thingGroupIndexingConfiguration']>

/**
 * What the fleet index holds.
 * @see AWS IoT developer guide, "Managing fleet indexing"
 */
export class IndexingConfiguration {
  readonly #database: Database

  constructor({ database }: LocalContext) {
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
      managedFields: managedFields(stored),
    }
  }

  get thingGroups(): ThingGroupIndexingConfiguration {
    const stored = this.#read<GroupInput>('thingGroups') ?? { thingGroupIndexingMode: 'OFF' }
    const managed = stored.thingGroupIndexingMode === 'ON' ? [...MANAGED.thingGroups] : []
    return { customFields: [], ...stored, managedFields: managed }
  }

  /** Takes the parts that are given as a whole; the other stays. `managedFields` is not read. */
  update(input: IotInput<'UpdateIndexingConfiguration'>): void {
    const { thingIndexingConfiguration: things, thingGroupIndexingConfiguration: groups } = input
    if (things) checkThings(things)
    if (groups) checkFields(groups.customFields, ['attributes.'])
    this.#database.transaction(() => {
      if (things) this.#write('things', withoutManagedFields(things))
      if (groups) this.#write('thingGroups', withoutManagedFields(groups))
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

function withoutManagedFields({ managedFields: _, ...rest }: ThingInput | GroupInput): object {
  return rest
}

function checkThings(things: ThingInput): void {
  const { thingConnectivityIndexingMode, deviceDefenderIndexingMode, namedShadowIndexingMode } = things
  const others = [thingConnectivityIndexingMode, deviceDefenderIndexingMode, namedShadowIndexingMode]
  if (things.thingIndexingMode === 'OFF' && others.some((mode) => mode !== undefined && mode !== 'OFF')) {
    throw invalidRequest('Indexing of connectivity, violations or named shadows needs thingIndexingMode other than OFF')
  }
  checkFields(things.customFields, [
    ...(things.thingIndexingMode === 'OFF' ? [] : ['attributes.']),
    ...(things.thingIndexingMode === 'REGISTRY_AND_SHADOW' ? ['shadow.desired.', 'shadow.reported.'] : []),
    ...(namedShadowIndexingMode === 'ON' ? ['shadow.name.'] : []),
    ...(deviceDefenderIndexingMode === 'VIOLATIONS' ? ['deviceDefender.'] : []),
  ])
}

/** Custom fields have to be of what is indexed: `prefixes` begin their names. */
function checkFields(fields: readonly Field[] | undefined, prefixes: readonly string[]): void {
  if (!fields) return
  if (fields.length > MAX_CUSTOM_FIELDS) throw invalidRequest(`At most ${MAX_CUSTOM_FIELDS} custom fields are allowed`)
  const stray = fields.find(({ name }) => !prefixes.some((prefix) => name?.startsWith(prefix)))
  if (stray) throw invalidRequest(`Custom field ${stray.name} is not covered by the indexing mode`)
}

function managedFields(things: ThingInput): Field[] {
  return [
    ...(things.thingIndexingMode === 'OFF' ? [] : MANAGED.registry),
    ...(things.thingIndexingMode === 'REGISTRY_AND_SHADOW' ? MANAGED.shadow : []),
    ...(things.namedShadowIndexingMode === 'ON' ? MANAGED.namedShadows : []),
    ...(things.thingConnectivityIndexingMode === 'STATUS' ? MANAGED.connectivity : []),
    ...(things.deviceDefenderIndexingMode === 'VIOLATIONS' ? MANAGED.defender : []),
  ]
}
