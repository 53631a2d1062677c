import { CreateRoleCommand, IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MakeService } from '../src/foundation/service.ts'
import type { AcceptedMessage, RefusedOperation } from '../src/foundation/traffic.ts'
import { makeDevice, policyOf } from './support/device.ts'
import { Inbox } from './support/inbox.ts'
import { startWithServices } from './support/local-with-services.ts'
import { connectDevice } from './support/mqtt-client.ts'

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

const accepted = new Inbox<AcceptedMessage>()
const refused = new Inbox<RefusedOperation>()

/** Hears of everything that passes, as rules, counters and logs do. */
const listening: MakeService = ({ traffic }) => {
  traffic.accepted.subscribe((message) => accepted.put(message))
  traffic.refused.subscribe((operation) => refused.put(operation))
  return { name: 'listening' }
}

let local: Awaited<ReturnType<typeof startWithServices>>
let data: IoTDataPlaneClient

beforeAll(async () => {
  local = await startWithServices([listening])
  data = new IoTDataPlaneClient(local.sdk)
})
afterAll(async () => {
  data.destroy()
  await local[Symbol.asyncDispose]()
})

const on = (topic: string) => accepted.take(({ message }) => message.topic === topic)

test('a subscriber of both sees a request before its answers', async () => {
  await using client = await connectDevice(local, await makeDevice(local))
  const P = '$aws/things/pump-7/shadow'
  await client.mqtt.subscribeAsync(`${P}/#`, { qos: 1 })
  await client.mqtt.publishAsync(`${P}/update`, '{"state":{"desired":{"on":true}}}', { qos: 1 })
  await client.mqtt.publishAsync(`${P}/get`, '', { qos: 1 })
  const topics: string[] = []
  for (let count = 0; count < 6; count += 1) topics.push((await client.inbox.take()).topic.slice(P.length))
  expect(topics).toEqual(['/update', '/update/accepted', '/update/delta', '/update/documents', '/get', '/get/accepted'])
})

test('who sent a message is known: a device', async () => {
  const device = await makeDevice(local, { thingName: 'pump-1' })
  await using client = await connectDevice(local, device, { clientId: 'pump-1' })
  await client.mqtt.publishAsync('dt/1', 'x', { qos: 1 })
  const { message, publisher } = await on('dt/1')
  expect(publisher).toMatchObject({
    principal: { kind: 'certificate', certificateId: device.certificateId },
    clientId: 'pump-1',
    thingName: 'pump-1',
    receivedAtMs: message.receivedAtMs,
    sessionIdentifier: expect.stringMatching(/^[0-9a-f]{32}$/),
    traceId: expect.stringMatching(UUID),
  })
  expect(publisher?.traceId).toBe(publisher?.traceId)
  const presence = await on('$aws/events/presence/connected/pump-1')
  expect(presence.publisher).toBeUndefined() // the server itself
  expect(JSON.parse(Buffer.from(presence.message.payload).toString())).toMatchObject({
    sessionIdentifier: publisher?.sessionIdentifier,
  })
})

test('who sent a message is known: a caller over HTTP, whose trace id is the request id', async () => {
  const { $metadata } = await data.send(new PublishCommand({ topic: 'dt/2', payload: Buffer.from('x'), qos: 1 }))
  const { publisher } = await on('dt/2')
  expect(publisher).toMatchObject({ principal: { kind: 'root' }, traceId: $metadata.requestId })
  expect(publisher?.clientId).toBeUndefined()
  expect(publisher?.sessionIdentifier).toBeUndefined()
})

test('what a service publishes again is its own, though the bytes are those of a caller over HTTP', async () => {
  const told = new Inbox<AcceptedMessage>()
  const republishing: MakeService = ({ traffic, messages }) => {
    traffic.accepted.subscribe((accepted) => {
      told.put(accepted)
      const { topic, payload } = accepted.message
      if (topic === 'in') messages.publish('out', payload)
    })
    return { name: 'republishing' }
  }
  await using other = await startWithServices([republishing])
  const client = new IoTDataPlaneClient(other.sdk)
  await client.send(new PublishCommand({ topic: 'in', payload: Buffer.from('x'), qos: 1, retain: true }))
  client.destroy()
  const { publisher } = await told.take(({ message }) => message.topic === 'in')
  expect(publisher).toMatchObject({ principal: { kind: 'root' } })
  const again = await told.take(({ message }) => message.topic === 'out')
  expect(Buffer.from(again.message.payload).toString()).toBe('x')
  expect(again.publisher).toBeUndefined()
})

test('a listener that fails takes nothing from the client or from the other listeners', async () => {
  const [messages, refusals] = [new Inbox<AcceptedMessage>(), new Inbox<RefusedOperation>()]
  const failing: MakeService = ({ traffic }) => {
    for (const heard of [traffic.accepted, traffic.refused]) {
      heard.subscribe(() => {
        throw new Error('a counter is broken')
      })
    }
    return { name: 'failing' }
  }
  const counting: MakeService = ({ traffic }) => {
    traffic.accepted.subscribe((message) => messages.put(message))
    traffic.refused.subscribe((operation) => refusals.put(operation))
    return { name: 'counting' }
  }
  const logged = new Inbox<{ msg: string; err: { message: string } }>()
  const log = pino({ level: 'error' }, { write: (line) => logged.put(JSON.parse(line)) })
  await using other = await startWithServices([failing, counting], {}, log)
  const policy = policyOf(['Allow', 'iot:Connect', '*'], ['Allow', 'iot:Publish', 'topic/dt/*'])
  await using client = await connectDevice(other, await makeDevice(other, { policy }), { clientId: 'pump-9' })
  await client.mqtt.publishAsync('dt/9', 'x', { qos: 1 })
  await messages.take(({ message }) => message.topic === 'dt/9')
  await expect(client.mqtt.publishAsync('secret', 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
  await refusals.take(({ refusal }) => refusal.clientId === 'pump-9')
  await client.mqtt.publishAsync('dt/9', 'y', { qos: 1 }) // over the connection that there was
  for (const msg of ['a listener to accepted messages failed', 'a listener to refusals failed']) {
    expect(await logged.take((line) => line.msg === msg)).toMatchObject({ err: { message: 'a counter is broken' } })
  }
})

test('Basic Ingest goes to no subscriber, and is told all the same', async () => {
  await using client = await connectDevice(local, await makeDevice(local))
  await client.mqtt.subscribeAsync('#', { qos: 1 })
  await client.mqtt.publishAsync('$aws/rules/store/dt/3', 'x', { qos: 1 })
  await client.mqtt.publishAsync('dt/3', 'y', { qos: 1 })
  expect((await on('$aws/rules/store/dt/3')).publisher?.clientId).toBe(client.mqtt.options.clientId)
  expect((await client.inbox.take()).topic).toBe('dt/3')
})

test('a will on a shadow topic is told, and not done', async () => {
  const will = { topic: '$aws/things/pump-4/shadow/update', payload: Buffer.from('{"state":{"reported":{}}}') }
  await using watcher = await connectDevice(local, await makeDevice(local))
  await watcher.mqtt.subscribeAsync('$aws/things/pump-4/shadow/#', { qos: 1 })
  const client = await connectDevice(local, await makeDevice(local), { clientId: 'pump-4', will: { ...will, qos: 1 } })
  client.mqtt.stream.destroy()
  expect((await on(will.topic)).publisher?.clientId).toBe('pump-4')
  await watcher.mqtt.publishAsync('$aws/things/pump-4/shadow/get', '', { qos: 1 })
  const topics = [await watcher.inbox.take(), await watcher.inbox.take(), await watcher.inbox.take()]
  expect(topics.map(({ topic }) => topic.replace('$aws/things/pump-4/shadow/', ''))).toEqual([
    'update',
    'get',
    'get/rejected',
  ])
})

test('what a device is refused is told with the same facts, and listed with its trace id', async () => {
  const device = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Connect', '*']) })
  await using client = await connectDevice(local, device, { clientId: 'pump-5' })
  await expect(client.mqtt.publishAsync('dt/5', 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
  const { refusal, publisher } = await refused.take(({ refusal: { clientId } }) => clientId === 'pump-5')
  expect(refusal).toMatchObject({ action: 'iot:Publish', principal: device.certificateId })
  expect(publisher).toMatchObject({ clientId: 'pump-5', traceId: expect.stringMatching(UUID) })
  expect(local.server.refusals()[0]).toMatchObject({ clientId: 'pump-5', traceId: publisher.traceId })
})

test('IAM is refused by policy as the control plane is, and says so in the same place', async () => {
  const [sts, iam] = [new STSClient(local.sdk), new IAMClient(local.sdk)]
  const trust = { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await iam.send(new CreateRoleCommand({ RoleName: 'ci', AssumeRolePolicyDocument: document(trust) }))
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'ci',
      PolicyName: 'p',
      PolicyDocument: document({ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }),
    }),
  )
  const RoleArn = 'arn:aws:iam::123456789012:role/ci'
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'build-7' }))
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  const session = new IAMClient({ ...local.sdk, credentials })
  const error: unknown = await session.send(new ListRolesCommand()).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
  const { refusal, publisher } = await refused.take(({ refusal: { action } }) => action === 'iam:ListRoles')
  expect(refusal).toMatchObject({ principal: 'arn:aws:sts::123456789012:assumed-role/ci/build-7', resource: '*' })
  expect(error).toMatchObject({ $metadata: { requestId: publisher.traceId } })
  for (const client of [sts, iam, session]) client.destroy()
})
