import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Action,
  CreateTopicRuleDestinationCommand,
  DeleteTopicRuleCommand,
  IoTClient,
  UpdateTopicRuleDestinationCommand,
} from '@aws-sdk/client-iot'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import { defineService } from '@thingdeck/aws-api'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { SubjectAlternativeNameExtension } from '../src/foundation/authority/x509.ts'
import { type Local, startLocal } from '../src/index.ts'
import { TestCertificate } from '../src/services/certificates/authority.test-support.ts'
import { ENVIRONMENT_KEYS, serveAws } from './support/aws-services.ts'
import { makeDevice } from './support/device.ts'
import type { HttpServer } from './support/http-server.ts'
import { type KafkaBrokerOptions, startKafkaBroker } from './support/kafka-broker.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ANY_ROLE, errorDocumentOf, republish, ruleMaker } from './support/rules.ts'

// Kafka actions against a broker that speaks the protocol, in TLS and without, logged in and not.

let local: Local
let iot: IoTClient
let device: TestClient
let secrets: HttpServer
let destinationArn: string
const stored = new Map<string, { SecretString: string } | { SecretBinary: Uint8Array }>()

beforeAll(async () => {
  secrets = await serveAws([
    defineService<typeof secretsManager, string>(secretsManager, {
      signingNames: ['secretsmanager'],
      protocol: 'awsJson1_1',
      targetPrefix: 'secretsmanager',
      validationError: 'ValidationException',
      handlers: { GetSecretValue: ({ SecretId }) => ({ ...stored.get(SecretId ?? '') }) },
    }),
  ])
  for (const [name, value] of Object.entries(ENVIRONMENT_KEYS)) vi.stubEnv(name, value)
  vi.stubEnv('AWS_SESSION_TOKEN', '')
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secrets.url)
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync('failed', { qos: 1 })
  const vpcConfiguration = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], roleArn: ANY_ROLE }
  const { topicRuleDestination } = await iot.send(
    new CreateTopicRuleDestinationCommand({ destinationConfiguration: { vpcConfiguration } }),
  )
  destinationArn = topicRuleDestination?.arn ?? ''
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
  await secrets[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

const make = ruleMaker(() => iot)
type KafkaAction = NonNullable<Action['kafka']>
const makeRule = (sql: string, clientProperties: Record<string, string>, more: Partial<KafkaAction> = {}) =>
  make(sql, [{ kafka: { destinationArn, topic: 'readings', clientProperties, ...more } }], {
    errorAction: republish('failed'),
  })
const publish = (topic: string, payload: string | Buffer) => device.mqtt.publishAsync(topic, payload, { qos: 1 })
const failure = async (topic: string) => (await errorDocumentOf(topic, device)).failures[0]

async function broker(options: KafkaBrokerOptions = {}) {
  const started = await startKafkaBroker(options)
  onTestFinished(() => started[Symbol.asyncDispose]())
  return started
}

const PLAINTEXT = { 'security.protocol': 'PLAINTEXT' }

test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])(
  'a record has topic, key, partition and headers of the message; compression %s',
  async (compression) => {
    const { port, records } = await broker()
    await makeRule(
      `SELECT t FROM 'kafka/${compression}/+'`,
      { ...PLAINTEXT, 'bootstrap.servers': `localhost:${port}`, acks: 'all', 'compression.type': compression },
      {
        topic: 'plant.${topic(2)}',
        key: '${topic(3)}',
        partition: '${n}',
        headers: [
          { key: 'client', value: '${clientid()}' },
          { key: 'grün', value: 'ü' },
        ],
      },
    )
    await publish(`kafka/${compression}/pump-7`, '{"t":21.50,"n":2}')
    const { value, ...record } = await records.take()
    expect(record).toEqual({
      topic: `plant.${compression}`,
      partition: 2,
      acks: -1,
      key: 'pump-7',
      headers: [
        ['client', 'pump-7'],
        ['grün', 'ü'],
      ],
      clientSubject: undefined,
    })
    expect(value.toString()).toBe('{"t":21.5}')
  },
)

test('bytes go as they are; without a key the producer chooses; acks 0 waits for nothing', async () => {
  const { port, records } = await broker()
  await makeRule("SELECT * FROM 'kafkaraw'", { ...PLAINTEXT, 'bootstrap.servers': `localhost:${port}`, acks: '0' })
  await publish('kafkaraw', Buffer.from([0, 255, 1]))
  const { value, acks, key } = await records.take()
  expect([[...value], acks, key]).toEqual([[0, 255, 1], 0, undefined])
})

/** A broker's certificate with that of who signed it. */
async function identities() {
  const ca = await TestCertificate.selfSigned('CN=Test CA')
  const extensions = [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])]
  const [server, client] = [await ca.sign('CN=localhost', { extensions }), await ca.sign('CN=producer')]
  const keyOf = ({ keys }: TestCertificate) => keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    ca,
    tls: { cert: server.pem, key: keyOf(server), ca: ca.pem, requestCert: true, rejectUnauthorized: true },
    client: { cert: client.pem, key: keyOf(client) },
  }
}

test('SSL: with a key store of PKCS #12 and a trust store of Java out of secrets', async () => {
  const { ca, tls, client } = await identities()
  const { port, records } = await broker({ tls })
  stored.set('trust', { SecretBinary: javaTrustStore(Buffer.from(ca.der), 'changeit') })
  stored.set('key', { SecretBinary: pkcs12(client, 'changeit') })
  stored.set('password', { SecretString: '{"password":"changeit"}' })
  const secret = (id: string, type: string, key = '') => `\${get_secret('${id}', '${type}'${key}, '${ANY_ROLE}')}`
  await makeRule("SELECT t FROM 'kafkatls'", {
    'bootstrap.servers': `localhost:${port}`,
    'security.protocol': 'SSL',
    'ssl.truststore': secret('trust', 'SecretBinary'),
    'ssl.truststore.password': secret('password', 'SecretString', ", 'password'"),
    'ssl.keystore': secret('key', 'SecretBinary'),
    'ssl.keystore.password': secret('password', 'SecretString', ", 'password'"),
    'key.serializer': 'org.apache.kafka.common.serialization.StringSerializer',
    'value.serializer': 'org.apache.kafka.common.serialization.ByteBufferSerializer',
  })
  await publish('kafkatls', '{"t":1}')
  expect(await records.take()).toMatchObject({ topic: 'readings', acks: 1, clientSubject: 'producer' })
})

test.each(['PLAIN', 'SCRAM-SHA-512'] as const)('SASL_SSL: %s, and a wrong password', async (mechanism) => {
  const { ca, tls } = await identities()
  const { port, records } = await broker({
    tls: { ...tls, requestCert: false },
    sasl: { mechanism, username: 'ada', password: 'secret, =' },
  })
  const kind = mechanism === 'PLAIN' ? 'plain' : 'scram'
  const properties = {
    'bootstrap.servers': `localhost:${port}`,
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': mechanism,
    'ssl.truststore': ca.pem,
    [`sasl.${kind}.username`]: 'ada',
    [`sasl.${kind}.password`]: '${pass}',
  }
  await makeRule(`SELECT t FROM 'sasl/${kind}'`, properties)
  await publish(`sasl/${kind}`, '{"t":1,"pass":"secret, ="}')
  expect((await records.take()).value.toString()).toBe('{"t":1}')
  await publish(`sasl/${kind}`, '{"t":2,"pass":"guessed"}')
  expect(await failure(`sasl/${kind}`)).toMatchObject({
    failedAction: 'KafkaAction',
    failedResource: 'readings',
    errorMessage: expect.stringMatching(
      /^Failed to send Kafka record\. The error received was .*(Invalid username or password|SASL authentication failed).*\. Message arrived on: sasl\//,
    ),
  })
})

test('a broker whose certificate nobody trusts, one that is not there, and one that refuses', async () => {
  const { tls, client } = await identities()
  const { port } = await broker({ tls })
  await makeRule("SELECT t FROM 'untrusted'", {
    'bootstrap.servers': `localhost:${port}`,
    'ssl.keystore': `${client.key}${client.cert}`,
    'ssl.keystore.password': 'none',
  })
  await publish('untrusted', '{"t":1}')
  expect((await failure('untrusted')).errorMessage).toMatch(/certificate|SELF_SIGNED|self-signed/)
  await makeRule("SELECT t FROM 'nobroker'", { ...PLAINTEXT, 'bootstrap.servers': 'localhost:1' })
  await publish('nobroker', '{"t":1}')
  expect((await failure('nobroker')).errorMessage).toContain('ECONNREFUSED')
  const refusing = await broker()
  refusing.errors.push(...Array.from({ length: 3 }, () => 29)) // TOPIC_AUTHORIZATION_FAILED
  await makeRule("SELECT t FROM 'refused'", { ...PLAINTEXT, 'bootstrap.servers': `localhost:${refusing.port}` })
  await publish('refused', '{"t":1}')
  expect((await failure('refused')).errorMessage).toMatch(/authorization/i)
})

test('a rule that is deleted closes its connections; a destination that is disabled is not sent to', async () => {
  const { port, records } = await broker()
  const ruleName = await makeRule("SELECT t FROM 'gone'", { ...PLAINTEXT, 'bootstrap.servers': `localhost:${port}` })
  await publish('gone', '{"t":1}')
  await records.take()
  await iot.send(new DeleteTopicRuleCommand({ ruleName }))
  await makeRule("SELECT t FROM 'off'", { ...PLAINTEXT, 'bootstrap.servers': `localhost:${port}` })
  const set = (status: 'DISABLED' | 'ENABLED') =>
    iot.send(new UpdateTopicRuleDestinationCommand({ arn: destinationArn, status }))
  await set('DISABLED')
  await publish('off', '{"t":1}')
  expect((await failure('off')).errorMessage).toContain('that the destination is DISABLED')
  await set('ENABLED')
  await publish('off', '{"t":2}')
  expect((await records.take()).value.toString()).toBe('{"t":2}')
  const nothing = 'arn:aws:iot:us-east-1:123456789012:ruledestination/vpc/none'
  await makeRule(
    "SELECT t FROM 'nodest'",
    { ...PLAINTEXT, 'bootstrap.servers': `localhost:${port}` },
    { destinationArn: nothing },
  )
  await publish('nodest', '{"t":2}')
  expect((await failure('nodest')).errorMessage).toContain('that there is no VPC destination')
})

test.each([
  [{ 'bootstrap.servers': 'b:9092', retries: '3' }, /retries is no property of a producer/],
  [{ 'bootstrap.servers': 'b:9092' }, /ssl\.keystore is needed/],
  [{ ...PLAINTEXT }, /bootstrap\.servers is needed/],
  [{ ...PLAINTEXT, 'bootstrap.servers': 'b:9092' }, /cannot be b without TLS/],
  [{ 'bootstrap.servers': 'b:80', 'ssl.keystore': 'x', 'ssl.keystore.password': 'x' }, /ports from 9000 to 9100/],
  [{ 'bootstrap.servers': 'b', 'ssl.keystore': 'x', 'ssl.keystore.password': 'x' }, /bootstrap\.servers cannot be b/],
  [{ 'bootstrap.servers': 'b:9092', acks: '2' }, /acks cannot be 2/],
  [{ 'bootstrap.servers': 'b:9092', 'security.protocol': 'SASL_SSL' }, /sasl\.mechanism is needed/],
  [
    { 'bootstrap.servers': 'b:9092', 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN' },
    /sasl\.plain\.username is needed/,
  ],
  [
    { 'bootstrap.servers': 'b:9092', 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'GSSAPI' },
    /GSSAPI is Kerberos, which this server does not speak/,
  ],
])('%j is refused', async (clientProperties, message) => {
  await expect(makeRule("SELECT * FROM 'x'", clientProperties as Record<string, string>)).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringMatching(message),
  })
})

/** As `openssl pkcs12` packs a certificate with its key. */
function pkcs12({ cert, key }: { cert: string; key: string }, password: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'key-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [pem, store] = [join(folder, 'client.pem'), join(folder, 'client.p12')]
  writeFileSync(pem, `${key}${cert}`)
  execFileSync('openssl', ['pkcs12', '-export', '-in', pem, '-passout', `pass:${password}`, '-out', store], {
    stdio: 'pipe',
  })
  return readFileSync(store)
}

/** As `keytool -storetype JKS` writes one certificate. */
function javaTrustStore(certificate: Buffer, password: string): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const word = (text: string) => Buffer.concat([number(text.length).subarray(2), Buffer.from(text)])
  const entry = [number(2), word('ca'), Buffer.alloc(8), word('X.509'), number(certificate.length), certificate]
  const store = Buffer.concat([number(0xfeedfeed), number(2), number(1), ...entry])
  const digest = createHash('sha1')
    .update(Buffer.from(password, 'utf16le').swap16())
    .update('Mighty Aphrodite')
    .update(store)
    .digest()
  return Buffer.concat([store, digest])
}
