/** Operations that change nothing. */
export const isRead = (operation: string): boolean => /^(Get|List|Describe|Search|Filter|Test|BatchGet)/.test(operation)

/** Done twice they leave what they leave when done once, and answer the same (AWS IoT API reference, each operation). */
const REPEATABLE = new Set([
  'AddThingToBillingGroup',
  'AddThingToThingGroup',
  'AttachPolicy',
  'AttachThingPrincipal',
  'DeleteBillingGroup',
  'DeleteDynamicThingGroup',
  'DeleteThing',
  'DeleteThingGroup',
  'DeprecateThingType',
  'DetachPolicy',
  'DetachThingPrincipal',
  'DisableTopicRule',
  'EnableTopicRule',
  'RemoveThingFromBillingGroup',
  'RemoveThingFromThingGroup',
  'ReplaceTopicRule',
  'SetDefaultPolicyVersion',
  'StartCommandExecution', // with its client token
  'SetV2LoggingLevel',
  'SetV2LoggingOptions',
  'TagResource',
  'UntagResource',
  'UpdateBillingGroup',
  'UpdateCACertificate',
  'UpdateCertificate',
  'UpdateCommand',
  'UpdateDynamicThingGroup',
  'UpdateEventConfigurations',
  'UpdateFleetMetric',
  'UpdateIndexingConfiguration',
  'UpdateRoleAlias',
  'UpdateThing',
  'UpdateThingGroup',
  'UpdateThingGroupsForThing',
  'UpdateThingType',
])

/**
 * Whether a request may be sent again though nobody knows if it was carried out. With `expectedVersion` it may not: the
 * second would be told of a conflict with the first.
 */
export const isRepeatable = (operation: string, input: object): boolean =>
  isRead(operation) ||
  (REPEATABLE.has(operation) && !('expectedVersion' in input && input.expectedVersion !== undefined))
