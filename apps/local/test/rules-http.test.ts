import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  type Action,
  ConfirmTopicRuleDestinationCommand,
  CreateTopicRuleDestinationCommand,
  DeleteTopicRuleDestinationCommand,
  GetTopicRuleDestinationCommand,
  IoTClient,
  ListTopicRuleDestinationsCommand,
  type TopicRulePayload,
  UpdateTopicRuleDestinationCommand,
} from '@aws-sdk/client-iot'
import { verifySignedRequest } from '@thingdeck/sigv4'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { Inbox } from './support/inbox.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ANY_ROLE, errorDocumentOf, republish, ruleMaker } from './support/rules.ts'

// HTTP actions, and the destinations whose owners confirm that they want to be sent to.

let local: Local
let iot: IoTClient
let device: TestClient

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.stubEnv('AWS_SESSION_TOKEN', '')
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync('failed', { qos: 1 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server that keeps what it is sent, and answers with what it is told. */
async function receiver(statuses: number[] = []) {
  const inbox = new Inbox<Received>()
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const body = await text(request)
    const isChallenge = headers['x-amz-rules-engine-message-type'] !== undefined
    response.writeHead(isChallenge ? 200 : (statuses.shift() ?? 200)).end()
    inbox.put({ method, url, headers, body })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { inbox, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const make = ruleMaker(() => iot)
const makeRule = (sql: string, http: NonNullable<Action['http']>, more: Partial<TopicRulePayload> = {}) =>
  make(sql, [{ http }], { errorAction: republish('failed'), ...more })

const publish = (topic: string, payload: string | Buffer) => device.mqtt.publishAsync(topic, payload, { qos: 1 })
const failure = async (topic: string) => (await errorDocumentOf(topic, device)).failures[0]

/** Opens what the challenge says, as whoever reads the endpoint's log would. */
async function confirm(inbox: Inbox<Received>): Promise<void> {
  const { enableUrl } = JSON.parse((await inbox.take()).body)
  expect((await fetch(enableUrl)).status).toBe(200)
}

test('a destination is made for the action, challenged, confirmed without a signature, and then sent to', async () => {
  const { inbox, url } = await receiver()
  await makeRule("SELECT t, topic(2) AS device FROM 'http/+'", {
    url: `${url}/readings/\${topic(2)}`,
    confirmationUrl: `${url}/readings`,
    headers: [
      { key: 'X-Device', value: '${topic(2)}' },
      { key: 'X-Fixed', value: 'a b' },
    ],
  })
  const { destinationSummaries = [] } = await iot.send(new ListTopicRuleDestinationsCommand({}))
  const arn = destinationSummaries.find(
    ({ httpUrlSummary }) => httpUrlSummary?.confirmationUrl === `${url}/readings`,
  )?.arn
  expect(arn).toMatch(/^arn:aws:iot:us-east-1:123456789012:ruledestination\/http\/[0-9a-f-]{36}$/)
  const status = async () => (await iot.send(new GetTopicRuleDestinationCommand({ arn }))).topicRuleDestination?.status
  expect(await status()).toBe('IN_PROGRESS')

  await publish('http/early', '{"t":0}')
  expect(await failure('http/early')).toMatchObject({
    failedAction: 'HttpAction',
    failedResource: `${url}/readings/early`,
    errorMessage: expect.stringContaining('is IN_PROGRESS, and has to be ENABLED'),
  })

  const challenge = await inbox.take()
  const { confirmationToken, enableUrl, ...rest } = JSON.parse(challenge.body)
  expect(challenge).toMatchObject({
    method: 'POST',
    url: `/readings/?confirmationToken=${confirmationToken}`,
    headers: {
      'content-type': 'application/json',
      'x-amz-rules-engine-message-type': 'DestinationConfirmation',
      'x-amz-rules-engine-destination-arn': arn,
    },
  })
  expect(rest).toEqual({ arn, messageType: 'DestinationConfirmation' })
  expect((await fetch(`${enableUrl}x`)).status).toBe(400)
  expect((await fetch(enableUrl)).status).toBe(200)
  expect(await status()).toBe('ENABLED')

  await publish('http/pump-7', '{"t":21.50}')
  expect(await inbox.take()).toMatchObject({
    method: 'POST',
    url: '/readings/pump-7',
    headers: { 'content-type': 'application/json', 'x-device': 'pump-7', 'x-fixed': 'a b' },
    body: '{"t":21.5,"device":"pump-7"}',
  })
})

test('operations: states as AWS has them, again a challenge, the API confirms too, VPCs and InfluxDB are kept', async () => {
  const { inbox, url } = await receiver()
  const httpUrlConfiguration = { confirmationUrl: `${url}/x?a=b` }
  const create = new CreateTopicRuleDestinationCommand({ destinationConfiguration: { httpUrlConfiguration } })
  const { topicRuleDestination } = await iot.send(create)
  expect(topicRuleDestination).toMatchObject({
    status: 'IN_PROGRESS',
    statusReason: 'Awaiting confirmation. Confirmation message sent to the endpoint',
    httpUrlProperties: httpUrlConfiguration,
  })
  const arn = topicRuleDestination?.arn
  await expect(iot.send(create)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
  const set = (status: 'ENABLED' | 'DISABLED' | 'IN_PROGRESS' | 'ERROR') =>
    iot.send(new UpdateTopicRuleDestinationCommand({ arn, status }))
  await expect(set('ENABLED')).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringContaining('is IN_PROGRESS'),
  })
  await expect(set('ERROR')).rejects.toMatchObject({ name: 'InvalidRequestException' })
  const first = await inbox.take()
  expect(first.url).toMatch(/^\/x\/\?a=b&confirmationToken=/)
  await set('IN_PROGRESS')
  const second = await inbox.take()
  const confirmation = ({ body }: Received) =>
    iot.send(new ConfirmTopicRuleDestinationCommand({ confirmationToken: JSON.parse(body).confirmationToken }))
  await expect(confirmation(first)).rejects.toMatchObject({ name: 'InvalidRequestException' })
  await confirmation(second)
  await set('ENABLED')
  await set('DISABLED')
  await set('ENABLED')
  await iot.send(new DeleteTopicRuleDestinationCommand({ arn }))
  await expect(iot.send(new GetTopicRuleDestinationCommand({ arn }))).rejects.toMatchObject({
    name: 'UnauthorizedException',
  })

  const vpcConfiguration = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroups: ['sg-1'], roleArn: ANY_ROLE }
  const influxDBConfiguration = { endpoint: 'https://db.example:8086', influxDBVersion: 'V2', secretId: 's' } as const
  for (const [destinationConfiguration, status, shown] of [
    [{ vpcConfiguration }, 'ENABLED', { vpcProperties: vpcConfiguration }],
    [{ influxDBConfiguration }, 'IN_PROGRESS', { influxDBProperties: influxDBConfiguration }],
  ] as const) {
    const made = await iot.send(new CreateTopicRuleDestinationCommand({ destinationConfiguration }))
    expect(made.topicRuleDestination).toMatchObject({ status, ...shown })
    await iot.send(new DeleteTopicRuleDestinationCommand({ arn: made.topicRuleDestination?.arn }))
  }
})

test('429 and 5xx are tried three times at most, other answers once; each failure has its metric', async () => {
  const { inbox, url } = await receiver([503, 429, 200, 404, 500, 500, 500])
  const ruleName = await makeRule("SELECT * FROM 'retry'", { url })
  await confirm(inbox)
  await publish('retry', '{"n":1}')
  for (let tries = 0; tries < 3; tries += 1) expect((await inbox.take()).body).toBe('{"n":1}')
  await publish('retry', '{"n":2}')
  expect((await failure('retry')).errorMessage).toBe(
    'HttpAction failed to make a request to the specified endpoint. StatusCode: 404. Reason: Not Found.',
  )
  await publish('retry', '{"n":3}')
  expect((await failure('retry')).errorMessage).toContain('StatusCode: 500. Reason: Internal Server Error.')
  expect((await Promise.all([1, 2, 3, 4].map(() => inbox.take()))).map(({ body }) => body)).toEqual([
    '{"n":2}',
    '{"n":3}',
    '{"n":3}',
    '{"n":3}',
  ])
  expect(inbox.rest).toEqual([])
  const sums = await metricSums(local)
  expect(sums).toMatchObject({ [`HttpCode_4XX ${ruleName}`]: 1, [`HttpCode_5XX ${ruleName}`]: 1 })
})

test('what a device says leads to no other host than the confirmed one', async () => {
  const host = 'https://localhost'
  await makeRule("SELECT * FROM 'hosts/+'", { url: `${host}\${tail}`, confirmationUrl: host })
  for (const tail of ['.other.example/', '.other.example/${x}', ':8443/']) {
    await publish('hosts/pump-7', JSON.stringify({ tail }))
    expect((await failure('hosts/pump-7')).errorMessage).toContain(`The URL does not begin with ${host}.`)
  }
  await publish('hosts/pump-7', '{"tail":"/readings"}')
  expect((await failure('hosts/pump-7')).errorMessage).toContain('has to be ENABLED')
})

test('Signature Version 4: with the credentials of the environment, for the region and service of the action', async () => {
  const { inbox, url } = await receiver()
  await makeRule("SELECT * FROM 'signed'", {
    url: `${url}/a?b=c`,
    headers: [{ key: 'Content-Type', value: 'text/x-own' }],
    auth: { sigv4: { signingRegion: 'eu-west-1', serviceName: 'execute-api', roleArn: ANY_ROLE } },
  })
  await confirm(inbox)
  await publish('signed', '{"n":1}')
  const { method, url: path, headers, body } = await inbox.take()
  expect(headers['content-type']).toBe('text/x-own')
  const { scope } = verifySignedRequest({
    method,
    url: path,
    headers: headers as Record<string, string>, // none of them comes twice
    body: Buffer.from(body),
    region: 'eu-west-1',
    services: ['execute-api'],
    lookupSecret: () => ({ secretAccessKey: 'secret' }),
    nowMs: Date.now(),
  })
  expect(scope.accessKeyId).toBe('AKIDEXAMPLE')
})

test('a batch is an array of what messages gave', async () => {
  const { inbox, url } = await receiver()
  await makeRule("SELECT n FROM 'batch/#'", {
    url,
    enableBatching: true,
    batchConfig: { maxBatchSize: 3, maxBatchOpenMs: 200, batchAcrossTopics: true },
    headers: [{ key: 'content-type', value: 'text/plain' }],
  })
  await confirm(inbox)
  await Promise.all([1, 2, 3, 4].map((n) => publish(`batch/${n}`, JSON.stringify({ n }))))
  const items: unknown[] = []
  while (items.length < 4) {
    const { headers, body } = await inbox.take()
    expect(headers['content-type']).toBe('application/json')
    const batch: unknown[] = JSON.parse(body)
    expect(batch.length).toBeLessThanOrEqual(3)
    items.push(...batch)
  }
  expect(items).toHaveLength(4)
  expect(items).toEqual(expect.arrayContaining([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])) // batches may overtake
})

const base64 = (text: string) => Buffer.from(text).toString('base64')

test('a batch that fails is one document of all its messages, with what else failed for some of them', async () => {
  // Two tries more for each of the two batches.
  const { inbox, url } = await receiver([500, 500, 500, 500, 500, 500])
  const http = { url, enableBatching: true, batchConfig: { maxBatchSize: 2, maxBatchOpenMs: 200 } }
  const other = { url: 'http://127.0.0.1:1/${clientid()}', confirmationUrl: 'http://127.0.0.1:1' }
  const ruleName = await make("SELECT n FROM 'together'", [{ http }, { http: other }], {
    errorAction: republish('failed'),
  })
  await confirm(inbox)
  await Promise.all([1, 2].map((n) => publish('together', JSON.stringify({ n }))))
  const document = await errorDocumentOf('together', device)
  const metadata = {
    cloudwatchTraceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    clientId: 'pump-7',
    sourceIp: '127.0.0.1',
  }
  expect(document).toEqual({
    ruleName,
    topic: 'together',
    payloadsWithMetadata: [1, 2].map((n) => ({
      id: n,
      ...metadata,
      base64OriginalPayload: base64(JSON.stringify({ n })),
    })),
    failures: [
      {
        failedAction: 'HttpAction',
        failedResource: url,
        errorMessage:
          'HttpAction failed to make a request to the specified endpoint. StatusCode: 500. Reason: Internal Server Error.',
        affectedIds: [1, 2],
      },
      {
        failedAction: 'HttpAction',
        failedResource: 'http://127.0.0.1:1/pump-7',
        errorMessage: expect.stringContaining('has to be ENABLED'),
        affectedIds: [1, 2],
      },
    ],
  })

  await makeRule("SELECT n FROM 'across/+'", {
    ...http,
    batchConfig: { ...http.batchConfig, batchAcrossTopics: true },
  })
  await Promise.all([1, 2].map((n) => publish(`across/${n}`, JSON.stringify({ n }))))
  const across = JSON.parse((await device.inbox.take(({ topic }) => topic === 'failed')).text)
  expect(across).not.toHaveProperty('topic')
  expect(across.payloadsWithMetadata).toEqual(
    [1, 2].map((n) => ({ id: n, topic: `across/${n}`, ...metadata, base64OriginalPayload: base64(`{"n":${n}}`) })),
  )
  expect(across.failures[0].affectedIds).toEqual([1, 2])
  // One document for each batch, and no more.
  await publish('failed', 'end')
  expect((await device.inbox.take(({ topic }) => topic === 'failed')).text).toBe('end')
})

test.each([
  ['plain http beyond loopback', { url: 'http://example.com/' }, /does not begin with https:\/\//],
  ['another port', { url: 'https://example.com:444/' }, /443 or 8443/],
  ['a template alone', { url: 'https://example.com/${topic()}' }, /confirmationUrl: it is needed/],
  [
    'a URL elsewhere',
    { url: 'https://example.com/a', confirmationUrl: 'https://example.com/b' },
    /has to begin with the confirmationUrl/,
  ],
  [
    'a host that begins with the name of the confirmed one',
    { url: 'https://example.com.other.org/a', confirmationUrl: 'https://example.com' },
    /has to begin with the confirmationUrl/,
  ],
  [
    'a header of the connection',
    { url: 'https://example.com/', headers: [{ key: 'Host', value: 'a' }] },
    /headers\[0\].key: Host/,
  ],
])('%s is refused', async (_, http, message) => {
  await expect(makeRule("SELECT * FROM 'a'", http)).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringMatching(message),
  })
})
