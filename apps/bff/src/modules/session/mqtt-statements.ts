import type { Role } from '@thingdeck/contract'

/** A statement of an IoT policy, and of an IAM policy: about MQTT they read the same. */
export interface MqttStatement {
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

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
 * operators and admins nothing that only a device says.
 * @param arnPrefix `arn:aws:iot:REGION:ACCOUNT`
 * @param clientIds pattern of the client ids that may connect
 */
export function mqttStatements(role: Role, arnPrefix: string, clientIds: string): readonly MqttStatement[] {
  const arn = (resource: string) => `${arnPrefix}:${resource}`
  const allowPublish = (Action: string | string[], topics: readonly string[]): MqttStatement => ({
    Sid: 'Publish',
    Effect: 'Allow',
    Action,
    Resource: topics.map((topic) => arn(`topic/${topic}`)),
  })
  const publish: readonly MqttStatement[] =
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
  return [
    { Sid: 'OwnSession', Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${clientIds}`) },
    { Sid: 'See', Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/*') },
    { Sid: 'Receive', Effect: 'Allow', Action: 'iot:Receive', Resource: arn('topic/*') },
    ...publish,
  ]
}

/** A policy document of statements. */
export const policyOf = (statements: readonly object[]): { Version: string; Statement: readonly object[] } => ({
  Version: '2012-10-17',
  Statement: statements,
})
