import type { Refusal, RefusalFacts } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { causeOf } from './cause.ts'

const refusal = (members: Partial<Refusal>): Refusal => ({
  refusalId: 'r',
  eventType: 'Publish-In',
  reason: 'AUTHORIZATION_FAILURE',
  count: 1,
  parts: [],
  firstAt: '2026-03-04T05:00:00.000Z',
  lastAt: '2026-03-04T05:06:00.000Z',
  lastEventId: 'e',
  sourceIps: [],
  ...members,
})
const facts = (members: Partial<RefusalFacts>): RefusalFacts => ({ things: [], checks: [], ...members })
const check = { action: 'iot:Publish', resource: 'dt/pump-8', statements: [], explanation: 'In sentences.' }
const publish = { topicName: 'dt/pump-8' }
const authentication = { eventType: 'Connection.AuthNError', principalId: '91ab'.repeat(16) }

test.each<[name: string, Partial<Refusal>, RefusalFacts | undefined, RegExp]>([
  ['what the log says until more is known', publish, undefined, /^No policy of its principal allows it/],
  [
    'the nearest statement',
    publish,
    facts({
      checks: [
        {
          ...check,
          decision: 'IMPLICIT_DENY',
          nearest: { policyName: 'device', statement: 2, effect: 'Allow' },
        },
      ],
    }),
    /^No statement allows it \(nearest: device #2\)$/,
  ],
  [
    'the statement that denies',
    publish,
    facts({
      checks: [
        {
          ...check,
          decision: 'EXPLICIT_DENY',
          statements: [{ policyName: 'halls', statement: 3, effect: 'Deny' }],
        },
      ],
    }),
    /^Statement 3 of policy halls denies it$/,
  ],
  [
    'that policies allow it by now',
    publish,
    facts({ checks: [{ ...check, decision: 'ALLOWED' }] }),
    /allow iot:Publish dt\/pump-8 as they are now/,
  ],
  [
    'a last will, which the log does not name',
    { eventType: 'Connect', clientId: 'pump-8' },
    facts({ checks: [{ ...check, action: 'iot:Connect', resource: 'pump-8', decision: 'ALLOWED' }] }),
    /its last will was refused/,
  ],
  [
    'a certificate that is off',
    { ...authentication, reason: 'DEVICE_CERTIFICATE_INACTIVE' },
    facts({ certificate: { state: 'INACTIVE' } }),
    /^Its certificate 91ab91ab… is INACTIVE$/,
  ],
  [
    'a certificate that was turned on since',
    { ...authentication, reason: 'DEVICE_CERTIFICATE_INACTIVE' },
    facts({ certificate: { state: 'ACTIVE' } }),
    /was not accepted then .*it is ACTIVE now/,
  ],
  [
    'a certificate whose time was over',
    { ...authentication, reason: 'NOT_AUTHENTICATED', details: 'The client certificate is expired' },
    facts({ certificate: { state: 'ACTIVE', notAfter: '2026-03-01T00:00:00.000Z' } }),
    /expired on 2026-03-01$/,
  ],
  [
    'a topic that no policy opens',
    { topicName: '$aws/events/presence/connected/x' },
    facts({}),
    /no client may publish/,
  ],
])('why it was refused: %s', (_, members, known, why) => {
  expect(causeOf(refusal(members), known).why).toMatch(why)
})

test('what the log gives no reason for is said in its own words', () => {
  const { reason: _, ...without } = refusal({})
  expect(causeOf({ ...without, details: 'Throttled while queueing offline message' }, undefined).why).toBe(
    'Throttled while queueing offline message',
  )
  expect(causeOf(without, undefined).why).toBe('The log does not say why')
})

test('a topic that no policy opens is left, whoever publishes there', () => {
  const topicName = '$aws/events/presence/connected/x'
  const session = refusal({ topicName, principalId: 'AROAEXAMPLEOFAROLE123:tablet-7' })
  expect(causeOf(session, undefined).whatToDo).toMatch(/publish to a topic that does not begin with/)
})

test.each<[principalId: string, cure: RegExp]>([
  ['pump7', /policies of its function's answer decide/],
  ['AROAEXAMPLEOFAROLE123:tablet-7', /IAM policies of the role decide/],
  ['91ab'.repeat(16), /policies attached to the certificate/],
])('the cure is about the policies that %s has', (principalId, cure) => {
  expect(causeOf(refusal({ ...publish, principalId }), undefined).whatToDo).toMatch(cure)
})
