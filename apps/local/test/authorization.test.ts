import {
  AttachPolicyCommand,
  CreatePolicyVersionCommand,
  DeleteCertificateCommand,
  DetachPolicyCommand,
  IoTClient,
  UpdateCertificateCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { ErrorWithReasonCode, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { EVERYTHING, makeDevice, policyOf } from './support/device.ts'
import { connectDevice, startDevice } from './support/mqtt-client.ts'

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
})
afterAll(async () => {
  iot.destroy()
  await local.close()
})

/** How a connection ended: MQTT 5's reason code, or that it just closed. */
async function ending(mqtt: MqttClient): Promise<number | 'closed'> {
  let reason: number | 'closed' = 'closed'
  mqtt.once('disconnect', ({ reasonCode }) => {
    reason = reasonCode ?? 'closed'
  })
  if (mqtt.connected) await new Promise<void>((resolve) => void mqtt.once('close', resolve))
  return reason
}

/** The reason code of a refused CONNECT. */
async function refusal(mqtt: MqttClient): Promise<number | undefined> {
  const error = await new Promise<Error>((resolve) => void mqtt.once('error', resolve))
  mqtt.end(true)
  return error instanceof ErrorWithReasonCode ? error.code : undefined
}

const MAY_CONNECT = ['Allow', 'iot:Connect', 'client/*'] as const

describe('CONNECT', () => {
  test.each([
    ['no statement', policyOf(['Allow', 'iot:Publish', '*'])],
    ['another client id', policyOf(['Allow', 'iot:Connect', 'client/other'])],
    ['an explicit deny', policyOf([...MAY_CONNECT], ['Deny', 'iot:Connect', 'client/c-*'])],
    ['a variable without value', policyOf(['Allow', 'iot:Connect', 'client/${iot:Connection.Thing.ThingName}'])],
  ])('%s: refused with 5 (3.1.1) and 0x87 (5)', async (_, policy) => {
    const device = await makeDevice(local, { policy })
    expect(await refusal(startDevice(local, device, { clientId: 'c-1', protocolVersion: 4 }))).toBe(5)
    expect(await refusal(startDevice(local, device, { clientId: 'c-1', protocolVersion: 5 }))).toBe(0x87)
  })

  test('a will needs iot:Publish on its topic', async () => {
    const policy = policyOf([...MAY_CONNECT], ['Allow', 'iot:Publish', 'topic/will/allowed'])
    const device = await makeDevice(local, { policy })
    const will = (topic: string) => ({ topic, payload: Buffer.from('gone'), qos: 1 as const, retain: false })
    expect(await refusal(startDevice(local, device, { will: will('will/other') }))).toBe(0x87)
    await using client = await connectDevice(local, device, { will: will('will/allowed') })
    expect(client.mqtt.connected).toBe(true)
  })

  test('iot:ConnectAttributes tells persistent sessions and wills apart', async () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: '*',
        Condition: { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['LastWill'] } },
      },
    })
    const device = await makeDevice(local, { policy })
    await using plain = await connectDevice(local, device, { clean: true })
    expect(plain.mqtt.connected).toBe(true)
    expect(await refusal(startDevice(local, device, { clean: false, clientId: 'c-2', protocolVersion: 4 }))).toBe(5)
  })

  test('thing variables resolve for the thing named as the client id, if attached', async () => {
    const thing = '${iot:Connection.Thing.ThingName}'
    const policy = policyOf(['Allow', 'iot:Connect', `client/${thing}`], ['Allow', 'iot:Publish', `topic/dt/${thing}`])
    const device = await makeDevice(local, { policy, thingName: 'lamp-1' })
    await using client = await connectDevice(local, device, { clientId: 'lamp-1' })
    await client.mqtt.publishAsync('dt/lamp-1', 'on', { qos: 1 })
    await expect(client.mqtt.publishAsync('dt/lamp-2', 'on', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    expect(await refusal(startDevice(local, device, { clientId: 'lamp-2' }))).toBe(0x87)
  })
})

describe('what is denied on a connection', () => {
  const policy = policyOf(
    [...MAY_CONNECT],
    ['Allow', 'iot:Publish iot:Receive', 'topic/ok/*'],
    ['Allow', 'iot:Subscribe', 'topicfilter/ok/* topicfilter/secret/*'],
    ['Deny', 'iot:Publish', 'topic/ok/not'],
  )

  test.each([
    [4, 1, 'closed'],
    [4, 0, 'closed'],
    [5, 0, 0x87],
  ] as const)('PUBLISH in MQTT %i at QoS %i: the connection ends (%s)', async (protocolVersion, qos, expected) => {
    await using client = await connectDevice(local, await makeDevice(local, { policy }), { protocolVersion })
    const ended = ending(client.mqtt)
    client.mqtt.publish('ok/not', '', { qos })
    expect(await ended).toBe(expected)
  })

  test('PUBLISH in MQTT 5 at QoS 1: PUBACK 0x87, the connection stays', async () => {
    await using client = await connectDevice(local, await makeDevice(local, { policy }))
    await expect(client.mqtt.publishAsync('ok/not', '', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    await client.mqtt.publishAsync('ok/yes', '', { qos: 1 })
  })

  test('RETAIN without iot:RetainPublish', async () => {
    await using client = await connectDevice(local, await makeDevice(local, { policy }))
    const retained = client.mqtt.publishAsync('ok/yes', 'x', { qos: 1, retain: true })
    await expect(retained).rejects.toMatchObject({ code: 0x87 })
  })

  test.each([4, 5] as const)('SUBSCRIBE in MQTT %i', async (protocolVersion) => {
    await using client = await connectDevice(local, await makeDevice(local, { policy }), { protocolVersion })
    if (protocolVersion === 4) {
      const ended = ending(client.mqtt)
      client.mqtt.subscribe('other/#', () => {})
      expect(await ended).toBe('closed')
    } else {
      const codes: number[] = []
      client.mqtt.on('packetreceive', (packet) => {
        if (packet.cmd === 'suback') codes.push(...(packet.granted as number[]))
      })
      await client.mqtt.subscribeAsync(['ok/#', 'other/#']).catch(() => {})
      expect(codes).toEqual([0, 0x87])
    }
  })

  test('a subscription without iot:Receive hears nothing', async () => {
    await using client = await connectDevice(local, await makeDevice(local, { policy }))
    await using sender = await connectDevice(local, await makeDevice(local))
    await client.mqtt.subscribeAsync(['secret/#', 'ok/#'], { qos: 1 })
    await sender.mqtt.publishAsync('secret/a', '1', { qos: 1 })
    await sender.mqtt.publishAsync('ok/a', '2', { qos: 1 })
    expect((await client.inbox.take()).topic).toBe('ok/a')
    expect(client.inbox.rest).toEqual([])
  })

  test.each(['$aws/nothing', '$other', '$aws/events/presence/connected/x', '$SYS/broker'])(
    'the reserved topic %s, whatever the policy says',
    async (topic) => {
      await using client = await connectDevice(local, await makeDevice(local))
      await expect(client.mqtt.publishAsync(topic, '', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    },
  )
})

describe('a change acts on live connections', () => {
  test('a new default version, a detached policy', async () => {
    const device = await makeDevice(local, { policy: policyOf([...MAY_CONNECT], ['Allow', 'iot:Publish', 'topic/a']) })
    await using client = await connectDevice(local, device)
    const publish = (topic: string) => client.mqtt.publishAsync(topic, '', { qos: 1 })
    await publish('a')
    await expect(publish('b')).rejects.toMatchObject({ code: 0x87 })
    const { ListAttachedPoliciesCommand } = await import('@aws-sdk/client-iot')
    const { policies = [] } = await iot.send(new ListAttachedPoliciesCommand({ target: device.certificateArn }))
    const policyName = policies[0]?.policyName ?? ''
    await iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: EVERYTHING, setAsDefault: true }))
    await publish('b')
    await iot.send(new DetachPolicyCommand({ policyName, target: device.certificateArn }))
    await expect(publish('a')).rejects.toMatchObject({ code: 0x87 })
    await iot.send(new AttachPolicyCommand({ policyName, target: device.certificateArn }))
    await publish('a')
  })

  test('an attribute of the thing', async () => {
    const policy = policyOf(
      [...MAY_CONNECT],
      ['Allow', 'iot:Publish', 'topic/${iot:Connection.Thing.Attributes[site]}'],
    )
    const device = await makeDevice(local, { policy, thingName: 'pump-1' })
    await using client = await connectDevice(local, device, { clientId: 'pump-1' })
    await expect(client.mqtt.publishAsync('berlin', '', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    const attributePayload = { attributes: { site: 'berlin' } }
    await iot.send(new UpdateThingCommand({ thingName: 'pump-1', attributePayload }))
    await client.mqtt.publishAsync('berlin', '', { qos: 1 })
  })

  test.each(['INACTIVE', 'REVOKED'] as const)('a certificate that becomes %s drops its connection', async (status) => {
    const device = await makeDevice(local)
    await using client = await connectDevice(local, device)
    const ended = ending(client.mqtt)
    await iot.send(new UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: status }))
    expect(await ended).toBe(0x87)
    await expect(connectDevice(local, device)).rejects.toThrow()
    await iot.send(new DeleteCertificateCommand({ certificateId: device.certificateId, forceDelete: true }))
    await expect(connectDevice(local, device)).rejects.toThrow()
  })
})

test('refusals are remembered for the administrator, with what decided', async () => {
  const device = await makeDevice(local, {
    policy: policyOf([...MAY_CONNECT], ['Allow', 'iot:*', 'topic/*'], ['Deny', 'iot:Publish', 'topic/never']),
  })
  await using client = await connectDevice(local, device, { clientId: 'refused-1' })
  await client.mqtt.publishAsync('never', '', { qos: 1 }).catch(() => {})
  const unsigned = await fetch(`${local.urls.http}/_local/refusals`)
  expect(unsigned.status).toBe(403)
  const { refusals } = local
  expect(refusals()[0]).toMatchObject({
    principal: device.certificateId,
    clientId: 'refused-1',
    action: 'iot:Publish',
    resource: 'arn:aws:iot:us-east-1:123456789012:topic/never',
    statement: { statementIndex: 2, effect: 'Deny' },
  })
})
