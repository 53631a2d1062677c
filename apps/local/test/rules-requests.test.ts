import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  type Action,
  CreateTopicRuleDestinationCommand,
  GetTopicRuleDestinationCommand,
  IoTClient,
  UpdateTopicRuleDestinationCommand,
} from '@aws-sdk/client-iot'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import { defineService } from '@thingdeck/aws-api'
import { verifySignedRequest } from '@thingdeck/sigv4'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { ENVIRONMENT_KEYS, serveAws } from './support/aws-services.ts'
import { makeDevice } from './support/device.ts'
import type { HttpServer } from './support/http-server.ts'
import { Inbox } from './support/inbox.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ANY_ROLE, errorDocumentOf, republish, ruleMaker } from './support/rules.ts'
import { until } from './support/until.ts'

// Actions that are one HTTP request of a form of its own: OpenSearch, InfluxDB, Salesforce.

interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface Answer {
  readonly status: number
  readonly body?: string
}

/** A server that keeps what it is sent, and answers with what it is told. */
async function receiver(answerTo: (request: Received) => Answer = () => ({ status: 200 })) {
  const inbox = new Inbox<Received>()
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const received = { method, url, headers, body: await text(request) }
    const { status, body } = answerTo(received)
    response.writeHead(status).end(body)
    inbox.put(received)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    inbox,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  }
}

let token = 'first'
let local: Local
let iot: IoTClient
let device: TestClient
let secrets: HttpServer
let salesforce: Awaited<ReturnType<typeof receiver>>

beforeAll(async () => {
  secrets = await serveAws([
    defineService<typeof secretsManager, string>(secretsManager, {
      signingNames: ['secretsmanager'],
      protocol: 'awsJson1_1',
      targetPrefix: 'secretsmanager',
      validationError: 'ValidationException',
      handlers: { GetSecretValue: () => ({ SecretString: JSON.stringify({ token }) }) },
    }),
  ])
  salesforce = await receiver()
  for (const [name, value] of Object.entries(ENVIRONMENT_KEYS)) vi.stubEnv(name, value)
  vi.stubEnv('AWS_SESSION_TOKEN', '')
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secrets.url)
  vi.stubEnv('THINGDECK_LOCAL_SALESFORCE_URL', salesforce.url)
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync('failed', { qos: 1 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
  salesforce.close()
  await secrets[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

const make = ruleMaker(() => iot)
const makeRule = (sql: string, action: Action) => make(sql, [action], { errorAction: republish('failed') })
const publish = (topic: string, payload: string | Buffer) => device.mqtt.publishAsync(topic, payload, { qos: 1 })
const failure = async (topic: string) => (await errorDocumentOf(topic, device)).failures[0]

test.each(['openSearch', 'elasticsearch'] as const)('%s: the document is put, signed for es', async (name) => {
  const search = await receiver(({ url }) =>
    url.includes('/bad/') ? { status: 400, body: '{"error":"mapper_parsing_exception"}' } : { status: 201 },
  )
  onTestFinished(search.close)
  const index = `${name.toLowerCase()}-\${parse_time("yyyy.MM", 0)}`
  const document = { endpoint: search.url, index: '${kind}', type: '_doc', id: '${topic(2)}/${id}', roleArn: ANY_ROLE }
  if (name === 'elasticsearch') {
    // As AWS has it: of rules that have it already.
    await expect(makeRule("SELECT * FROM 'es'", { elasticsearch: document })).rejects.toThrow(/use openSearch/)
    return
  }
  await makeRule("SELECT t FROM 'search/+'", { [name]: { ...document, index } } as unknown as Action) // one member
  await publish('search/pump-7', '{"t":21.50,"id":"a b","kind":"x"}')
  const { method, url, headers, body } = await search.inbox.take()
  expect([method, url, body]).toEqual(['PUT', '/opensearch-1970.01/_doc/pump-7%2Fa%20b', '{"t":21.5}'])
  expect(headers['content-type']).toBe('application/json')
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = ENVIRONMENT_KEYS
  const { scope } = verifySignedRequest({
    method,
    url,
    headers,
    body: Buffer.from(body),
    lookupSecret: (id) => (id === AWS_ACCESS_KEY_ID ? { secretAccessKey: AWS_SECRET_ACCESS_KEY } : undefined),
    nowMs: Date.now(),
    services: ['es'],
    region: 'us-east-1',
  })
  expect(scope.accessKeyId).toBe(AWS_ACCESS_KEY_ID)

  await makeRule("SELECT t FROM 'searchbad'", { openSearch: document })
  await publish('searchbad', '{"t":1,"id":"1","kind":"bad"}')
  expect(await failure('searchbad')).toEqual({
    failedAction: 'OpenSearchAction',
    failedResource: search.url,
    errorMessage: `Failed to put OpenSearch document. The error received was StatusCode: 400. Reason: Bad Request. {"error":"mapper_parsing_exception"}. Message arrived on: searchbad, Action: openSearch, Endpoint: ${search.url}, Index: bad, Type: _doc, Id: /1`,
  })
  await publish('searchbad', '{"t":1,"id":"1"}')
  expect((await failure('searchbad')).errorMessage).toContain('index, type and id must not be empty')
  await publish('searchbad', '{"t":1,"id":"1","kind":".."}')
  expect((await failure('searchbad')).errorMessage).toContain('index, type and id must not be . or ..')
  const far = { ...document, endpoint: 'http://search.example' }
  await expect(makeRule("SELECT * FROM 'far'", { openSearch: far })).rejects.toThrow(/endpoint: .* https:/)
})

test('Salesforce: the JSON is posted with the token', async () => {
  const url = 'https://ingestion-1.abc.sfdcnow.com/streams/x/y/event'
  await makeRule("SELECT t FROM 'sf'", { salesforce: { url, token: 't'.repeat(40) } })
  await publish('sf', '{"t":21.50}')
  const { method, url: path, headers, body } = await salesforce.inbox.take()
  expect([method, path, headers.authorization, body]).toEqual([
    'POST',
    '/streams/x/y/event',
    `Bearer ${'t'.repeat(40)}`,
    '{"t":21.5}',
  ])
})

/** A database of InfluxDB, as far as rules ask it, that knows one token; and a destination that leads to it. */
async function database(
  influxDBVersion: 'V2' | 'V3',
  answerTo: (request: Received) => Answer = () => ({ status: 204 }),
) {
  const scheme = influxDBVersion === 'V2' ? 'Token' : 'Bearer'
  const server = await receiver((request) => {
    if (request.headers.authorization !== `${scheme} ${token}`) return { status: 401 }
    return request.method === 'GET' ? { status: 200, body: '{}' } : answerTo(request)
  })
  onTestFinished(server.close)
  const influxDBConfiguration = { endpoint: server.url, influxDBVersion, secretId: 'influx', secretKey: 'token' }
  const arn = await destination(influxDBConfiguration, 'ENABLED')
  const probe = await server.inbox.take()
  return { ...server, arn, probe }
}

type Configuration = NonNullable<
  NonNullable<
    ConstructorParameters<typeof CreateTopicRuleDestinationCommand>[0]['destinationConfiguration']
  >['influxDBConfiguration']
>

async function destination(influxDBConfiguration: Configuration, wanted: string): Promise<string> {
  const destinationConfiguration = { influxDBConfiguration }
  const { topicRuleDestination } = await iot.send(new CreateTopicRuleDestinationCommand({ destinationConfiguration }))
  const arn = topicRuleDestination?.arn ?? ''
  expect(topicRuleDestination?.status).toBe('IN_PROGRESS')
  await until(async () => {
    const { topicRuleDestination: now } = await iot.send(new GetTopicRuleDestinationCommand({ arn }))
    return now?.status === wanted || undefined
  })
  return arn
}

test('InfluxDB V2: lines with tags in order, types by JSON, and what templates used left out', async () => {
  const { inbox, arn, probe } = await database('V2')
  expect([probe.method, probe.url]).toEqual(['GET', '/api/v2/me'])
  await makeRule("SELECT VALUE * FROM 'in/+'", {
    influxDB: {
      destinationArn: arn,
      roleArn: ANY_ROLE,
      databaseName: 'plant',
      organization: 'acme',
      tableName: 'read ings',
      tags: { site: '${site}', 'a,b=c': '@{engine.id}', gone: "${get(*, 'none')}" },
      timestampUnit: 's',
    },
  })
  const point = {
    timestamp: 1_700_000_000,
    site: 'north, 1',
    engine: { id: 'x=1' },
    text: 'say "hi" \\',
    on: true,
    off: false,
    none: null,
    list: [1, { a: 'b' }],
  }
  await publish(
    'in/1',
    JSON.stringify({ ...point, big: 1 }).replace('"big":1', '"big":18446744073709551615,"t":21.50,"i":-3'),
  )
  const { method, url, headers, body } = await inbox.take()
  expect([method, url]).toEqual(['POST', '/api/v2/write?org=acme&bucket=plant&precision=s'])
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(body).toBe(
    'read\\ ings,a\\,b\\=c=x\\=1,site=north\\,\\ 1 text="say \\"hi\\" \\\\",on=t,off=f,list="[1,{\\"a\\":\\"b\\"}]",big=18446744073709551615u,t=21.5,i=-3i 1700000000',
  )
  for (const [payload, message] of [
    ['{"site":"n","engine":{"id":1},"t":1}', /needs the member timestamp, a whole number of s/],
    ['{"site":"n","engine":{"id":1},"t":1,"timestamp":1.5}', /needs the member timestamp/],
    ['{"site":"n","engine":{"id":1},"timestamp":1}', /at least one field/],
    ['{"site":"n","engine":{"id":1},"timestamp":1,"_t":1}', /"_t": names do not begin with _/],
    ['{"site":"n","engine":{"id":1},"timestamp":1,"t":18446744073709551616}', /more than 64 bits/],
    ['{"site":"n\\nm,a=b c=1","engine":{"id":1},"timestamp":1,"t":1}', /has a line end/],
    ['{"site":"n","timestamp":1,"t":1}', /tags\.a,b=c: the result has no engine\.id/],
    ['[]', /the result has no elements/],
  ] as const) {
    await publish('in/2', payload)
    expect(await failure('in/2')).toMatchObject({
      failedAction: 'InfluxDBAction',
      failedResource: arn,
      errorMessage: expect.stringMatching(message),
    })
  }
  expect(inbox.rest).toEqual([])
})

test('InfluxDB V3: a point for each element, a batch of messages as one write, and the document of its failure', async () => {
  let isDown = false
  const { inbox, arn, probe } = await database('V3', () =>
    isDown ? { status: 404, body: 'no database' } : { status: 204 },
  )
  expect(probe.url).toBe('/api/v3/configure/database?format=json')
  await makeRule("SELECT VALUE list FROM 'inb/+'", {
    influxDB: {
      destinationArn: arn,
      roleArn: ANY_ROLE,
      databaseName: 'plant',
      tableName: '@{kind}',
      batchConfig: { maxBatchSize: 2, maxBatchOpenMs: 1000 },
    },
  })
  const list = (n: number) =>
    JSON.stringify({
      list: [
        { kind: 'a', n, timestamp: n },
        { kind: 'b', n, timestamp: n },
      ],
    })
  await Promise.all([1, 2].map((n) => publish('inb/x', list(n))))
  const { url, body } = await inbox.take()
  expect(url).toBe('/api/v3/write_lp?db=plant&precision=millisecond')
  expect(body).toBe('a n=1i 1\nb n=1i 1\na n=2i 2\nb n=2i 2')
  isDown = true
  await Promise.all([1, 2].map((n) => publish('inb/x', list(n))))
  const document = await errorDocumentOf('inb/x', device)
  expect(document.payloadsWithMetadata.map(({ id }: { id: number }) => id)).toEqual([1, 2])
  expect(document.failures).toEqual([
    {
      failedAction: 'InfluxDBAction',
      failedResource: arn,
      errorMessage:
        'Failed to write to InfluxDB. The error received was StatusCode: 404. Reason: Not Found. no database. Message arrived on: inb/x, Action: influxDB, Database: plant',
      affectedIds: [1, 2],
    },
  ])
})

test('InfluxDB: a new token is read when the old one is refused; what is not there is an ERROR, and can be asked again', async () => {
  const { inbox, arn } = await database('V3')
  const action = { destinationArn: arn, roleArn: ANY_ROLE, databaseName: 'plant', tableName: 't' }
  await makeRule("SELECT * FROM 'int'", { influxDB: action })
  await publish('int', '{"timestamp":1,"n":1}')
  expect((await inbox.take()).headers.authorization).toBe('Bearer first')
  token = 'second'
  await publish('int', '{"timestamp":1,"n":2}')
  expect((await inbox.take()).headers.authorization).toBe('Bearer first')
  expect(await inbox.take()).toMatchObject({ headers: { authorization: 'Bearer second' }, body: 't n=2i 1' })

  const configuration = {
    influxDBVersion: 'V2',
    secretId: 'influx',
    secretKey: 'nothing',
    endpoint: local.urls.http,
  } as const
  const without = await destination(configuration, 'ERROR')
  const shown = await iot.send(new GetTopicRuleDestinationCommand({ arn: without }))
  expect(shown.topicRuleDestination?.statusReason).toContain('no text under the key nothing')
  await iot.send(new UpdateTopicRuleDestinationCommand({ arn: without, status: 'IN_PROGRESS' }))
  await iot.send(new UpdateTopicRuleDestinationCommand({ arn, status: 'DISABLED' }))
  await publish('int', '{"timestamp":1,"n":3}')
  expect((await failure('int')).errorMessage).toContain('the destination is DISABLED')
  const far = { ...configuration, endpoint: 'https://db.example:9999' }
  await expect(destination(far, 'ERROR')).rejects.toThrow(/port of .* must be 443, 8443, 8086 or 8181/)
})

test('InfluxDB as error action: the document is a point at the time of the message', async () => {
  const { inbox, arn } = await database('V3')
  const influxDB = { destinationArn: arn, roleArn: ANY_ROLE, databaseName: 'plant', tableName: 'failures' }
  const nowhere: Action = { http: { url: 'http://127.0.0.1:1/' } }
  const ruleName = await make("SELECT * FROM 'inerror'", [nowhere], { errorAction: { influxDB } })
  await publish('inerror', '{"n":1}')
  const { body } = await inbox.take()
  expect(body).toMatch(
    new RegExp(`^failures ruleName="${ruleName}",topic="inerror",.*failures="\\[\\{.*\\}\\]" \\d{13}$`),
  )
  for (const [change, message] of [
    [{ tableName: '@{kind}' }, /tableName: an error action has no elements/],
    [{ batchConfig: {} }, /batchConfig: an error action cannot be batched/],
  ] as const) {
    const errorAction = { influxDB: { ...influxDB, ...change } }
    await expect(make("SELECT * FROM 'x'", [nowhere], { errorAction })).rejects.toThrow(message)
  }
})

test.each([
  [{ databaseName: '_x' }, /databaseName: it must not begin with _/],
  [{ databaseName: 'x' }, /databaseName: it must have 2 to 64 characters/],
  [{ tags: { a: '${b}@{c}' } }, /tags\.a: @\{…\} and \$\{…\} cannot be in the same value/],
  [{ tags: { a: '@{b}@{c}' } }, /a value may have one/],
  [{ tags: { a: '@{b + 1}' } }, /the path of a member/],
  [{ tags: { '@{a}': 'b' } }, /a name of a tag cannot have/],
  [{ batchConfig: { maxBatchSize: 501 } }, /maxBatchSize: it must be 1 to 500/],
] as const)('InfluxDB: %j is refused', async (change, message) => {
  const influxDB = {
    destinationArn: 'arn:aws:iot:us-east-1:123456789012:ruledestination/influxdb/x',
    roleArn: ANY_ROLE,
    databaseName: 'plant',
    tableName: 't',
    ...change,
  }
  await expect(makeRule("SELECT * FROM 'x'", { influxDB })).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringMatching(message),
  })
})
