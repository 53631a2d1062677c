import type { Role } from '@thingdeck/contract'

/** Name of the IoT policy that is attached to the Cognito identity of a person with this role. */
export const rolePolicyName = (role: Role): string => `thingdeck-${role}`

const IDENTITY = '${cognito-identity.amazonaws.com:sub}'

/** Client ids of a person's browser tabs begin with this; the policy admits no other. */
export const clientIdPrefix = (identityId: string): string => `thingdeck-${identityId}-`

/** Asking for a shadow is a publish, and the only one that a viewer may do. */
const SHADOW_READS = ['$aws/things/*/shadow/get', '$aws/things/*/shadow/name/*/get']

/**
 * What a role may do over MQTT. Everyone sees everything; viewers publish nothing but the question for a shadow.
 * IoT policies decide together with the IAM policy of the identity's role: both must allow
 * (AWS IoT guide, "Authorization with Amazon Cognito identities").
 */
export function rolePolicyDocument(role: Role, region: string, account: string): string {
  const arn = (resource: string) => `arn:aws:iot:${region}:${account}:${resource}`
  const publish = role === 'viewer' ? SHADOW_READS : ['*']
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'OwnSession', Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/thingdeck-${IDENTITY}-*`) },
      { Sid: 'See', Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/*') },
      { Sid: 'Receive', Effect: 'Allow', Action: 'iot:Receive', Resource: arn('topic/*') },
      {
        Sid: 'Publish',
        Effect: 'Allow',
        Action: role === 'viewer' ? 'iot:Publish' : ['iot:Publish', 'iot:RetainPublish'],
        Resource: publish.map((topic) => arn(`topic/${topic}`)),
      },
    ],
  })
}
