import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  IoTClient,
  SetV2LoggingOptionsCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import type { RefusalFacts, RefusalList } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { type EntryMembers, logEntry, openLogGroup } from './log-entries.ts'

const HOUR_MS = 3_600_000

let console: TestConsole
let iot: IoTClient
let put: Awaited<ReturnType<typeof openLogGroup>>['put']
const browser = new Browser()
beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(browser, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function get<Answer>(path: string, query: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await browser.fetch(`${console.url}${path}?${new URLSearchParams(query)}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

/** From an hour before a time to it. */
const hourTo = (toMs: number) => ({
  from: new Date(toMs - HOUR_MS).toISOString(),
  to: new Date(toMs).toISOString(),
})

async function certificate(thingName: string, statements: readonly object[] = []) {
  const { certificateArn = '', certificateId = '' } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive: true }),
  )
  await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  if (statements.length > 0) {
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements })
    await iot.send(new CreatePolicyCommand({ policyName: `of-${thingName}`, policyDocument }))
    await iot.send(new AttachPolicyCommand({ policyName: `of-${thingName}`, target: certificateArn }))
  }
  return certificateId
}

test('without a log nothing is known of refusals, and it is said why', async () => {
  expect(await get<RefusalList>('/api/refusals', hourTo(Date.now()))).toEqual({
    outcome: 'logging-off',
    refusals: [],
    isAll: true,
    logging: { state: 'off', notLogged: [] },
  })
})

test('what was refused is one row however often, with when, from where, and what it came to', async () => {
  const nowMs = Date.now()
  put = (await openLogGroup(console)).put
  const entry = (agoMs: number, members: EntryMembers) => ({
    atMs: nowMs - agoMs,
    message: logEntry(nowMs - agoMs, { logLevel: 'ERROR', status: 'Failure', protocol: 'MQTT', ...members }),
  })
  const connection = { clientId: 'pump-7', principalId: 'a'.repeat(64), sourceIp: '198.51.100.20', sourcePort: 40_100 }
  const publish = { ...connection, eventType: 'Publish-In', reason: 'AUTHORIZATION_FAILURE', topicName: 'dt/pump-8' }
  await put([
    entry(50 * 60_000, { ...publish, sourceIp: '198.51.100.9' }),
    entry(60_000, publish),
    entry(60_000 - 3, { ...connection, eventType: 'Disconnect', reason: 'AUTH_ERROR', disconnectReason: 'AUTH_ERROR' }),
    entry(30_000, { eventType: 'GetThingShadow', reason: 'RESOURCE_NOT_FOUND', deviceShadowName: 'pump-7' }),
    entry(20_000, {
      eventType: 'Subscribe',
      reason: 'AUTHORIZATION_FAILURE',
      clientId: 'lamp-3',
      topicName: 'cmd/lamp-3/#,cmd/#',
      subscriptions: [
        { topicName: 'cmd/lamp-3/#', reasonCode: 1 },
        { topicName: 'cmd/#', reasonCode: 0x87 },
      ],
    }),
  ])
  const { refusals, ...rest } = await get<RefusalList>('/api/refusals', hourTo(nowMs))
  expect(rest).toMatchObject({ outcome: 'entries', isAll: true })
  expect(refusals).toMatchObject([
    { eventType: 'Subscribe', clientId: 'lamp-3', refusedFilters: ['cmd/#'], count: 1 },
    {
      eventType: 'Publish-In',
      reason: 'AUTHORIZATION_FAILURE',
      clientId: 'pump-7',
      topicName: 'dt/pump-8',
      isClosed: true,
      count: 2,
      firstAt: new Date(nowMs - 50 * 60_000).toISOString(),
      lastAt: new Date(nowMs - 60_000).toISOString(),
      sourceIps: ['198.51.100.20', '198.51.100.9'],
    },
  ])
  expect(refusals[1]?.parts.map((count, part) => (count > 0 ? part : -1)).filter((part) => part >= 0)).toEqual([4, 23])
  const ofOne = await get<RefusalList>('/api/refusals', { ...hourTo(nowMs), clientId: 'lamp-3' })
  expect(ofOne.refusals.map(({ refusalId }) => refusalId)).toEqual([refusals[0]?.refusalId])
})

test('what one client was refused for different causes under one reason is as many rows', async () => {
  const nowMs = Date.now()
  const members = { logLevel: 'ERROR', status: 'Failure', eventType: 'ProvisionDevice', clientId: 'line-1' }
  const failed = (details: string, provisioningTemplateName = 'pumps') => ({
    atMs: nowMs - 1_000,
    message: logEntry(nowMs - 1_000, { ...members, reason: 'InvalidParameters', details, provisioningTemplateName }),
  })
  const missing = 'Parameters.SerialNumber: has no value'
  await put([failed(missing), failed("Value 'p 1' at 'thingName'"), failed("Value 'p 2' at 'thingName'")])
  await put([failed(missing, 'lamps')])
  const { refusals } = await get<RefusalList>('/api/refusals', { ...hourTo(nowMs), clientId: 'line-1' })
  const told = refusals.map(({ details, templateName, count }) => [details?.slice(0, 10), templateName, count])
  expect(told.toSorted()).toEqual([
    ['Parameters', 'lamps', 1],
    ['Parameters', 'pumps', 1],
    ["Value 'p 2", 'pumps', 2],
  ])
})

test('a thing has the refusals of its certificate, under whatever client id', async () => {
  const certificateId = await certificate('valve-1')
  const nowMs = Date.now()
  const members = { logLevel: 'ERROR', status: 'Failure', eventType: 'Connection.AuthNError' }
  await put([
    {
      atMs: nowMs - 1_000,
      message: logEntry(nowMs - 1_000, {
        ...members,
        principalId: certificateId,
        reason: 'DEVICE_CERTIFICATE_INACTIVE',
      }),
    },
  ])
  const { refusals } = await get<RefusalList>('/api/refusals', { ...hourTo(nowMs), thingName: 'valve-1' })
  expect(refusals).toMatchObject([{ principalId: certificateId, reason: 'DEVICE_CERTIFICATE_INACTIVE', count: 1 }])
})

test('what is logged now is told, failed authentications apart: they need a level of their own', async () => {
  const options = { roleArn: 'arn:aws:iam::123456789012:role/iot-logging', defaultLogLevel: 'ERROR' } as const
  await iot.send(new SetV2LoggingOptionsCommand(options))
  const asked = () => get<RefusalList>('/api/refusals', hourTo(Date.now()))
  expect((await asked()).logging).toEqual({ state: 'on', notLogged: ['Connection.AuthNError'] })
  await iot.send(
    new SetV2LoggingOptionsCommand({
      ...options,
      eventConfigurations: [
        { eventType: 'Connection.AuthNError', logLevel: 'ERROR' },
        { eventType: 'Publish-In', logLevel: 'DISABLED' },
      ],
    }),
  )
  expect((await asked()).logging).toEqual({ state: 'on', notLogged: ['Publish-In'] })
})

test('the facts: whose it is, what its certificate is now, and which statement comes nearest', async () => {
  const resource = (name: string) => `arn:aws:iot:us-east-1:123456789012:${name}`
  const certificateId = await certificate('pump-9', [
    { Effect: 'Allow', Action: 'iot:Connect', Resource: resource('client/pump-9') },
    { Effect: 'Allow', Action: 'iot:Publish', Resource: resource('topic/dt/pump-9/*') },
  ])
  const asked = { reason: 'AUTHORIZATION_FAILURE', clientId: 'pump-9', principalId: certificateId }
  const publish = { ...asked, eventType: 'Publish-In', topicNames: 'dt/pump-8/telemetry' }
  expect(await get<RefusalFacts>('/api/refusals/facts', publish)).toMatchObject({
    thing: { thingName: 'pump-9', by: 'certificate' },
    things: ['pump-9'],
    certificate: { state: 'ACTIVE' },
    checks: [
      {
        action: 'iot:Publish',
        resource: 'dt/pump-8/telemetry',
        decision: 'IMPLICIT_DENY',
        statements: [],
        nearest: { policyName: 'of-pump-9', statement: 2 },
      },
    ],
  })
  expect(await get<RefusalFacts>('/api/refusals/facts', { ...asked, eventType: 'Connect' })).toMatchObject({
    checks: [{ action: 'iot:Connect', decision: 'ALLOWED' }], // then it was its last will
  })
  const asOther = { eventType: 'Connect', reason: 'AUTHORIZATION_FAILURE', clientId: 'nobody', principalId: 'x:y' }
  expect(await get<RefusalFacts>('/api/refusals/facts', asOther)).toMatchObject({ things: [], checks: [] })
})

test('a certificate that was revoked, or is there no more, is told as that', async () => {
  const revoked = await certificate('pump-10')
  await iot.send(new UpdateCertificateCommand({ certificateId: revoked, newStatus: 'REVOKED' }))
  const eventType = 'Connection.AuthNError'
  expect(await get<RefusalFacts>('/api/refusals/facts', { eventType, principalId: revoked })).toMatchObject({
    thing: { thingName: 'pump-10', by: 'certificate' },
    certificate: { state: 'REVOKED' },
  })
  const { certificateId = '' } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: false }))
  await iot.send(new DeleteCertificateCommand({ certificateId }))
  expect(await get<RefusalFacts>('/api/refusals/facts', { eventType, principalId: certificateId })).toEqual({
    things: [],
    certificate: { state: 'not-registered' },
    checks: [],
  })
})
