import { applyTextEdits } from '@thingdeck/json'
import { expect, test } from 'vitest'
import type { PolicyFinding } from './policy-finding.ts'
import { policyFindings } from './policy-findings.ts'
import type { PolicySurroundings } from './policy-look.ts'

const ARN = 'arn:aws:iot:eu-central-1:123456789012:'
const HOME = { partition: 'aws', region: 'eu-central-1', accountId: '123456789012' }
const THING = '${iot:Connection.Thing.ThingName}'

const arns = (resource: string | readonly string[]) =>
  [resource].flat().map((each) => (each === '*' || each.startsWith('arn:') ? each : ARN + each))
const statement =
  (Effect: 'Allow' | 'Deny') =>
  (Action: string | string[], resource: string | string[], more: object = {}) => ({
    Effect,
    Action,
    Resource: arns(resource).length === 1 ? arns(resource)[0] : arns(resource),
    ...more,
  })
const allow = statement('Allow')
const deny = statement('Deny')
const CONNECT = allow('iot:Connect', `client/${THING}`)

const written = (statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)
const found = (statements: readonly object[], around: PolicySurroundings = { home: HOME }) =>
  policyFindings(written(statements), around)

function fixed(text: string, { fixes }: PolicyFinding, which = 0): string {
  const fix = fixes[which]
  if (!fix) throw new Error(`There is no fix ${which}.`)
  return applyTextEdits(text, fix.edits)
}

/** What is said of the statements: `code text`; and the first fix of the first one, applied. */
const said = (statements: readonly object[], around?: PolicySurroundings) => {
  const text = written(statements)
  return found(statements, around).map(({ code, from, to }) => `${code} ${text.slice(from, to)}`)
}

const topic = (name: string) => `"${ARN}topic/${name}"`
const filter = (name: string) => `"${ARN}topicfilter/${name}"`
const client = (name: string) => `"${ARN}client/${name}"`

test.each<[string, readonly object[], readonly string[]]>([
  ['guide, Publish policy examples: as it should be', [CONNECT, allow('iot:Publish', `topic/dt/${THING}/*`)], []],
  [
    'guide, Subscribe policy examples: as it should be',
    [CONNECT, allow('iot:Subscribe', `topicfilter/cmd/${THING}/#`), allow('iot:Receive', `topic/cmd/${THING}/*`)],
    [],
  ],
  [
    'guide, audit check: shadows of the own thing are compliant',
    [CONNECT, allow('iot:Publish', `topic/$aws/things/${THING}/shadow/*`)],
    [],
  ],
  ['guide, audit check: client/*', [allow('iot:Connect', 'client/*')], [`CLIENT_ID_FREE ${client('*')}`]],
  [
    'guide, audit check: client/${iot:ClientId} is the same',
    [allow('iot:Connect', 'client/${iot:ClientId}')],
    [`CLIENT_ID_FREE ${client('${iot:ClientId}')}`],
  ],
  [
    'guide, audit check: compliant with IsAttached',
    [
      allow('iot:Connect', 'client/${iot:ClientId}', {
        Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
      }),
    ],
    [],
  ],
  ['a prefix of client ids', [allow('iot:Connect', 'client/pump-*')], [`CLIENT_ID_FREE ${client('pump-*')}`]],
  [
    'guide, audit check: shadows of all things',
    [CONNECT, allow('iot:Publish', 'topic/$aws/things/*/shadow/update')],
    [`RESOURCE_TOO_WIDE ${topic('$aws/things/*/shadow/update')}`],
  ],
  [
    'guide, audit check: + in a topic filter is all things',
    [CONNECT, allow('iot:Subscribe', 'topicfilter/$aws/things/+/shadow/update'), allow('iot:Receive', 'topic/$aws/*')],
    [`RESOURCE_TOO_WIDE ${filter('$aws/things/+/shadow/update')}`],
  ],
  ['guide, audit check: thing/*', [allow('iot:UpdateThingShadow', 'thing/*')], [`RESOURCE_TOO_WIDE "${ARN}thing/*"`]],
  ['everything', [allow('iot:*', '*')], ['ACTION_TOO_WIDE "iot:*"', 'CLIENT_ID_FREE "*"']],
  [
    'the filter # is everything',
    [CONNECT, allow('iot:Subscribe', 'topicfilter/#'), allow('iot:Receive', 'topic/dt/*')],
    [`RESOURCE_TOO_WIDE ${filter('#')}`],
  ],
  [
    'a leading wildcard',
    [CONNECT, allow('iot:Publish', 'topic/*/telemetry')],
    [`RESERVED_REACHED ${topic('*/telemetry')}`],
  ],
  [
    'guide, Receive policy: decided at each delivery',
    [CONNECT, allow('iot:Subscribe', 'topicfilter/dt/+/t')],
    [`RECEIVE_MISSING ${filter('dt/+/t')}`],
  ],
  [
    'a Receive of other topics',
    [CONNECT, allow('iot:Subscribe', 'topicfilter/dt/+/t'), allow('iot:Receive', 'topic/cmd/*')],
    [`RECEIVE_MISSING ${filter('dt/+/t')}`],
  ],
  [
    'guide, Shared subscriptions: Receive is of the plain topic',
    [CONNECT, allow('iot:Subscribe', 'topicfilter/$share/g/dt/+'), allow('iot:Receive', 'topic/dt/*')],
    [],
  ],
  ['guide: Publish needs Connect', [allow('iot:Publish', 'topic/a')], ['CONNECT_MISSING "iot:Publish"']],
  [
    'guide: RetainPublish needs Publish',
    [CONNECT, allow('iot:RetainPublish', 'topic/a')],
    [`PUBLISH_MISSING ${topic('a')}`],
  ],
  [
    'guide, Action resources: a topic where a topic filter is meant',
    [CONNECT, allow('iot:Subscribe', 'topic/a/+'), allow('iot:Receive', 'topic/a/*')],
    [`TOPIC_FOR_FILTER ${topic('a/+')}`],
  ],
  [
    'guide, Action resources: a topic filter where a topic is meant',
    [CONNECT, allow('iot:Publish', 'topicfilter/a/b')],
    [`FILTER_FOR_TOPIC ${filter('a/b')}`],
  ],
  [
    'one action of two has no resource',
    [CONNECT, allow(['iot:Publish', 'iot:Subscribe'], 'topic/a')],
    ['ACTION_WITHOUT_RESOURCE "iot:Subscribe"'],
  ],
  ['guide: lists are of *', [allow('iot:ListRetainedMessages', 'topic/a')], [`RESOURCE_KIND ${topic('a')}`]],
  ['a client id for a topic', [CONNECT, allow('iot:Publish', 'client/a')], [`RESOURCE_KIND ${client('a')}`]],
  ['guide, wildcards: + is a letter', [CONNECT, allow('iot:Publish', 'topic/dt/+/t')], ['LITERAL_WILDCARD +']],
  ['guide, wildcards: # is a letter', [CONNECT, allow('iot:Receive', 'topic/dt/#')], ['LITERAL_WILDCARD #']],
  [
    'guide, audit check: a page of the guide itself has :/thing/',
    [allow('iot:GetThingShadow', '/thing/MyThing1')],
    [`RESOURCE_ARN "${ARN}/thing/MyThing1"`],
  ],
  [
    'another region',
    [CONNECT, allow('iot:Publish', 'arn:aws:iot:us-east-1:123456789012:topic/a')],
    ['RESOURCE_ARN "arn:aws:iot:us-east-1:123456789012:topic/a"'],
  ],
  [
    'another account',
    [CONNECT, allow('iot:Publish', 'arn:aws:iot:eu-central-1:999999999999:topic/a')],
    ['RESOURCE_ARN "arn:aws:iot:eu-central-1:999999999999:topic/a"'],
  ],
  ['any region is one of them', [CONNECT, allow('iot:Publish', 'arn:aws:iot:*:*:topic/a')], []],
  [
    'topics for topic',
    [CONNECT, allow('iot:*', 'topics/a')],
    ['ACTION_TOO_WIDE "iot:*"', `RESOURCE_ARN "${ARN}topics/a"`],
  ],
  ['a blank', [CONNECT, allow('iot:Publish', 'topic/a /b')], [`TOPIC_DOUBT ${topic('a /b')}`]],
  ['an action that there is none of', [CONNECT, allow('iot:Publsh', 'topic/a')], ['ACTION_UNKNOWN "iot:Publsh"']],
  [
    'guide, Authorization: the control plane is IAM’s',
    [CONNECT, allow('iot:CreateThing', '*')],
    ['ACTION_UNKNOWN "iot:CreateThing"'],
  ],
  ['another service', [CONNECT, allow('s3:GetObject', '*')], ['ACTION_UNKNOWN "s3:GetObject"']],
  [
    'a variable that there is none of',
    [CONNECT, allow('iot:Publish', 'topic/${iot:ClientID2}')],
    ['VARIABLE_UNKNOWN ${iot:ClientID2}'],
  ],
  [
    'guide, older examples',
    [CONNECT, allow('iot:Publish', 'topic/${iot:Thing.ThingName}')],
    ['VARIABLE_FORMER ${iot:Thing.ThingName}'],
  ],
  [
    'guide, Thing policy variables: over MQTT only',
    [allow('iot:GetThingShadow', `thing/${THING}`)],
    [`VARIABLE_DOOR ${THING}`],
  ],
  [
    'guide, Direct calls: keys of the credentials provider are IAM’s',
    [CONNECT, allow('iot:Publish', 'topic/${credentials-iot:ThingName}')],
    ['VARIABLE_DOOR ${credentials-iot:ThingName}'],
  ],
  [
    'guide, X.509 variables: a list stands for no text',
    [CONNECT, allow('iot:Publish', 'topic/${iot:Certificate.Subject.Organization.List}')],
    ['VARIABLE_LIST ${iot:Certificate.Subject.Organization.List}'],
  ],
  [
    'guide, X.509 variables: .1 is the second value',
    [CONNECT, allow('iot:Publish', 'topic/${iot:Certificate.Subject.Country.1}')],
    [],
  ],
  ['no variable', [CONNECT, allow('iot:Publish', 'topic/$(iot:ClientId)/a')], ['VARIABLE_LOOKALIKE $(iot:ClientId)']],
  ['no variable', [CONNECT, allow('iot:Publish', 'topic/{iot:ClientId}/a')], ['VARIABLE_LOOKALIKE {iot:ClientId}']],
  [
    'guide, Basic variables: a client id that anybody may choose',
    [allow('iot:Connect', 'client/*'), allow('iot:Publish', 'topic/dt/${iot:ClientId}')],
    [`CLIENT_ID_FREE ${client('*')}`, 'CLIENT_ID_PROVES_NOTHING ${iot:ClientId}'],
  ],
  [
    'a Deny that goes by',
    [CONNECT, allow('iot:Publish', 'topic/a/*'), deny('iot:Publish', `topic/a/${THING}`)],
    [`VARIABLE_IN_DENY ${THING}`],
  ],
  [
    'guide, Pub/Sub policies: the trap of a/#',
    [
      CONNECT,
      allow('iot:Subscribe', 'topicfilter/a/*'),
      allow('iot:Receive', 'topic/a/*'),
      deny('iot:Subscribe', 'topicfilter/a/secret/*'),
    ],
    [`DENY_SUBSCRIBE_ALONE ${filter('a/secret/*')}`],
  ],
  [
    'IAM guide, NotResource with Allow',
    [CONNECT, { Effect: 'Allow', Action: 'iot:Receive', NotResource: `${ARN}topic/secret/*` }],
    ['NOT_RESOURCE "NotResource"'],
  ],
  [
    'IAM guide, evaluation logic: nothing of an Allow is left',
    [CONNECT, allow('iot:Publish', 'topic/a/b'), deny('iot:*', 'topic/a/*')],
    ['DENY_SHADOWS "Allow"'],
  ],
  ['twice', [CONNECT, { ...CONNECT, Sid: 'Again' }], ['STATEMENT_TWICE "Allow"']],
])('%s', (_source, statements, expected) => {
  expect(said(statements)).toEqual(expected)
})

test.each<[string, object, readonly string[]]>([
  ['guide, Connect policies', { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } }, []],
  ['guide, Connect policies', { ArnEquals: { 'iot:LastWillTopic': `${ARN}topic/will` } }, []],
  [
    'IAM guide, Multivalued keys',
    { StringEquals: { 'iot:ConnectAttributes': 'LastWill' } },
    ['CONDITION_QUANTIFIER "StringEquals"'],
  ],
  [
    'IAM guide, Multivalued keys',
    { 'ForAllValues:StringEquals': { 'iot:ClientId': 'a' } },
    ['CONDITION_QUANTIFIER "ForAllValues:StringEquals"'],
  ],
  [
    'IAM guide, Multivalued keys: an empty set',
    { 'ForAllValues:StringEquals': { 'iot:Certificate.Subject.Organization.List': ['A'] } },
    ['CONDITION_QUANTIFIER "ForAllValues:StringEquals"'],
  ],
  ['IAM guide, String operators', { StringEquals: { 'iot:ClientId': 'pump-*' } }, ['CONDITION_WILDCARD "pump-*"']],
  ['IAM guide, IP operators', { StringLike: { 'aws:SourceIp': '10.*' } }, ['CONDITION_OPERATOR_KIND "StringLike"']],
  [
    'IAM guide, Bool',
    { NumericEquals: { 'iot:Connection.Thing.IsAttached': '1' } },
    ['CONDITION_OPERATOR_KIND "NumericEquals"'],
  ],
  ['no such key', { StringEquals: { 'iot:ClientIdd': 'a' } }, ['CONDITION_KEY "iot:ClientIdd"']],
  ['guide, Connect policies: neither', { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': [] } }, []],
  ['no value', { StringEquals: { 'iot:ClientId': [] } }, ['CONDITION_NEVER []']],
  [
    'guide, Credentials provider',
    { StringEquals: { 'credentials-iot:ThingName': 'a' } },
    ['CONDITION_ABSENT "credentials-iot:ThingName"'],
  ],
])('conditions, %s: %j', (_source, Condition, expected) => {
  expect(said([{ ...CONNECT, Condition }])).toEqual(expected)
})

test('a key of CONNECT in a statement about something else', () => {
  const Condition = { ArnEquals: { 'iot:LastWillTopic': `${ARN}topic/will` } }
  expect(said([CONNECT, allow('iot:Publish', 'topic/a', { Condition })])).toEqual([
    'CONDITION_ABSENT "iot:LastWillTopic"',
  ])
})

const things = [
  { thingName: 'pump-1', attributes: { site: 'north' } },
  { thingName: 'pump-2', attributes: {} },
  { thingName: 'pump-3' },
]

test('what comes up empty for the things of a policy is counted and named', () => {
  const statements = [CONNECT, allow('iot:Publish', 'topic/${iot:Connection.Thing.Attributes[site]}/t')]
  const [finding] = found(statements, { home: HOME, things })
  expect(finding).toMatchObject({
    code: 'VARIABLE_EMPTY',
    words:
      '${iot:Connection.Thing.Attributes[site]} resolves to nothing for 2 of 3 things (pump-2, pump-3): there the statement does not match.',
  })
})

test('a client id that none of the things is named as', () => {
  expect(said([allow('iot:Connect', ['client/pump-1', 'client/lamp-1'])], { home: HOME, things })).toEqual([
    `CLIENT_OF_NO_THING ${client('lamp-1')}`,
  ])
})

test('a variable of a certificate says nothing to a Cognito identity, and the other way round', () => {
  const byCertificate = [CONNECT, allow('iot:Publish', 'topic/${iot:Certificate.Subject.CommonName}')]
  expect(said(byCertificate, { principals: ['cognito'] })).toHaveLength(1)
  expect(said(byCertificate, { principals: ['certificate', 'cognito'] })).toEqual([])
  const byIdentity = [CONNECT, allow('iot:Publish', 'topic/${cognito-identity.amazonaws.com:sub}')]
  expect(said(byIdentity, { principals: ['certificate'] })).toHaveLength(1)
})

test.each<[string, readonly object[], readonly object[]]>([
  ['client/*', [allow('iot:Connect', 'client/*')], [CONNECT]],
  [
    'a subscription without its Receive',
    [CONNECT, allow('iot:Subscribe', 'topicfilter/dt/+/t')],
    [CONNECT, allow('iot:Subscribe', 'topicfilter/dt/+/t'), allow('iot:Receive', 'topic/dt/*/t')],
  ],
  [
    'a topic for a topic filter',
    [CONNECT, allow('iot:Subscribe', 'topic/a/+'), allow('iot:Receive', 'topic/a/*')],
    [CONNECT, allow('iot:Subscribe', 'topicfilter/a/+'), allow('iot:Receive', 'topic/a/*')],
  ],
  [
    'one resource becomes two',
    [CONNECT, allow(['iot:Publish', 'iot:Subscribe'], 'topic/a'), allow('iot:Receive', 'topic/a')],
    [CONNECT, allow(['iot:Publish', 'iot:Subscribe'], ['topic/a', 'topicfilter/a']), allow('iot:Receive', 'topic/a')],
  ],
  [
    'a literal wildcard',
    [CONNECT, allow('iot:Publish', 'topic/dt/+/t')],
    [CONNECT, allow('iot:Publish', 'topic/dt/*/t')],
  ],
  ['an action misspelt', [CONNECT, allow('iot:publishh', 'topic/a')], [CONNECT, allow('iot:Publish', 'topic/a')]],
  ['twice', [CONNECT, CONNECT], [CONNECT]],
  [
    'no variable',
    [CONNECT, allow('iot:Publish', 'topic/$(iot:ClientId)')],
    [CONNECT, allow('iot:Publish', 'topic/${iot:ClientId}')],
  ],
  [
    'an operator',
    [{ ...CONNECT, Condition: { StringNotEquals: { 'aws:SourceIp': '10.0.0.0/8' } } }],
    [{ ...CONNECT, Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
  ],
  [
    'a Deny of Subscribe',
    [CONNECT, allow(['iot:Subscribe', 'iot:Receive'], '*'), deny('iot:Subscribe', 'topicfilter/a/secret/#')],
    [
      CONNECT,
      allow(['iot:Subscribe', 'iot:Receive'], '*'),
      deny('iot:Subscribe', 'topicfilter/a/secret/#'),
      deny('iot:Receive', 'topic/a/secret/*'),
    ],
  ],
])('the first fix of %s', (name, statements, expected) => {
  const text = written(statements)
  const findings = policyFindings(text, { home: HOME })
  const finding =
    name === 'a Deny of Subscribe' ? findings.find(({ code }) => code === 'DENY_SUBSCRIBE_ALONE') : findings[0]
  if (!finding) throw new Error('Nothing was found.')
  const mended = fixed(text, finding)
  expect(JSON.parse(mended)).toEqual({ Version: '2012-10-17', Statement: expected })
  expect(policyFindings(mended, { home: HOME }).map(({ code }) => code)).not.toContain(finding.code)
})

test('a condition is put where there is none, and into the one that is there', () => {
  const bare = written([allow('iot:Connect', 'client/*')])
  const [finding] = policyFindings(bare, { home: HOME })
  if (!finding) throw new Error('Nothing was found.')
  const mended = fixed(bare, finding, 1)
  expect(JSON.parse(mended).Statement[0].Condition).toEqual({ Bool: { 'iot:Connection.Thing.IsAttached': 'true' } })
  for (const Condition of [
    {},
    { Bool: {} },
    { StringEquals: { 'iot:ClientId': 'a' } },
    { Bool: { 'iot:IncludeSocketInformation': 'true' } },
  ]) {
    const text = written([allow('iot:Connect', 'client/*', { Condition })])
    const about = policyFindings(text, { home: HOME }).find(({ code }) => code === 'CLIENT_ID_FREE')
    if (!about) throw new Error('Nothing was found.')
    const after = JSON.parse(fixed(text, about, 1)).Statement[0].Condition
    expect(after).toMatchObject(Condition)
    expect(after.Bool['iot:Connection.Thing.IsAttached']).toBe('true')
  }
})

test('a statement that is no list becomes one', () => {
  const text = `{"Version":"2012-10-17","Statement":${JSON.stringify(allow('iot:Publish', 'topic/a'))}}`
  const [finding] = policyFindings(text, { home: HOME })
  if (!finding) throw new Error('Nothing was found.')
  expect(JSON.parse(fixed(text, finding)).Statement).toEqual([allow('iot:Publish', 'topic/a'), CONNECT])
})

test.each([
  ['{"Version":"2008-10-17","Statement":[]}', 'VERSION', '2012-10-17'],
  [written([{ ...CONNECT, Effect: 'allow' }]), 'EFFECT', 'Allow'],
  [written([{ ...CONNECT, Action: 'Connect' }]), 'ACTION', 'iot:Connect'],
  [written([{ ...CONNECT, Resource: 'client/a' }]), 'RESOURCE', `${ARN}client/a`],
  [written([{ ...CONNECT, Sidd: 'a' }]), 'UNKNOWN_MEMBER', 'Sid'],
  [written([{ ...CONNECT, Condition: { stringequals: {} } }]), 'CONDITION_OPERATOR', 'StringEquals'],
])('what AWS refuses in %s has a place and what was meant', (text, code, meant) => {
  const [finding, ...others] = policyFindings(text, { home: HOME })
  expect(others).toEqual([])
  if (!finding) throw new Error('Nothing was found.')
  expect(finding).toMatchObject({ code, severity: 'error' })
  expect(fixed(text, finding)).toContain(JSON.stringify(meant))
  expect(policyFindings(fixed(text, finding), { home: HOME }).map((each) => each.code)).not.toContain(code)
})

test('a document that is too long is refused by AWS', () => {
  const resources = Array.from({ length: 60 }, (_, index) => `topic/dt/${index}`)
  const [first] = found([CONNECT, allow('iot:Publish', resources)])
  expect(first).toMatchObject({ code: 'SIZE', severity: 'error' })
})
