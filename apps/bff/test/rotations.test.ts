import { readFileSync } from 'node:fs'
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListThingPrincipalsCommand,
  SetV2LoggingOptionsCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import type {
  AuditPage,
  Rotation,
  RotationCertificates,
  RotationChange,
  RotationList,
  RotationPreview,
  RotationThings,
} from '@thingdeck/contract'
import mqtt from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { keyAndRequest } from './certificate-requests.ts'
import { startConsole, type TestConsole } from './console.ts'

const PATIENCE = { timeout: 40_000, interval: 100 }

let console: TestConsole
let iot: IoTClient
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  iot = new IoTClient(console.sdk)
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
  })
  for (const policyName of ['device', 'more']) await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
})
afterAll(async () => {
  iot.destroy()
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, `/api/certificate-rotations${path}`, body)

/** A certificate with two policies, of all these things. */
async function makeThings(...thingNames: string[]): Promise<string> {
  const { certificateSigningRequest } = await keyAndRequest('old')
  const { certificateId = '', certificateArn: arn } = await iot.send(
    new CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }),
  )
  for (const policyName of ['device', 'more']) await iot.send(new AttachPolicyCommand({ policyName, target: arn }))
  for (const thingName of thingNames) {
    await iot.send(new CreateThingCommand({ thingName }))
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: arn }))
  }
  return certificateId
}

async function start(thingNames: readonly string[], more: object = {}): Promise<string> {
  const request = { targets: { thingNames }, requestsPerSecond: 50, ...more }
  const { status, body } = await call<Rotation>('POST', '', request)
  expect(status).toBe(202)
  return body.rotationId
}

const thingsOf = async (id: string) => (await call<RotationThings>('GET', `/${id}/things`)).body.things
const stagesOf = async (id: string) =>
  Object.fromEntries((await thingsOf(id)).map(({ thingName, stage }) => [thingName, stage]))
const act = (id: string, action: string, thingNames?: readonly string[]) =>
  call<RotationChange>('POST', `/${id}/actions`, { action, ...(thingNames && { thingNames }) })

/** Makes keys as a page does, and waits for the certificates. */
async function prepare(id: string, thingNames: readonly string[]) {
  const keys = new Map<string, string>()
  const requests = []
  for (const thingName of thingNames) {
    const { privateKey, certificateSigningRequest } = await keyAndRequest(thingName)
    keys.set(thingName, privateKey)
    requests.push({ thingName, certificateSigningRequest })
  }
  const { body } = await call<RotationChange>('POST', `/${id}/requests`, { requests })
  expect(body).toEqual({ changed: thingNames.length, unfit: 0 })
  return vi.waitFor(async () => {
    const { certificates } = (await call<RotationCertificates>('GET', `/${id}/certificates`)).body
    expect(certificates).toHaveLength(thingNames.length)
    return certificates.map((each) => ({ ...each, privateKey: keys.get(each.thingName) ?? '' }))
  }, PATIENCE)
}

const deliver = (id: string, certificates: readonly { certificateId: string }[]) =>
  call('POST', `/${id}/delivered`, { certificateIds: certificates.map(({ certificateId }) => certificateId) })

const reach = (id: string, stages: Readonly<Record<string, string>>) =>
  vi.waitFor(async () => expect(await stagesOf(id)).toEqual(stages), PATIENCE)

const statusOf = async (certificateId: string) => {
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  return certificateDescription?.status
}

const principalsOf = async (thingName: string) =>
  ((await iot.send(new ListThingPrincipalsCommand({ thingName }))).principals ?? []).map((arn) => arn.slice(-64))

test('a device is given a new certificate, is seen with it, loses the old one, and can be given it back', async () => {
  await iot.send(
    new SetV2LoggingOptionsCommand({ roleArn: 'arn:aws:iam::123456789012:role/log', defaultLogLevel: 'INFO' }),
  )
  const old = await makeThings('pump-1')
  const id = await start(['pump-1'], { pauseSeconds: 0 })
  const [made] = await prepare(id, ['pump-1'])
  if (!made) throw new Error('no certificate')
  // Beside the old one, with its policies, and of no use to anybody before somebody has its key.
  expect(await principalsOf('pump-1')).toEqual(expect.arrayContaining([old, made.certificateId]))
  const target = `arn:aws:iot:us-east-1:123456789012:cert/${made.certificateId}`
  const { policies = [] } = await iot.send(new ListAttachedPoliciesCommand({ target }))
  expect(policies.map(({ policyName }) => policyName).sort()).toEqual(['device', 'more'])
  expect(await statusOf(made.certificateId)).toBe('INACTIVE')

  await deliver(id, [made])
  await reach(id, { 'pump-1': 'waiting' })
  expect([await statusOf(made.certificateId), await statusOf(old)]).toEqual(['ACTIVE', 'ACTIVE'])

  const device = await mqtt.connectAsync(console.server.mqtts, {
    clientId: 'pump-1',
    cert: made.certificatePem,
    key: made.privateKey,
    ca: readFileSync(console.server.rootCaPath),
  })
  await reach(id, { 'pump-1': 'replaced' })
  await device.endAsync()
  const [thing] = await thingsOf(id)
  expect(thing).toMatchObject({ seenBy: 'log', oldCertificateIds: [old], newCertificateId: made.certificateId })
  expect(await statusOf(old)).toBe('INACTIVE')
  const { body: over } = await call<Rotation>('GET', `/${id}`)
  expect(over).toMatchObject({ isOver: true, counts: { replaced: 1 }, sight: { source: 'log' } })

  expect((await act(id, 'undo')).body).toEqual({ changed: 1, unfit: 0 })
  await reach(id, { 'pump-1': 'undone' })
  expect(await statusOf(old)).toBe('ACTIVE')
  expect(await principalsOf('pump-1')).toEqual([old])

  const response = await grace.fetch(`${console.url}/api/audit?limit=50&resourceType=certificate`)
  const { entries } = (await response.json()) as AuditPage
  const known = entries.filter(({ resource }) => [old, made.certificateId].includes(resource?.id ?? ''))
  expect(known.map(({ action, person }) => `${action} ${person.name}`).reverse()).toEqual([
    'CreateCertificateFromCsr Grace',
    'UpdateCertificate Grace',
    'UpdateCertificate Grace',
    'UpdateCertificate Grace',
    'DeleteCertificate Grace',
  ])
})

test('what a person does: confirm, deactivate, delete; and what does not fit is left as it is', async () => {
  const old = await makeThings('lamp-1')
  const id = await start(['lamp-1'])
  await deliver(id, await prepare(id, ['lamp-1']))
  await reach(id, { 'lamp-1': 'waiting' })
  expect((await act(id, 'delete')).body).toEqual({ changed: 0, unfit: 1 })
  await act(id, 'confirm', ['lamp-1'])
  await reach(id, { 'lamp-1': 'seen' })
  // Nobody makes it inactive any more, and nobody need.
  await iot.send(new UpdateCertificateCommand({ certificateId: old, newStatus: 'REVOKED' }))
  await act(id, 'deactivate')
  await reach(id, { 'lamp-1': 'replaced' })
  await act(id, 'delete')
  await reach(id, { 'lamp-1': 'finished' })
  await expect(statusOf(old)).rejects.toThrow(expect.objectContaining({ name: 'ResourceNotFoundException' }))
  expect((await act(id, 'undo')).body).toEqual({ changed: 0, unfit: 1 })
})

test('keys that were lost are made anew, and what was made for them is gone', async () => {
  const old = await makeThings('fan-1')
  const id = await start(['fan-1'])
  const [lost] = await prepare(id, ['fan-1'])
  await act(id, 'renew')
  await reach(id, { 'fan-1': 'chosen' })
  expect(await principalsOf('fan-1')).toEqual([old])
  const [made] = await prepare(id, ['fan-1'])
  expect(made?.certificateId).not.toBe(lost?.certificateId)
  expect((await principalsOf('fan-1')).sort()).toEqual([old, made?.certificateId].sort())
})

test('an old certificate that another device needs still is kept, and it is said who that is', async () => {
  const shared = await makeThings('gate-1', 'gate-2')
  const id = await start(['gate-1'])
  await deliver(id, await prepare(id, ['gate-1']))
  await reach(id, { 'gate-1': 'waiting' })
  await act(id, 'confirm')
  await act(id, 'deactivate')
  const held = await vi.waitFor(async () => {
    const { things, total } = (await call<RotationThings>('GET', `/${id}/things?failed=true`)).body
    expect(total).toBe(1)
    return things[0]
  }, PATIENCE)
  expect(held).toMatchObject({
    stage: 'deactivating',
    failure: { code: 'HELD', message: expect.stringContaining('gate-2') },
  })
  expect(await statusOf(shared)).toBe('ACTIVE')
  await act(id, 'undo')
  await reach(id, { 'gate-1': 'undone' })
})

test('a thing without a certificate says so, and does not hold up the others', async () => {
  await makeThings('door-1')
  await iot.send(new CreateThingCommand({ thingName: 'door-2' }))
  const id = await start(['door-1', 'door-2'])
  const requests = []
  for (const thingName of ['door-1', 'door-2']) {
    const { certificateSigningRequest } = await keyAndRequest(thingName)
    requests.push({ thingName, certificateSigningRequest })
  }
  await call('POST', `/${id}/requests`, { requests })
  await reach(id, { 'door-1': 'prepared', 'door-2': 'requested' })
  const [failed] = (await call<RotationThings>('GET', `/${id}/things?failed=true`)).body.things
  expect(failed).toMatchObject({ thingName: 'door-2', failure: { code: 'NO_CERTIFICATE' } })
})

test('the certificate of a thing is replaced by one rotation at a time, however many begin one', async () => {
  await makeThings('hatch-1', 'hatch-2')
  const begin = (...thingNames: string[]) => call<Rotation>('POST', '', { targets: { thingNames } })
  // A second click, and somebody else, at the same moment.
  const asked = await Promise.all([begin('hatch-1'), begin('hatch-1', 'hatch-2')])
  expect(asked.map(({ status }) => status).sort()).toEqual([202, 409])
  const refused = asked.find(({ status }) => status === 409)
  const begun = asked.find(({ status }) => status === 202)?.body.rotationId ?? ''
  expect(refused?.body).toMatchObject({ code: 'BEING_ROTATED', detail: expect.stringContaining(begun) })
  await act(begun, 'undo')
  await vi.waitFor(async () => expect(Object.values(await stagesOf(begun))).not.toContain('undoing'), PATIENCE)
  expect((await begin('hatch-1', 'hatch-2')).status).toBe(202)
})

test('what is meant is counted first, and what was not agreed to is not begun', async () => {
  const targets = { thingNames: ['pump-1', 'pump-1', 'lamp-1'] }
  const { body } = await call<RotationPreview>('POST', '/preview', { targets })
  expect(body).toEqual({ count: 2, isAtLeast: false, sample: ['lamp-1', 'pump-1'] })
  const refused = await call('POST', '', { targets, confirmedCount: 3 })
  expect(refused).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  expect(refused.body.detail).toContain('3 things were agreed to, and 2 are meant now')
  const { body: list } = await call<RotationList>('GET', '')
  expect(list.lasts).toBe(false)
  const [newest] = list.rotations
  const requests = [
    { thingName: 'door-1', certificateSigningRequest: '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END' },
  ]
  const unread = await call('POST', `/${newest?.rotationId}/requests`, { requests })
  expect(unread).toMatchObject({ status: 400, body: { detail: expect.stringContaining('PKCS #10') } })
  expect(await call('GET', '/none')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
})
