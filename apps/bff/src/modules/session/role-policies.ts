import type { Role } from '@thingdeck/contract'
import { clientIdPrefix } from './client-ids.ts'
import { mqttStatements, policyOf } from './mqtt-statements.ts'

/** Name of the IoT policy that is attached to the Cognito identity of a person with this role. */
export const rolePolicyName = (role: Role): string => `thingdeck-${role}`

const IDENTITY = '${cognito-identity.amazonaws.com:sub}'

/**
 * What a role may do over MQTT, as an IoT policy. Listed in docs/aws.md.
 * IoT policies decide together with the IAM policy of the identity's role: both must allow
 * (AWS IoT guide, "Authorization with Amazon Cognito identities").
 */
export const rolePolicyDocument = (role: Role, region: string, account: string): string =>
  JSON.stringify(policyOf(mqttStatements(role, `arn:aws:iot:${region}:${account}`, `${clientIdPrefix(IDENTITY)}*`)))
