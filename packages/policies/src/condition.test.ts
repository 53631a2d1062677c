import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bindPolicies } from './bind-policies.ts'
import { compilePolicies } from './compiled-policies.ts'
import { evaluate, fastAllows } from './evaluate.ts'
import { parsePolicyDocument } from './parse-policy-document.ts'
import { type ContextEntries, type ContextValue, PolicyContext } from './policy-context.ts'

function policiesWith(Condition: object) {
  const statement = { Effect: 'Allow', Action: 'iot:Connect', Resource: '*', Condition }
  const document = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statement }))
  return compilePolicies([{ policyName: 'p', document }])
}

function holds(condition: object, context: ContextEntries): boolean {
  const policies = policiesWith(condition)
  const allowed = evaluate(policies, { action: 'iot:Connect', resource: 'r', context }).decision === 'ALLOWED'
  expect(fastAllows(policies, 'iot:Connect', 'r', context)).toBe(allowed)
  expect(fastAllows(bindPolicies(policies, context), 'iot:Connect', 'r')).toBe(allowed)
  return allowed
}

const STORE = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt'
const FINANCE = 'arn:aws:someservice:*:111122223333:finance/*'
const TAGS = ['DataClass', 'Owner']

test.each<[string, string | number | boolean | readonly string[], ContextValue | undefined, boolean]>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', 'a', undefined, false],
  ['StringEquals', [], 'a', false],
  ['StringNotEquals', 'a', 'b', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', 'a', undefined, true],
  ['StringEqualsIgnoreCase', 'Ab', 'aB', true],
  ['StringNotEqualsIgnoreCase', 'Ab', 'aB', false],
  ['StringLike', 'home/*', 'home/x/y', true],
  ['StringLike', 'home/?', 'home/xy', false],
  ['StringNotLike', 'home/*', 'home/x', false],
  ['NumericEquals', 10, '10.0', true],
  ['NumericEquals', '10', 10, true],
  ['NumericNotEquals', '10', '11', true],
  ['NumericLessThan', '10', '9.5', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', '-1', '0', true],
  ['NumericGreaterThanEquals', '1', '0.5', false],
  ['NumericLessThan', '10', 'many', false],
  ['DateEquals', '2020-01-01T00:00:00Z', '2020-01-01T01:00:00+01:00', true],
  ['DateNotEquals', '2020-01-01', '2020-01-01T00:00:00Z', false],
  ['DateLessThan', '2020-01-01T00:00:01Z', '1577836800', true],
  ['DateGreaterThan', '2020', '2020-01-01T00:00Z', false],
  ['DateGreaterThanEquals', '2020', '2020-01-01T00:00:00.000Z', true],
  ['DateLessThanEquals', '1577836800', '2020-01-01T00:00Z', true],
  ['Bool', 'true', true, true],
  ['Bool', true, 'TRUE', true],
  ['Bool', 'true', 'false', false],
  ['Bool', 'false', undefined, false],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['IpAddress', '203.0.113.0/24', '203.0.113.9', true],
  ['IpAddress', ['10.0.0.0/8', '2001:DB8:1234:5678::/64'], '2001:db8:1234:5678::9', true],
  ['NotIpAddress', '203.0.113.0/24', '203.0.113.9', false],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
  ['IpAddress', '0.0.0.0/0', 'nowhere', false],
  ['StringLike', FINANCE, STORE, true],
  ['ArnLike', FINANCE, STORE, false],
  ['ArnEquals', FINANCE, 'arn:aws:someservice:eu:111122223333:finance/a', true],
  ['ArnNotLike', FINANCE, STORE, true],
  ['ArnNotEquals', FINANCE, 'arn:aws:someservice:eu:111122223333:finance/a', false],
  ['ArnEquals', '*', 'arn:aws:iot:r:1:topic/a', true],
  ['ArnEquals', 'arn:aws:iot:r:1:topic/a:b', 'arn:aws:iot:r:1:topic/a:b', true],
  ['ArnEquals', FINANCE, 'no arn', false],
  ['Null', 'true', undefined, true],
  ['Null', 'true', [], true],
  ['Null', 'true', 'a', false],
  ['Null', 'false', 'a', true],
  ['Null', 'false', undefined, false],
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['StringNotEqualsIfExists', 'a', undefined, true],
  ['ForAnyValue:StringEqualsIfExists', 'a', undefined, true],
  ['ForAllValues:StringEquals', TAGS, ['Owner'], true],
  ['ForAllValues:StringEquals', TAGS, ['Owner', 'Dept'], false],
  ['ForAllValues:StringEquals', TAGS, [], true],
  ['ForAllValues:StringEquals', TAGS, undefined, true],
  ['ForAnyValue:StringEquals', TAGS, ['Dept', 'Owner'], true],
  ['ForAnyValue:StringEquals', TAGS, ['Dept'], false],
  ['ForAnyValue:StringEquals', TAGS, [], false],
  ['ForAnyValue:StringEquals', TAGS, undefined, false],
  ['ForAnyValue:StringNotEquals', TAGS, ['Dept', 'DataClass'], true],
  ['ForAnyValue:StringNotEquals', TAGS, ['DataClass', 'Owner'], false],
  ['ForAnyValue:StringNotEquals', TAGS, undefined, false],
  ['ForAllValues:StringNotEquals', TAGS, ['Dept', 'Owner'], false],
  ['ForAllValues:StringNotEquals', TAGS, ['Dept'], true],
  ['StringEquals', 'a', ['a', 'b'], true],
  ['StringNotEquals', 'a', ['a', 'b'], false],
])('%s %j with %j → %s (IAM guide, Condition operators)', (operator, values, actual, expected) => {
  expect(holds({ [operator]: { key: values } }, { key: actual })).toBe(expected)
})

test('operators and keys must all hold', () => {
  const condition = { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } }
  expect(holds(condition, { a: '1', b: '2', c: true })).toBe(true)
  expect(holds(condition, { a: '1', b: '3', c: true })).toBe(false)
  expect(holds(condition, { a: '1', b: '2', c: false })).toBe(false)
})

test('keys have no case, but two that differ in case only stay apart (IAM guide, Condition)', () => {
  expect(holds({ StringEquals: { 'AWS:sourceip': 'x' } }, { 'aws:SourceIp': 'x' })).toBe(true)
  expect(holds({ StringEquals: { 'k[a]': '1', 'k[A]': '2' } }, { 'k[A]': '2', 'k[a]': '1' })).toBe(true)
})

test.each<[string, object, ContextEntries, boolean]>([
  [
    'guide: persistent sessions only',
    { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } },
    { 'iot:ConnectAttributes': ['PersistentConnect'] },
    true,
  ],
  [
    'guide: not required by ForAllValues',
    { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } },
    { 'iot:ConnectAttributes': [] },
    true,
  ],
  [
    'guide: no will',
    { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } },
    { 'iot:ConnectAttributes': ['PersistentConnect', 'LastWill'] },
    false,
  ],
  [
    'guide: required by ForAnyValue',
    { 'ForAnyValue:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } },
    { 'iot:ConnectAttributes': [] },
    false,
  ],
  [
    'guide: will topic',
    { ArnEquals: { 'iot:LastWillTopic': ['arn:aws:iot:r:1:topic/my/*'] } },
    { 'iot:LastWillTopic': 'arn:aws:iot:r:1:topic/my/will' },
    true,
  ],
  [
    'a variable in a value',
    { ArnEquals: { 'iot:LastWillTopic': 'arn:aws:iot:r:1:topic/${iot:ClientId}/will' } },
    { 'iot:LastWillTopic': 'arn:aws:iot:r:1:topic/c/will', 'iot:ClientId': 'c' },
    true,
  ],
  [
    'a colon in a substituted value parts nothing',
    { ArnEquals: { k: 'arn:aws:${x}:r:1:topic/a' } },
    { k: 'arn:aws:iot:r:1:topic/a', x: 'iot:r' },
    false,
  ],
  ['a variable in a string value', { StringEquals: { k: '${x}' } }, { k: '5', x: '5' }, true],
  ['unresolved, positive', { StringEquals: { k: ['${x}', 'a'] } }, { k: 'a' }, true],
  ['unresolved, negated', { StringNotEquals: { k: ['${x}', 'b'] } }, { k: 'a' }, false],
  ['unresolved, negated, key missing', { StringNotEquals: { k: '${x}' } }, {}, false],
  ['unresolved, IfExists, key missing', { StringNotEqualsIfExists: { k: '${x}' } }, {}, false],
  ['unresolved, ForAllValues', { 'ForAllValues:StringNotEquals': { k: '${x}' } }, { k: ['a'] }, false],
  ['a star from a value is a star', { StringLike: { k: '${x}' } }, { k: 'ab', x: 'a*' }, false],
])('%s', (_source, condition, context, expected) => {
  expect(holds(condition, context)).toBe(expected)
})

const contexts = fc.record(
  {
    'iot:ClientId': fc.constantFrom('a', 'b', '*'),
    'iot:Connection.Thing.ThingName': fc.constantFrom('a', 'b'),
    tags: fc.subarray(['x', 'y']),
  },
  { requiredKeys: [] },
)
const pieces = fc.constantFrom('a', 'b', '/', '*', '?', '${iot:ClientId}', '${iot:Thing.ThingName}', '${*}', '${tags}')
const resources = fc.array(pieces, { maxLength: 4 }).map((parts) => `arn:${parts.join('')}`)
const conditions = fc.dictionary(
  fc.constantFrom(
    'StringEquals',
    'StringNotLike',
    'ForAnyValue:StringLike',
    'ForAllValues:StringEquals',
    'StringLikeIfExists',
  ),
  fc.dictionary(fc.constantFrom('iot:ClientId', 'tags'), fc.array(fc.constantFrom('a', 'x', '*', '${iot:ClientId}'))),
)
const statements = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: fc.subarray(['iot:Publish', 'iot:Connect', 'iot:*'], { minLength: 1 }),
  selection: fc.tuple(fc.constantFrom('Resource', 'NotResource'), fc.array(resources, { minLength: 1, maxLength: 3 })),
  Condition: conditions,
})

test('binding to a context changes no decision, and the fast way makes the same', () => {
  fc.assert(
    fc.property(
      fc.array(statements, { minLength: 1, maxLength: 4 }),
      contexts,
      fc.constantFrom('iot:Publish', 'iot:Connect'),
      fc.array(fc.constantFrom('a', 'b', '/', '*'), { maxLength: 4 }),
      (written, entries, action, path) => {
        const Statement = written.map(({ selection: [name, list], ...rest }) => ({ ...rest, [name]: list }))
        const document = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement }))
        const policies = compilePolicies([{ policyName: 'p', document }])
        const resource = `arn:${path.join('')}`
        const context = new PolicyContext(entries)
        const { decision, allowed, denied } = evaluate(policies, { action, resource, context })
        expect(fastAllows(policies, action, resource, context)).toBe(decision === 'ALLOWED')
        const bound = evaluate(bindPolicies(policies, context), { action, resource })
        expect(bound).toMatchObject({ decision, allowed, denied, missingContextValues: [] })
      },
    ),
    { numRuns: 2000 },
  )
})
