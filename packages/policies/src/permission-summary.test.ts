import { expect, test } from 'vitest'
import { parsePolicyDocument, summarizeAction } from './index.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012'
const NAME = '${iot:Connection.Thing.ThingName}'
const policies = (...statements: object[]) => [
  { policyName: 'p', document: parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements })) },
]
const context = { 'iot:ClientId': 'pump-7', 'iot:Connection.Thing.ThingName': 'pump-7' }
const PUBLISH = { action: 'iot:Publish', kind: 'topic' }

test('resources of the action’s kind, with their variables replaced, and denies beside them', () => {
  const found = summarizeAction(
    policies(
      {
        Effect: 'Allow',
        Action: ['iot:Publish', 'iot:Receive'],
        Resource: [`${ARN}:topic/dt/${NAME}/*`, `${ARN}:client/x`],
      },
      { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
      { Effect: 'Deny', Action: 'iot:Publish', Resource: `${ARN}:topic/secret` },
      { Effect: 'Allow', Action: 'iot:Subscribe', Resource: `${ARN}:topicfilter/a` },
    ),
    PUBLISH,
    context,
  )
  expect(found.allowed.map(({ pattern }) => pattern)).toEqual(['dt/pump-7/*', '*'])
  expect(found.denied.map(({ pattern }) => pattern)).toEqual(['secret'])
  expect(found.idle).toEqual([])
})

test('what comes to nothing says why; a condition about the request stays open', () => {
  const found = summarizeAction(
    policies(
      { Effect: 'Allow', Action: 'iot:Connect', Resource: `${ARN}:client/\${iot:Connection.Thing.Attributes[site]}` },
      {
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: '*',
        Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
      },
      {
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: `${ARN}:client/*`,
        Condition: { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['LastWill'] } },
      },
    ),
    { action: 'iot:Connect', kind: 'client' },
    context,
  )
  expect(found.idle.map(({ why }) => why)).toEqual(['UNRESOLVED_VARIABLE', 'CONDITION'])
  expect(found.allowed).toMatchObject([{ pattern: '*', conditions: [{ key: 'iot:ConnectAttributes' }] }])
})

test('NotResource is everything but, unless it cannot be known what', () => {
  const not = (resource: string) =>
    summarizeAction(policies({ Effect: 'Allow', Action: 'iot:Publish', NotResource: resource }), PUBLISH, context)
  expect(not(`${ARN}:topic/a`).allowed).toMatchObject([{ pattern: 'a', isNegated: true }])
  expect(not(`${ARN}:topic/\${iot:Certificate.Subject.CommonName}`)).toMatchObject({ allowed: [], idle: [{}] })
})

test('a character that a variable stood for is no wildcard', () => {
  const found = summarizeAction(
    policies({ Effect: 'Allow', Action: 'iot:Publish', Resource: `${ARN}:topic/\${iot:ClientId}/*` }),
    PUBLISH,
    { 'iot:ClientId': 'a*b' },
  )
  expect(found.allowed.map(({ pattern }) => pattern)).toEqual(['a${*}b/*'])
})
