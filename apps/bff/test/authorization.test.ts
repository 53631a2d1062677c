import { readFile } from 'node:fs/promises'
import { request as httpsRequest } from 'node:https'
import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import type { AuthorizationAnswer, AuthorizationFacts } from '@thingdeck/contract'
import {
  type ClientRequest,
  compilePolicies,
  decideRequest,
  explain,
  parsePolicyDocument,
  requestContext,
} from '@thingdeck/policies'
import mqtt, { ErrorWithReasonCode, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
let data: IoTDataPlaneClient
const browser = new Browser()
beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  data = new IoTDataPlaneClient(console.sdk)
  await signIn(browser, console.url, 'vera')
})
afterAll(async () => {
  iot.destroy()
  data.destroy()
  await console[Symbol.asyncDispose]()
})

async function factsOf(principalId: string, clientId?: string): Promise<AuthorizationFacts> {
  const query = new URLSearchParams({ principalId, ...(clientId !== undefined && { clientId }) })
  const response = await browser.fetch(`${console.url}/api/authorization/facts?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as AuthorizationFacts
}

interface Device {
  readonly certificateId: string
  readonly certificateArn: string
  readonly cert: string
  readonly key: string
}

async function makeDevice(): Promise<Device> {
  const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const { certificateId = '', certificateArn = '', certificatePem: cert = '', keyPair } = made
  return { certificateId, certificateArn, cert, key: keyPair?.PrivateKey ?? '' }
}

const ARN = 'arn:aws:iot:us-east-1:123456789012'

async function attach(policyName: string, target: string | undefined, statements: readonly object[]): Promise<void> {
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName, target }))
}

test('the facts of a certificate: state, things, the thing of the connection, policies with how they come', async () => {
  const { certificateId, certificateArn } = await makeDevice()
  await attach('own', certificateArn, [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }])
  const { thingGroupArn } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  await attach('of-the-hall', thingGroupArn, [{ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }])
  await iot.send(new CreateThingCommand({ thingName: 'pump-1', attributePayload: { attributes: { site: 'north' } } }))
  await iot.send(new CreateThingCommand({ thingName: 'pump-2' }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'pump-1', thingGroupName: 'hall' }))
  await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump-1', principal: certificateArn }))

  expect(await factsOf(certificateId, 'pump-1')).toMatchObject({
    arnPrefix: ARN,
    principal: {
      kind: 'certificate',
      certificateId,
      status: 'ACTIVE',
      context: { 'iot:CertificateId': certificateId },
    },
    things: [{ thingName: 'pump-1', isExclusive: false }],
    thing: { thingName: 'pump-1', attributes: { site: 'north' }, isExclusive: false },
    namesOtherThing: false,
    policies: [
      { policyName: 'own', versionId: '1', ways: [{ kind: 'principal' }] },
      { policyName: 'of-the-hall', versionId: '1', ways: [{ kind: 'thing-group', thingGroupName: 'hall' }] },
    ],
  })
  const other = await factsOf(certificateId, 'pump-2')
  expect({ ...other, thing: other.thing ?? null }).toMatchObject({ thing: null, namesOtherThing: true })
  expect(other.policies.map(({ policyName }) => policyName)).toEqual(['own'])

  await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
  expect((await factsOf(certificateId)).principal).toMatchObject({ status: 'INACTIVE' })
})

test('a principal that is gone is AWS’s to refuse', async () => {
  const response = await browser.fetch(`${console.url}/api/authorization/facts?principalId=${'f'.repeat(64)}`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ code: 'ResourceNotFoundException' })
})

/** Linear congruential (Numerical Recipes): a run can be made again from its seed. */
function randomOf(seed: number) {
  let state = seed >>> 0
  const below = (count: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)]
    if (found === undefined) throw new Error('There is nothing to choose from')
    return found
  }
  return { below, pick }
}

const THING = '${iot:Connection.Thing.ThingName}'
const CLIENT_IDS = ['dev-a', 'dev-b', 'dev-c', 'stranger']
const TOPICS = ['dt/dev-a/t', 'dt/dev-b/t', 'dt/dev-c/t', 'dt/north/x', 'cmd/stranger', '$aws/things/dev-a/shadow/get']
const FILTERS = [
  'dt/dev-a/#',
  'dt/+/t',
  'dt/dev-b/t',
  'cmd/stranger',
  '$aws/things/dev-a/shadow/get/accepted',
  '$aws/x/y',
]
const TAILS = [
  `dt/${THING}/*`,
  'dt/${iot:ClientId}/t',
  'dt/${iot:Connection.Thing.Attributes[site]}/*',
  'dt/*/t',
  'dt/+/t',
  'dt/dev-?/#',
  'cmd/*',
  '$aws/things/*',
  '*',
]
const CONDITIONS = [
  {},
  {},
  { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
  { StringEquals: { 'iot:Certificate.Subject.CommonName.List': 'AWS IoT Certificate' } },
  { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } },
  { ArnLike: { 'iot:LastWillTopic': `${ARN}:topic/dt/*` } },
]

function randomStatement({ below, pick }: ReturnType<typeof randomOf>) {
  const kind = pick(['client', 'topic', 'topicfilter'] as const)
  const actions = {
    client: ['iot:Connect'],
    topic: ['iot:Publish', 'iot:RetainPublish', 'iot:Receive'],
    topicfilter: ['iot:Subscribe'],
  }
  const tails = kind === 'client' ? ['*', THING, 'dev-?', '${iot:ClientId}'] : TAILS
  const Condition = pick(CONDITIONS)
  return {
    Effect: below(5) === 0 ? 'Deny' : 'Allow',
    Action: kind === 'topic' ? [pick(actions.topic), pick(actions.topic)] : actions[kind],
    Resource: [`${ARN}:${kind}/${pick(tails)}`],
    ...(Object.keys(Condition).length > 0 && { Condition }),
  }
}

/** What a client is told: the decision that the broker made. */
async function allowedByBroker(device: Device, ca: Buffer, clientId: string, request: ClientRequest): Promise<boolean> {
  const connecting = request.kind === 'connect' ? request : { isPersistent: false, will: undefined }
  const { host, port } = new URL(console.server.mqtts.replace('mqtts:', 'https:'))
  const { will } = connecting
  const client = await connected(
    mqtt.connect({
      protocol: 'mqtts',
      host: host.replace(/:.*/, ''),
      port: Number(port),
      ca,
      cert: device.cert,
      key: device.key,
      clientId,
      protocolVersion: 5,
      reconnectPeriod: 0,
      clean: true,
      properties: connecting.isPersistent ? { sessionExpiryInterval: 60 } : {},
      ...(will && { will: { topic: will.topic, payload: Buffer.from('gone'), qos: 0 as const, retain: will.retain } }),
    }),
  )
  if (!client) return false
  try {
    if (request.kind === 'publish') return await isTaken(client, request)
    if (request.kind === 'subscribe') return await isGranted(client, request.topicFilter)
    if (request.kind === 'receive') return await isReceived(client, request.topic)
    return true
  } finally {
    await client.endAsync(true)
  }
}

/** Undefined: CONNECT was refused for want of permission. */
function connected(client: MqttClient): Promise<MqttClient | undefined> {
  return new Promise((resolve, reject) => {
    client.once('connect', () => resolve(client))
    client.once('error', (error) => {
      client.end(true)
      // 0x87 not authorized, 0x90 the topic of the will
      if (error instanceof ErrorWithReasonCode && [0x87, 0x90].includes(error.code)) resolve(undefined)
      else reject(error)
    })
  })
}

async function isTaken(client: MqttClient, { topic, retain }: { topic: string; retain: boolean }): Promise<boolean> {
  try {
    await client.publishAsync(topic, '{}', { qos: 1, retain })
    return true
  } catch (error) {
    if (error instanceof ErrorWithReasonCode && [0x87, 0x90].includes(error.code)) return false
    throw error
  }
}

async function isGranted(client: MqttClient, topicFilter: string): Promise<boolean> {
  try {
    const granted = await client.subscribeAsync(topicFilter, { qos: 1 })
    return granted.every(({ qos }) => qos < 0x80)
  } catch {
    return false // mqtt.js makes an error of a SUBACK that grants nothing
  }
}

/** Packets come in their order: what did not come before the answer to UNSUBSCRIBE does not come any more. */
async function isReceived(client: MqttClient, topic: string): Promise<boolean> {
  if (!(await isGranted(client, '#'))) return false
  const got: string[] = []
  client.on('message', (name) => got.push(name))
  await data.send(new PublishCommand({ topic, qos: 1, payload: Buffer.from('{}') }))
  await client.unsubscribeAsync('#')
  return got.includes(topic)
}

/** The same over HTTPS with the certificate. */
function allowedOverHttps(device: Device, ca: Buffer, topic: string, retain: boolean): Promise<boolean> {
  const url = new URL(`/topics/${encodeURIComponent(topic)}?qos=1${retain ? '&retain=true' : ''}`, console.server.https)
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(url, { method: 'POST', ca, cert: device.cert, key: device.key }, (response) => {
      response.resume()
      const { statusCode = 0 } = response
      if (statusCode === 200 || statusCode === 403) resolve(statusCode === 200)
      else reject(new Error(`Publish over HTTPS answered ${statusCode}`))
    })
    sent.once('error', reject)
    sent.end('{}')
  })
}

test('what the broker does is what the simulator says', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
  const random = randomOf(seed)
  const { below, pick } = random
  const ca = await readFile(console.server.rootCaPath)
  const { thingGroupArn } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'all' }))
  await attach('random-group', thingGroupArn, [randomStatement(random), randomStatement(random)])
  const devices: Device[] = []
  for (const [index, thingName] of ['dev-a', 'dev-b', 'dev-c'].entries()) {
    const device = await makeDevice()
    devices.push(device)
    await iot.send(
      new CreateThingCommand({ thingName, attributePayload: { attributes: index === 1 ? {} : { site: 'north' } } }),
    )
    await iot.send(
      new AttachThingPrincipalCommand({
        thingName,
        principal: device.certificateArn,
        ...(index === 2 && { thingPrincipalType: 'EXCLUSIVE_THING' as const }),
      }),
    )
    if (index !== 1) await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: 'all' }))
    await attach(`random-${thingName}`, device.certificateArn, [
      { Effect: 'Allow', Action: 'iot:Connect', Resource: `${ARN}:client/dev-*` },
      { Effect: 'Allow', Action: 'iot:Subscribe', Resource: `${ARN}:topicfilter/#` },
      ...Array.from({ length: 5 }, () => randomStatement(random)),
    ])
  }

  // Nothing changes any more: each connection's facts are read once.
  const read = new Map<string, Promise<AuthorizationFacts>>()
  const known = (certificateId: string, clientId: string | undefined) => {
    const key = JSON.stringify([certificateId, clientId])
    const facts = read.get(key) ?? factsOf(certificateId, clientId)
    read.set(key, facts)
    return facts
  }
  const counts = { ALLOWED: 0, EXPLICIT_DENY: 0, IMPLICIT_DENY: 0 }
  const differences: string[] = []
  for (let round = 0; round < 100; round += 1) {
    const device = pick(devices)
    const clientId = pick(CLIENT_IDS)
    const topic = pick(TOPICS)
    const request: ClientRequest = pick([
      () => ({
        kind: 'connect' as const,
        clientId,
        isPersistent: below(2) === 0,
        ...(below(2) === 0 && { will: { topic, retain: below(2) === 0 } }),
      }),
      () => ({ kind: 'publish' as const, topic, retain: below(3) === 0 }),
      () => ({ kind: 'publish' as const, topic, retain: false }),
      () => ({ kind: 'subscribe' as const, topicFilter: pick(FILTERS) }),
      () => ({ kind: 'receive' as const, topic: topic.startsWith('$') ? 'cmd/stranger' : topic }),
    ])()
    const isHttps = request.kind === 'publish' && !request.topic.startsWith('$') && below(4) === 0
    const facts = await known(device.certificateId, isHttps ? undefined : clientId)
    const deciding = {
      policies: compilePolicies(
        facts.policies.map(({ policyName, document }) => ({ policyName, document: parsePolicyDocument(document) })),
      ),
      context: requestContext(facts, isHttps ? undefined : clientId, { sourceIp: '127.0.0.1' }),
      arnOf: (resource: string) => `${facts.arnPrefix}:${resource}`,
    }
    // Over MQTT nothing is asked for before one is connected, and nothing received before one has subscribed.
    const before: ClientRequest[] = isHttps || request.kind === 'connect' ? [] : [{ kind: 'connect', clientId }]
    if (request.kind === 'receive') before.push({ kind: 'subscribe', topicFilter: '#' })
    const said =
      before.map((each) => decideRequest(deciding, each)).find(({ decision }) => decision !== 'ALLOWED') ??
      decideRequest(deciding, request)
    const isAllowed = isHttps
      ? await allowedOverHttps(device, ca, request.topic, request.retain)
      : await allowedByBroker(device, ca, clientId, request)
    counts[said.decision] += 1
    if ((said.decision === 'ALLOWED') !== isAllowed) {
      const why = said.refusedBefore ?? (said.deciding && explain(said.deciding.decision))
      differences.push(
        `${JSON.stringify(request)} as ${clientId}${isHttps ? ' over HTTPS' : ''}: ${isAllowed}, but: ${why}`,
      )
    }
  }
  expect(differences, `seed ${seed}`).toEqual([])
  expect(counts.ALLOWED, `seed ${seed}: ${JSON.stringify(counts)}`).toBeGreaterThan(0)
})

test('AWS IoT itself is asked in the order of the questions, ten at a time', async () => {
  const { certificateId, certificateArn } = await makeDevice()
  await attach('asked', certificateArn, [
    { Effect: 'Allow', Action: 'iot:Publish', Resource: `${ARN}:topic/dt/\${iot:ClientId}/*` },
    { Effect: 'Deny', Action: 'iot:Publish', Resource: `${ARN}:topic/dt/c/secret` },
  ])
  const ask = async (body: object) => {
    const response = await browser.fetch(`${console.url}/api/authorization/test`, {
      method: 'POST',
      headers: { origin: console.url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return ((await response.json()) as { answers: AuthorizationAnswer[] }).answers
  }
  const questions = Array.from({ length: 12 }, (_, index) => ({
    actionType: 'PUBLISH',
    resource: `${ARN}:topic/dt/${index === 10 ? 'c/secret' : index % 2 === 0 ? 'c/t' : 'd/t'}`,
  }))
  const answers = await ask({ principalId: certificateId, clientId: 'c', questions })
  expect(answers.map(({ decision }) => decision)).toEqual(
    questions.map((_, index) => (index === 10 ? 'EXPLICIT_DENY' : index % 2 === 0 ? 'ALLOWED' : 'IMPLICIT_DENY')),
  )
  expect(answers[0]).toMatchObject({ allowedBy: ['asked'], deniedBy: [] })
  const skipped = await ask({
    principalId: certificateId,
    clientId: 'c',
    questions: questions.slice(0, 1),
    policyNamesToSkip: ['asked'],
  })
  expect(skipped).toMatchObject([{ decision: 'IMPLICIT_DENY' }])
})

test('what explains a message knows the certificate as the broker does', async () => {
  const { certificateId, certificateArn } = await makeDevice()
  await attach('by-certificate', certificateArn, [
    { Effect: 'Allow', Action: 'iot:Publish', Resource: `${ARN}:topic/of/\${iot:CertificateId}` },
  ])
  const query = new URLSearchParams({ principalId: certificateId, clientId: 'c', topic: `of/${certificateId}` })
  const response = await browser.fetch(`${console.url}/api/message-authorization?${query}`)
  expect(await response.json()).toMatchObject({ decision: 'ALLOWED', missing: [] })
})
