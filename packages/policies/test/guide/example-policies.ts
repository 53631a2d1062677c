import type { ClientRequest } from '../../src/index.ts'
import {
  allow,
  connect,
  deny,
  type GuideRow,
  operation,
  publish,
  receive,
  subscribe,
  THING,
  type Who,
  willOf,
} from './guide-case.ts'

/** A policy of the guide, with what clients ask of it. */
interface Example {
  readonly what: string
  readonly statements: readonly object[]
  readonly who: Who
  readonly asks: readonly (readonly [request: ClientRequest, allowed: boolean])[]
}

const REGISTERED: Who = { clientId: 'thing1', thing: {} }
const UNREGISTERED: Who = { clientId: 'client1' }

/** The guide has most policies twice: for devices of the registry, and for others. */
const twice = (
  what: string,
  statements: (own: string) => readonly object[],
  asks: (clientId: string) => Example['asks'],
): readonly Example[] => [
  {
    what: `${what}, registered devices`,
    statements: [allow('iot:Connect', `client/${THING}`), ...statements(THING)],
    who: REGISTERED,
    asks: asks('thing1'),
  },
  {
    what: `${what}, devices that are not registered`,
    statements: [allow('iot:Connect', 'client/client1'), ...statements('${iot:ClientId}')],
    who: UNREGISTERED,
    asks: asks('client1'),
  },
]

const NOT_THESE = [
  deny('iot:Connect', ['client/client1', 'client/client2']),
  allow('iot:Connect', `client/${THING}`, { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } }),
]

const CONNECT: readonly Example[] = [
  {
    what: 'its thing’s name, and not these two',
    statements: NOT_THESE,
    who: REGISTERED,
    asks: [[connect('thing1'), true]],
  },
  {
    what: 'a name that is denied',
    statements: NOT_THESE,
    who: { clientId: 'client1', thing: {} },
    asks: [[connect('client1'), false]],
  },
  {
    what: 'a name of no thing of its own',
    statements: NOT_THESE,
    who: { clientId: 'thing2' },
    asks: [[connect('thing2'), false]],
  },
  {
    what: 'no last will, and no persistent session',
    statements: [
      allow('iot:Connect', '*'),
      deny('iot:Connect', '*', {
        'ForAnyValue:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect', 'LastWill'] },
      }),
      allow(['iot:Publish', 'iot:RetainPublish'], 'topic/will'),
    ],
    who: UNREGISTERED,
    asks: [
      [connect('client1'), true],
      [connect('client1', { isPersistent: true }), false],
      [connect('client1', willOf('will')), false],
      [connect('client1', { isPersistent: true, ...willOf('will', true) }), false],
    ],
  },
]

const PUBLISH_AND_SUBSCRIBE: readonly Example[] = [
  ...twice(
    'one topic',
    () => [
      allow(['iot:Publish', 'iot:Receive'], 'topic/some_specific_topic'),
      allow('iot:Subscribe', 'topicfilter/some_specific_topic'),
    ],
    (clientId) => [
      [connect(clientId), true],
      [publish('some_specific_topic'), true],
      [publish('some_specific_topic/a'), false],
      [publish('some_specific_topic', true), false],
      [subscribe('some_specific_topic'), true],
      [subscribe('some_specific_topic/#'), false],
      [receive('some_specific_topic'), true],
      [receive('another_topic'), false],
    ],
  ),
  ...twice(
    'topics of a prefix',
    () => [
      allow(['iot:Publish', 'iot:Receive'], 'topic/topic_prefix*'),
      allow('iot:Subscribe', 'topicfilter/topic_prefix*'),
    ],
    () => [
      [publish('topic_prefix'), true],
      [publish('topic_prefix/a/b'), true],
      [publish('topic_prefi'), false],
      [publish('a/topic_prefix'), false],
      [subscribe('topic_prefix/#'), true],
      [subscribe('topic_prefix/+/b'), true],
      [subscribe('+/topic_prefix'), false],
      [receive('topic_prefix/a'), true],
      [receive('other/a'), false],
    ],
  ),
  ...twice(
    'topics of each device',
    (own) => [
      allow(['iot:Publish', 'iot:Receive'], `topic/sensor/device/${own}`),
      allow('iot:Subscribe', `topicfilter/sensor/device/${own}`),
    ],
    (clientId) => [
      [publish(`sensor/device/${clientId}`), true],
      [publish('sensor/device/other'), false],
      [publish(`sensor/device/${clientId}/a`), false],
      [publish('sensor/device/'), false],
      [subscribe(`sensor/device/${clientId}`), true],
      [subscribe('sensor/device/+'), false],
      [receive(`sensor/device/${clientId}`), true],
      [receive('sensor/device/other'), false],
    ],
  ),
  ...twice(
    'but not one subtopic',
    () => [allow('iot:Publish', 'topic/department/*'), deny('iot:Publish', 'topic/department/admins')],
    () => [
      [publish('department/sales'), true],
      [publish('department/admins'), false],
      [publish('department/admins/a'), true],
      [publish('department'), false],
      [subscribe('department/#'), false],
    ],
  ),
  ...twice(
    'receives all but what is restricted',
    () => [
      allow('iot:Subscribe', 'topicfilter/topic_prefix/*'),
      allow('iot:Receive', 'topic/topic_prefix/*'),
      deny('iot:Receive', 'topic/topic_prefix/restricted'),
    ],
    () => [
      [subscribe('topic_prefix/#'), true],
      [subscribe('topic_prefix/restricted'), true],
      [receive('topic_prefix/a'), true],
      [receive('topic_prefix/restricted'), false],
      [publish('topic_prefix/a'), false],
    ],
  ),
  {
    what: 'an attribute in the name of the topic',
    statements: [allow('iot:Publish', 'topic/${iot:Connection.Thing.Attributes[version]}/${iot:ClientId}')],
    who: { clientId: 'thing1', thing: { attributes: { version: 'v2' } } },
    asks: [
      [publish('v2/thing1'), true],
      [publish('v1/thing1'), false],
      [publish('v2/thing2'), false],
    ],
  },
  ...twice(
    'connects and publishes',
    (own) => [allow('iot:Publish', `topic/${own}`)],
    (clientId) => [
      [connect(clientId), true],
      [connect('someone-else'), false],
      [publish(clientId), true],
      [publish('someone-else'), false],
    ],
  ),
]

const RETAINED: readonly Example[] = [
  {
    what: 'reads what is retained',
    statements: [allow('iot:GetRetainedMessage', 'topic/device/sample'), allow('iot:ListRetainedMessages', '*')],
    who: { isHttps: true },
    asks: [
      [operation('iot:GetRetainedMessage', 'topic/device/sample'), true],
      [operation('iot:GetRetainedMessage', 'topic/device/other'), false],
      [operation('iot:ListRetainedMessages', '*'), true],
    ],
  },
]

const EXAMPLE_CORP: Who['certificate'] = {
  'iot:Certificate.Subject.CommonName': 'unit-1',
  'iot:Certificate.Subject.CommonName.1': 'line-3',
  'iot:Certificate.Subject.Organization': 'Example Corp',
  'iot:Certificate.Subject.Organization.List': ['Example Corp', 'AnyCompany'],
}

const CERTIFICATES: readonly Example[] = [
  {
    what: 'a second common name in the topic',
    statements: [allow('iot:Publish', 'topic/${iot:Certificate.Subject.CommonName.1}/*')],
    who: { certificate: EXAMPLE_CORP },
    asks: [
      [publish('line-3/a'), true],
      [publish('unit-1/a'), false],
    ],
  },
  {
    what: 'administrators’ topics of one organization',
    statements: [
      allow('iot:Publish', '*'),
      deny('iot:Publish', 'topic/admin/*', {
        StringNotEquals: { 'iot:Certificate.Subject.Organization': 'Example Corp' },
      }),
    ],
    who: { certificate: EXAMPLE_CORP },
    asks: [
      [publish('admin/a'), true],
      [publish('a'), true],
    ],
  },
  {
    what: 'administrators’ topics, of another organization',
    statements: [
      allow('iot:Publish', '*'),
      deny('iot:Publish', 'topic/admin/*', {
        StringNotEquals: { 'iot:Certificate.Subject.Organization': 'Example Corp' },
      }),
    ],
    who: { certificate: { 'iot:Certificate.Subject.Organization': 'AnyCompany' } },
    asks: [
      [publish('admin/a'), false],
      [publish('a'), true],
    ],
  },
  {
    what: 'only these organizations',
    statements: [
      allow('iot:Publish', '*', {
        'ForAllValues:StringEquals': {
          'iot:Certificate.Subject.Organization.List': ['Example Corp', 'AnyCompany', 'Others'],
        },
      }),
    ],
    who: { certificate: EXAMPLE_CORP },
    asks: [[publish('a'), true]],
  },
]

const THINGS: readonly Example[] = [
  {
    what: 'of a type and an attribute',
    statements: [
      allow('iot:Publish', 'topic/device/stats', {
        StringEquals: {
          'iot:Connection.Thing.Attributes[attributeName]': 'attributeValue',
          'iot:Connection.Thing.ThingTypeName': 'Thing_Type_Name',
        },
        Bool: { 'iot:Connection.Thing.IsAttached': 'true' },
      }),
    ],
    who: { clientId: 'thing1', thing: { type: 'Thing_Type_Name', attributes: { attributeName: 'attributeValue' } } },
    asks: [
      [publish('device/stats'), true],
      [publish('device/other'), false],
    ],
  },
  {
    what: 'of another type',
    statements: [
      allow('iot:Publish', 'topic/device/stats', {
        StringEquals: { 'iot:Connection.Thing.ThingTypeName': 'Thing_Type_Name' },
      }),
    ],
    who: { clientId: 'thing1', thing: { type: 'another' } },
    asks: [[publish('device/stats'), false]],
  },
]

const JOB_ACTIONS = [
  'iot:GetPendingJobExecutions',
  'iot:StartNextPendingJobExecution',
  'iot:DescribeJobExecution',
  'iot:UpdateJobExecution',
] as const

const JOBS: readonly Example[] = [
  {
    what: 'jobs over MQTT',
    statements: [
      allow(['iot:Publish', 'iot:Receive'], [`topic/$aws/things/${THING}/jobs/*`, 'topic/$aws/events/job/*']),
      allow('iot:Subscribe', [`topicfilter/$aws/things/${THING}/jobs/*`, 'topicfilter/$aws/events/job/*']),
    ],
    who: REGISTERED,
    asks: [
      [publish('$aws/things/thing1/jobs/start-next'), true],
      [publish('$aws/things/thing2/jobs/start-next'), false],
      [subscribe('$aws/things/thing1/jobs/notify-next'), true],
      [subscribe('$aws/things/+/jobs/notify-next'), false],
      [receive('$aws/things/thing1/jobs/notify-next'), true],
      [receive('$aws/things/thing2/jobs/notify-next'), false],
    ],
  },
  {
    what: 'jobs over HTTPS',
    statements: [allow([...JOB_ACTIONS], 'thing/thing1')],
    who: { isHttps: true },
    asks: JOB_ACTIONS.flatMap((action) => [
      [operation(action, 'thing/thing1'), true] as const,
      [operation(action, 'thing/thing2'), false] as const,
    ]),
  },
  {
    what: 'jobs over HTTPS, where the thing’s name has no value',
    statements: [allow([...JOB_ACTIONS], `thing/${THING}`)],
    who: { isHttps: true },
    asks: JOB_ACTIONS.map((action) => [operation(action, 'thing/thing1'), false] as const),
  },
]

const SHADOWS: readonly Example[] = [
  {
    what: 'shadows over HTTPS',
    statements: [
      allow(['iot:GetThingShadow', 'iot:UpdateThingShadow'], ['thing/thing1', 'thing/thing1/*']),
      deny('iot:UpdateThingShadow', 'thing/thing1/factory'),
    ],
    who: { isHttps: true },
    asks: [
      [operation('iot:GetThingShadow', 'thing/thing1'), true],
      [operation('iot:GetThingShadow', 'thing/thing1/factory', 'thing/thing1'), true],
      [operation('iot:UpdateThingShadow', 'thing/thing1/factory', 'thing/thing1'), false],
      [operation('iot:DeleteThingShadow', 'thing/thing1'), false],
      [operation('iot:GetThingShadow', 'thing/thing2'), false],
    ],
  },
]

const CREDENTIALS: readonly Example[] = [
  {
    what: 'credentials of one role alias',
    statements: [allow('iot:AssumeRoleWithCertificate', 'rolealias/camera')],
    who: { isHttps: true },
    asks: [
      [operation('iot:AssumeRoleWithCertificate', 'rolealias/camera'), true],
      [operation('iot:AssumeRoleWithCertificate', 'rolealias/other'), false],
    ],
  },
]

/** AWS IoT Core developer guide, "AWS IoT Core policy examples" and the pages below it. */
export const EXAMPLE_ROWS: readonly GuideRow[] = [
  ...CONNECT,
  ...PUBLISH_AND_SUBSCRIBE,
  ...RETAINED,
  ...CERTIFICATES,
  ...THINGS,
  ...JOBS,
  ...SHADOWS,
  ...CREDENTIALS,
].flatMap(({ what, statements, who, asks }) =>
  asks.map(([request, allowed]): GuideRow => [what, statements, who, request, allowed]),
)
