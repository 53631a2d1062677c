import { nearestName } from '@thingdeck/json'
import { compilePattern, matchesPattern } from '../pattern.ts'
import { NO_CONTEXT } from '../policy-context.ts'

/** What the resource of an action is, as ARNs name it: `arn:aws:iot:REGION:ACCOUNT:topicfilter/…`. */
export type PolicyResourceKind = 'client' | 'topic' | 'topicfilter' | 'thing' | 'rolealias'

/** How a request comes that an action is asked about. */
export type PolicyActionDoor = 'mqtt' | 'mqtt or https' | 'https' | 'credentials provider'

/** An action that AWS IoT policies decide. */
export interface PolicyAction {
  /** `iot:Publish`. */
  readonly name: string
  /** Undefined: no resource is named, and the policy must say `*`. */
  readonly resource: PolicyResourceKind | undefined
  readonly door: PolicyActionDoor
  /** When it is asked for, in one sentence. */
  readonly words: string
}

/**
 * @see AWS IoT developer guide, "AWS IoT Core policy actions" and "AWS IoT Core action resources"; for `iotjobsdata:`
 * and the actions of connections the same pages of 2025
 */
export const POLICY_ACTIONS: readonly PolicyAction[] = [
  action('iot:Connect', 'client', 'mqtt', 'Connect with a client id. Asked at each CONNECT.'),
  action(
    'iot:Publish',
    'topic',
    'mqtt or https',
    'Publish to a topic. Asked at each PUBLISH; it needs iot:Connect too.',
  ),
  action('iot:RetainPublish', 'topic', 'mqtt or https', 'Publish with RETAIN. It needs iot:Publish on the topic too.'),
  action(
    'iot:Subscribe',
    'topicfilter',
    'mqtt',
    'Subscribe to a topic filter. Asked at each SUBSCRIBE, and not again: what arrives is decided by iot:Receive.',
  ),
  action('iot:Receive', 'topic', 'mqtt', 'Receive a message on a topic. Asked at each delivery.'),
  action(
    'iot:GetThingShadow',
    'thing',
    'https',
    'Read a shadow over HTTPS. Over MQTT the topics of the shadow decide.',
  ),
  action('iot:UpdateThingShadow', 'thing', 'https', 'Update a shadow over HTTPS. Over MQTT its topics decide.'),
  action('iot:DeleteThingShadow', 'thing', 'https', 'Delete a shadow over HTTPS. Over MQTT its topics decide.'),
  action('iot:ListNamedShadowsForThing', undefined, 'https', 'List the names of the shadows of a thing over HTTPS.'),
  action('iot:GetRetainedMessage', 'topic', 'https', 'Read the retained message of a topic over HTTPS.'),
  action('iot:ListRetainedMessages', undefined, 'https', 'List the topics that have a retained message, over HTTPS.'),
  ...['iot', 'iotjobsdata'].flatMap((prefix) => [
    action(`${prefix}:DescribeJobExecution`, 'thing', 'https', 'Read the execution of a job over HTTPS.'),
    action(`${prefix}:GetPendingJobExecutions`, 'thing', 'https', 'List the jobs that wait for a thing, over HTTPS.'),
    action(`${prefix}:StartNextPendingJobExecution`, 'thing', 'https', 'Start the next job of a thing over HTTPS.'),
    action(`${prefix}:UpdateJobExecution`, 'thing', 'https', 'Tell how the execution of a job goes, over HTTPS.'),
  ]),
  action(
    'iot:AssumeRoleWithCertificate',
    'rolealias',
    'credentials provider',
    'Get AWS credentials for a role alias by the certificate.',
  ),
  action('iot:DeleteConnection', 'client', 'https', 'Disconnect a client.'),
  action('iot:GetConnection', 'client', 'https', 'Read about the connection of a client.'),
  action('iot:ListSubscriptions', 'client', 'https', 'List the subscriptions of a client.'),
  action(
    'iot:SendDirectMessage',
    'client',
    'https',
    'Send a message to one client, without a subscription of its own.',
  ),
]

/**
 * The actions that a pattern of `Action` covers: one, several for `iot:Get*`, none where AWS IoT has no such action.
 */
export function actionsOf(pattern: string): readonly PolicyAction[] {
  const compiled = compilePattern(pattern.toLowerCase(), { wildcards: true, variables: false })
  return POLICY_ACTIONS.filter(({ name }) => matchesPattern(compiled, name.toLowerCase(), NO_CONTEXT))
}

/** The action that was probably meant by a name that is none. */
export function nearestAction(name: string): string | undefined {
  const names = new Map(POLICY_ACTIONS.map((each) => [each.name.toLowerCase(), each.name]))
  const nearest = nearestName(name.toLowerCase(), names.keys())
  return nearest === undefined ? undefined : names.get(nearest)
}

function action(
  name: string,
  resource: PolicyResourceKind | undefined,
  door: PolicyActionDoor,
  words: string,
): PolicyAction {
  return { name, resource, door, words }
}
