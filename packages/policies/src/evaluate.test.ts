import { expect, test } from 'vitest'
import { CLIENT, EVALUATION_ROWS } from '../test/guide/evaluation-rows.ts'
import { allow, deny } from '../test/guide/guide-case.ts'
import { compilePolicies } from './compiled-policies.ts'
import { evaluate, fastAllows } from './evaluate.ts'
import { explain } from './explain.ts'
import type { RequestPrincipal } from './match-statement.ts'
import { parsePolicyDocument } from './parse-policy-document.ts'
import type { ContextEntries } from './policy-context.ts'
import type { PolicyDialect } from './policy-document.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'

interface Asked {
  action: string
  resource: string
  context?: ContextEntries
  principal?: RequestPrincipal
  dialect?: PolicyDialect
  version?: string
}

/** Asks, and makes sure that the fast way agrees. Resources are written without their ARN prefix. */
function decide(statements: readonly object[], { action, resource, context = {}, principal, dialect, version }: Asked) {
  const policies = compilePolicies(
    statements.map((Statement, index) => ({
      policyName: `p${index + 1}`,
      document: parsePolicyDocument(JSON.stringify({ Version: version ?? '2012-10-17', Statement }), {
        dialect: dialect ?? 'iot',
      }),
    })),
  )
  const asked = { action, resource: resource === '*' ? '*' : ARN + resource, context }
  const decision = evaluate(policies, principal ? { ...asked, principal } : asked)
  if (!principal) {
    expect(fastAllows(policies, action, asked.resource, context)).toBe(decision.decision === 'ALLOWED')
  }
  return decision
}

test.each(EVALUATION_ROWS)('%s', (_source, statements, action, resource, context, expected) => {
  expect(decide(statements, { action, resource, context }).decision).toBe(expected)
})

test('NotResource selects what no pattern matches, and nothing if a variable stands for nothing', () => {
  const statements = (topic: string) => [
    { Effect: 'Allow', Action: 'iot:Receive', NotResource: `${ARN}topic/${topic}` },
  ]
  const receive = (topic: string, resource: string) =>
    decide(statements(topic), { action: 'iot:Receive', resource: `topic/${resource}` }).decision
  expect(receive('a/restricted/*', 'a/b')).toBe('ALLOWED')
  expect(receive('a/restricted/*', 'a/restricted/b')).toBe('IMPLICIT_DENY')
  expect(receive('${iot:ClientId}/*', 'a/b')).toBe('IMPLICIT_DENY')
})

test('the older language version knows no variables (IAM guide, Version)', () => {
  const statements = [allow('iot:Publish', 'topic/${iot:ClientId}')]
  const asked = { action: 'iot:Publish', context: CLIENT, dialect: 'iam', version: '2008-10-17' } as const
  expect(decide(statements, { ...asked, resource: 'topic/pump-7' }).decision).toBe('IMPLICIT_DENY')
  expect(decide(statements, { ...asked, resource: 'topic/${iot:ClientId}' }).decision).toBe('ALLOWED')
})

test('NotAction selects what no pattern matches (IAM guide, NotAction)', () => {
  const statements = [{ Effect: 'Allow', NotAction: ['iot:Delete*', 'iot:Connect'], Resource: '*' }]
  const asked = { resource: 'client/a', dialect: 'iam' } as const
  expect(decide(statements, { ...asked, action: 'iot:Publish' }).decision).toBe('ALLOWED')
  expect(decide(statements, { ...asked, action: 'iot:Connect' }).decision).toBe('IMPLICIT_DENY')
  expect(decide(statements, { ...asked, action: 'iot:DeleteThing' }).decision).toBe('IMPLICIT_DENY')
})

test('a trust policy speaks of its principals only (IAM guide, Principal)', () => {
  const statements = [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'credentials.iot.amazonaws.com' } },
  ]
  const asked = { action: 'sts:AssumeRole', resource: '*', dialect: 'iam' } as const
  const service = (value: string) => decide(statements, { ...asked, principal: { type: 'Service', value } }).decision
  expect(service('credentials.iot.amazonaws.com')).toBe('ALLOWED')
  expect(service('iot.amazonaws.com')).toBe('IMPLICIT_DENY')
  expect(decide(statements, asked)).toMatchObject({ decision: 'IMPLICIT_DENY', nearMisses: [{ reason: 'PRINCIPAL' }] })
})

test('the statements of all documents are pooled, and named by their policies', () => {
  const document = (...statements: object[]) =>
    parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  const policies = compilePolicies([
    {
      policyName: 'fleet',
      document: document(allow('iot:*', '*'), { ...allow('iot:Publish', 'topic/*'), Sid: 'All' }),
    },
    { policyName: 'group', document: document(deny('iot:Publish', 'topic/secret/*')) },
  ])
  const decision = evaluate(policies, { action: 'iot:Publish', resource: `${ARN}topic/secret/a` })
  expect(decision).toMatchObject({
    decision: 'EXPLICIT_DENY',
    allowed: [
      { policyName: 'fleet', statementIndex: 0, effect: 'Allow' },
      { policyName: 'fleet', statementIndex: 1, sid: 'All', effect: 'Allow' },
    ],
    denied: [{ policyName: 'group', statementIndex: 0, effect: 'Deny' }],
    missingContextValues: [],
  })
  expect(explain(decision)).toBe(
    `iot:Publish on ${ARN}topic/secret/a is denied by statement 1 of policy group, which overrides the statements that allow it.`,
  )
  expect(explain(evaluate(policies, { action: 'iot:Publish', resource: `${ARN}topic/a` }))).toBe(
    `iot:Publish on ${ARN}topic/a is allowed by statement 1 of policy fleet and statement 2 ("All") of policy fleet.`,
  )
})

test('an implicit deny tells what came near, and which keys were missing', () => {
  const decision = decide(
    [
      allow('iot:Publish', 'topic/${iot:ClientId}/*'),
      allow('iot:Publish', 'topic/other'),
      { ...allow('iot:Publish', '*'), Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } } },
    ],
    { action: 'iot:Publish', resource: 'topic/a' },
  )
  expect(decision.missingContextValues).toEqual(['iot:ClientId', 'iot:Connection.Thing.IsAttached'])
  expect(decision.nearMisses.map(({ reason }) => reason)).toEqual(['UNRESOLVED_VARIABLE', 'RESOURCE', 'CONDITION'])
  expect(explain(decision)).toBe(
    `iot:Publish on ${ARN}topic/a is denied because no statement allows it. Covering the action: statement 1 of policy p1, ` +
      'but a variable in it has no value here; statement 1 of policy p2, but its resources do not match; statement 1 of ' +
      'policy p3, but its condition does not hold. Without a value: iot:ClientId, iot:Connection.Thing.IsAttached.',
  )
  expect(explain(decide([], { action: 'iot:Connect', resource: 'client/a' }))).toBe(
    `iot:Connect on ${ARN}client/a is denied because no statement allows it. No Allow statement covers iot:Connect.`,
  )
})

test('many actions do not make the index grow without end, and are still decided', () => {
  const document = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: [allow('iot:A*', '*')] }))
  const policies = compilePolicies([{ policyName: 'p', document }])
  for (let index = 0; index < 200; index++) {
    expect(fastAllows(policies, `iot:A${index}`, `${ARN}x`)).toBe(true)
    expect(fastAllows(policies, `iot:B${index}`, `${ARN}x`)).toBe(false)
  }
})
