import { beforeEach, describe, expect, test } from 'vitest'
import { testContext } from '../../foundation/context.test-support.ts'
import { testThing } from '../../foundation/thing.test-support.ts'
import type { ThingGroupFacts } from '../../foundation/thing-directory.ts'
import { attachmentHandlers, authorizationHandlers, policyHandlers } from './handlers.ts'
import { Policies } from './policies.ts'

const ARN = 'arn:aws:iot:eu-central-1:123456789012'
const CERTIFICATE = `${ARN}:cert/${'a'.repeat(64)}`
const IDENTITY = 'eu-central-1:11111111-2222-3333-4444-555555555555'
const GROUP = `${ARN}:thinggroup/pumps`
const PARENT = `${ARN}:thinggroup/plant`

const thrown = (name: string) => expect.objectContaining({ name })

const document = (action: string, resource: string, effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: resource }] })

const CONNECT = document('iot:Connect', `${ARN}:client/*`)

function setUp() {
  const { context, now } = testContext()
  const groups = new Map<string, ThingGroupFacts>([
    ['plant', { ancestors: [], dynamic: false }],
    ['pumps', { ancestors: [PARENT], dynamic: false }],
    ['hot', { ancestors: [], dynamic: true }],
  ])
  const policies = new Policies(context, {
    things: { group: (name) => groups.get(name) },
    certificateExists: (id) => id === 'a'.repeat(64),
  })
  const changes: string[][] = []
  policies.changes.subscribe((targets) => changes.push([...targets]))
  return { context, now, policies, changes, groups }
}

let local: ReturnType<typeof setUp>
beforeEach(() => {
  local = setUp()
})

describe('documents', () => {
  test.each([
    ['no JSON', 'hello'],
    ['no statement', '{"Version":"2012-10-17"}'],
    [
      'a principal',
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
    ],
    [
      '2049 characters',
      document('iot:Connect', `${ARN}:client/`.padEnd(2049 - document('iot:Connect', '').length, 'x')),
    ],
  ])('%s is malformed', (_, text) => {
    expect(() => local.policies.create('p', text)).toThrow(thrown('MalformedPolicyException'))
    expect(local.policies.store.find('p')).toBeUndefined()
  })

  test('2048 characters are well, and white space is not counted', () => {
    const resource = `${ARN}:client/`
    const text = document('iot:Connect', resource.padEnd(2048 - document('iot:Connect', '').length, 'x'))
    local.policies.create('p', text.replaceAll(',', ',\n    '))
    expect(local.policies.mustFindVersion('p', '1').document).toContain('\n')
  })

  test('a name is taken, whatever the document', () => {
    local.policies.create('p', CONNECT)
    expect(() => local.policies.create('p', CONNECT)).toThrow(thrown('ResourceAlreadyExistsException'))
  })
})

describe('versions', () => {
  test('the sixth is refused; numbers are not used again', () => {
    const { policies } = local
    policies.create('p', CONNECT)
    for (let count = 2; count <= 5; count += 1) policies.createVersion('p', CONNECT, false)
    expect(() => policies.createVersion('p', CONNECT, false)).toThrow(thrown('VersionsLimitExceededException'))
    policies.deleteVersion('p', '5')
    expect(policies.createVersion('p', CONNECT, false).version).toBe(6)
    expect(policies.store.versions('p').map(({ version }) => version)).toEqual([6, 4, 3, 2, 1])
  })

  test('the default version decides and cannot be deleted', () => {
    const { policies } = local
    policies.create('p', CONNECT)
    policies.createVersion('p', document('iot:Publish', '*'), true)
    expect(policies.mustFind('p').defaultVersion).toBe(2)
    expect(() => policies.deleteVersion('p', '2')).toThrow(thrown('InvalidRequestException'))
    policies.setDefaultVersion('p', '1')
    policies.deleteVersion('p', '2')
  })

  test.each(['2', '0', 'one', ''])('version %j is not there', (version) => {
    local.policies.create('p', CONNECT)
    expect(() => local.policies.mustFindVersion('p', version)).toThrow(thrown('ResourceNotFoundException'))
    expect(() => local.policies.setDefaultVersion('p', version)).toThrow(thrown('ResourceNotFoundException'))
  })
})

describe('delete', () => {
  test('attached, or with a second version: DeleteConflictException', () => {
    const { policies } = local
    policies.create('p', CONNECT)
    policies.attach('p', CERTIFICATE)
    expect(() => policies.delete('p')).toThrow(thrown('DeleteConflictException'))
    policies.detach('p', CERTIFICATE)
    policies.createVersion('p', CONNECT, true)
    expect(() => policies.delete('p')).toThrow(thrown('DeleteConflictException'))
    policies.deleteVersion('p', '1')
    policies.delete('p')
    expect(() => policies.mustFind('p')).toThrow(thrown('ResourceNotFoundException'))
  })

  test('a new policy of the same name begins at version 1 with its own document', () => {
    const { policies } = local
    policies.create('p', CONNECT)
    policies.attach('p', CERTIFICATE)
    expect(policies.compiledFor(CERTIFICATE).forAction('iot:Connect').allow).toHaveLength(1)
    policies.detachAll(CERTIFICATE)
    policies.delete('p')
    policies.create('p', document('iot:Publish', '*'))
    policies.attach('p', CERTIFICATE)
    expect(policies.mustFind('p').defaultVersion).toBe(1)
    expect(policies.compiledFor(CERTIFICATE).forAction('iot:Connect').allow).toHaveLength(0)
  })
})

describe('attachments', () => {
  test.each([
    ['an unknown certificate', `${ARN}:cert/${'b'.repeat(64)}`, 'ResourceNotFoundException'],
    ['an unknown group', `${ARN}:thinggroup/ghosts`, 'ResourceNotFoundException'],
    ['a dynamic group', `${ARN}:thinggroup/hot`, 'InvalidRequestException'], // facts, 3.5
    ['a thing', `${ARN}:thing/pump-7`, 'InvalidRequestException'],
    ['another account', CERTIFICATE.replace('123456789012', '999999999999'), 'InvalidRequestException'],
    ['a name', 'pump-7', 'InvalidRequestException'],
  ])('not to %s', (_, target, name) => {
    local.policies.create('p', CONNECT)
    expect(() => local.policies.attach('p', target)).toThrow(thrown(name))
  })

  test.each([
    [CERTIFICATE, 10],
    [IDENTITY, 10],
    [GROUP, 2], // AWS IoT developer guide, "Thing groups"
  ])('%s takes %i policies', (target, limit) => {
    const { policies } = local
    for (let count = 0; count <= limit; count += 1) policies.create(`p${count}`, CONNECT)
    for (let count = 0; count < limit; count += 1) policies.attach(`p${count}`, target)
    policies.attach('p0', target) // again is well
    expect(() => policies.attach(`p${limit}`, target)).toThrow(thrown('LimitExceededException'))
  })

  test('tells whose policies changed, and only then', () => {
    const { policies, changes } = local
    policies.create('p', CONNECT)
    policies.attach('p', CERTIFICATE)
    policies.attach('p', CERTIFICATE)
    policies.attach('p', GROUP)
    policies.createVersion('p', CONNECT, false)
    policies.createVersion('p', CONNECT, true)
    policies.detach('p', GROUP)
    policies.detach('p', GROUP)
    expect(() => policies.detach('p', `${ARN}:thing/pump-7`)).toThrow(thrown('InvalidRequestException'))
    policies.detachAll(CERTIFICATE)
    expect(changes).toEqual([[CERTIFICATE], [GROUP], [CERTIFICATE, GROUP], [GROUP], [CERTIFICATE]])
  })

  test('a change of the default version is in force at once', () => {
    const { policies } = local
    policies.create('p', CONNECT)
    policies.attach('p', GROUP)
    expect(policies.compiledFor(CERTIFICATE, [GROUP]).forAction('iot:Connect').allow).toHaveLength(1)
    policies.createVersion('p', document('iot:Connect', '*', 'Deny'), true)
    expect(policies.compiledFor(CERTIFICATE, [GROUP]).forAction('iot:Connect').deny).toHaveLength(1)
  })
})

describe('lists', () => {
  test('attached policies; recursive goes up from a group', () => {
    const { context, policies } = local
    const handlers = attachmentHandlers(context, policies, { group: (name) => local.groups.get(name) })
    for (const name of ['a', 'b', 'c']) policies.create(name, CONNECT)
    policies.attach('a', GROUP)
    policies.attach('b', GROUP)
    policies.attach('b', PARENT)
    policies.attach('c', PARENT)
    const names = (recursive: boolean) =>
      handlers.ListAttachedPolicies({ target: GROUP, recursive }).policies.map(({ policyName }) => policyName)
    expect(names(false)).toEqual(['a', 'b'])
    expect(names(true)).toEqual(['a', 'b', 'c'])
    const first = handlers.ListAttachedPolicies({ target: GROUP, recursive: true, pageSize: 2 })
    expect(first.policies).toHaveLength(2)
    const { nextMarker: marker } = first
    const second = handlers.ListAttachedPolicies({ target: GROUP, recursive: true, pageSize: 2, marker })
    expect(second).toEqual({ policies: [{ policyName: 'c', policyArn: `${ARN}:policy/c` }] })
  })

  test('targets are all, principals leave groups out', () => {
    const { context, policies } = local
    const handlers = attachmentHandlers(context, policies, { group: () => undefined })
    policies.create('p', CONNECT)
    for (const target of [CERTIFICATE, GROUP, IDENTITY]) policies.attach('p', target)
    expect(handlers.ListTargetsForPolicy({ policyName: 'p' }).targets).toEqual([CERTIFICATE, GROUP, IDENTITY])
    expect(handlers.ListPolicyPrincipals({ policyName: 'p', ascendingOrder: true }).principals).toEqual([
      CERTIFICATE,
      IDENTITY,
    ])
    expect(() => handlers.AttachPrincipalPolicy({ policyName: 'p', principal: GROUP })).toThrow(
      thrown('InvalidRequestException'),
    )
  })

  test('policies: the newest first unless asked', () => {
    const handlers = policyHandlers(local.policies)
    for (const name of ['b', 'a']) local.policies.create(name, CONNECT)
    const names = (ascendingOrder: boolean) =>
      handlers.ListPolicies({ ascendingOrder }).policies.map(({ policyName }) => policyName)
    expect(names(false)).toEqual(['a', 'b'])
    expect(names(true)).toEqual(['b', 'a'])
  })
})

describe('explanations', () => {
  const explaining = () => {
    const { context, policies } = local
    return authorizationHandlers(context, policies, {
      things: {
        thing: (name) => (name === 'pump-7' ? testThing(name) : undefined),
        groupArnsOf: () => [GROUP, PARENT],
      },
      connections: {
        associatedThing: (_, clientId) => (clientId === 'pump-7' ? 'pump-7' : undefined),
        contextOf: (_, clientId) => (clientId === undefined ? {} : { 'iot:ClientId': clientId }),
      },
      identityPolicies: () => undefined,
    })
  }

  test('effective policies are those of the principal and of the thing’s groups', () => {
    const { policies } = local
    for (const name of ['own', 'group', 'other']) policies.create(name, CONNECT)
    policies.attach('own', CERTIFICATE)
    policies.attach('group', PARENT)
    const handlers = explaining()
    const names = (request: { principal?: string; thingName?: string }) =>
      handlers.GetEffectivePolicies(request).effectivePolicies.map(({ policyName }) => policyName)
    expect(names({ principal: CERTIFICATE })).toEqual(['own'])
    expect(names({ thingName: 'pump-7' })).toEqual(['group'])
    expect(names({ principal: CERTIFICATE, thingName: 'pump-7' })).toEqual(['own', 'group'])
    expect(() => names({})).toThrow(thrown('InvalidRequestException'))
    expect(() => names({ thingName: 'ghost' })).toThrow(thrown('ResourceNotFoundException'))
  })

  test.each([
    ['pump-7', 'ALLOWED', []],
    ['pump-8', 'IMPLICIT_DENY', []],
    [undefined, 'IMPLICIT_DENY', ['iot:ClientId']],
  ] as const)('TestAuthorization as client %s: %s', (clientId, authDecision, missingContextValues) => {
    const { policies } = local
    policies.create('publish', document('iot:Publish', `${ARN}:topic/dt/\${iot:ClientId}`))
    policies.attach('publish', CERTIFICATE)
    const { authResults } = explaining().TestAuthorization({
      principal: CERTIFICATE,
      clientId,
      authInfos: [{ actionType: 'PUBLISH', resources: [`${ARN}:topic/dt/pump-7`] }],
    })
    expect(authResults).toEqual([expect.objectContaining({ authDecision, missingContextValues })])
  })

  test('TestAuthorization takes certificates and Cognito identities, and no group (API reference)', () => {
    const ask = (principal: string) => () =>
      explaining().TestAuthorization({
        principal,
        authInfos: [{ actionType: 'PUBLISH', resources: [`${ARN}:topic/a`] }],
      })
    expect(ask(GROUP)).toThrow(thrown('InvalidRequestException'))
    expect(ask(IDENTITY)().authResults).toMatchObject([{ authDecision: 'IMPLICIT_DENY' }])
  })

  test('TestAuthorization adds and leaves out policies, and a Deny beats all', () => {
    const { policies } = local
    policies.create('open', document('iot:*', '*'))
    policies.create('closed', document('iot:Publish', '*', 'Deny'))
    policies.attach('open', CERTIFICATE)
    const decide = (more: { policyNamesToAdd?: string[]; policyNamesToSkip?: string[] }) =>
      explaining().TestAuthorization({
        principal: CERTIFICATE,
        authInfos: [{ actionType: 'PUBLISH', resources: [`${ARN}:topic/a`] }],
        ...more,
      }).authResults[0]
    const reference = (policyName: string) => ({ policyName, policyArn: `${ARN}:policy/${policyName}` })
    expect(decide({})).toMatchObject({ authDecision: 'ALLOWED', allowed: { policies: [reference('open')] } })
    expect(decide({ policyNamesToSkip: ['open'] })).toMatchObject({ authDecision: 'IMPLICIT_DENY' })
    expect(decide({ policyNamesToAdd: ['closed'] })).toMatchObject({
      authDecision: 'EXPLICIT_DENY',
      allowed: { policies: [reference('open')] },
      denied: { explicitDeny: { policies: [reference('closed')] }, implicitDeny: { policies: [] } },
    })
    expect(() => decide({ policyNamesToAdd: ['ghost'] })).toThrow(thrown('ResourceNotFoundException'))
  })

  test('TestAuthorization counts the policies on the groups of the connection’s thing', () => {
    const { policies } = local
    policies.create('connect', CONNECT)
    policies.attach('connect', PARENT)
    const decide = (clientId: string) =>
      explaining().TestAuthorization({
        principal: CERTIFICATE,
        clientId,
        authInfos: [{ actionType: 'CONNECT', resources: [`${ARN}:client/x`] }],
      }).authResults[0]?.authDecision
    expect(decide('pump-7')).toBe('ALLOWED')
    expect(decide('pump-8')).toBe('IMPLICIT_DENY')
  })
})
