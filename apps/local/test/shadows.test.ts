import {
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  ListNamedShadowsForThingCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice, policyOf } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'

let local: Local
let data: IoTDataPlaneClient

beforeAll(async () => {
  local = await startLocal()
  data = new IoTDataPlaneClient(local.sdk)
})
afterAll(async () => {
  data.destroy()
  await local.close()
})

const decode = (payload: Uint8Array | undefined) => JSON.parse(Buffer.from(payload ?? []).toString())
const publishJson = (client: TestClient, topic: string, document: unknown) =>
  client.mqtt.publishAsync(topic, typeof document === 'string' ? document : JSON.stringify(document), { qos: 1 })

describe.each([
  ['classic', undefined],
  ['named', 'config'],
])('a %s shadow over MQTT', (_, shadowName) => {
  const thingName = `pump-${shadowName ?? 'classic'}`
  const P = `$aws/things/${thingName}/shadow${shadowName === undefined ? '' : `/name/${shadowName}`}`

  test('lives from the first update to its deletion', async () => {
    await using client = await connectDevice(local, await makeDevice(local))
    await client.mqtt.subscribeAsync(`${P}/#`, { qos: 1 })
    // Subscribed to everything below: the requests come back too, and are taken out here.
    const ask = async (operation: string, document: unknown) => {
      await publishJson(client, `${P}/${operation}`, document)
      await client.inbox.take(({ topic }) => topic === `${P}/${operation}`)
    }

    await ask('get', { clientToken: 't0' })
    expect(await client.json(`${P}/get/rejected`)).toMatchObject({ code: 404, clientToken: 't0' })

    await ask('update', { state: { desired: { fan: 2 }, reported: { fan: 1 } }, clientToken: 't1' })
    expect(await client.json(`${P}/update/accepted`)).toMatchObject({
      state: { desired: { fan: 2 }, reported: { fan: 1 } },
      version: 1,
      clientToken: 't1',
    })
    expect(await client.json(`${P}/update/delta`)).toMatchObject({ version: 1, state: { fan: 2 }, clientToken: 't1' })
    expect(await client.json(`${P}/update/documents`)).toMatchObject({ previous: null, current: { version: 1 } })

    await ask('update', { state: { reported: { fan: 2 } } })
    expect(await client.json(`${P}/update/accepted`)).toMatchObject({ state: { reported: { fan: 2 } }, version: 2 })
    expect(await client.json(`${P}/update/documents`)).toMatchObject({
      previous: { version: 1 },
      current: { version: 2 },
    })

    await ask('update', { state: {}, version: 1, clientToken: 't2' })
    expect(await client.json(`${P}/update/rejected`)).toMatchObject({
      code: 409,
      message: 'Version conflict',
      clientToken: 't2',
    })
    await ask('update', '{')
    expect(await client.json(`${P}/update/rejected`)).toMatchObject({ code: 400, message: 'Invalid JSON' })

    await ask('get', '')
    const document = await client.json(`${P}/get/accepted`)
    expect(document).toMatchObject({ state: { desired: { fan: 2 }, reported: { fan: 2 } }, version: 2 })
    expect(document.state).not.toHaveProperty('delta')

    await ask('delete', { clientToken: 't3' })
    expect(await client.json(`${P}/delete/accepted`)).toMatchObject({ version: 2, clientToken: 't3' })
    await ask('delete', '')
    expect(await client.json(`${P}/delete/rejected`)).toMatchObject({ code: 404 })
    await ask('update', { state: { desired: { fan: 5 } } })
    expect((await client.json(`${P}/update/accepted`)).version).toBeGreaterThan(2)
    for (const told of ['delta', 'documents']) await client.json(`${P}/update/${told}`)
    expect(client.inbox.rest).toEqual([])
  })

  test('an update over REST is told over MQTT, a refused one is not', async () => {
    await using client = await connectDevice(local, await makeDevice(local))
    await client.mqtt.subscribeAsync(`${P}/update/+`, { qos: 1 })
    const update = (document: unknown) =>
      data.send(new UpdateThingShadowCommand({ thingName, shadowName, payload: Buffer.from(JSON.stringify(document)) }))
    await expect(update({ state: 5 })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'State node must be an object',
    })
    const { payload } = await update({ state: { desired: { speed: 3 } } })
    const accepted = decode(payload)
    expect(accepted.state).toEqual({ desired: { speed: 3 } })
    expect(await client.json(`${P}/update/accepted`)).toEqual(accepted)
    expect((await client.json(`${P}/update/delta`)).version).toBe(accepted.version)
    expect((await client.json(`${P}/update/documents`)).current).toMatchObject({ version: accepted.version })
    expect(client.inbox.rest).toEqual([])
  })
})

describe('REST', () => {
  const thingName = 'rest'
  test.each([
    ['get', () => data.send(new GetThingShadowCommand({ thingName: 'nobody' }))],
    ['delete', () => data.send(new DeleteThingShadowCommand({ thingName: 'nobody', shadowName: 'x' }))],
  ])('%s of what is not there', async (_, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringMatching(/^No shadow exists with name: 'nobody(~x)?'$/),
    })
  })

  test.each([
    [{ state: { desired: {} }, version: 99 }, 'ConflictException'],
    [{ state: { desired: { a: [null] } } }, 'InvalidRequestException'],
    [{ state: { desired: { a: 'x'.repeat(9000) } } }, 'RequestEntityTooLargeException'],
  ])('%j is a %s', async (document, name) => {
    const send = (body: unknown) =>
      data.send(new UpdateThingShadowCommand({ thingName, payload: Buffer.from(JSON.stringify(body)) }))
    await send({ state: {} })
    await expect(send(document)).rejects.toMatchObject({ name })
  })

  test('named shadows are listed in pages, the classic one is not', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const payload = Buffer.from('{"state":{}}')
    for (const shadowName of [undefined, ...names]) {
      await data.send(new UpdateThingShadowCommand({ thingName: 'many', shadowName, payload }))
    }
    await data.send(new DeleteThingShadowCommand({ thingName: 'many', shadowName: 'e' }))
    const list = (nextToken?: string) =>
      data.send(new ListNamedShadowsForThingCommand({ thingName: 'many', pageSize: 3, nextToken }))
    const first = await list()
    const second = await list(first.nextToken)
    expect([first.results, second.results, second.nextToken]).toEqual([['a', 'b', 'c'], ['d'], undefined])
  })
})

test('a last will on a shadow topic reaches subscribers but not the shadow', async () => {
  const device = await makeDevice(local)
  await using watcher = await connectDevice(local, device)
  await watcher.mqtt.subscribeAsync('$aws/things/gone/shadow/#', { qos: 1 })
  const topic = '$aws/things/gone/shadow/update'
  const payload = Buffer.from('{"state":{"reported":{"connected":false}}}')
  await using client = await connectDevice(local, device, { will: { topic, payload, qos: 1, retain: false } })
  client.mqtt.stream.destroy()
  expect((await watcher.inbox.take()).topic).toBe(topic)
  await expect(data.send(new GetThingShadowCommand({ thingName: 'gone' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('a device may do over HTTPS what its policy says about the shadow', async () => {
  const device = await makeDevice(local, {
    policy: policyOf(
      ['Allow', 'iot:GetThingShadow iot:UpdateThingShadow', 'thing/mine'],
      ['Deny', 'iot:UpdateThingShadow', 'thing/mine/locked'],
    ),
  })
  const { request } = await import('node:https')
  const call = (method: string, path: string, body = '') =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const sent = request(
        new URL(path, local.urls.https),
        { method, ca: local.rootCa, cert: device.cert, key: device.key, agent: false },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode, text }))
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  expect((await call('POST', '/things/mine/shadow', '{"state":{"reported":{"a":1}}}')).status).toBe(200)
  expect((await call('GET', '/things/mine/shadow')).text).toContain('"reported":{"a":1}')
  expect((await call('GET', '/things/mine/shadow?name=x')).status).toBe(404)
  expect((await call('POST', '/things/mine/shadow?name=locked', '{"state":{}}')).status).toBe(403)
  expect((await call('DELETE', '/things/mine/shadow')).status).toBe(403)
  expect((await call('GET', '/things/other/shadow')).status).toBe(403)
})
