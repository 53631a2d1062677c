import type { AuthorizationFacts, IotLogEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { loggedTraffic } from './logged-requests.ts'
import { policyOfTraffic } from './policy-of-traffic.ts'
import { clientKeyOf, type FactsOfClients, rehearse } from './rehearse.ts'

const PRINCIPAL = 'a'.repeat(64)
const PREFIX = 'arn:aws:iot:us-east-1:123456789012'

const entry = (eventType: string, more: Partial<IotLogEntry> = {}): IotLogEntry => ({
  eventId: '1',
  at: '2026-11-29T10:00:00.000Z',
  loggedAt: '2026-11-29T10:00:00.000Z',
  logStreamName: 's',
  message: '',
  eventType,
  status: 'Success',
  protocol: 'MQTT',
  clientId: 'pump-7',
  principalId: PRINCIPAL,
  ...more,
})

const refused = { status: 'Failure', reason: 'AUTHORIZATION_FAILURE' } as const

test.each<[Partial<IotLogEntry> & { eventType: string }, readonly string[]]>([
  [{ eventType: 'Connect' }, ['iot:Connect pump-7']],
  [{ eventType: 'Publish-In', topicName: 'dt/a' }, ['iot:Publish dt/a']],
  [{ eventType: 'Publish-Out', topicName: 'dt/a' }, ['iot:Receive dt/a']],
  [{ eventType: 'Subscribe', topicName: 'a/#,b/+' }, ['iot:Subscribe a/#', 'iot:Subscribe b/+']],
  [{ eventType: 'GetThingShadow', protocol: 'HTTP', thingName: 'pump-7' }, ['iot:GetThingShadow pump-7']],
  [{ eventType: 'GetThingShadow', thingName: 'pump-7' }, []],
  [{ eventType: 'Publish-In', topicName: 'dt/a', ...refused }, ['iot:Publish dt/a']],
])('guide, CloudWatch log entries: %j asked for %j', ({ eventType, ...more }, expected) => {
  const { requests, unclear } = loggedTraffic([entry(eventType, more)])
  expect(requests.map(({ action, subject }) => `${action} ${subject}`)).toEqual(expected)
  expect(unclear).toBe(0)
})

const { principalId: _, ...withoutPrincipal } = entry('Connect')

test('what failed before policies were asked, and what has no principal, tells nothing; the rest is counted', () => {
  const traffic = loggedTraffic([
    entry('Connect', { status: 'Failure', reason: 'SERVER_ERROR' }),
    withoutPrincipal,
    entry('Publish-In', { topicName: 'dt/a' }),
    entry('Publish-In', { topicName: 'dt/a', ...refused }),
    entry('Publish-In', { topicName: 'dt/a', protocol: 'HTTP' }),
  ])
  expect(traffic).toMatchObject({ entries: 5, unclear: 2, sinceMs: Date.parse('2026-11-29T10:00:00.000Z') })
  expect(traffic.requests.map(({ clientId, count, refused: denied }) => [clientId, count, denied])).toEqual([
    ['pump-7', 2, 1],
    [undefined, 1, 0],
  ])
})

const documentOf = (...resources: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Tell',
        Effect: 'Allow',
        Action: 'iot:Publish',
        Resource: resources.map((each) => `${PREFIX}:topic/${each}`),
      },
    ],
  })

const factsOf = (...policies: (readonly [name: string, document: string])[]): AuthorizationFacts => ({
  arnPrefix: PREFIX,
  principal: { kind: 'certificate', certificateId: PRINCIPAL, certificateArn: '', status: 'ACTIVE', context: {} },
  things: [{ thingName: 'pump-7', isExclusive: false }],
  thing: { thingName: 'pump-7', attributes: {}, isExclusive: false },
  namesOtherThing: false,
  policies: policies.map(([policyName, document]) => ({
    policyName,
    document,
    versionId: '1',
    ways: [{ kind: 'principal' }],
  })),
})

const { requests } = loggedTraffic([
  entry('Publish-In', { topicName: 'dt/pump-7/t' }),
  entry('Publish-In', { topicName: 'dt/pump-7/t' }),
  entry('Publish-In', { topicName: 'dt/other/t' }),
  entry('Publish-In', { topicName: 'spare/t' }),
])
const knowing = (facts: AuthorizationFacts): FactsOfClients =>
  new Map([[clientKeyOf({ principalId: PRINCIPAL, clientId: 'pump-7' }), facts]])
const THING = '${iot:Connection.Thing.ThingName}'

test('only what is decided otherwise is told, what would be denied first', () => {
  const before = documentOf('dt/*')
  const after = documentOf(`dt/${THING}/*`, 'spare/*')
  const { rows, compared } = rehearse(requests, knowing(factsOf(['device', before])), 'device', before, after)
  expect(compared).toBe(4)
  expect(rows.map(({ change, request, before: was }) => [change, request.subject, was.allowed[0]?.sid])).toEqual([
    ['denied', 'dt/other/t', 'Tell'],
    ['allowed', 'spare/t', undefined],
  ])
})

test('what another policy of the client allows as well is no change', () => {
  const before = documentOf('dt/*')
  const facts = factsOf(['device', before], ['group', documentOf('dt/other/*')])
  expect(rehearse(requests, knowing(facts), 'device', before, documentOf(`dt/${THING}/*`)).rows).toEqual([])
})

test('clients without the policy, and clients that nothing is known of, are counted and not decided', () => {
  const without = factsOf(['group', documentOf('dt/*')])
  expect(rehearse(requests, knowing(without), 'device', documentOf('dt/*'), documentOf('x'))).toMatchObject({
    rows: [],
    compared: 0,
    ofOthers: 4,
  })
  expect(rehearse(requests, new Map(), 'device', documentOf('dt/*'), documentOf('x'))).toMatchObject({ unknown: 4 })
})

test('a policy from traffic has the thing as a variable, and what was refused only when that is told', () => {
  const traffic = loggedTraffic([
    entry('Publish-In', { topicName: 'dt/pump-7/t' }),
    entry('Publish-In', { topicName: 'secret', ...refused }),
  ])
  const home = { partition: 'aws', region: 'us-east-1', accountId: '123456789012' }
  const made = (withRefused: boolean) =>
    policyOfTraffic(traffic.requests, knowing(factsOf()), { home, withRefused })?.lines.map(({ resource }) => resource)
  expect(made(false)).toEqual([`${PREFIX}:topic/dt/${THING}/t`])
  expect(made(true)).toEqual([`${PREFIX}:topic/dt/${THING}/t`, `${PREFIX}:topic/secret`])
  expect(policyOfTraffic([], new Map(), { home, withRefused: true })).toBeUndefined()
})
