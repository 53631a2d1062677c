import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONDITION_ROWS } from '../test/guide/condition-rows.ts'
import { bindPolicies } from './bind-policies.ts'
import { compilePolicies } from './compiled-policies.ts'
import { evaluate, fastAllows } from './evaluate.ts'
import { parsePolicyDocument } from './parse-policy-document.ts'
import { type ContextEntries, PolicyContext } from './policy-context.ts'

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

test.each(CONDITION_ROWS)(
  '%s %j with %j → %s (IAM guide, Condition operators)',
  (operator, values, actual, expected) => {
    expect(holds({ [operator]: { key: values } }, { key: actual })).toBe(expected)
  },
)

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
