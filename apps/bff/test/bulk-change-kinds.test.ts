import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateBillingGroupCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  DetachThingPrincipalCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListTagsForResourceCommand,
  ListThingGroupsForThingCommand,
  UpdateCertificateCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import type { AuditPage, BulkChange, BulkChangeChange, BulkChangeResults, BulkChangeTargets } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
let data: IoTDataPlaneClient
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  data = new IoTDataPlaneClient(console.sdk)
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function post<Answer>(browser: Browser, path: string, body: object = {}) {
  const response = await browser.fetch(`${console.url}/api/bulk-changes${path}`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}
const get = async <Answer>(path: string) => (await (await grace.fetch(`${console.url}/api${path}`)).json()) as Answer

async function ended({ bulkChangeId }: BulkChange) {
  const bulkChange = await vi.waitUntil(
    async () => {
      const now = await get<BulkChange>(`/bulk-changes/${bulkChangeId}`)
      return now.endedAt === undefined ? undefined : now
    },
    { timeout: 20_000 },
  )
  return { bulkChange, ...(await get<BulkChangeResults>(`/bulk-changes/${bulkChangeId}/results`)) }
}

async function run(change: BulkChangeChange, things: readonly string[] | BulkChangeTargets, dryRun = false) {
  const targets = Array.isArray(things) ? { thingNames: things } : things
  const { status, body } = await post<BulkChange>(grace, '', { targets, change, dryRun, requestsPerSecond: 100 })
  expect({ status, body }).toMatchObject({ status: 202 })
  return ended(body)
}
const act = async (what: 'undo' | 'apply' | 'retry', { bulkChangeId }: BulkChange, body = {}) =>
  ended((await post<BulkChange>(grace, `/${bulkChangeId}/${what}`, body)).body)

const makeThing = (thingName: string, attributes: Record<string, string> = {}, thingTypeName?: string) =>
  iot.send(new CreateThingCommand({ thingName, thingTypeName, attributePayload: { attributes } }))
const describe = (thingName: string) => iot.send(new DescribeThingCommand({ thingName }))
const groupsOf = async (thingName: string) => {
  const { thingGroups = [] } = await iot.send(new ListThingGroupsForThingCommand({ thingName }))
  return thingGroups.map(({ groupName }) => groupName).sort()
}

async function makeCertificate(...thingNames: string[]) {
  const { certificateId = '', certificateArn = '' } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive: true }),
  )
  for (const thingName of thingNames)
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  return { certificateId, certificateArn }
}
const statusOf = async (certificateId: string) =>
  (await iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription?.status
const policiesOf = async (target: string) =>
  (await iot.send(new ListAttachedPoliciesCommand({ target }))).policies?.map(({ policyName }) => policyName)

test('attributes are set and removed beside the others; an undo puts back what nobody changed since', async () => {
  await makeThing('attr-1', { site: 'south', room: '1' })
  await makeThing('attr-2', { site: 'north' })
  await makeThing('attr-3', { floor: '2' })
  const change = { kind: 'attributes' as const, set: { site: 'north' }, remove: ['room'] }
  const things = ['attr-1', 'attr-2', 'attr-3', 'attr-none']
  const dry = await run(change, things, true)
  expect(dry.bulkChange.counts).toEqual({ 'would-change': 2, unchanged: 1, 'not-there': 1 })
  expect(dry.results[0]).toEqual({
    target: 'attr-1',
    outcome: 'would-change',
    version: 1,
    changes: [
      { path: '$.attributes.site', beforeText: '"south"', afterText: '"north"' },
      { path: '$.attributes.room', beforeText: '"1"' },
    ],
  })
  expect(dry.results[3]).toEqual({
    target: 'attr-none',
    outcome: 'not-there',
    message: 'Thing attr-none cannot be found.',
  })
  const { bulkChange } = await act('apply', dry.bulkChange)
  expect(bulkChange.counts).toEqual({ changed: 2 })
  expect((await describe('attr-1')).attributes).toEqual({ site: 'north' })
  expect((await describe('attr-3')).attributes).toEqual({ site: 'north', floor: '2' })

  // Somebody else changed one of them since.
  await iot.send(
    new UpdateThingCommand({ thingName: 'attr-3', attributePayload: { attributes: { site: 'west' }, merge: true } }),
  )
  const undone = await act('undo', bulkChange, { dryRun: false })
  expect(undone.bulkChange.counts).toEqual({ changed: 1, 'left-out': 1 })
  expect(undone.results[1]?.message).toContain('$.attributes.site was changed since, to "west"')
  expect((await describe('attr-1')).attributes).toEqual({ site: 'south', room: '1' })
  expect((await describe('attr-3')).attributes).toEqual({ site: 'west', floor: '2' })
  expect(await get<BulkChange>(`/bulk-changes/${bulkChange.bulkChangeId}`)).toMatchObject({
    undoneBy: undone.bulkChange.bulkChangeId,
  })
  // Each thing has its entry, by who began it.
  const { entries } = await get<AuditPage>(`/audit?thing=attr-1`)
  expect(entries).toMatchObject([
    { action: 'UpdateThing', resource: { type: 'thing', id: 'attr-1' }, person: { name: 'Grace' }, version: 3 },
    { action: 'UpdateThing', bulkChangeId: bulkChange.bulkChangeId, version: 2 },
  ])
})

test('type, groups and billing group; a thing that is not in the group that it would leave is left out', async () => {
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  await iot.send(new CreateBillingGroupCommand({ billingGroupName: 'paid' }))
  for (const thingGroupName of ['hall-a', 'hall-b']) await iot.send(new CreateThingGroupCommand({ thingGroupName }))
  const things = ['place-1', 'place-2']
  for (const name of things) await makeThing(name)

  const typed = await run({ kind: 'type', thingTypeName: 'pump' }, things)
  expect(typed.bulkChange.counts).toEqual({ changed: 2 })
  expect((await describe('place-1')).thingTypeName).toBe('pump')
  const paid = await run({ kind: 'billing-group', billingGroupName: 'paid' }, things)
  expect((await describe('place-2')).billingGroupName).toBe('paid')
  await run({ kind: 'groups', addTo: 'hall-a' }, ['place-1'])
  const moved = await run({ kind: 'groups', removeFrom: 'hall-a', addTo: 'hall-b' }, things)
  expect(moved.bulkChange.counts).toEqual({ changed: 1, 'left-out': 1 })
  expect(await groupsOf('place-1')).toEqual(['hall-b'])
  expect(await groupsOf('place-2')).toEqual([])
  for (const { bulkChange } of [typed, paid, moved]) await act('undo', bulkChange, { dryRun: false })
  expect(await groupsOf('place-1')).toEqual(['hall-a'])
  const { thingTypeName, billingGroupName } = await describe('place-1')
  expect({ thingTypeName, billingGroupName }).toEqual({})
})

test('a billing group that is not there takes no thing out of the one that it is in', async () => {
  for (const billingGroupName of ['billed', 'billed-next'])
    await iot.send(new CreateBillingGroupCommand({ billingGroupName }))
  await iot.send(new CreateThingCommand({ thingName: 'billed-1', billingGroupName: 'billed' }))
  const { results } = await run({ kind: 'billing-group', billingGroupName: 'biled' }, ['billed-1'])
  expect(results).toMatchObject([{ outcome: 'failed', code: 'ResourceNotFoundException' }])
  expect((await describe('billed-1')).billingGroupName).toBe('billed')
  const moved = await run({ kind: 'billing-group', billingGroupName: 'billed-next' }, ['billed-1'])
  expect((await describe('billed-1')).billingGroupName).toBe('billed-next')
  await act('undo', moved.bulkChange, { dryRun: false })
  expect((await describe('billed-1')).billingGroupName).toBe('billed')
  await run({ kind: 'billing-group' }, ['billed-1'])
  expect((await describe('billed-1')).billingGroupName).toBeUndefined()
})

test('tags of resources, by their ARNs; things have none', async () => {
  const { thingGroupArn = '' } = await iot.send(
    new CreateThingGroupCommand({ thingGroupName: 'tagged', tags: [{ Key: 'team', Value: 'a' }] }),
  )
  const tags = async () => (await iot.send(new ListTagsForResourceCommand({ resourceArn: thingGroupArn }))).tags
  const change = { kind: 'tags' as const, set: { cost: '7' }, remove: ['team'] }
  const { bulkChange } = await run(change, { resourceArns: [thingGroupArn] })
  expect(await tags()).toEqual([{ Key: 'cost', Value: '7' }])
  await act('undo', bulkChange, { dryRun: false })
  expect(await tags()).toEqual([{ Key: 'team', Value: 'a' }])
  expect(await post(grace, '', { targets: { thingNames: ['x'] }, change, dryRun: true })).toMatchObject({
    status: 400,
    body: { code: 'BAD_REQUEST', detail: expect.stringContaining('resourceArns') },
  })
})

test('certificates are changed once, whoever shares them, and who else has one is told', async () => {
  for (const name of ['cert-1', 'cert-2', 'cert-other', 'cert-none', 'cert-revoked', 'cert-own']) await makeThing(name)
  const revoked = await makeCertificate('cert-revoked')
  await iot.send(new UpdateCertificateCommand({ certificateId: revoked.certificateId, newStatus: 'REVOKED' }))
  const shared = await makeCertificate('cert-1', 'cert-2', 'cert-other')
  const own = await makeCertificate('cert-own')
  await iot.send(new CreatePolicyCommand({ policyName: 'wide', policyDocument: POLICY }))
  await iot.send(new AttachPolicyCommand({ policyName: 'wide', target: own.certificateArn }))
  const things = ['cert-1', 'cert-2', 'cert-own', 'cert-none']
  const attach = { kind: 'policy' as const, act: 'attach' as const, policyName: 'wide' }

  for (let index = 0; index < 10; index += 1) {
    const policyName = `full-${index}`
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument: POLICY }))
    await iot.send(new AttachPolicyCommand({ policyName, target: revoked.certificateArn }))
  }
  const full = await run(attach, ['cert-revoked'], true)
  expect(full.bulkChange.counts).toEqual({ 'left-out': 1 })
  expect(full.results[0]?.message).toContain('has 10 policies already, as many as AWS attaches, and stays so.')

  const attached = await run(attach, things)
  expect(attached.bulkChange).toMatchObject({
    counts: { changed: 1, unchanged: 2, 'left-out': 1 },
    effects: { certificates: 1, 'other-things': 1 },
  })
  // Which of the two was the first is nobody's to say.
  expect(attached.results.find(({ outcome }) => outcome === 'changed')?.message).toContain('cert-other')
  expect(await policiesOf(shared.certificateArn)).toEqual(['wide'])
  await act('undo', attached.bulkChange, { dryRun: false })
  expect(await policiesOf(shared.certificateArn)).toEqual([])
  expect(await policiesOf(own.certificateArn)).toEqual(['wide']) // it had it before

  const change = { kind: 'certificates' as const, newStatus: 'INACTIVE' as const }
  const effects = { certificates: 2, 'other-things': 1 }
  const dry = await run(change, [...things, 'cert-revoked'], true)
  expect(dry.bulkChange).toMatchObject({ counts: { 'would-change': 2, 'left-out': 2, unchanged: 1 }, effects })
  expect(dry.results[4]?.message).toBe(
    `Its certificate ${revoked.certificateId.slice(0, 8)}… is REVOKED, and stays so.`,
  )
  expect(await statusOf(shared.certificateId)).toBe('ACTIVE')
  const { bulkChange } = await act('apply', dry.bulkChange)
  expect(bulkChange.effects).toEqual(effects)
  expect([await statusOf(shared.certificateId), await statusOf(own.certificateId)]).toEqual(['INACTIVE', 'INACTIVE'])
  const { entries } = await get<AuditPage>(`/audit?resourceType=certificate&resourceId=${shared.certificateId}`)
  expect(entries[0]).toMatchObject({
    action: 'UpdateCertificate',
    changes: [{ path: '$.status', beforeText: '"ACTIVE"', afterText: '"INACTIVE"' }],
    bulkChangeId: bulkChange.bulkChangeId,
  })
  // What one of them does not have any more stays as it is.
  await iot.send(new DetachThingPrincipalCommand({ thingName: 'cert-own', principal: own.certificateArn }))
  const undone = await act('undo', bulkChange, { dryRun: false })
  expect([await statusOf(shared.certificateId), await statusOf(own.certificateId)]).toEqual(['ACTIVE', 'INACTIVE'])
  expect(undone.results.find(({ target }) => target === 'cert-own')?.message).toBe(
    'It has none of the certificates that were changed any more.',
  )
})

test('things are deleted with all that is theirs alone; what others share stays; nothing brings them back', async () => {
  for (const name of ['gone-1', 'gone-2', 'stays']) await makeThing(name, { site: 'x' })
  const shared = await makeCertificate('gone-1', 'stays')
  const own = await makeCertificate('gone-1')
  const revoked = await makeCertificate('gone-2')
  await iot.send(new UpdateCertificateCommand({ certificateId: revoked.certificateId, newStatus: 'REVOKED' }))
  await iot.send(new CreatePolicyCommand({ policyName: 'theirs', policyDocument: POLICY }))
  await iot.send(new AttachPolicyCommand({ policyName: 'theirs', target: own.certificateArn }))
  const payload = new TextEncoder().encode('{"state":{"desired":{"a":1}}}')
  await data.send(new UpdateThingShadowCommand({ thingName: 'gone-1', payload }))
  await data.send(new UpdateThingShadowCommand({ thingName: 'gone-1', shadowName: 'network', payload }))

  const dry = await run({ kind: 'delete' }, ['gone-1', 'gone-2'], true)
  expect(dry.bulkChange.effects).toEqual({
    'certificates-deleted': 2,
    'certificates-kept': 1,
    'shadows-deleted': 2,
    memberships: 0,
  })
  const { bulkChange } = await act('apply', dry.bulkChange)
  expect(bulkChange.counts).toEqual({ changed: 2 })
  await expect(describe('gone-1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  for (const { certificateId } of [own, revoked])
    await expect(statusOf(certificateId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect(await statusOf(shared.certificateId)).toBe('ACTIVE')
  await expect(data.send(new GetThingShadowCommand({ thingName: 'gone-1' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  expect((await run({ kind: 'delete' }, ['gone-1'])).bulkChange.counts).toEqual({ 'not-there': 1 })
  expect(await post(grace, `/${bulkChange.bulkChangeId}/undo`, { dryRun: false })).toMatchObject({
    status: 409,
    body: { code: 'NOTHING_LEFT' },
  })
})

test('a certificate that only the things of the selection have goes with the last of them, and a name that is nobody’s is told of', async () => {
  const names = ['pair-1', 'pair-2', 'pair-3', 'pair-4']
  for (const name of [...names, 'pair-stays']) await makeThing(name)
  const theirs = await makeCertificate(...names)
  const everybodys = await makeCertificate(...names, 'pair-stays')
  const dry = await run({ kind: 'delete' }, [...names, 'pari-1'], true)
  expect(dry.bulkChange).toMatchObject({
    counts: { 'would-change': 4, 'not-there': 1 },
    effects: { 'certificates-deleted': 1, 'certificates-kept': 1 },
  })
  expect(dry.results.find(({ target }) => target === 'pari-1')).toMatchObject({
    outcome: 'not-there',
    message: 'There is no thing of this name.',
  })
  // Part of them: it stays with the one that is left, and nothing else is said.
  const part = await run({ kind: 'delete' }, ['pair-1', 'pair-2'], true)
  expect(part.bulkChange.effects).toMatchObject({ 'certificates-deleted': 0, 'certificates-kept': 2 })

  const { bulkChange } = await act('apply', dry.bulkChange)
  expect(bulkChange).toMatchObject({
    counts: { changed: 4 },
    effects: { 'certificates-deleted': 1, 'certificates-kept': 1 },
  })
  await expect(statusOf(theirs.certificateId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect(await statusOf(everybodys.certificateId)).toBe('ACTIVE')
})

test('the registry and certificates are an admin’s to change, and an operator is told so; one who reads is paused and goes on', async () => {
  const ada = new Browser()
  await signIn(ada, console.url, 'ada')
  const request = {
    targets: { thingNames: Array.from({ length: 40 }, (_, n) => `slow-${n}`) },
    change: { kind: 'type', thingTypeName: 'pump' },
    dryRun: true,
    requestsPerSecond: 8,
  }
  expect(await post(ada, '', request)).toMatchObject({ status: 403, body: { code: 'ROLE_REQUIRED' } })
  const { body } = await post<BulkChange>(grace, '', request)
  // Whoever sees that it goes wrong may stop it; going on is for who may begin it.
  expect(await post(ada, `/${body.bulkChangeId}/pause`)).toMatchObject({ status: 200 })
  const find = () => get<BulkChange>(`/bulk-changes/${body.bulkChangeId}`)
  const isPaused = async () => {
    const now = await find()
    return now.state === 'paused' && now
  }
  const paused = await vi.waitUntil(isPaused, { timeout: 20_000 })
  expect(paused.counts.waiting).toBeGreaterThan(0)
  expect(await post(ada, `/${body.bulkChangeId}/resume`)).toMatchObject({ status: 403 })
  expect(await post(grace, `/${body.bulkChangeId}/resume`)).toMatchObject({ status: 200 })
  expect((await ended(body)).bulkChange).toMatchObject({ state: 'done', counts: { 'not-there': 40 } })
  for (const what of ['retry', 'apply', 'undo'])
    expect(await post(ada, `/${body.bulkChangeId}/${what}`, what === 'undo' ? { dryRun: true } : {})).toMatchObject({
      status: 403,
      body: { code: 'ROLE_REQUIRED' },
    })
})

test.each([
  [{ kind: 'attributes', set: {}, remove: [] }, 'Name an attribute'],
  [{ kind: 'attributes', set: { a: '1' }, remove: ['a'] }, 'a is to be set and to be removed'],
  [{ kind: 'groups' }, 'Name the group'],
  [{ kind: 'groups', addTo: 'a', removeFrom: 'a' }, 'a is the group to add to and to remove from'],
])('%j is refused before anything is asked for', async (change, why) => {
  expect(await post(grace, '', { targets: { thingNames: ['a'] }, change, dryRun: true })).toMatchObject({
    status: 400,
    body: { code: 'BAD_REQUEST', detail: expect.stringContaining(why) },
  })
})

test.each([
  ['things of long names', { thingNames: tenThousand((n) => `${'x'.repeat(100)}-${n}`) }],
  ['resources', { resourceArns: tenThousand((n) => `arn:aws:iot:us-east-1:123456789012:thinggroup/hall-${n}`) }],
])('10,000 %s are as many as a bulk change takes, and are counted', async (_, targets) => {
  expect(await post(grace, '/preview', { targets })).toMatchObject({ status: 200, body: { count: 10_000 } })
})

function tenThousand(named: (n: number) => string): string[] {
  return Array.from({ length: 10_000 }, (_, n) => named(n))
}

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }],
})
