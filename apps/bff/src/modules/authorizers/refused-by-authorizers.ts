import type { IotLogCriteriaWithChoices } from '../../aws/iot-logs/criteria.ts'

/** AWS IoT developer guide, "CloudWatch AWS IoT log entries": reasons of Connection.AuthNError. */
const REASONS = [
  'CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR',
  'CUSTOM_AUTHORIZER_NOT_FOUND',
  'CUSTOM_AUTHORIZER_PARAMETER_INVALID',
] as const

/** Entries of clients that no custom authorizer let in. The log does not say which one it was. */
export const REFUSED_BY_AUTHORIZERS: IotLogCriteriaWithChoices = {
  either: [REASONS.map((reason) => ({ reason }))],
}
