import { generateKeyPairSync } from 'node:crypto'
import { CreateJobCommand, IoTClient } from '@aws-sdk/client-iot'
import { iot, iotidentity, iotjobs, iotshadow, mqtt, mqtt5 } from 'aws-iot-device-sdk-v2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestFor } from '../src/foundation/authority/requests.test-support.ts'
import { type Local, startLocal } from '../src/index.ts'
import { createTemplate, makeClaim } from './support/claim.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { Inbox } from './support/inbox.ts'

// AWS's own device SDK (aws-crt: a native client with a TLS stack of its own).

let local: Local
let device: DeviceIdentity
let port: number

beforeAll(async () => {
  local = await startLocal()
  device = await makeDevice(local, { thingName: 'pump-7' })
  port = Number(new URL(local.urls.mqtts).port)
})
afterAll(() => local.close())

function mqtt5Client(clientId: string, identity = device): mqtt5.Mqtt5Client {
  const builder = iot.AwsIotMqtt5ClientConfigBuilder.newDirectMqttBuilderWithMtlsFromMemory(
    'localhost',
    identity.cert,
    identity.key,
  )
  builder.withCertificateAuthority(local.rootCa)
  builder.withPort(port)
  builder.withConnectProperties({ clientId, keepAliveIntervalSeconds: 60 })
  return new mqtt5.Mqtt5Client(builder.build())
}

async function started(client: mqtt5.Mqtt5Client): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  client.on('connectionSuccess', () => resolve())
  client.on('connectionFailure', ({ error }) => reject(error))
  client.start()
  await promise
}

async function stopped(client: mqtt5.Mqtt5Client): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  client.on('stopped', () => resolve())
  client.stop()
  await promise
  client.close()
}

describe('the MQTT 5 client', () => {
  test('publishes and receives, with user properties', async () => {
    const client = mqtt5Client('sdk-5')
    const inbox = new Inbox<mqtt5.MessageReceivedEvent>()
    client.on('messageReceived', (event) => inbox.put(event))
    await started(client)
    await client.subscribe({ subscriptions: [{ topicFilter: 'dt/#', qos: mqtt5.QoS.AtLeastOnce }] })
    const acknowledged = await client.publish({
      topicName: 'dt/pump-7',
      qos: mqtt5.QoS.AtLeastOnce,
      payload: 'hello',
      userProperties: [{ name: 'unit', value: 'C' }],
    })
    expect(acknowledged?.reasonCode).toBe(0)
    const { message } = await inbox.take()
    expect(message.topicName).toBe('dt/pump-7')
    expect(Buffer.from(message.payload as ArrayBuffer).toString()).toBe('hello')
    expect(message.userProperties).toEqual([{ name: 'unit', value: 'C' }])
    await stopped(client)
  })

  test('its shadow client gets an answer to each request', async () => {
    const client = mqtt5Client('sdk-shadow')
    await started(client)
    const shadows = iotshadow.IotShadowClientv2.newFromMqtt5(client, {
      maxRequestResponseSubscriptions: 4,
      maxStreamingSubscriptions: 2,
      operationTimeoutInSeconds: 10,
    })
    const updated = await shadows.updateNamedShadow({
      thingName: 'pump-7',
      shadowName: 'config',
      state: { desired: { speed: 3 } },
    })
    expect(updated.version).toBe(1)
    const got = await shadows.getNamedShadow({ thingName: 'pump-7', shadowName: 'config' })
    expect(got.state?.delta).toEqual({ speed: 3 })
    await expect(shadows.getShadow({ thingName: 'pump-7' })).rejects.toMatchObject({
      modeledError: { code: 404, message: "No shadow exists with name: 'pump-7'" },
    })
    shadows.close()
    await stopped(client)
  })
})

test('its jobs client takes a job to its end, and hears what is next', async () => {
  const client = mqtt5Client('sdk-jobs')
  await started(client)
  const jobs = iotjobs.IotJobsClientv2.newFromMqtt5(client, {
    maxRequestResponseSubscriptions: 8,
    maxStreamingSubscriptions: 2,
    operationTimeoutInSeconds: 10,
  })
  const thingName = 'pump-7'
  const changes = new Inbox<iotjobs.model.NextJobExecutionChangedEvent>()
  const stream = jobs.createNextJobExecutionChangedStream({ thingName })
  const { promise: established, resolve } = Promise.withResolvers<void>()
  stream.on('subscriptionStatus', () => resolve())
  stream.on('incomingPublish', ({ message }) => changes.put(message))
  stream.open()
  await established
  const control = new IoTClient(local.sdk)
  const targets = [`arn:aws:iot:us-east-1:123456789012:thing/${thingName}`]
  await control.send(new CreateJobCommand({ jobId: 'sdk', targets, document: '{"op":"x"}' }))
  expect((await changes.take()).execution).toMatchObject({ jobId: 'sdk', status: 'QUEUED' })
  const { queuedJobs } = await jobs.getPendingJobExecutions({ thingName })
  expect(queuedJobs).toMatchObject([{ jobId: 'sdk', versionNumber: 1 }])
  const { execution } = await jobs.startNextPendingJobExecution({ thingName, statusDetails: { step: 'fetch' } })
  expect(execution).toMatchObject({ jobId: 'sdk', status: 'IN_PROGRESS', jobDocument: { op: 'x' }, versionNumber: 2 })
  const described = await jobs.describeJobExecution({ thingName, jobId: 'sdk', includeJobDocument: false })
  expect(described.execution).toMatchObject({ statusDetails: { step: 'fetch' } })
  const update = { thingName, jobId: 'sdk', status: iotjobs.model.JobStatus.SUCCEEDED }
  await expect(jobs.updateJobExecution({ ...update, expectedVersion: 9 })).rejects.toMatchObject({
    modeledError: { code: 'VersionMismatch', executionState: { versionNumber: 2 } },
  })
  const updated = await jobs.updateJobExecution({ ...update, expectedVersion: 2, includeJobExecutionState: true })
  expect(updated.executionState).toMatchObject({ status: 'SUCCEEDED', versionNumber: 3 })
  expect((await changes.take()).execution).toBeUndefined()
  stream.close()
  jobs.close()
  control.destroy()
  await stopped(client)
})

test('its identity client comes with a claim, and leaves with a certificate of its own', async () => {
  const control = new IoTClient(local.sdk)
  await createTemplate(control, 'sdk')
  control.destroy()
  const client = mqtt5Client('sdk-identity', await makeClaim(local, 'sdk'))
  await started(client)
  const identity = iotidentity.IotIdentityClientv2.newFromMqtt5(client, {
    maxRequestResponseSubscriptions: 6,
    maxStreamingSubscriptions: 2,
    operationTimeoutInSeconds: 30,
  })
  const keys = await identity.createKeysAndCertificate({})
  await expect(identity.registerThing({ templateName: 'sdk', certificateOwnershipToken: '' })).rejects.toMatchObject({
    modeledError: {
      statusCode: 400,
      errorCode: 'InvalidCertificateOwnershipToken',
      errorMessage: 'Certificate ownership token cannot be empty.',
    },
  })
  const register = (certificateOwnershipToken = '', Serial = '') =>
    identity.registerThing({ templateName: 'sdk', certificateOwnershipToken, parameters: { Serial } })
  expect(await register(keys.certificateOwnershipToken, 'sdk-1')).toEqual({
    thingName: 'pump-sdk-1',
    deviceConfiguration: { url: 'https://north.example' },
  })
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificateSigningRequest = await requestFor(own, 'CN=sdk-2')
  const signed = await identity.createCertificateFromCsr({ certificateSigningRequest })
  expect(await register(signed.certificateOwnershipToken, 'sdk-2')).toMatchObject({ thingName: 'pump-sdk-2' })
  identity.close()
  await stopped(client)

  const { certificateId = '', certificatePem: cert = '', privateKey: key = '' } = keys
  const grown = mqtt5Client('pump-sdk-1', { certificateId, certificateArn: '', cert, key })
  await started(grown)
  await stopped(grown)
})

describe('the MQTT 3.1.1 client', () => {
  test('publishes and receives', async () => {
    const config = iot.AwsIotMqttConnectionConfigBuilder.new_mtls_builder(device.cert, device.key)
      .with_certificate_authority(local.rootCa)
      .with_client_id('sdk-3')
      .with_clean_session(true)
      .with_endpoint('localhost')
      .with_port(port)
      .build()
    const connection = new mqtt.MqttClient().new_connection(config)
    await connection.connect()
    const inbox = new Inbox<string>()
    await connection.subscribe('dt/#', mqtt.QoS.AtLeastOnce, (topic, payload) => {
      inbox.put(`${topic} ${Buffer.from(payload).toString()}`)
    })
    await connection.publish('dt/pump-8', 'hello', mqtt.QoS.AtLeastOnce)
    expect(await inbox.take()).toBe('dt/pump-8 hello')
    await connection.disconnect()
  })
})
