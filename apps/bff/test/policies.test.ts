import {
  AddThingToThingGroupCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DescribeIndexCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import {
  type AuditPage,
  addressOf,
  endpoints,
  type Policy,
  type PolicyPage,
  type PolicyReach,
  type PolicyTargetPage,
  type PolicyUse,
} from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { queriesFor } from '../src/aws/connected-things.ts'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)

const documentOf = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })

async function makeCertificate(): Promise<string> {
  const { certificateArn = '' } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  return certificateArn
}

test('made, changed by versions, and deleted in the order that AWS demands; the trail has all of it', async () => {
  const tags = { team: 'halls' }
  const made = await call<Policy>('POST', '/api/policies', {
    policyName: 'pump',
    policyDocument: documentOf('iot:Connect'),
    tags,
  })
  expect(made.body).toMatchObject({
    policyName: 'pump',
    policyDocument: documentOf('iot:Connect'),
    defaultVersionId: '1',
    versions: [{ versionId: '1', isDefault: true }],
    tags,
  })
  const expected = { expectedDefaultVersionId: '1', expectedNewestVersionId: '1' }
  const version = await call('POST', '/api/policies/pump/versions', {
    policyDocument: documentOf('iot:Publish'),
    setAsDefault: false,
    ...expected,
  })
  expect(version.body).toMatchObject({ versionId: '2', isDefault: false })
  expect((await call<{ policyDocument: string }>('GET', '/api/policies/pump/versions/2')).body.policyDocument).toBe(
    documentOf('iot:Publish'),
  )

  // Who began with version 1 alone is told of the other one.
  const late = await call('POST', '/api/policies/pump/versions', {
    policyDocument: documentOf('iot:Receive'),
    setAsDefault: true,
    ...expected,
  })
  expect({ status: late.status, code: late.body.code }).toEqual({ status: 409, code: 'POLICY_CHANGED' })

  const put = (expectedDefaultVersionId: string) =>
    call('PUT', '/api/policies/pump/default-version', { versionId: '2', expectedDefaultVersionId })
  expect((await put('2')).body.code).toBe('POLICY_CHANGED')
  expect((await put('1')).status).toBe(204)
  expect((await call<Policy>('GET', '/api/policies/pump')).body).toMatchObject({
    policyDocument: documentOf('iot:Publish'),
    defaultVersionId: '2',
    versions: [{ versionId: '2' }, { versionId: '1' }],
  })

  const target = await makeCertificate()
  expect((await call('POST', '/api/policies/pump/targets', { target })).status).toBe(204)
  const { body: attached } = await call<PolicyTargetPage>('GET', '/api/policies/pump/targets')
  expect(attached.targets).toEqual([{ target, kind: 'certificate', id: target.split('/')[1] }])
  const { body: seen } = await call<{ uses: PolicyUse[] }>('GET', '/api/policy-uses?policyName=pump&policyName=gone')
  expect(seen.uses).toEqual([
    { policyName: 'pump', defaultVersionId: '2', changedAt: expect.any(String), targets: 1, hasMoreTargets: false },
  ])

  const retagged = { resourceArn: made.body.policyArn, set: { team: 'north', site: '' }, remove: [] }
  expect((await call('PATCH', '/api/tags', retagged)).status).toBe(204)
  expect((await call<Policy>('GET', '/api/policies/pump')).body.tags).toEqual({ team: 'north', site: '' })

  expect((await call('DELETE', '/api/policies/pump')).body.code).toBe('DeleteConflictException')
  await call('DELETE', `/api/policies/pump/targets?target=${encodeURIComponent(target)}`)
  expect((await call('DELETE', '/api/policies/pump/versions/1')).status).toBe(204)
  expect((await call('DELETE', '/api/policies/pump')).status).toBe(204)
  expect((await call('GET', '/api/policies/pump')).status).toBe(404)

  const { body } = await call<AuditPage>('GET', '/api/audit?resourceType=policy&resourceId=pump')
  expect(body.entries.map(({ action, outcome }) => [action, outcome.code])).toEqual([
    ['DeletePolicy', undefined],
    ['DeletePolicyVersion', undefined],
    ['DetachPolicy', undefined],
    ['DeletePolicy', 'DeleteConflictException'],
    ['TagResource', undefined],
    ['AttachPolicy', undefined],
    ['SetDefaultPolicyVersion', undefined],
    ['SetDefaultPolicyVersion', 'POLICY_CHANGED'],
    ['CreatePolicyVersion', 'POLICY_CHANGED'],
    ['CreatePolicyVersion', undefined],
    ['CreatePolicy', undefined],
  ])
  expect(body.entries[6]?.changes).toContainEqual({
    path: '$.policyDocument',
    beforeText: JSON.stringify(documentOf('iot:Connect')),
    afterText: JSON.stringify(documentOf('iot:Publish')),
  })
})

test('of those who make a new default version of a policy at the same moment, all but one are told of another', async () => {
  await call('POST', '/api/policies', { policyName: 'contested', policyDocument: documentOf('iot:Connect') })
  const version = { setAsDefault: true, expectedDefaultVersionId: '1', expectedNewestVersionId: '1' }
  const headers = { origin: console.url, cookie: grace.cookieOf(console.url) }
  const all = await Promise.all(
    ['Publish', 'Receive', 'Subscribe'].map((action) =>
      // Not by connections, one of which may be there long before the others.
      console.app.inject({
        method: 'POST',
        url: '/api/policies/contested/versions',
        headers,
        payload: { ...version, policyDocument: documentOf(`iot:${action}`) },
      }),
    ),
  )
  expect(all.map((answer) => answer.json().code ?? 'made').sort()).toEqual(['POLICY_CHANGED', 'POLICY_CHANGED', 'made'])
  expect((await call<Policy>('GET', '/api/policies/contested')).body.versions).toHaveLength(2)
})

test('policies by a part of their name, in pages', async () => {
  for (const policyName of ['door-a', 'door-b', 'Front-DOOR', 'lamp']) {
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument: documentOf('iot:Connect') }))
  }
  const { body } = await call<PolicyPage>('GET', '/api/policies?name=door')
  expect(body.policies.map(({ policyName }) => policyName)).toEqual(['door-a', 'door-b', 'Front-DOOR'])
  const first = (await call<PolicyPage>('GET', '/api/policies?maxResults=1')).body
  const next = `/api/policies?maxResults=1&nextToken=${encodeURIComponent(first.nextToken ?? '')}`
  expect((await call<PolicyPage>('GET', next)).body.policies).not.toEqual(first.policies)
})

test('a name with every kind of character that AWS takes', async () => {
  const policyName = 'a+b=c,d.e@f-_9'
  const { body } = await call<Policy>('POST', '/api/policies', {
    policyName,
    policyDocument: documentOf('iot:Connect'),
  })
  expect(body.policyName).toBe(policyName)
  const address = addressOf(endpoints.describePolicy, { params: { policyName } })
  expect((await call<Policy>('GET', address)).body.policyName).toBe(policyName)
})

test('what AWS refuses is said in its words', async () => {
  const malformed = await call('POST', '/api/policies', { policyName: 'wrong', policyDocument: '{}' })
  expect({ status: malformed.status, code: malformed.body.code }).toEqual({
    status: 400,
    code: 'MalformedPolicyException',
  })
  const unknown = await call('POST', '/api/policies/door-a/targets', { target: 'nobody' })
  expect(unknown.body.code).toBe('InvalidRequestException')
})

const reach = async (target: string) =>
  (await call<PolicyReach>('GET', `/api/policies/door-a/reach?target=${encodeURIComponent(target)}`)).body

test('whom a policy holds for through a certificate, and through a group with those below it', async () => {
  const principal = await makeCertificate()
  const { thingGroupArn: halls = '' } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'halls' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall-1', parentGroupName: 'halls' }))
  for (const thingName of ['pump:1', 'pump:2']) await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump:1', principal }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'pump:2', thingGroupName: 'hall-1' }))

  const byConnection = { hasMore: false, toldBy: 'connection' }
  expect(await reach(principal)).toEqual({ things: [{ thingName: 'pump:1', connected: false }], ...byConnection })
  expect(await reach(halls)).toEqual({ things: [{ thingName: 'pump:2', connected: false }], ...byConnection })

  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' },
    }),
  )
  await vi.waitFor(
    async () => {
      expect(await iot.send(new DescribeIndexCommand({ indexName: 'AWS_Things' }))).toMatchObject({
        indexStatus: 'ACTIVE',
      })
    },
    { timeout: 20_000 },
  )
  expect(await reach(principal)).toMatchObject({ things: [{ thingName: 'pump:1', connected: false }], toldBy: 'index' })
})

test('a query of the fleet index has at most twelve names', () => {
  const names = Array.from({ length: 25 }, (_, index) => `pump-${index}`)
  expect(queriesFor(names).map((query) => query.split(' OR ').length)).toEqual([12, 12, 1])
  expect(queriesFor([])).toEqual([])
})
