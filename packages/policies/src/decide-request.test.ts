import { describe, expect, test } from 'vitest'
import {
  type ClientRequest,
  compilePolicies,
  decideRequest,
  parsePolicyDocument,
  type RequestDecision,
  requestContext,
} from './index.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012'
const THING = '${iot:Connection.Thing.ThingName}'
type Statement = Readonly<Record<string, unknown>>
const allow = (Action: string | string[], tails: string | string[], Condition?: object): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: [tails].flat().map((tail) => (tail === '*' ? '*' : `${ARN}:${tail}`)),
  ...(Condition && { Condition }),
})
const deny = (...args: Parameters<typeof allow>): Statement => ({ ...allow(...args), Effect: 'Deny' })

interface Who {
  readonly clientId?: string
  /** The certificate is attached to the thing of the client id's name, which has these attributes. */
  readonly thing?: { readonly type?: string; readonly attributes?: Readonly<Record<string, string>> }
  readonly isHttps?: boolean
  readonly certificate?: Readonly<Record<string, string | readonly string[]>>
  readonly sourceIp?: string
}

function decide(statements: readonly Statement[], who: Who, request: ClientRequest): RequestDecision {
  const { clientId = 'clientid1', thing, isHttps = false, certificate = {}, sourceIp } = who
  const document = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  const facts = {
    principal: { kind: 'certificate' as const, context: certificate },
    thing: thing && { thingName: clientId, thingTypeName: thing.type, attributes: thing.attributes ?? {} },
  }
  return decideRequest(
    {
      policies: compilePolicies([{ policyName: 'p', document }]),
      context: requestContext(facts, isHttps ? undefined : clientId, { sourceIp }),
      arnOf: (resource) => `${ARN}:${resource}`,
    },
    request,
  )
}

const connect = (clientId = 'clientid1', more: object = {}): ClientRequest => ({ kind: 'connect', clientId, ...more })
const publish = (topic: string, retain = false): ClientRequest => ({ kind: 'publish', topic, retain })
const subscribe = (topicFilter: string): ClientRequest => ({ kind: 'subscribe', topicFilter })
const receive = (topic: string): ClientRequest => ({ kind: 'receive', topic })
const willOf = (topic: string, retain = false) => ({ will: { topic, retain } })

type Row = readonly [what: string, statements: readonly Statement[], who: Who, request: ClientRequest, allowed: boolean]

/** AWS IoT Core developer guide; the headings are those of its pages. */
const PAGES: Readonly<Record<string, readonly Row[]>> = {
  'Connect policy examples': [
    [
      'one of the client ids',
      [allow('iot:Connect', ['client/clientid1', 'client/clientid2'])],
      {},
      connect('clientid2'),
      true,
    ],
    ['none of them', [allow('iot:Connect', ['client/clientid1'])], {}, connect('clientid3'), false],
    [
      'a client id that a Deny names',
      [allow('iot:Connect', 'client/*'), deny('iot:Connect', 'client/clientid1')],
      {},
      connect(),
      false,
    ],
    [
      'the name of the thing it is attached to',
      [allow('iot:Connect', `client/${THING}`)],
      { thing: {} },
      connect(),
      true,
    ],
    ['a name of a thing that it is not attached to', [allow('iot:Connect', `client/${THING}`)], {}, connect(), false],
    [
      'only things that it is attached to',
      [allow('iot:Connect', '*', { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } })],
      { thing: {} },
      connect(),
      true,
    ],
    [
      'and not others',
      [allow('iot:Connect', '*', { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } })],
      {},
      connect(),
      false,
    ],
    ['a prefix of client ids', [allow('iot:Connect', 'client/my-*')], {}, connect('my-7'), true],
  ],
  'Policy examples for persistent sessions': [
    [
      'without a condition, a persistent session too',
      [allow('iot:Connect', '*')],
      {},
      connect('c', { isPersistent: true }),
      true,
    ],
    [
      'PersistentConnect is denied',
      [
        allow('iot:Connect', '*'),
        deny('iot:Connect', '*', { 'ForAnyValue:StringEquals': { 'iot:ConnectAttributes': 'PersistentConnect' } }),
      ],
      {},
      connect('c', { isPersistent: true }),
      false,
    ],
    [
      'a clean session is not',
      [
        allow('iot:Connect', '*'),
        deny('iot:Connect', '*', { 'ForAnyValue:StringEquals': { 'iot:ConnectAttributes': 'PersistentConnect' } }),
      ],
      {},
      connect('c'),
      true,
    ],
    [
      'a last will where none is allowed',
      [allow('iot:Connect', '*', { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } })],
      {},
      connect('c', willOf('w')),
      false,
    ],
    [
      'ForAllValues of nothing holds',
      [allow('iot:Connect', '*', { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } })],
      {},
      connect('c'),
      true,
    ],
    [
      'a will on the topic that a condition names',
      [
        allow('iot:Connect', '*', { ArnEquals: { 'iot:LastWillTopic': `${ARN}:topic/w` } }),
        allow('iot:Publish', 'topic/w'),
      ],
      {},
      connect('c', willOf('w')),
      true,
    ],
    [
      'a will on another topic',
      [allow('iot:Connect', '*', { ArnEquals: { 'iot:LastWillTopic': `${ARN}:topic/w` } }), allow('iot:Publish', '*')],
      {},
      connect('c', willOf('v')),
      false,
    ],
    ['a will needs iot:Publish', [allow('iot:Connect', '*')], {}, connect('c', willOf('w')), false],
    [
      'a retained will needs iot:RetainPublish',
      [allow(['iot:Connect', 'iot:Publish'], '*')],
      {},
      connect('c', willOf('w', true)),
      false,
    ],
  ],
  'Publish/Subscribe policy examples': [
    ['+ and # of a policy are letters', [allow('iot:Publish', 'topic/foo/+/bar')], {}, publish('foo/x/bar'), false],
    ['* takes in slashes', [allow('iot:Publish', 'topic/foo/*')], {}, publish('foo/a/b'), true],
    ['? is one character', [allow('iot:Publish', 'topic/foo/ba?')], {}, publish('foo/bar'), true],
    [
      'a filter is compared as text',
      [allow('iot:Subscribe', 'topicfilter/foo/+/bar')],
      {},
      subscribe('foo/+/bar'),
      true,
    ],
    [
      'and allows no other that it would match',
      [allow('iot:Subscribe', 'topicfilter/foo/+/bar')],
      {},
      subscribe('foo/x/bar'),
      false,
    ],
    ['a filter with wildcards under a *', [allow('iot:Subscribe', 'topicfilter/foo/*')], {}, subscribe('foo/#'), true],
    [
      'a Deny of part of what a filter takes in does not refuse it',
      [allow('iot:Subscribe', 'topicfilter/a/*'), deny('iot:Subscribe', 'topicfilter/a/restricted/*')],
      {},
      subscribe('a/#'),
      true,
    ],
    [
      'a Deny of iot:Receive does',
      [allow(['iot:Subscribe', 'iot:Receive'], '*'), deny('iot:Receive', 'topic/a/restricted/*')],
      {},
      receive('a/restricted/x'),
      false,
    ],
    ['topic/ is not for iot:Subscribe', [allow('iot:Subscribe', 'topic/foo/bar')], {}, subscribe('foo/bar'), false],
    [
      'topicfilter/ is not for iot:Publish',
      [allow('iot:Publish', 'topicfilter/foo/bar')],
      {},
      publish('foo/bar'),
      false,
    ],
    ['to subscribe is not to receive', [allow('iot:Subscribe', 'topicfilter/foo/bar')], {}, receive('foo/bar'), false],
    [
      'the thing’s name in the topic',
      [allow('iot:Publish', `topic/dt/${THING}`)],
      { thing: {} },
      publish('dt/clientid1'),
      true,
    ],
    ['of another thing', [allow('iot:Publish', `topic/dt/${THING}`)], { thing: {} }, publish('dt/clientid2'), false],
    [
      'the thing’s type',
      [allow('iot:Publish', 'topic/${iot:Connection.Thing.ThingTypeName}/x')],
      { thing: { type: 'pump' } },
      publish('pump/x'),
      true,
    ],
    [
      'an attribute of the thing',
      [allow('iot:Publish', 'topic/${iot:Connection.Thing.Attributes[site]}')],
      { thing: { attributes: { site: 'north' } } },
      publish('north'),
      true,
    ],
    [
      'an attribute that it has not',
      [allow('iot:Publish', 'topic/${iot:Connection.Thing.Attributes[site]}')],
      { thing: {} },
      publish('north'),
      false,
    ],
    [
      'a Deny with a variable that has no value does not fire',
      [allow('iot:Publish', '*'), deny('iot:Publish', `topic/${THING}`)],
      {},
      publish('clientid1'),
      true,
    ],
    [
      'the client id in the topic',
      [allow('iot:Publish', 'topic/my/${iot:ClientId}')],
      {},
      publish('my/clientid1'),
      true,
    ],
    [
      'over HTTPS the client id has no value',
      [allow('iot:Publish', 'topic/my/${iot:ClientId}')],
      { isHttps: true },
      publish('my/clientid1'),
      false,
    ],
    [
      'over HTTPS the thing has none',
      [allow('iot:Publish', `topic/${THING}`)],
      { thing: {}, isHttps: true },
      publish('clientid1'),
      false,
    ],
    [
      'an address within the range',
      [allow('iot:Publish', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
      { sourceIp: '203.0.113.9' },
      publish('t'),
      true,
    ],
    [
      'an address out of it',
      [allow('iot:Publish', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
      { sourceIp: '198.51.100.9' },
      publish('t'),
      false,
    ],
    [
      'a shared subscription by its whole text',
      [allow('iot:Subscribe', 'topicfilter/$share/group/foo/#')],
      {},
      subscribe('$share/group/foo/#'),
      true,
    ],
  ],
  'Retained message policy examples': [
    ['iot:Publish alone retains nothing', [allow('iot:Publish', 'topic/t')], {}, publish('t', true), false],
    ['with iot:RetainPublish', [allow(['iot:Publish', 'iot:RetainPublish'], 'topic/t')], {}, publish('t', true), true],
    ['iot:RetainPublish alone', [allow('iot:RetainPublish', 'topic/t')], {}, publish('t', true), false],
    ['iot:Publish* covers both', [allow(['iot:Publish', 'iot:Retain*'], 'topic/*')], {}, publish('a/b', true), true],
  ],
  'Certificate policy examples': [
    [
      'the subject’s common name',
      [allow('iot:Publish', 'topic/${iot:Certificate.Subject.CommonName}')],
      { certificate: { 'iot:Certificate.Subject.CommonName': 'unit-1' } },
      publish('unit-1'),
      true,
    ],
    [
      'a second common name',
      [allow('iot:Publish', 'topic/${iot:Certificate.Subject.CommonName.1}')],
      { certificate: { 'iot:Certificate.Subject.CommonName': 'a', 'iot:Certificate.Subject.CommonName.1': 'b' } },
      publish('b'),
      true,
    ],
    [
      'a name with a wildcard in it is not put in',
      [allow('iot:Publish', 'topic/${iot:Certificate.Subject.CommonName}')],
      { certificate: { 'iot:Certificate.Subject.CommonName': '*' } },
      publish('x'),
      false,
    ],
    [
      'an organization of the list',
      [
        allow('iot:Connect', '*', {
          'ForAnyValue:StringEquals': { 'iot:Certificate.Subject.Organization.List': ['Example'] },
        }),
      ],
      { certificate: { 'iot:Certificate.Subject.Organization.List': ['Other', 'Example'] } },
      connect(),
      true,
    ],
    [
      'the certificate’s id',
      [allow('iot:Publish', 'topic/${iot:CertificateId}')],
      { certificate: { 'iot:CertificateId': 'ab12' } },
      publish('ab12'),
      true,
    ],
  ],
  'Reserved topics': [
    ['whatever policies say, not what is AWS’s own', [allow('iot:*', '*')], {}, publish('$aws/events/x'), false],
    ['a shadow’s update', [allow('iot:*', '*')], {}, publish('$aws/things/t/shadow/update'), true],
    ['nothing in $aws is retained', [allow('iot:*', '*')], {}, publish('$aws/things/t/shadow/update', true), false],
    ['a will in $aws', [allow('iot:*', '*')], {}, connect('c', willOf('$aws/events/x')), false],
  ],
}

for (const [page, rows] of Object.entries(PAGES)) {
  describe(page, () => {
    test.each(rows)('%s', (_, statements, who, request, allowed) => {
      expect(decide(statements, who, request).decision === 'ALLOWED').toBe(allowed)
    })
  })
}

test('the first need that is refused decides, and an explicit Deny says so', () => {
  const retained = decide([allow('iot:Publish', '*'), deny('iot:RetainPublish', 'topic/t')], {}, publish('t', true))
  expect(retained.decision).toBe('EXPLICIT_DENY')
  expect(retained.deciding?.need.action).toBe('iot:RetainPublish')
  expect(retained.needs.map(({ decision }) => decision.decision)).toEqual(['ALLOWED', 'EXPLICIT_DENY'])
})

test('to be allowed on one of the resources is enough, unless another is denied', () => {
  const need = { action: 'iot:GetThingShadow', resources: ['thing/t/config', 'thing/t'] }
  const ask = (...statements: Statement[]) =>
    decide(statements, { isHttps: true }, { kind: 'operation', need }).decision
  expect(ask(allow('iot:GetThingShadow', 'thing/t'))).toBe('ALLOWED')
  expect(ask(allow('iot:GetThingShadow', 'thing/t'), deny('iot:*', 'thing/t/config'))).toBe('EXPLICIT_DENY')
  expect(ask(allow('iot:GetThingShadow', 'thing/u'))).toBe('IMPLICIT_DENY')
})
