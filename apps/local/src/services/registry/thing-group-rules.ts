import { alreadyExists, checkVersion, invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { type Attributes, formatAttributes } from './attributes.ts'
import type { ThingGroup } from './thing-group.ts'
import type { ThingGroupRecord, ThingGroupTable } from './thing-group-table.ts'

/** Attributes of a thing group; service quotas. */
const MAX_ATTRIBUTES = 50

/** What a request may say of a group, static or dynamic. */
export type ThingGroupProperties = IotInput<'CreateThingGroup'>['thingGroupProperties']

/** @throws {AwsError} ResourceNotFoundException */
export function requireGroup(table: ThingGroupTable, thingGroupName: string): ThingGroupRecord {
  const record = table.get(thingGroupName)
  if (!record) throw notFound(`Thing group ${thingGroupName} cannot be found.`)
  return record
}

/** Calls for static groups refuse dynamic ones. Source: AWS's message, rebuy-de/aws-nuke issue 1199. */
export function checkStatic(group: ThingGroup): void {
  if (!group.query) return
  throw invalidRequest(`This operation does not support dynamic thing groups. Thing group arn: ${group.thingGroupArn}`)
}

/** @throws {AwsError} VersionConflictException */
export function checkGroupVersion({ thingGroupName, version }: ThingGroup, expectedVersion: number | undefined): void {
  checkVersion(`thing group ${thingGroupName}`, version, expectedVersion)
}

export function checkGroupAttributeCount(attributes: Attributes): void {
  const count = Object.keys(attributes).length
  if (count <= MAX_ATTRIBUTES) return
  throw invalidRequest(`A thing group can have at most ${MAX_ATTRIBUTES} attributes; ${count} were given`)
}

/** Creating a group is idempotent: the group that is there, if it was asked for again as it is. */
export function sameGroup(present: ThingGroup, asked: ThingGroup): ThingGroup {
  const same =
    (present.description ?? '') === (asked.description ?? '') &&
    formatAttributes(present.attributes) === formatAttributes(asked.attributes) &&
    present.ancestors.at(-1) === asked.ancestors.at(-1) &&
    present.query?.queryString === asked.query?.queryString
  if (same) return present
  throw alreadyExists(
    `Thing Group ${present.thingGroupName} already exists in current account with different properties`,
    present.thingGroupId,
    present.thingGroupArn,
  )
}
