import { type Account, arnOf } from '../../foundation/account.ts'
import type { Roles } from '../../foundation/roles.ts'
import { GROUPS, type Group, roleNameOf } from './identity-pool.ts'

/** Only an identity's own client ids, so that nobody can take over another one's connection. */
const OWN_CLIENTS = 'thingdeck-${cognito-identity.amazonaws.com:sub}-*'
/** Asking for a shadow is a publish, and the only one that a viewer needs. */
const SHADOW_READS = ['$aws/things/*/shadow/get', '$aws/things/*/shadow/name/*/get']

/**
 * Makes the IAM roles that the console's identity pool gives to signed-in people. They can do MQTT and nothing else; what
 * exactly, the IoT policy on the identity narrows down further.
 */
export function seedConsoleRoles(account: Account, poolId: string, roles: Roles): void {
  const trustDocument = document({
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': poolId } },
  })
  for (const group of GROUPS) {
    roles.put({ name: roleNameOf(group), trustDocument, policies: { mqtt: mqttPolicy(account, group) } })
  }
}

function mqttPolicy(account: Account, group: Group): string {
  const arn = (resource: string) => arnOf(account, 'iot', resource)
  const topics = group === 'viewer' ? SHADOW_READS : ['*']
  return document(
    { Sid: 'Connect', Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${OWN_CLIENTS}`) },
    { Sid: 'Subscribe', Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/*') },
    { Sid: 'Receive', Effect: 'Allow', Action: 'iot:Receive', Resource: arn('topic/*') },
    {
      Sid: 'Publish',
      Effect: 'Allow',
      Action: group === 'viewer' ? 'iot:Publish' : ['iot:Publish', 'iot:RetainPublish'],
      Resource: topics.map((topic) => arn(`topic/${topic}`)),
    },
  )
}

function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}
