import { readFileSync } from 'node:fs'
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import {
  type AuditPage,
  type Client,
  type ClientHistory,
  type ClientPage,
  type ClientSubscriptionPage,
  type ClientTraffic,
  type DirectMessage,
  isConsoleClient,
} from '@thingdeck/contract'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientIdPrefix } from '../src/modules/session/client-ids.ts'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { type EntryMembers, logEntry, openLogGroup } from './log-entries.ts'
import { connectPage } from './mqtt.ts'

const HOUR_MS = 3_600_000
const ARN = 'arn:aws:iot:us-east-1:123456789012'

let console: TestConsole
let iot: IoTClient
const [ada, grace] = [new Browser(), new Browser()]

beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(ada, console.url, 'ada')
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function get<Answer>(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { status, body } = await ask<Answer>(ada, console.url, 'GET', `${path}?${new URLSearchParams(query)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

interface Device {
  readonly certificateId: string
  readonly connect: (options?: IClientOptions) => Promise<MqttClient>
}

/** A thing whose certificate has the policy of AWS's guide: its own name as the client id, and everything on its topics. */
async function makeDevice(thingName: string): Promise<Device> {
  const {
    certificateArn = '',
    certificateId = '',
    certificatePem = '',
    keyPair,
  } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const own = '${iot:Connection.Thing.ThingName}'
  const allow = (Action: string | string[], ...resources: string[]) => ({
    Effect: 'Allow',
    Action,
    Resource: resources.map((resource) => `${ARN}:${resource}`),
  })
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      allow('iot:Connect', `client/${own}`),
      allow(['iot:Publish', 'iot:Receive'], `topic/${own}/*`),
      allow('iot:Subscribe', `topicfilter/${own}/*`),
    ],
  })
  await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  await iot.send(new CreatePolicyCommand({ policyName: `of-${thingName}`, policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName: `of-${thingName}`, target: certificateArn }))
  return {
    certificateId,
    connect: (options = {}) =>
      mqtt.connectAsync(console.server.mqtts, {
        clientId: thingName,
        protocolVersion: 5,
        reconnectPeriod: 0,
        ca: readFileSync(console.server.rootCaPath),
        cert: certificatePem,
        key: keyPair?.PrivateKey ?? '',
        ...options,
      }),
  }
}

const message = (change: Partial<DirectMessage> = {}): DirectMessage => ({
  topic: 'pump-1/cmd',
  payload: Buffer.from('{"on":true}').toString('base64'),
  confirmation: true,
  ...change,
})

const lastHour = () => ({
  from: new Date(Date.now() - HOUR_MS).toISOString(),
  to: new Date(Date.now() + 1_000).toISOString(),
})

describe('a client as it is now', () => {
  test('connection, session and subscriptions; acts on it, each in the trail', async () => {
    const device = await makeDevice('pump-1')
    const client = await device.connect({ keepalive: 45, clean: false, properties: { sessionExpiryInterval: 3_600 } })
    await client.subscribeAsync(['pump-1/a/#', 'pump-1/b'], { qos: 1 })

    const found = await get<Client>('/api/clients/pump-1')
    expect(found).toMatchObject({
      clientId: 'pump-1',
      connection: {
        outcome: 'known',
        connected: true,
        thingName: 'pump-1',
        cleanSession: false,
        sessionExpirySeconds: 3_600,
        keepAliveSeconds: 45,
        targetPort: Number(new URL(console.server.mqtts).port),
      },
      thing: { thingName: 'pump-1', by: 'connection' },
      logging: { state: 'off' },
    })
    expect(found.connection.connectedSince).toBeDefined()

    const path = '/api/clients/pump-1/subscriptions'
    const first = await get<ClientSubscriptionPage>(path, { maxResults: '1' })
    expect(first).toMatchObject({ outcome: 'read', subscriptions: [{ topicFilter: 'pump-1/a/#', qos: 1 }] })
    const rest = await get<ClientSubscriptionPage>(path, { nextToken: first.nextToken ?? '' })
    expect(rest).toEqual({ outcome: 'read', subscriptions: [{ topicFilter: 'pump-1/b', qos: 1 }] })

    const got = new Promise((resolve) => client.once('message', (topic, payload) => resolve([topic, String(payload)])))
    const sent = await ask(ada, console.url, 'POST', '/api/clients/pump-1/messages', message())
    expect(sent).toMatchObject({ status: 200, body: { confirmed: true, sizeBytes: 11 } })
    expect(await got).toEqual(['pump-1/cmd', '{"on":true}'])

    const closed = new Promise((resolve) => client.once('close', () => resolve('closed')))
    expect((await ask(ada, console.url, 'DELETE', '/api/clients/pump-1/connection')).status).toBe(200)
    expect(await closed).toBe('closed')
    expect((await get<Client>('/api/clients/pump-1')).connection).toMatchObject({
      connected: false,
      disconnectReason: 'API_INITIATED_DISCONNECT',
      cleanSession: false,
    })
    expect((await get<ClientSubscriptionPage>(path)).subscriptions).toHaveLength(2) // its session waits for it
    const removed = await ask(ada, console.url, 'DELETE', '/api/clients/pump-1/connection?cleanSession=true')
    expect(removed.status).toBe(200)
    expect(await get<ClientSubscriptionPage>(path)).toEqual({ outcome: 'no-session', subscriptions: [] })

    const { body: trail } = await ask<AuditPage>(
      grace,
      console.url,
      'GET',
      '/api/audit?resourceType=client&resourceId=pump-1',
    )
    expect(trail.entries.map(({ action }) => action)).toEqual([
      'DeleteConnection',
      'DeleteConnection',
      'SendDirectMessage',
    ])
    expect(trail.entries[2]).toMatchObject({
      resource: { type: 'client', id: 'pump-1', arn: `${ARN}:client/pump-1` },
      outcome: { status: 200 },
    })
    client.end(true)
  })

  test('what nobody knows is told as that, whatever characters the client id has', async () => {
    expect(await get<Client>(`/api/clients/${encodeURIComponent('hall 2/pump+1')}`)).toMatchObject({
      connection: { outcome: 'none' },
    })
    const gone = await ask(ada, console.url, 'DELETE', '/api/clients/nobody/connection')
    expect(gone).toMatchObject({ status: 404, body: { code: 'ResourceNotFoundException' } })
  })
})

describe('a direct message', () => {
  let client: MqttClient
  beforeAll(async () => {
    client = await (await makeDevice('pump-2')).connect()
  })
  afterAll(() => client.endAsync(true))

  test.each([
    ['to a client that is not there', 'nobody', {}, 404, 'ResourceNotFoundException'],
    ['on a topic that begins with $', 'pump-2', { topic: '$aws/x' }, 400, 'BAD_REQUEST'],
    ['on a topic with a wildcard', 'pump-2', { topic: 'pump-2/#' }, 400, 'BAD_REQUEST'],
    ['on a topic that its policy does not let it receive on', 'pump-2', { topic: 'lamp/cmd' }, 403, 'MESSAGE_REFUSED'],
  ])('%s is refused', async (_, clientId, change, status, code) => {
    const answer = await ask(ada, console.url, 'POST', `/api/clients/${clientId}/messages`, message(change))
    expect(answer).toMatchObject({ status, body: { code } })
  })

  test('that is not confirmed in time is told as that, and sent once', async () => {
    const seen: string[] = []
    // Without an answer from here, the client sends no PUBACK.
    client.handleMessage = ({ topic }) => void seen.push(topic)
    const answer = await ask(
      ada,
      console.url,
      'POST',
      '/api/clients/pump-2/messages',
      message({ topic: 'pump-2/cmd', timeoutSeconds: 1 }),
    )
    expect(answer).toMatchObject({ status: 504, body: { code: 'NOT_CONFIRMED' } })
    expect(seen).toEqual(['pump-2/cmd'])
  })
})

describe('the console’s own sessions', () => {
  test('have client ids that a device cannot take, nor they a device’s', async () => {
    await using page = await connectPage(ada, console.url)
    expect(isConsoleClient(page.clientId)).toBe(true)
    const device = await makeDevice('pump-3')
    await expect(device.connect({ clientId: page.clientId })).rejects.toMatchObject({ code: 0x87 })
    await expect(connectPage(ada, console.url, 'pump-3')).rejects.toMatchObject({ code: 0x87 })
    expect(page.mqtt.connected).toBe(true)
  })

  test.each([
    [`${clientIdPrefix('eu-central-1:01234567-89ab-4cde-8f01-23456789abcd')}tab-0`, true],
    ['thingdeck-7', false],
    ['pump-thingdeck-eu-central-1:01234567-89ab-4cde-8f01-23456789abcd-tab', false],
  ])('%s is one: %s', (clientId, expected) => {
    expect(isConsoleClient(clientId)).toBe(expected)
  })
})

describe('by the log and the fleet index', () => {
  const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
  const nowMs = Date.now()
  let logs: Awaited<ReturnType<typeof openLogGroup>>
  const of = (clientId: string, principalId: string, sourceIp: string, sourcePort: number) => ({
    clientId,
    principalId,
    sourceIp,
    sourcePort,
    protocol: 'MQTT',
  })
  const taken = {
    eventType: 'Disconnect',
    logLevel: 'ERROR',
    status: 'Failure',
    disconnectReason: 'DUPLICATE_CLIENTID',
    reason: 'DUPLICATE_CLIENT_ID',
  }

  beforeAll(async () => {
    await iot.send(
      new UpdateIndexingConfigurationCommand({
        thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' },
      }),
    )
    logs = await openLogGroup(console)
    const entry = (agoMs: number, members: EntryMembers) => ({
      atMs: nowMs - agoMs,
      message: logEntry(nowMs - agoMs, members),
    })
    const connect = (agoMs: number, who: object) => entry(agoMs, { eventType: 'Connect', ...who })
    await logs.put([
      connect(600_000, of('fan-1', A, '198.51.100.20', 1)),
      connect(500_000, of('fan-1', B, '203.0.113.9', 2)),
      entry(499_999, { ...taken, ...of('fan-1', A, '198.51.100.20', 1) }),
      connect(400_000, of('fan-1', A, '198.51.100.20', 3)),
      entry(400_000, { ...taken, ...of('fan-1', B, '203.0.113.9', 2) }),
      connect(300_000, of('fan/2', A, '198.51.100.20', 4)),
      entry(200_000, {
        eventType: 'Disconnect',
        disconnectReason: 'CONNECTION_LOST',
        ...of('fan/2', A, '198.51.100.20', 4),
      }),
      ...[1, 2].map((tab) =>
        connect(
          250_000,
          of(`${clientIdPrefix('eu-central-1:01234567-89ab-4cde-8f01-23456789abcd')}${tab}`, 'R:S', '::1', tab),
        ),
      ),
      entry(190_000, { eventType: 'Queued', clientId: 'fan/2', topicName: 'fan/2/cmd', qos: '1' }),
      entry(60_000, { eventType: 'Publish-In', topicName: 'dt/a', ...of('fan-1', A, '198.51.100.20', 3) }),
      entry(50_000, { eventType: 'Publish-Out', topicName: 'cmd/a', ...of('fan-1', A, '198.51.100.20', 3) }),
      entry(40_000, {
        eventType: 'Publish-In',
        topicName: 'dt/b',
        status: 'Failure',
        ...of('fan-1', A, '198.51.100.20', 3),
      }),
    ])
  })

  const list = (query: Readonly<Record<string, string>>) =>
    get<ClientPage>('/api/clients', { ...lastHour(), startsWith: 'fan', ...query })
  const ids = ({ clients }: ClientPage) => clients.map(({ clientId }) => clientId)

  test('clients of a time, who did something last first, with how they stand and who fights', async () => {
    expect(await list({})).toMatchObject({
      clients: [
        {
          clientId: 'fan/2',
          connected: false,
          disconnectReason: 'CONNECTION_LOST',
          connects: 1,
          drops: 1,
          takeovers: 0,
        },
        { clientId: 'fan-1', connected: true, principalId: A, connects: 3, drops: 2, takeovers: 2 },
      ],
      log: { outcome: 'entries' },
      index: { outcome: 'read' },
    })
    expect(ids(await list({ isFoughtOver: '1' }))).toEqual(['fan-1'])
    expect(ids(await list({ state: 'disconnected' }))).toEqual(['fan/2'])
    expect(ids(await list({ principalId: B }))).toEqual(['fan-1'])
    expect(ids(await list({ sourceIp: '203.0.113.9' }))).toEqual(['fan-1'])
    expect(ids(await list({ startsWith: 'fan/' }))).toEqual(['fan/2'])
  })

  test('sessions of consoles are left out where that is asked, and counted', async () => {
    const query = { startsWith: 'thingdeck-eu-central-1:' }
    expect(ids(await list(query))).toHaveLength(2)
    expect(await list({ ...query, withoutConsoles: '1' })).toMatchObject({ clients: [], consolesLeftOut: 2 })
    expect(ids(await list({ withoutConsoles: '1' }))).toEqual(['fan/2', 'fan-1'])
  })

  test('in pages', async () => {
    const first = await list({ maxResults: '1' })
    const second = await list({ maxResults: '1', nextToken: first.nextToken ?? '' })
    const behind = await list({ maxResults: '1', nextToken: second.nextToken ?? '' }) // only the index could have more
    expect([ids(first), ids(second), ids(behind)]).toEqual([['fan/2'], ['fan-1'], []])
    expect(behind.nextToken).toBeUndefined()
    const bad = await ask(
      ada,
      console.url,
      'GET',
      `/api/clients?${new URLSearchParams({ ...lastHour(), nextToken: 'x' })}`,
    )
    expect(bad).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })

  test('both parties of a fight, who took it of whom and how often', async () => {
    const history = await get<ClientHistory>('/api/clients/fan-1/history', lastHour())
    expect(history.parties).toMatchObject([
      { principalId: A, sourceIp: '198.51.100.20', connects: 2, took: 1, lost: 1, isConnected: true },
      { principalId: B, sourceIp: '203.0.113.9', connects: 1, took: 1, lost: 1 },
    ])
    expect(history.takeovers.map(({ count }) => count)).toEqual([1, 1])
    expect(history.events).toHaveLength(5)
  })

  test('what it sent, was sent, and what was kept for it', async () => {
    expect(await get<ClientTraffic>('/api/clients/fan-1/traffic', lastHour())).toMatchObject({
      received: 2,
      refused: 1,
      delivered: 1,
      topics: [
        { topic: 'cmd/a', delivered: 1 },
        { topic: 'dt/a', received: 1 },
      ],
    })
    const path = `/api/clients/${encodeURIComponent('fan/2')}/traffic`
    expect(await get<ClientTraffic>(path, lastHour())).toMatchObject({ queued: 1 })
  })

  test('those that connected before that time are told by the index, and only once', async () => {
    const device = await makeDevice('fan-3')
    const client = await device.connect()
    const found = await list({})
    expect(ids(found)).toEqual(['fan/2', 'fan-1', 'fan-3'])
    expect(found.clients[2]).toMatchObject({ toldBy: 'index', connected: true, thingName: 'fan-3' })
    const last = await list({ maxResults: '2', nextToken: '{"index":""}' })
    expect([ids(last), last.nextToken]).toEqual([['fan-3'], undefined])
    expect(ids(await list({ state: 'disconnected' }))).toEqual(['fan/2'])
    await client.endAsync(true)
  })

  test('a reason is a word of AWS’s: it says nothing else to the index', async () => {
    const query = new URLSearchParams({ ...lastHour(), disconnectReason: 'X" OR thingName:"fan-3' })
    expect((await ask(ada, console.url, 'GET', `/api/clients?${query}`)).status).toBe(400)
  })

  test('where a client came back and the log does not have it, it is connected since the index has it', async () => {
    const atMs = nowMs - 1_800_000
    await logs.put([
      { atMs, message: logEntry(atMs, { eventType: 'Connect', ...of('lost-1', A, '198.51.100.20', 6) }) },
    ])
    const device = await makeDevice('lost-1')
    const client = await device.connect()
    const found = await get<ClientPage>('/api/clients', { ...lastHour(), startsWith: 'lost-' })
    expect(found).toMatchObject({ clients: [{ clientId: 'lost-1', connected: true, thingName: 'lost-1' }] })
    expect(Date.parse(found.clients[0]?.changedAt ?? '')).toBeGreaterThanOrEqual(nowMs)
    await client.endAsync(true)
  })
})
