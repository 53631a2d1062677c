import type { Role } from '@thingdeck/contract'

/** Name of the IoT policy that is attached to the Cognito identity of a person with this role. */
export const rolePolicyName = (role: Role): string => `thingdeck-${role}`

const IDENTITY = '${cognito-identity.amazonaws.com:sub}'

/** Client ids of a person's browser tabs begin with this; the policy admits no other. */
export const clientIdPrefix = (identityId: string): string => `thingdeck-${identityId}-`

/** Asking for a shadow is a publish, and the only one that a viewer may do. */
const SHADOW_READS = ['$aws/things/*/shadow/get', '$aws/things/*/shadow/name/*/get']

/**
 * What is a device's, or the registry's, to say, and nobody's at a console: certificates and provisioning, Basic Ingest
 * and rules, the progress of jobs and commands, firmware, metrics, positions. Shadows remain, and questions for jobs.
 * Source: AWS IoT guide, "Reserved topics". A policy has no exceptions (`NotResource`), so each kind stands here; none
 * of the patterns reaches a topic of a shadow, whatever its name.
 */
const NOT_OF_PEOPLE = [
  'certificates/*',
  'provisioning-templates/*',
  'rules/*',
  'events/*',
  'commands/*',
  'device_location/*',
  'sitewise/*',
  'things/*/jobs/start-next',
  'things/*/jobs/*/update',
  'things/*/defender/metrics/*',
  'things/*/streams/*/*',
  'things/*/tunnels/notify',
]

/**
 * What a role may do over MQTT. Everyone sees everything; viewers publish nothing but the question for a shadow, and
 * operators and admins nothing that only a device says. Listed in docs/aws.md.
 * IoT policies decide together with the IAM policy of the identity's role: both must allow
 * (AWS IoT guide, "Authorization with Amazon Cognito identities").
 */
export function rolePolicyDocument(role: Role, region: string, account: string): string {
  const arn = (resource: string) => `arn:aws:iot:${region}:${account}:${resource}`
  const publish =
    role === 'viewer'
      ? [allowPublish('iot:Publish', SHADOW_READS)]
      : [
          allowPublish(['iot:Publish', 'iot:RetainPublish'], ['*']),
          {
            Sid: 'NotOfPeople',
            Effect: 'Deny',
            Action: 'iot:Publish',
            Resource: NOT_OF_PEOPLE.map((topic) => arn(`topic/$aws/${topic}`)),
          },
        ]
  function allowPublish(action: string | string[], topics: readonly string[]) {
    return { Sid: 'Publish', Effect: 'Allow', Action: action, Resource: topics.map((topic) => arn(`topic/${topic}`)) }
  }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'OwnSession', Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/thingdeck-${IDENTITY}-*`) },
      { Sid: 'See', Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/*') },
      { Sid: 'Receive', Effect: 'Allow', Action: 'iot:Receive', Resource: arn('topic/*') },
      ...publish,
    ],
  })
}
