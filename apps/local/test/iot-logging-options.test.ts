import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AddThingToThingGroupCommand,
  AttachThingPrincipalCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeleteV2LoggingLevelCommand,
  GetLoggingOptionsCommand,
  GetV2LoggingOptionsCommand,
  IoTClient,
  ListV2LoggingLevelsCommand,
  type ListV2LoggingLevelsRequest,
  type LogLevel,
  type LogTargetType,
  SetLoggingOptionsCommand,
  SetV2LoggingLevelCommand,
  SetV2LoggingOptionsCommand,
  type SetV2LoggingOptionsRequest,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { entries, LOGGING_ROLE, turnOn } from './support/iot-log.ts'
import { connectDevice } from './support/mqtt-client.ts'

// AWS IoT Core developer guide, "Configure AWS IoT logging"; API reference.

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
})
beforeEach(() => local.reset())
afterAll(async () => {
  iot.destroy()
  await local.close()
})

const options = (verbose?: boolean) => iot.send(new GetV2LoggingOptionsCommand({ verbose }))
const set = (input: SetV2LoggingOptionsRequest) => iot.send(new SetV2LoggingOptionsCommand(input))
const setLevel = (targetType: LogTargetType, targetName: string | undefined, logLevel: LogLevel) =>
  iot.send(new SetV2LoggingLevelCommand({ logTarget: { targetType, targetName }, logLevel }))
const levels = async (input: ListV2LoggingLevelsRequest = {}) => {
  const { logTargetConfigurations = [], nextToken } = await iot.send(new ListV2LoggingLevelsCommand(input))
  return {
    names: logTargetConfigurations.map(({ logTarget, logLevel }) =>
      [logTarget?.targetType, logTarget?.targetName, logLevel].filter((part) => part !== undefined).join(' '),
    ),
    nextToken,
  }
}

describe('options', () => {
  test('are not there in a new account', async () => {
    const notConfigured = { name: 'NotConfiguredException', $metadata: { httpStatusCode: 404 } }
    await expect(options()).rejects.toMatchObject(notConfigured)
    await expect(setLevel('CLIENT_ID', 'a', 'DEBUG')).rejects.toMatchObject(notConfigured)
    await expect(levels()).rejects.toMatchObject(notConfigured)
    const deleteIt = new DeleteV2LoggingLevelCommand({ targetType: 'CLIENT_ID', targetName: 'a' })
    await expect(iot.send(deleteIt)).rejects.toMatchObject(notConfigured)
    expect(await iot.send(new GetLoggingOptionsCommand({}))).toMatchObject({ logLevel: 'DISABLED' })
  })

  test('need a role and a level first, and keep what is left out later', async () => {
    await expect(set({ defaultLogLevel: 'INFO' })).rejects.toMatchObject({ name: 'InvalidRequestException' })
    await expect(set({ roleArn: LOGGING_ROLE })).rejects.toMatchObject({ name: 'InvalidRequestException' })
    await set({ roleArn: LOGGING_ROLE, defaultLogLevel: 'WARN' })
    expect(await options()).toMatchObject({ roleArn: LOGGING_ROLE, defaultLogLevel: 'WARN', disableAllLogs: false })
    await set({ disableAllLogs: true })
    expect(await options()).toMatchObject({ roleArn: LOGGING_ROLE, defaultLogLevel: 'WARN', disableAllLogs: true })
    await set({ defaultLogLevel: 'DEBUG' })
    expect(await options()).toMatchObject({ defaultLogLevel: 'DEBUG', disableAllLogs: true })
  })

  test('of event types replace those of their types, and verbose shows all of them', async () => {
    const publish = { eventType: 'Publish-In', logLevel: 'DEBUG', logDestination: '/iot/publishes' } as const
    await set({ roleArn: LOGGING_ROLE, defaultLogLevel: 'ERROR', eventConfigurations: [publish] })
    await set({ eventConfigurations: [{ eventType: 'Ping', logLevel: 'DEBUG' }] })
    expect((await options()).eventConfigurations).toEqual([{ eventType: 'Ping', logLevel: 'DEBUG' }, publish])
    const { eventConfigurations: all = [] } = await options(true)
    expect(all).toContainEqual(publish)
    expect(all).toContainEqual({ eventType: 'Connect', logLevel: 'ERROR' })
    expect(all).toContainEqual({ eventType: 'Connection.AuthNError', logLevel: 'DISABLED' })
    await set({ eventConfigurations: [{ eventType: 'Publish-In' }] })
    expect((await options()).eventConfigurations).toEqual([{ eventType: 'Ping', logLevel: 'DEBUG' }])
  })

  test('name event types that there are, once each', async () => {
    await turnOn(local, 'INFO')
    await expect(set({ eventConfigurations: [{ eventType: 'Publish', logLevel: 'INFO' }] })).rejects.toThrow(
      /Publish is no event type. Those that there are: .*Publish-In/,
    )
    const twice = [{ eventType: 'Ping', logLevel: 'INFO' as const }, { eventType: 'Ping' }]
    await expect(set({ eventConfigurations: twice })).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })

  test('of the first version are the same ones', async () => {
    const loggingOptionsPayload = { roleArn: LOGGING_ROLE, logLevel: 'INFO' as const }
    await iot.send(new SetLoggingOptionsCommand({ loggingOptionsPayload }))
    expect(await options()).toMatchObject({ roleArn: LOGGING_ROLE, defaultLogLevel: 'INFO' })
    expect(await iot.send(new GetLoggingOptionsCommand({}))).toMatchObject(loggingOptionsPayload)
  })

  test('outlive a restart, and are forgotten with the account', async () => {
    const data = mkdtempSync(join(tmpdir(), 'thingdeck-'))
    onTestFinished(() => rmSync(data, { recursive: true }))
    const before = await startLocal({ data })
    await turnOn(before, 'INFO')
    await before.close()
    await using after = await startLocal({ data })
    const device = await makeDevice(after)
    await using client = await connectDevice(after, device, { clientId: 'a' })
    await client.mqtt.endAsync()
    expect(await entries(after, '{ $.eventType = "Connect" }')).toHaveLength(1)
    after.reset()
    const own = new IoTClient({ ...after.sdk, maxAttempts: 1 })
    await expect(own.send(new GetV2LoggingOptionsCommand({}))).rejects.toMatchObject({ name: 'NotConfiguredException' })
    own.destroy()
  })
})

describe('levels', () => {
  beforeEach(() => turnOn(local, 'ERROR'))

  test('are listed with that of the account first, page by page', async () => {
    await setLevel('THING_GROUP', 'pumps', 'INFO')
    await setLevel('CLIENT_ID', 'b', 'DEBUG')
    await setLevel('CLIENT_ID', 'a', 'DISABLED')
    await setLevel('SOURCE_IP', '198.51.100.20', 'WARN')
    const all = ['DEFAULT ERROR', 'CLIENT_ID a DISABLED', 'CLIENT_ID b DEBUG', 'SOURCE_IP 198.51.100.20 WARN']
    expect((await levels()).names).toEqual([...all, 'THING_GROUP pumps INFO'])
    const walked: string[] = []
    let nextToken: string | undefined
    do {
      const page = await levels({ maxResults: 2, nextToken })
      walked.push(...page.names)
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect(walked).toEqual([...all, 'THING_GROUP pumps INFO'])
    expect((await levels({ targetType: 'CLIENT_ID' })).names).toEqual(['CLIENT_ID a DISABLED', 'CLIENT_ID b DEBUG'])
    expect((await levels({ targetType: 'DEFAULT' })).names).toEqual(['DEFAULT ERROR'])
  })

  test('of an address are of an address', async () => {
    for (const targetName of ['gateway-7', '198.51.100.0/24', '198.51.100.256']) {
      await expect(setLevel('SOURCE_IP', targetName, 'WARN')).rejects.toMatchObject({
        name: 'InvalidRequestException',
        message: expect.stringContaining(`${targetName} is not an IP address`),
      })
    }
    await setLevel('SOURCE_IP', '2001:db8::7', 'WARN')
    expect((await levels()).names).toContain('SOURCE_IP 2001:db8::7 WARN')
  })

  test('are deleted, also where they are not there; that of the account is not', async () => {
    await setLevel('PRINCIPAL_ID', 'x', 'INFO')
    const deleteIt = new DeleteV2LoggingLevelCommand({ targetType: 'PRINCIPAL_ID', targetName: 'x' })
    await iot.send(deleteIt)
    await iot.send(deleteIt)
    expect((await levels()).names).toEqual(['DEFAULT ERROR'])
    await expect(
      iot.send(new DeleteV2LoggingLevelCommand({ targetType: 'DEFAULT', targetName: 'x' })),
    ).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })

  test('of DEFAULT are those of the account', async () => {
    await setLevel('DEFAULT', undefined, 'DEBUG')
    expect(await options()).toMatchObject({ defaultLogLevel: 'DEBUG' })
    await expect(setLevel('DEFAULT', 'x', 'DEBUG')).rejects.toMatchObject({ name: 'InvalidRequestException' })
    await expect(setLevel('CLIENT_ID', undefined, 'DEBUG')).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })
})

describe('what is kept', () => {
  let device: DeviceIdentity

  beforeEach(async () => {
    device = await makeDevice(local)
  })

  /** Event types of a client in the log, once it has come, published and gone. */
  async function visit(clientId: string, identity = device, group?: string): Promise<unknown[]> {
    await using client = await connectDevice(local, identity, { clientId })
    await client.mqtt.subscribeAsync('a', { qos: 1 })
    await client.mqtt.publishAsync('a', 'x', { qos: 1 })
    await client.inbox.take()
    await client.mqtt.endAsync()
    // Whoever comes after it finds that it has gone.
    await using after = await connectDevice(local, device, { clientId: `after-${clientId}` })
    await after.mqtt.endAsync()
    const found = await entries(local, `{ $.clientId = "${clientId}" }`, group)
    return found.map(({ eventType }) => eventType)
  }

  const ALL = ['Connect', 'Subscribe', 'Publish-In', 'Publish-Out', 'Disconnect']

  test('follows the account, and changes act on connections that are there', async () => {
    expect(await visit('a')).toEqual([])
    await turnOn(local, 'INFO')
    expect(await visit('b')).toEqual(ALL)
    await set({ defaultLogLevel: 'ERROR' })
    expect(await visit('c')).toEqual([])
    await using client = await connectDevice(local, device, { clientId: 'd' })
    await set({ defaultLogLevel: 'INFO' })
    await client.mqtt.publishAsync('x', 'x', { qos: 1 })
    await set({ disableAllLogs: true })
    await client.mqtt.publishAsync('x', 'x', { qos: 1 })
    await set({ disableAllLogs: false })
    await client.mqtt.publishAsync('x', 'x', { qos: 1 })
    expect(await entries(local, '{ $.clientId = "d" }')).toMatchObject([
      { eventType: 'Publish-In' },
      { eventType: 'Publish-In' },
    ])
  })

  test('follows event types, to log groups of their own', async () => {
    await set({
      roleArn: LOGGING_ROLE,
      defaultLogLevel: 'INFO',
      eventConfigurations: [
        { eventType: 'Publish-In', logLevel: 'DISABLED' },
        { eventType: 'Publish-Out', logDestination: 'deliveries' },
      ],
    })
    expect(await visit('a')).toEqual(['Connect', 'Subscribe', 'Disconnect'])
    expect(await entries(local, '{ $.clientId = "a" }', 'deliveries')).toMatchObject([{ eventType: 'Publish-Out' }])
  })

  test('follows targets before event types, whatever these say', async () => {
    const none = ALL.map((eventType) => ({ eventType, logLevel: 'DISABLED' as const }))
    await set({ roleArn: LOGGING_ROLE, defaultLogLevel: 'DISABLED', eventConfigurations: none })
    await setLevel('CLIENT_ID', 'mine', 'INFO')
    expect(await visit('mine')).toEqual(ALL)
    expect(await visit('other')).toEqual([])
    await setLevel('PRINCIPAL_ID', device.certificateId, 'INFO')
    expect(await visit('third')).toEqual(ALL)
    await setLevel('CLIENT_ID', 'fourth', 'DISABLED')
    expect(await visit('fourth')).toEqual([])
  })

  test('follows addresses', async () => {
    await set({ roleArn: LOGGING_ROLE, defaultLogLevel: 'DISABLED' })
    await setLevel('SOURCE_IP', '127.0.0.1', 'INFO')
    await setLevel('SOURCE_IP', '::1', 'INFO')
    expect(await visit('near')).toEqual(ALL)
  })

  test('follows groups of things and those above them, the nearest first', async () => {
    await set({ roleArn: LOGGING_ROLE, defaultLogLevel: 'DISABLED' })
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'site' }))
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall', parentGroupName: 'site' }))
    await iot.send(new CreateThingCommand({ thingName: 'pump' }))
    await setLevel('THING_GROUP', 'site', 'INFO')
    expect(await visit('pump')).toEqual([])
    await iot.send(new AddThingToThingGroupCommand({ thingName: 'pump', thingGroupName: 'hall' }))
    expect(await visit('pump')).toEqual(ALL)
    await setLevel('THING_GROUP', 'hall', 'ERROR')
    expect(await visit('pump')).toHaveLength(ALL.length)
    // A client id of another name is the thing's by an exclusive attachment alone.
    expect(await visit('anything')).toEqual([])
    const exclusive = await makeDevice(local)
    const attachment = { principal: exclusive.certificateArn, thingPrincipalType: 'EXCLUSIVE_THING' } as const
    await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump', ...attachment }))
    await setLevel('THING_GROUP', 'hall', 'INFO')
    expect(await visit('gateway', exclusive)).toEqual(ALL)
  })

  test('has pings and failed authentication only where they are asked for', async () => {
    await turnOn(local, 'DEBUG')
    const unknown = await makeDevice(local)
    const ping = async (clientId: string) => {
      await using client = await connectDevice(local, device, { clientId })
      const answered = new Promise((resolve) =>
        client.mqtt.on('packetreceive', ({ cmd }) => cmd === 'pingresp' && resolve(undefined)),
      )
      client.mqtt.sendPing()
      await answered
      return entries(local, `{ $.eventType = "Ping" && $.clientId = "${clientId}" }`)
    }
    expect(await ping('a')).toEqual([])
    await set({
      eventConfigurations: [
        { eventType: 'Ping', logLevel: 'DEBUG' },
        { eventType: 'Connection.AuthNError', logLevel: 'ERROR' },
      ],
    })
    expect(await ping('b')).toEqual([
      {
        timestamp: expect.any(String),
        logLevel: 'DEBUG',
        traceId: expect.any(String),
        accountId: '123456789012',
        status: 'Success',
        eventType: 'Ping',
        protocol: 'MQTT',
        clientId: 'b',
        principalId: device.certificateId,
        sourceIp: expect.any(String),
        sourcePort: expect.any(Number),
        latency: expect.any(Number),
        requestTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d /),
        responseTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d /),
      },
    ])
    local.reset()
    await set({ roleArn: LOGGING_ROLE, defaultLogLevel: 'DISABLED' })
    await set({ eventConfigurations: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }] })
    await expect(connectDevice(local, unknown, { clientId: 'x' })).rejects.toThrow()
    expect(await entries(local)).toEqual([
      {
        timestamp: expect.any(String),
        logLevel: 'ERROR',
        traceId: expect.any(String),
        accountId: '123456789012',
        status: 'Failure',
        eventType: 'Connection.AuthNError',
        protocol: 'MQTT',
        authenticationType: 'AWS_X509',
        principalId: unknown.certificateId,
        sourceIp: expect.any(String),
        sourcePort: expect.any(Number),
        targetIp: expect.any(String),
        targetPort: Number(new URL(local.urls.mqtts).port),
        serverNameIndication: 'localhost',
        reason: 'DEVICE_CERTIFICATE_NOT_REGISTERED',
        details: 'The client certificate is not registered in this account',
      },
    ])
    // Whoever names no endpoint is not told of.
    const { hostname, port } = new URL(local.urls.mqtts)
    await expect(
      connectDevice(local, unknown, {
        clientId: 'x',
        host: hostname,
        port: Number(port),
        servername: 'elsewhere.test',
      }),
    ).rejects.toThrow()
    expect(await entries(local)).toHaveLength(1)
  })
})

describe('the role', () => {
  const iam = () => new IAMClient(local.sdk)
  const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
  const trust = (Service: string) => document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })
  const writer = { roleArn: 'arn:aws:iam::123456789012:role/writer', defaultLogLevel: 'INFO' as const }

  test('is one of the account that trusts AWS IoT', async () => {
    await expect(set({ ...writer, roleArn: 'arn:aws:iam::210987654321:role/x' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'The role must be of account 123456789012',
    })
    await expect(set({ ...writer, roleArn: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidRequestException' })
    const role = { RoleName: 'writer', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }
    await iam().send(new CreateRoleCommand(role))
    await expect(set(writer)).rejects.toThrow(/cannot be assumed by iot.amazonaws.com/)
  })

  test('writes what its policies let it write', async () => {
    const role = { RoleName: 'writer', AssumeRolePolicyDocument: trust('iot.amazonaws.com') }
    await iam().send(new CreateRoleCommand(role))
    await set(writer)
    const device = await makeDevice(local)
    const connect = async (clientId: string) => {
      await using client = await connectDevice(local, device, { clientId })
      await client.mqtt.endAsync()
      return entries(local, `{ $.eventType = "Connect" && $.clientId = "${clientId}" }`)
    }
    expect(await connect('before')).toEqual([])
    const Resource = 'arn:aws:logs:us-east-1:123456789012:log-group:AWSIotLogsV2*'
    const PolicyDocument = document({ Effect: 'Allow', Action: 'logs:*', Resource })
    await iam().send(new PutRolePolicyCommand({ RoleName: 'writer', PolicyName: 'logs', PolicyDocument }))
    local.advanceClock(1000) // for which what the role may do is remembered
    expect(await connect('after')).toHaveLength(1)
  })
})
