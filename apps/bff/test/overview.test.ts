import {
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  CreateTopicRuleCommand,
  IoTClient,
  UpdateCertificateCommand,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import type {
  CertificatesOverview,
  DeviceEndpoint,
  RefusalsOverview,
  RulesOverview,
  ThingsOverview,
} from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { logEntry, openLogGroup } from './log-entries.ts'

let console: TestConsole
let iot: IoTClient
const browser = new Browser()
beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(browser, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function get<Answer>(path: string): Promise<Answer> {
  const response = await browser.fetch(`${console.url}${path}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

const createThing = (thingName: string) => iot.send(new CreateThingCommand({ thingName }))

test('without an index the registry is counted as far as one page goes; with one, all things and their connections', async () => {
  await createThing('pump-1')
  await createThing('pump-2')
  expect(await get<ThingsOverview>('/api/overview/things')).toEqual({
    index: 'OFF',
    connectivity: false,
    registry: { count: 2, isAll: true },
  })
  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' },
    }),
  )
  await vi.waitFor(
    async () =>
      expect(await get<ThingsOverview>('/api/overview/things')).toEqual({
        index: 'ACTIVE',
        connectivity: true,
        total: 2,
        connected: 0,
        drops: [],
      }),
    { timeout: 20_000, interval: 500 },
  )
})

test('active certificates on no thing are found, and those that are inactive are nobody’s worry', async () => {
  const create = async () => iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const [onThing, onNothing, inactive] = [await create(), await create(), await create()]
  await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump-1', principal: onThing.certificateArn }))
  await iot.send(new UpdateCertificateCommand({ certificateId: inactive.certificateId, newStatus: 'INACTIVE' }))
  await vi.waitFor(
    async () =>
      expect(await get<CertificatesOverview>('/api/overview/certificates')).toMatchObject({
        outcome: 'read',
        looked: 2,
        listed: 2,
        isOver: true,
        isAll: true,
        expired: [],
        expiring: [],
        onNothing: [{ certificateId: onNothing.certificateId, status: 'ACTIVE', things: [] }],
      }),
    { timeout: 20_000, interval: 200 },
  )
})

test('what was refused is told by reason, from the log', async () => {
  expect(await get<RefusalsOverview>('/api/overview/refusals')).toMatchObject({
    outcome: 'logging-off',
    total: 0,
    reasons: [],
  })
  const { put } = await openLogGroup(console)
  const nowMs = Date.now()
  const refused = (eventType: string, reason: string, clientId: string) =>
    logEntry(nowMs - 60_000, { logLevel: 'ERROR', status: 'Failure', eventType, reason, clientId })
  const messages = [
    refused('Publish-In', 'AUTHORIZATION_FAILURE', 'pump-1'),
    refused('Publish-In', 'AUTHORIZATION_FAILURE', 'pump-1'),
    refused('Publish-In', 'AUTHORIZATION_FAILURE', 'pump-2'),
    refused('Connect', 'AUTHORIZATION_FAILURE', 'pump-1'),
    logEntry(nowMs - 60_000, { eventType: 'Connect', clientId: 'pump-3' }),
    refused('GetThingShadow', 'RESOURCE_NOT_FOUND', 'pump-5'), // it has none yet
    logEntry(nowMs - 2 * 3_600_000, {
      status: 'Failure',
      eventType: 'Connect',
      reason: 'LONG_AGO',
      clientId: 'pump-4',
    }),
  ]
  const atMs = [nowMs - 60_000, nowMs - 2 * 3_600_000]
  await put(messages.map((message, index) => ({ atMs: atMs[index === 6 ? 1 : 0] ?? nowMs, message })))
  await vi.waitFor(
    async () =>
      expect(await get<RefusalsOverview>('/api/overview/refusals')).toEqual({
        outcome: 'read',
        isAll: true,
        isOff: true, // it has these from somewhere, and nothing more comes
        total: 4,
        clients: 2,
        reasons: [
          { eventType: 'Publish-In', reason: 'AUTHORIZATION_FAILURE', count: 3, clients: 2 },
          { eventType: 'Connect', reason: 'AUTHORIZATION_FAILURE', count: 1, clients: 1 },
        ],
      }),
    { timeout: 40_000, interval: 1_000 }, // what was read serves others for 20 s
  )
})

test('where a device connects, and what it trusts, is the embedded server’s own', async () => {
  const { port, alpnPort, rootCaUrl, ...told } = await get<DeviceEndpoint>('/api/overview/device-endpoint')
  expect(told).toMatchObject({ host: 'localhost', region: 'us-east-1', awsEndpointUrl: console.server.http })
  expect(port).toBe(Number(new URL(console.server.mqtts).port))
  expect(alpnPort).toBe(Number(new URL(console.server.https).port))
  expect(await (await fetch(rootCaUrl)).text()).toContain('BEGIN CERTIFICATE')
})

test('rules are counted, those that are disabled too', async () => {
  expect(await get<RulesOverview>('/api/overview/rules')).toEqual({
    outcome: 'read',
    total: 0,
    disabled: 0,
    isAll: true,
  })
  for (const [ruleName, ruleDisabled] of [
    ['to_table', false],
    ['not_now', true],
  ] as const) {
    const actions = [{ republish: { topic: 'heard', roleArn: 'arn:aws:iam::123456789012:role/republish' } }]
    const topicRulePayload = { sql: "SELECT * FROM 'dt/#'", actions, ruleDisabled }
    await iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload }))
  }
  await vi.waitFor(
    async () =>
      expect(await get<RulesOverview>('/api/overview/rules')).toMatchObject({ outcome: 'read', total: 2, disabled: 1 }),
    { timeout: 20_000, interval: 500 }, // what was read serves others for 5 s
  )
})
