import { expect, test } from 'vitest'
import { parsePolicyDocument, validatePolicyDocument } from './parse-policy-document.ts'
import { MalformedPolicyError } from './policy-error.ts'
import { MAX_POLICY_DOCUMENT_SIZE, policyDocumentSize } from './policy-size.ts'

const statement = { Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }
const policy = (changes: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...changes }] })
const without = (name: keyof typeof statement) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, [name]: undefined } })

test('a document is read into one form, however it is written', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Sid: 'Telemetry',
      Effect: 'Allow',
      Action: 'iot:Publish',
      NotResource: ['arn:aws:iot:eu-central-1:123456789012:topic/a/restricted/*'],
      Condition: {
        Bool: { 'iot:Connection.Thing.IsAttached': true },
        NumericLessThan: { 'aws:EpochTime': 2000000000 },
      },
    },
  })
  const { version, statements } = parsePolicyDocument(text)
  expect(version).toBe('2012-10-17')
  expect(statements).toMatchObject([
    {
      sid: 'Telemetry',
      effect: 'Allow',
      action: { negated: false, patterns: ['iot:Publish'] },
      resource: { negated: true, patterns: ['arn:aws:iot:eu-central-1:123456789012:topic/a/restricted/*'] },
      conditions: [
        { operator: { text: 'Bool' }, key: 'iot:Connection.Thing.IsAttached', values: ['true'] },
        { operator: { text: 'NumericLessThan' }, key: 'aws:EpochTime', values: ['2000000000'] },
      ],
    },
  ])
})

test.each([
  ['', 'JSON', ''],
  ['{', 'JSON', ''],
  ['{"Version":"2012-10-17",}', 'JSON', ''],
  ['{"Version":"2012-10-17"} x', 'JSON', ''],
  ['{"Version":"a\nb"}', 'JSON', 'Version'],
  ['[]', 'TYPE', ''],
  ['{"Version":"2012-10-17","Version":"2012-10-17"}', 'DUPLICATE_MEMBER', 'Version'],
  ['{"Statement":[{},{"Sid":"a","\\u0053id":"b"}]}', 'DUPLICATE_MEMBER', 'Statement[1].Sid'],
  ['{"Statement":[]}', 'VERSION', ''],
  ['{"Version":"2008-10-17","Statement":[]}', 'VERSION', 'Version'],
  ['{"Version":"2012-10-17"}', 'MISSING_MEMBER', ''],
  ['{"Version":"2012-10-17","Statement":[]}', 'TYPE', 'Statement'],
  ['{"Version":"2012-10-17","Statement":["x"]}', 'TYPE', 'Statement[0]'],
  ['{"Version":"2012-10-17","Statment":[]}', 'UNKNOWN_MEMBER', 'Statment'],
  [without('Effect'), 'MISSING_MEMBER', 'Statement'],
  [without('Action'), 'MISSING_MEMBER', 'Statement'],
  [without('Resource'), 'MISSING_MEMBER', 'Statement'],
  [policy({ Effect: 'allow' }), 'EFFECT', 'Statement[0].Effect'],
  [policy({ Action: 'Publish' }), 'ACTION', 'Statement[0].Action'],
  [policy({ Action: ['iot:Publish', ''] }), 'ACTION', 'Statement[0].Action[1]'],
  [policy({ Action: [] }), 'TYPE', 'Statement[0].Action'],
  [policy({ Action: 1 }), 'TYPE', 'Statement[0].Action'],
  [policy({ NotAction: 'iot:Publish' }), 'UNKNOWN_MEMBER', 'Statement[0].NotAction'],
  [policy({ Principal: '*' }), 'UNKNOWN_MEMBER', 'Statement[0].Principal'],
  [policy({ NotResource: '*' }), 'RESOURCE', 'Statement[0].NotResource'],
  [policy({ Resource: 'topic/a' }), 'RESOURCE', 'Statement[0].Resource'],
  [policy({ Resource: ['*', 'arn:aws:iot:r:a:topic/${iot:ClientId'] }), 'VARIABLE', 'Statement[0].Resource[1]'],
  [policy({ Resource: 'arn:aws:iot:r:a:topic/${}' }), 'VARIABLE', 'Statement[0].Resource'],
  [policy({ Condition: { StringEqual: {} } }), 'CONDITION_OPERATOR', 'Statement[0].Condition.StringEqual'],
  [policy({ Condition: { NullIfExists: {} } }), 'CONDITION_OPERATOR', 'Statement[0].Condition.NullIfExists'],
  [policy({ Condition: { Bool: [] } }), 'TYPE', 'Statement[0].Condition.Bool'],
  [policy({ Condition: { Bool: { k: 'yes' } } }), 'CONDITION_VALUE', 'Statement[0].Condition.Bool.k'],
  [policy({ Condition: { Bool: { k: null } } }), 'TYPE', 'Statement[0].Condition.Bool.k'],
  [
    policy({ Condition: { IpAddress: { k: ['::', 'x'] } } }),
    'CONDITION_VALUE',
    'Statement[0].Condition.IpAddress.k[1]',
  ],
  [policy({ Condition: { NumericEquals: { k: 'x' } } }), 'CONDITION_VALUE', 'Statement[0].Condition.NumericEquals.k'],
  [
    policy({ Condition: { NumericEquals: { k: '${x}' } } }),
    'CONDITION_VALUE',
    'Statement[0].Condition.NumericEquals.k',
  ],
  [policy({ Condition: { DateEquals: { k: '1/2/20' } } }), 'CONDITION_VALUE', 'Statement[0].Condition.DateEquals.k'],
  [policy({ Condition: { ArnLike: { k: 'topic/a' } } }), 'CONDITION_VALUE', 'Statement[0].Condition.ArnLike.k'],
  [policy({ Condition: { StringLike: { k: '${x' } } }), 'VARIABLE', 'Statement[0].Condition.StringLike.k'],
])('%s → %s at %j', (text, code, path) => {
  expect(validatePolicyDocument(text)).toMatchObject({ code, path })
  expect(() => parsePolicyDocument(text)).toThrow(MalformedPolicyError)
})

test('the place of a problem is told by line and column', () => {
  const text =
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Permit", "Action": "*", "Resource": "*" }\n  ]\n}'
  expect(validatePolicyDocument(text)).toMatchObject({ line: 4, column: 17, offset: text.indexOf('"Permit"') })
  const fromElsewhere = text.replaceAll('\n', '\r')
  expect(validatePolicyDocument(fromElsewhere)).toMatchObject({ line: 4, column: 17 })
})

test('nesting without end is refused, not followed', () => {
  expect(validatePolicyDocument('['.repeat(100_000))?.code).toBe('JSON')
})

test.each<[object, string]>([
  [{ NotAction: 'iot:*', Resource: '*', Effect: 'Deny' }, 'a role may have NotAction'],
  [
    { Principal: { Service: 'credentials.iot.amazonaws.com' }, Action: 'sts:AssumeRole', Effect: 'Allow' },
    'trust policy',
  ],
  [{ Principal: '*', Action: 's3:GetObject', Resource: '*', Effect: 'Allow' }, 'anyone'],
])('the iam dialect accepts %j (%s)', (Statement) => {
  expect(validatePolicyDocument(JSON.stringify({ Statement }), { dialect: 'iam' })).toBeUndefined()
  expect(validatePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement }))).toBeDefined()
})

test.each([
  [[{ ...statement, Sid: 'a b' }], 'IAM guide, Grammar: a Sid has letters and digits'],
  [
    [
      { ...statement, Sid: 'a' },
      { ...statement, Sid: 'a' },
    ],
    'IAM guide, Sid: unique within the policy',
  ],
])('the iam dialect refuses the Sids of %j (%s)', (Statement) => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement })
  expect(validatePolicyDocument(text, { dialect: 'iam' })?.code).toBe('SID')
  expect(validatePolicyDocument(text)).toBeUndefined()
})

test('white space does not count toward the size', () => {
  expect(policyDocumentSize('{ "Version" :\t"2012-10-17"\r\n}')).toBe('{"Version":"2012-10-17"}'.length)
  expect(MAX_POLICY_DOCUMENT_SIZE).toBe(2048)
})
