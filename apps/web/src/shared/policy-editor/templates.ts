import { fromPlain, stringifyJson } from '@thingdeck/json'
import { arnPrefix, policyHome } from '@thingdeck/policies'

/** Where a policy will stand: its ARNs name both. */
export interface Place {
  readonly region: string
  readonly account: string
}

interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A policy to begin with, which allows as little as its purpose needs. */
export interface PolicyTemplate {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly statements: (arn: (resource: string) => string) => readonly Statement[]
}

/**
 * Known to MQTT connections of a certificate that is attached to the thing (AWS IoT developer guide, "Thing policy
 * variables").
 */
const THING = '${iot:Connection.Thing.ThingName}'
const IS_ATTACHED = { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } }

const jobs = `$aws/things/${THING}/jobs`
const shadow = `$aws/things/${THING}/shadow`

export const TEMPLATES: readonly PolicyTemplate[] = [
  {
    id: 'device',
    title: 'Device, bound to its thing',
    description:
      'Connects as its thing, sends and receives below dt/ and cmd/ and its name, its shadows and jobs. One policy for a whole fleet.',
    statements: (arn) => [
      {
        Sid: 'ConnectAsItsThing',
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: arn(`client/${THING}`),
        Condition: IS_ATTACHED,
      },
      {
        Sid: 'Send',
        Effect: 'Allow',
        Action: 'iot:Publish',
        Resource: [arn(`topic/dt/${THING}/*`), arn(`topic/${shadow}/*`), arn(`topic/${jobs}/*`)],
      },
      {
        Sid: 'Subscribe',
        Effect: 'Allow',
        Action: 'iot:Subscribe',
        Resource: [arn(`topicfilter/cmd/${THING}/*`), arn(`topicfilter/${shadow}/*`), arn(`topicfilter/${jobs}/*`)],
      },
      {
        Sid: 'Receive',
        Effect: 'Allow',
        Action: 'iot:Receive',
        Resource: [arn(`topic/cmd/${THING}/*`), arn(`topic/${shadow}/*`), arn(`topic/${jobs}/*`)],
      },
    ],
  },
  {
    id: 'gateway',
    title: 'Gateway for other devices',
    description:
      'Connects as its own thing, and sends for the devices behind it, whose topics are below gw/ and its name.',
    statements: (arn) => [
      {
        Sid: 'ConnectAsItsThing',
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: arn(`client/${THING}`),
        Condition: IS_ATTACHED,
      },
      {
        Sid: 'SendForItsDevices',
        Effect: 'Allow',
        Action: 'iot:Publish',
        Resource: [arn(`topic/gw/${THING}/*`), arn(`topic/${shadow}/*`)],
      },
      {
        Sid: 'Subscribe',
        Effect: 'Allow',
        Action: 'iot:Subscribe',
        Resource: [arn(`topicfilter/gw/${THING}/*`), arn(`topicfilter/${shadow}/*`)],
      },
      {
        Sid: 'Receive',
        Effect: 'Allow',
        Action: 'iot:Receive',
        Resource: [arn(`topic/gw/${THING}/*`), arn(`topic/${shadow}/*`)],
      },
    ],
  },
  {
    id: 'dashboard',
    title: 'Dashboard, reads only',
    description:
      'Any number of clients whose ids begin with dashboard- see what devices send below dt/, and send nothing.',
    statements: (arn) => [
      { Sid: 'Connect', Effect: 'Allow', Action: 'iot:Connect', Resource: arn('client/dashboard-*') },
      { Sid: 'Subscribe', Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/dt/*') },
      { Sid: 'Receive', Effect: 'Allow', Action: 'iot:Receive', Resource: arn('topic/dt/*') },
    ],
  },
  {
    id: 'claim',
    title: 'Claim certificate, for provisioning by template',
    description:
      'What a certificate that many devices share may do: get one of its own, by the fleet provisioning template my-template. Client ids begin with claim-.',
    statements: (arn) => [
      { Sid: 'Connect', Effect: 'Allow', Action: 'iot:Connect', Resource: arn('client/claim-*') },
      {
        Sid: 'AskForACertificate',
        Effect: 'Allow',
        Action: ['iot:Publish', 'iot:Receive'],
        Resource: [
          arn('topic/$aws/certificates/create/*'),
          arn('topic/$aws/certificates/create-from-csr/*'),
          arn('topic/$aws/provisioning-templates/my-template/provision/*'),
        ],
      },
      {
        Sid: 'HearTheAnswer',
        Effect: 'Allow',
        Action: 'iot:Subscribe',
        Resource: [
          arn('topicfilter/$aws/certificates/create/*'),
          arn('topicfilter/$aws/certificates/create-from-csr/*'),
          arn('topicfilter/$aws/provisioning-templates/my-template/provision/*'),
        ],
      },
    ],
  },
  {
    id: 'cognito-viewer',
    title: 'Person signed in with Cognito, reads only',
    description:
      "For an app's users: client ids begin with their identity. Their role's IAM policy has to allow the same; variables of things do not exist here.",
    statements: (arn) => [
      {
        Sid: 'Connect',
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: arn('client/${cognito-identity.amazonaws.com:sub}*'),
      },
      { Sid: 'Subscribe', Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/dt/*') },
      { Sid: 'Receive', Effect: 'Allow', Action: 'iot:Receive', Resource: arn('topic/dt/*') },
    ],
  },
  {
    id: 'blank',
    title: 'Blank',
    description: 'Allows a connection, and nothing else.',
    statements: (arn) => [{ Sid: 'Connect', Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${THING}`) }],
  },
]

/** The document of a template, for this account and region. */
export function documentOf({ statements }: PolicyTemplate, { region, account }: Place): string {
  const prefix = arnPrefix(policyHome(region, account))
  const document = { Version: '2012-10-17', Statement: statements((resource) => `${prefix}${resource}`) }
  return stringifyJson(fromPlain(document), { indent: 2 })
}
