import type { Field, ThingIndexingConfiguration } from '@aws-sdk/client-iot'

/**
 * Fields that AWS IoT defines, by what they are indexed with.
 * Source: AWS IoT developer guide, "Managed fields"; what AWS answers, floci `IotFleetIndexingServiceTest`.
 */
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
    { name: 'connectivity.clientId', type: 'String' },
    { name: 'connectivity.cleanSession', type: 'Boolean' },
    { name: 'connectivity.keepAliveDuration', type: 'Number' },
    { name: 'connectivity.sessionExpiry', type: 'Number' },
  ],
  defender: [
    { name: 'deviceDefender.version', type: 'Number' },
    { name: 'deviceDefender.violationCount', type: 'Number' },
    { name: 'deviceDefender.*.*.metricName', type: 'String' },
    { name: 'deviceDefender.*.*.lastViolationTime', type: 'Number' },
    { name: 'deviceDefender.*.*.inViolation', type: 'Boolean' },
  ],
} as const satisfies Record<string, readonly Field[]>

/** Of the index of things, whatever is turned on. */
export const MANAGED_THING_FIELDS: readonly Field[] = Object.values(MANAGED).flat()

export const MANAGED_THING_GROUP_FIELDS: readonly Field[] = [
  { name: 'description', type: 'String' },
  { name: 'parentGroupNames', type: 'String' },
  { name: 'thingGroupId', type: 'String' },
  { name: 'thingGroupName', type: 'String' },
  { name: 'version', type: 'Number' },
]

/** Those of what is turned on. */
export function managedThingFields(things: ThingIndexingConfiguration): Field[] {
  return [
    ...(things.thingIndexingMode === 'OFF' ? [] : MANAGED.registry),
    ...(things.thingIndexingMode === 'REGISTRY_AND_SHADOW' ? MANAGED.shadow : []),
    ...(things.namedShadowIndexingMode === 'ON' ? MANAGED.namedShadows : []),
    ...(things.thingConnectivityIndexingMode === 'STATUS' ? MANAGED.connectivity : []),
    ...(things.deviceDefenderIndexingMode === 'VIOLATIONS' ? MANAGED.defender : []),
  ]
}
