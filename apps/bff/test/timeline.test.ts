import {
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  IoTClient,
  SetV2LoggingOptionsCommand,
} from '@aws-sdk/client-iot'
import type { ThingConnectivity, TimelinePage, TimelineSubject } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { type EntryMembers, logEntry, openLogGroup } from './log-entries.ts'

let console: TestConsole
let iot: IoTClient
let put: Awaited<ReturnType<typeof openLogGroup>>['put']
const vera = new Browser()
const startMs = Date.now() - 3_600_000

beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(vera, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function get<Answer>(path: string) {
  const response = await vera.fetch(`${console.url}${path}`)
  const body: Answer & { detail?: string } = JSON.parse(await response.text())
  return { status: response.status, body }
}

const subject = async (thingName: string) =>
  (await get<TimelineSubject>(`/api/things/${thingName}/timeline/subject`)).body

function read(thingName: string, query: Readonly<Record<string, string>> = {}) {
  const range = { from: new Date(startMs).toISOString(), to: new Date(startMs + 3_600_000).toISOString() }
  return get<TimelinePage>(`/api/things/${thingName}/timeline?${new URLSearchParams({ ...range, ...query })}`)
}

/** A thing with a certificate that the things named have, too. */
async function makeThing(thingName: string, { sharedWith = [] as string[], exclusive = false } = {}) {
  const { certificateId = '', certificateArn: principal } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive: true }),
  )
  for (const name of [thingName, ...sharedWith]) {
    await iot.send(new CreateThingCommand({ thingName: name }))
    await iot.send(
      new AttachThingPrincipalCommand({
        thingName: name,
        principal,
        ...(exclusive && { thingPrincipalType: 'EXCLUSIVE_THING' }),
      }),
    )
  }
  return { certificateId, principal }
}

test('before anything was logged, the timeline says so and has the rest', async () => {
  await makeThing('early')
  const { status, body } = await read('early')
  expect(status).toBe(200)
  expect(['no-log-group', 'logging-off']).toContain(body.log.outcome)
  expect(body).toMatchObject({ entries: [], activity: { entries: [], store: 'memory' } })
  ;({ put } = await openLogGroup(console))
})

test('which client is the thing: its principals are told apart by who else has them', async () => {
  const alone = await makeThing('alone')
  const exclusive = await makeThing('exclusive', { exclusive: true })
  await makeThing('shared', { sharedWith: ['shared-2', 'shared-3'] })
  expect(await subject('alone')).toMatchObject({
    clientId: 'alone',
    principals: [
      {
        principal: alone.principal,
        principalId: alone.certificateId,
        attachment: 'alone',
        certificate: { status: 'ACTIVE', notAfter: expect.any(String), createdAt: expect.any(String) },
      },
    ],
  })
  expect((await subject('exclusive')).principals).toMatchObject([
    { principalId: exclusive.certificateId, attachment: 'exclusive' },
  ])
  expect((await subject('shared')).principals).toMatchObject([{ attachment: 'shared', otherThings: 2 }])
})

const entry = (seconds: number, members: EntryMembers) => {
  const atMs = startMs + seconds * 1_000
  return { atMs, message: logEntry(atMs, { protocol: 'MQTT', ...members }) }
}

test('entries of the thing and of no other, newest first, and none of messages that went through', async () => {
  const own = await makeThing('pump-7', { exclusive: true })
  const shared = await makeThing('pump-8', { sharedWith: ['pump-9'] })
  const failure = {
    status: 'Failure',
    logLevel: 'ERROR',
    reason: 'AUTHORIZATION_FAILURE',
    details: 'Authorization Failure',
  }
  await put([
    entry(1, {
      eventType: 'Connect',
      clientId: 'pump-7',
      principalId: own.certificateId,
      sourceIp: '198.51.100.20',
      sourcePort: 40_100,
    }),
    entry(2, { eventType: 'Publish-In', clientId: 'pump-7', topicName: 'dt/pump-7' }),
    entry(3, { eventType: 'Publish-In', clientId: 'pump-7', topicName: 'dt/other', ...failure }),
    entry(4, { eventType: 'Connect', clientId: 'gateway-9', principalId: own.certificateId }),
    entry(5, { eventType: 'Connect', clientId: 'pump-70', principalId: shared.certificateId }),
    entry(6, { eventType: 'Connect', clientId: 'gateway-8', principalId: shared.certificateId }),
    entry(7, {
      eventType: 'UpdateThingShadow',
      clientId: 'app',
      deviceShadowName: 'pump-7',
      topicName: '$aws/things/pump-7/shadow/name/config/update',
    }),
    entry(8, {
      eventType: 'UpdateJobExecution',
      clientId: 'pump-7',
      jobId: 'fw-2',
      details: 'The request status is SUCCESS.',
    }),
    entry(9, {
      eventType: 'Subscribe',
      clientId: 'pump-7',
      topicName: 'a,b',
      subscriptions: [
        { topicName: 'a', reasonCode: 1 },
        { topicName: 'b', reasonCode: 135 },
      ],
    }),
    entry(10, { eventType: 'RuleExecution', clientId: 'pump-7', ruleName: 'r', ruleAction: 'S3Action', ...failure }),
    entry(11, { eventType: 'RuleExecution', clientId: 'pump-7', ruleName: 'r', ruleAction: 'S3Action' }),
    { atMs: startMs + 12_000, message: 'a line of text that names pump-7' },
  ])
  const { body } = await read('pump-7')
  expect(body.log).toEqual({ outcome: 'entries', throttled: 0 })
  expect(body.entries.map(({ eventType, match }) => `${eventType} ${match}`)).toEqual([
    'RuleExecution clientId',
    'Subscribe clientId',
    'UpdateJobExecution clientId',
    'UpdateThingShadow thingName',
    'Connect exclusive',
    'Publish-In clientId',
    'Connect clientId',
  ])
  expect(body.entries.at(-1)).toMatchObject({
    sourceIp: '198.51.100.20',
    sourcePort: 40_100,
    principalId: own.certificateId,
  })
  expect(body.entries[1]).toMatchObject({ refusedFilters: ['b'] })
  expect(body.entries[2]).toMatchObject({ jobId: 'fw-2' })
  expect((await read('pump-8')).body.entries).toEqual([])
})

test('many entries come page by page, each once, and the activity with the first', async () => {
  await makeThing('busy')
  const total = 3_000
  await put(
    Array.from({ length: total }, (_, index) =>
      entry(index / 2, { eventType: index % 2 === 0 ? 'Connect' : 'Disconnect', clientId: 'busy' }),
    ),
  )
  const seen = new Set<string>()
  const times: number[] = []
  let nextToken: string | undefined
  let pages = 0
  do {
    const { body } = await read('busy', nextToken === undefined ? {} : { nextToken })
    expect(body.activity === undefined).toBe(pages > 0)
    for (const { id, time } of body.entries) {
      seen.add(id)
      times.push(Date.parse(time))
    }
    nextToken = body.nextToken
    pages += 1
  } while (nextToken !== undefined)
  expect(seen.size).toBe(total)
  expect(times).toEqual(times.toSorted((one, other) => other - one))
  expect(pages).toBeGreaterThan(1)
})

test('what people changed through the console is there, the shadows and certificates too', async () => {
  await makeThing('audited')
  const ada = new Browser()
  await signIn(ada, console.url, 'ada')
  const written = await ada.fetch(`${console.url}/api/things/audited/shadow`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: '{"state":{"desired":{"on":true}}}',
  })
  expect(written.status).toBe(200)
  const { body } = await read('audited', { to: new Date(Date.now() + 60_000).toISOString() })
  expect(body.activity?.entries).toMatchObject([{ action: 'UpdateThingShadow', person: { name: 'Ada' }, version: 1 }])
})

test('a time that ends before it begins is refused in words', async () => {
  const { status, body } = await read('pump-7', { from: new Date(startMs + 4e6).toISOString() })
  expect(status).toBe(400)
  expect(body.detail).toBe('querystring/from must not be later than to.')
})

test('the connection of a thing: what the index does not know is an outcome, and so is that nothing is logged', async () => {
  await makeThing('dropping')
  const connectivity = async () => (await get<ThingConnectivity>('/api/things/dropping/connectivity')).body
  expect(await connectivity()).toMatchObject({ outcome: 'not-indexed', drops: { outcome: 'not-logged', count: 0 } })

  const roleArn = 'arn:aws:iam::123456789012:role/iot-logging'
  await iot.send(new SetV2LoggingOptionsCommand({ roleArn, defaultLogLevel: 'INFO' }))
  const disconnect = (seconds: number, disconnectReason: string) =>
    entry(seconds, { eventType: 'Disconnect', clientId: 'dropping', disconnectReason })
  await put([
    disconnect(1, 'CONNECTION_LOST'),
    disconnect(2, 'CLIENT_INITIATED_DISCONNECT'),
    disconnect(3, 'MQTT_KEEP_ALIVE_TIMEOUT'),
    disconnect(4, 'CONNECTION_LOST'),
    entry(5, { eventType: 'Disconnect', clientId: 'another', disconnectReason: 'CONNECTION_LOST' }),
  ])
  expect((await connectivity()).drops).toMatchObject({
    outcome: 'counted',
    count: 3,
    byReason: [
      { reason: 'CONNECTION_LOST', count: 2 },
      { reason: 'MQTT_KEEP_ALIVE_TIMEOUT', count: 1 },
    ],
  })
})
