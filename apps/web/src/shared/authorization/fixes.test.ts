import {
  type ClientRequest,
  type ContextValue,
  compilePolicies,
  decideRequest,
  parsePolicyDocument,
  requestContext,
} from '@thingdeck/policies'
import { describe, expect, test } from 'vitest'
import { factsFor, policyText } from '../../../test/authorization-routes.ts'
import type { Door } from './check.ts'
import { fixesOf } from './fixes.ts'
import { policySetOf } from './policy-set.ts'

const NAME = '${iot:Connection.Thing.ThingName}'
const CONNECT = policyText(['Allow', 'iot:Connect', `client/${NAME}`])
const PUBLISH = policyText(['Allow', 'iot:Publish', `topic/dt/${NAME}/*`])

interface Case {
  readonly document: string
  readonly request: ClientRequest
  readonly clientId?: string
  readonly isThing?: boolean
  readonly door?: Door
}

function decide(
  document: string,
  context: ReadonlyMap<string, ContextValue>,
  request: ClientRequest,
  arnPrefix: string,
) {
  const policies = compilePolicies([{ policyName: 'device', document: parsePolicyDocument(document) }])
  return decideRequest({ policies, context, arnOf: (resource) => `${arnPrefix}:${resource}` }, request)
}

function fixesFor({ document, request, clientId = 'pump-7', isThing = true, door = 'mqtt' }: Case) {
  const { thing, ...rest } = factsFor(document)
  const facts = { ...rest, ...(isThing && thing && { thing: { ...thing, thingName: clientId } }) }
  const context = requestContext(facts, door === 'mqtt' ? clientId : undefined)
  const refused = decide(document, context, request, facts.arnPrefix).needs.find(
    ({ decision }) => decision.decision !== 'ALLOWED',
  )
  if (!refused) throw new Error('It is allowed already')
  const fixes = fixesOf(refused, policySetOf(facts.policies), door)
  for (const { text } of fixes) {
    expect(decide(text, context, request, facts.arnPrefix).decision).toBe('ALLOWED')
  }
  return fixes.map(({ resource, isGeneral, statement }) => ({
    tail: resource.split(':').slice(5).join(':'),
    isGeneral,
    statement,
  }))
}

const publish = (topic: string): ClientRequest => ({ kind: 'publish', topic, retain: false })

describe('the smallest change allows what is refused', () => {
  test('with the thing’s variable where its name is a level, and to the letter', () => {
    expect(fixesFor({ document: PUBLISH, request: publish('cmd/pump-7/ack') })).toEqual([
      { tail: `topic/cmd/${NAME}/ack`, isGeneral: true, statement: 1 },
      { tail: 'topic/cmd/pump-7/ack', isGeneral: false, statement: 1 },
    ])
  })

  test('of another action it is a statement of its own', () => {
    expect(fixesFor({ document: CONNECT, request: publish('x') })).toEqual([
      { tail: 'topic/x', isGeneral: false, statement: undefined },
    ])
  })

  test('the client id is no variable for CONNECT: that would allow every one', () => {
    expect(
      fixesFor({ document: CONNECT, request: { kind: 'connect', clientId: 'c-1' }, clientId: 'c-1', isThing: false }),
    ).toEqual([{ tail: 'client/c-1', isGeneral: false, statement: 1 }])
  })

  test('nor where the client calls itself a wildcard', () => {
    const request = { kind: 'subscribe' as const, topicFilter: 'my/#' }
    expect(fixesFor({ document: CONNECT, request, clientId: '#', isThing: false })).toEqual([
      { tail: 'topicfilter/my/#', isGeneral: false, statement: undefined },
    ])
  })

  test('over HTTPS no variable has a value', () => {
    expect(fixesFor({ document: PUBLISH, request: publish('cmd/pump-7'), door: 'https' })).toEqual([
      { tail: 'topic/cmd/pump-7', isGeneral: false, statement: 1 },
    ])
  })

  test('a star of a topic is a star, and no wildcard', () => {
    expect(fixesFor({ document: PUBLISH, request: publish('a*b') })).toEqual([
      { tail: 'topic/a${*}b', isGeneral: false, statement: 1 },
    ])
  })
})

test('nothing helps against a Deny but to change it', () => {
  const document = policyText(['Allow', 'iot:*', '*'], ['Deny', 'iot:Publish', 'topic/x'])
  expect(fixesFor({ document, request: publish('x') })).toEqual([])
})
