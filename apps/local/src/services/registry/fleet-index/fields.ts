import type { ThingIndexingConfiguration } from '@aws-sdk/client-iot'
import { type CheckField, invalidField, QueryError } from '@thingdeck/fleet-query'
import { invalidRequest } from '../../../foundation/errors.ts'

/** Of the registry, in both spellings that the guide has. */
const THING_FIELDS: ReadonlySet<string> = new Set([
  'thingName',
  'thingId',
  'thingTypeName',
  'registry.thingTypeName',
  'thingGroupNames',
  'registry.thingGroupNames',
])
const THING_GROUP_FIELDS: ReadonlySet<string> = new Set([
  'thingGroupName',
  'thingGroupId',
  'description',
  'parentGroupNames',
])
const CONNECTIVITY_FIELDS: ReadonlySet<string> = new Set([
  'connected',
  'timestamp',
  'disconnectReason',
  'clientId',
  'cleanSession',
  'keepAliveDuration',
  'sessionExpiry',
])
const ATTRIBUTE = /^attributes\../su
/** Versions are shown, but not searched. */
const OF_A_SHADOW = /^(?:hasDelta|(?:desired|reported|delta|metadata)\..+)$/su
const NAMED_SHADOW = /^name\.(?<shadowName>[^.]+)\.(?<field>.+)$/su
const OF_VIOLATIONS =
  /^(?:violationCount|[^.]+\.[^.]+\.(?:inViolation|lastViolationTime|metricName|lastViolationValue(?:\..+)?))$/su

/**
 * Which fields the index of things has, as it is configured.
 * @param queryString for the message
 * @returns throws `QueryError` for what is no field, and `InvalidRequestException` for what is not indexed
 * @see AWS IoT developer guide, "Managing fleet indexing"; what AWS answers: floci, `IotFleetIndexingServiceTest`
 */
export function thingFields(things: ThingIndexingConfiguration, queryString: string): CheckField {
  return (field) => {
    if (THING_FIELDS.has(field) || ATTRIBUTE.test(field)) return
    const { source = '', name = '' } = /^(?<source>\w+)\.(?<name>.+)$/su.exec(field)?.groups ?? {}
    if (!SOURCES.get(source)?.(things, name)) throw new QueryError(invalidField(field), queryString)
  }
}

/** Which fields the index of thing groups has. */
export function thingGroupFields(queryString: string): CheckField {
  return (field) => {
    if (THING_GROUP_FIELDS.has(field) || ATTRIBUTE.test(field)) return
    throw new QueryError(invalidField(field), queryString)
  }
}

/** Whether what is indexed beside the registry has a field; throws where it is not indexed. */
type HasField = (things: ThingIndexingConfiguration, field: string) => boolean

const SOURCES: ReadonlyMap<string, HasField> = new Map<string, HasField>([
  ['shadow', hasShadowField],
  [
    'connectivity',
    (things, field) => {
      requireIndexed('Connectivity', things.thingConnectivityIndexingMode === 'STATUS')
      return CONNECTIVITY_FIELDS.has(field)
    },
  ],
  [
    'deviceDefender',
    (things, field) => {
      requireIndexed('Devicedefender', things.deviceDefenderIndexingMode === 'VIOLATIONS')
      return OF_VIOLATIONS.test(field)
    },
  ],
])

function hasShadowField(things: ThingIndexingConfiguration, field: string): boolean {
  const isClassicOn = things.thingIndexingMode === 'REGISTRY_AND_SHADOW'
  const areNamedOn = things.namedShadowIndexingMode === 'ON'
  const isOfNamed = field === 'name' || field.startsWith('name.')
  requireIndexed('Shadow', isClassicOn || (isOfNamed && areNamedOn))
  if (!isOfNamed) return OF_A_SHADOW.test(field)
  const { shadowName = '', field: ofShadow = '' } = NAMED_SHADOW.exec(field)?.groups ?? {}
  const isIndexed = areNamedOn && things.filter?.namedShadowNames?.includes(shadowName) === true
  return isIndexed && OF_A_SHADOW.test(ofShadow)
}

function requireIndexed(source: string, isIndexed: boolean): void {
  if (isIndexed) return
  throw invalidRequest(
    `Query includes one or more constraints for ${source} attribute, but ${source} indexing is not enabled for AWS_Things index`,
  )
}
