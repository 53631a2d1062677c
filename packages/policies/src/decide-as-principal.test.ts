import { describe, expect, test } from 'vitest'
import { compilePolicies } from './compiled-policies.ts'
import { COGNITO_NEEDS_BOTH, decideAsPrincipal } from './decide-as-principal.ts'
import { parsePolicyDocument } from './parse-policy-document.ts'

const PREFIX = 'arn:aws:iot:eu-central-1:123456789012'
const side = (name: string, statements: object[], actions?: ReadonlySet<string>) => ({
  name,
  facts: {
    policies: compilePolicies([
      {
        policyName: name,
        document: parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), {
          dialect: 'iam',
        }),
      },
    ]),
    context: new Map(),
    arnOf: (resource: string) => `${PREFIX}:${resource}`,
    actions,
  },
})
const allow = (Action: string, Resource = '*') => ({ Effect: 'Allow', Action, Resource })
const deny = (Action: string) => ({ Effect: 'Deny', Action, Resource: '*' })
const publish = { kind: 'publish', topic: 'a', retain: false } as const

describe('of policies of several kinds each must allow', () => {
  test.each([
    ['both allow', [allow('iot:*')], [allow('iot:Publish')], 'ALLOWED', undefined],
    ['the role does not', [allow('iot:Connect')], [allow('iot:Publish')], 'IMPLICIT_DENY', 'iam'],
    ['the IoT policy does not', [allow('iot:*')], [allow('iot:Connect')], 'IMPLICIT_DENY', 'iot'],
    ['neither does', [allow('iot:Connect')], [allow('iot:Connect')], 'IMPLICIT_DENY', 'iam'],
    [
      'a Deny is told before what is merely not allowed',
      [allow('iot:Connect')],
      [deny('iot:Publish')],
      'EXPLICIT_DENY',
      'iot',
    ],
  ])('%s', (_, iam, iot, decision, refusing) => {
    const answer = decideAsPrincipal([side('iam', iam), side('iot', iot, COGNITO_NEEDS_BOTH)], publish)
    expect([answer.decision, answer.refusing?.name]).toEqual([decision, refusing])
  })

  test('IoT policies are asked only about what an identity needs both for', () => {
    const list = { kind: 'operation', need: { action: 'iot:ListRetainedMessages', resources: ['*'] } } as const
    const answer = decideAsPrincipal(
      [side('iam', [allow('iot:*')]), side('iot', [allow('iot:Connect')], COGNITO_NEEDS_BOTH)],
      list,
    )
    expect(answer.decision).toBe('ALLOWED')
    expect(answer.sides.map(({ isAsked }) => isAsked)).toEqual([true, false])
    const retained = decideAsPrincipal(
      [side('iam', [allow('iot:*')]), side('iot', [allow('iot:Publish')], COGNITO_NEEDS_BOTH)],
      { ...publish, retain: true },
    )
    expect(retained.decision).toBe('ALLOWED') // RetainPublish is the role's alone
  })
})
