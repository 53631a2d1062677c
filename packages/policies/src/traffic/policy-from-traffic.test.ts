import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '../../../../scripts/any-character.ts'
import { compilePolicies } from '../compiled-policies.ts'
import { evaluate } from '../evaluate.ts'
import { policyFindings } from '../findings/policy-findings.ts'
import { parsePolicyDocument } from '../parse-policy-document.ts'
import { thingContext } from '../thing-context.ts'
import { comparePolicies } from './compare-policies.ts'
import { policyFromTraffic } from './policy-from-traffic.ts'
import { resourceOf, type SeenRequest } from './seen-request.ts'

const HOME = { partition: 'aws', region: 'eu-central-1', accountId: '123456789012' }
const ARN = 'arn:aws:iot:eu-central-1:123456789012:'

const seen = (action: string, subject: string, clientId?: string, more: Partial<SeenRequest> = {}): SeenRequest => ({
  action: `iot:${action}`,
  subject,
  clientId,
  ...(clientId?.startsWith('pump') && { thing: { thingName: clientId } }),
  count: 1,
  ...more,
})
const toPolicyRequest = (seen: SeenRequest) => ({
  action: seen.action,
  resource: resourceOf(seen, HOME),
  context: seen.clientId === undefined ? {} : thingContext(seen.thing).set('iot:ClientId', seen.clientId),
  seen,
})
const compiled = (text: string) => compilePolicies([{ policyName: 'p', document: parsePolicyDocument(text) }])
const statementsOf = (text: string): { Action: string; Resource: unknown }[] =>
  JSON.parse(text).Statement.map(({ Action, Resource }: { Action: string; Resource: string | string[] }) => ({
    Action,
    Resource: Array.isArray(Resource) ? Resource.map((each) => each.replace(ARN, '')) : Resource.replace(ARN, ''),
  }))

test('one policy serves all things that do the same', () => {
  const requests = ['pump-1', 'pump-2'].flatMap((name) => [
    seen('Connect', name, name),
    seen('Publish', `dt/${name}/telemetry`, name, { count: 40 }),
    seen('Publish', `$aws/things/${name}/shadow/update`, name),
    seen('Subscribe', `cmd/${name}/#`, name),
    seen('Receive', `cmd/${name}/stop`, name),
  ])
  const { text, lines } = policyFromTraffic(requests, { home: HOME })
  const THING = '${iot:Connection.Thing.ThingName}'
  expect(statementsOf(text)).toEqual([
    { Action: 'iot:Connect', Resource: `client/${THING}` },
    { Action: 'iot:Publish', Resource: [`topic/$aws/things/${THING}/shadow/update`, `topic/dt/${THING}/telemetry`] },
    { Action: 'iot:Subscribe', Resource: `topicfilter/cmd/${THING}/#` },
    { Action: 'iot:Receive', Resource: `topic/cmd/${THING}/*` },
  ])
  expect(lines.map(({ words }) => words)).toEqual([
    `Seen 2 times by pump-1, pump-2; ${THING} is the name of its thing.`,
    `Seen 2 times by pump-1, pump-2; ${THING} is the name of its thing.`,
    `Seen 80 times by pump-1, pump-2; ${THING} is the name of its thing.`,
    `Seen 2 times by pump-1, pump-2; ${THING} is the name of its thing.`,
    `Seen 2 times by pump-1, pump-2; it is what cmd/${THING}/# brings.`,
  ])
  expect(policyFindings(text, { home: HOME })).toEqual([])
})

test('without a thing, names stay what they are', () => {
  const requests = [
    seen('Connect', 'lamp', 'lamp'),
    seen('Publish', 'dt/lamp/t', 'lamp'),
    seen('Publish', 'dt/pump-1/t'),
  ]
  expect(statementsOf(policyFromTraffic(requests, { home: HOME }).text)).toEqual([
    { Action: 'iot:Connect', Resource: 'client/lamp' },
    { Action: 'iot:Publish', Resource: ['topic/dt/lamp/t', 'topic/dt/pump-1/t'] },
  ])
})

test('the shadows and jobs of the own thing are one line each when that is told', () => {
  const requests = ['get', 'name/config/get', 'name/config/update'].map((rest) =>
    seen('Publish', `$aws/things/pump-1/shadow/${rest}`, 'pump-1'),
  )
  const resources = (isOwnReservedWhole: boolean) =>
    statementsOf(policyFromTraffic(requests, { home: HOME, isOwnReservedWhole }).text)[0]?.Resource
  expect(resources(false)).toHaveLength(3)
  expect(resources(true)).toBe('topic/$aws/things/${iot:Connection.Thing.ThingName}/shadow/*')
})

test('topics are generalised only when that is told, and say so', () => {
  const requests = ['a', 'b', 'c'].map((room) => seen('Publish', `dt/${room}/t`, 'lamp'))
  const resources = (generaliseFrom?: number) =>
    statementsOf(policyFromTraffic(requests, { home: HOME, generaliseFrom }).text)[0]?.Resource
  expect(resources()).toHaveLength(3)
  expect(resources(4)).toHaveLength(3)
  expect(resources(3)).toBe('topic/dt/*/t')
  expect(policyFromTraffic(requests, { home: HOME, generaliseFrom: 3 }).lines[0]?.words).toBe(
    'Seen 3 times by lamp; 3 differed in level 2 alone.',
  )
})

const levels = fc.oneof(
  fc.constantFrom('a', 'b', 'pump-1', 'pump-2', '*', '?', '${x}', '$', '{', ''),
  fc.string({ unit: anyCharacter }).map((text) => text.replaceAll(/[/+#\0]/g, '')),
)
const topics = fc.oneof(
  fc.constantFrom('$aws/things/pump-1/shadow/get', '$aws/things/pump-1/jobs/start-next', '$aws/things/pump-2/shadow/x'),
  fc.array(levels, { minLength: 1, maxLength: 4 }).map((all) => all.join('/')),
)
const filters = fc.array(fc.oneof(levels, fc.constant('+')), { minLength: 1, maxLength: 4 }).map((all) => all.join('/'))
const clients = fc.constantFrom('pump-1', 'pump-2', 'lamp', undefined)
const seenRequests = fc
  .oneof(
    fc.tuple(fc.constantFrom('Publish', 'Receive', 'RetainPublish'), topics, clients),
    fc.tuple(fc.constant('Subscribe'), filters, clients),
    fc.tuple(fc.constant('GetThingShadow'), fc.constantFrom('pump-1', 'pump-1/config'), fc.constant(undefined)),
    clients.map((client) => ['Connect', client ?? 'other', client ?? 'other'] as const),
  )
  .map(([action, subject, clientId]) => seen(action, subject, clientId))

test('the policy is one that AWS takes, and allows each request that was seen', () => {
  fc.assert(
    fc.property(
      fc.array(seenRequests, { minLength: 1, maxLength: 12 }),
      fc.option(fc.integer({ min: 2, max: 4 }), { nil: undefined }),
      fc.boolean(),
      (requests, generaliseFrom, isOwnReservedWhole) => {
        const { text, lines } = policyFromTraffic(requests, { home: HOME, generaliseFrom, isOwnReservedWhole })
        const policies = compiled(text)
        for (const request of requests) {
          expect(evaluate(policies, toPolicyRequest(request)).decision).toBe('ALLOWED')
        }
        expect(policyFindings(text).filter(({ severity, code }) => severity === 'error' && code !== 'SIZE')).toEqual([])
        const written = JSON.parse(text).Statement.flatMap(({ Resource }: { Resource: string | string[] }) => Resource)
        expect(lines.map(({ resource }) => resource)).toEqual(written)
      },
    ),
    { numRuns: 300 },
  )
})

test('of two policies only what they decide differently is told, with the statements', () => {
  const policy = (resource: string) =>
    compiled(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Sid: 'Tell', Effect: 'Allow', Action: 'iot:Publish', Resource: `${ARN}topic/${resource}` }],
      }),
    )
  const requests = ['dt/a', 'dt/b', 'cmd/a'].map((subject) => toPolicyRequest(seen('Publish', subject, 'lamp')))
  const changed = comparePolicies(policy('dt/*'), policy('*/a'), requests)
  expect(
    changed.map(({ request, before, after }) => [request.seen.subject, before.allowed.length, after.decision]),
  ).toEqual([
    ['dt/b', 1, 'IMPLICIT_DENY'],
    ['cmd/a', 0, 'ALLOWED'],
  ])
})
