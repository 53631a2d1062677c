import { once } from 'node:events'
import { connect } from 'node:net'
import * as iot from '@aws-sdk/client-iot'
import * as iotData from '@aws-sdk/client-iot-data-plane'
import { describe, expect, test } from 'vitest'
import { type ApiOptions, AwsError, defineService, type Handlers, IOT, IOT_DATA } from '../src/index.ts'
import { startApi } from './api-server.ts'
import { send, signedFor } from './raw-request.ts'

const IOT_SIGNED = signedFor('iot')

function apiWith(handlers: Handlers<typeof iot, string>, more: Partial<ApiOptions<string>> = {}): ApiOptions<string> {
  return { services: [defineService(iot, { ...IOT, handlers })], authenticate: () => 'me', ...more }
}

const created = ({ thingName }: { thingName: string }) => ({ thingName, thingArn: 'arn', thingId: 'id' })

describe('a body that cannot be read is refused', () => {
  test.each<[body: string | Uint8Array, message: string]>([
    ['{', 'The request body is not a JSON document'],
    ['{} {}', 'The request body is not a JSON document'],
    [new Uint8Array([0x22, 0xff, 0x22]), 'The request body is not a JSON document'],
    ['[]', 'The request body is not a JSON object'],
    ['"text"', 'The request body is not a JSON object'],
    ['{"thingTypeName":5}', 'NUMBER_VALUE can not be converted to a String'],
    ['{"thingTypeName":true}', 'TRUE_VALUE can not be converted to a String'],
    ['{"thingTypeName":{}}', 'Start of structure or map found where not expected.'],
    ['{"thingTypeName":[]}', 'Start of list found where not expected'],
    ['{"attributePayload":"x"}', 'STRING_VALUE can not be converted to a Structure'],
    ['{"attributePayload":{"merge":"true"}}', 'STRING_VALUE can not be converted to a Boolean'],
    ['{"attributePayload":{"attributes":[]}}', 'Start of list found where not expected'],
  ])('%s', async (body, message) => {
    await using server = await startApi(apiWith({ CreateThing: created }))
    const answer = await send(server.url, 'POST', '/things/a', IOT_SIGNED, body)
    expect(answer.status).toBe(400)
    expect(answer.headers['x-amzn-errortype']).toBe('SerializationException')
    expect(JSON.parse(answer.text)).toEqual({ message })
  })

  test('however deep it nests', async () => {
    await using server = await startApi(apiWith({ CreateThing: created, CreateTopicRule: () => ({}) }))
    const deep = `${'['.repeat(300_000)}${']'.repeat(300_000)}`
    const ignored = await send(server.url, 'POST', '/things/a', IOT_SIGNED, `{"unknown":${deep}}`)
    expect(ignored.status).toBe(200)
    const refused = await send(server.url, 'POST', '/things/a', IOT_SIGNED, `{"thingTypeName":${deep}}`)
    expect(refused.status).toBe(400)
  })
})

describe('keys that mean something to JavaScript mean nothing here', () => {
  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('%s in a map', async (key) => {
    let received: Readonly<Record<string, string>> | undefined
    await using server = await startApi(
      apiWith({
        CreateThing(input) {
          received = input.attributePayload?.attributes
          return created(input)
        },
        DescribeThing: () => ({ attributes: JSON.parse(`{"${key}":"out"}`) }),
      }),
    )
    const body = `{"attributePayload":{"attributes":{"${key}":"in"}}}`
    expect((await send(server.url, 'POST', '/things/a', IOT_SIGNED, body)).status).toBe(200)
    expect(Object.entries(received ?? {})).toEqual([[key, 'in']])
    expect(Object.getPrototypeOf(received)).toBeNull()
    expect(Reflect.get({}, 'in')).toBeUndefined()
    const described = await send(server.url, 'GET', '/things/a', IOT_SIGNED)
    expect(described.text).toBe(`{"attributes":{"${key}":"out"}}`)
  })

  test('a structure does not inherit members', async () => {
    let received: object = {}
    await using server = await startApi(
      apiWith({
        CreateThing(input) {
          received = input
          return created(input)
        },
      }),
    )
    const body = '{"__proto__":{"thingTypeName":"evil"},"constructor":{"prototype":{"x":1}}}'
    await send(server.url, 'POST', '/things/a', IOT_SIGNED, body)
    expect(received).toEqual({ thingName: 'a' })
  })
})

describe('a body that is too large is refused', () => {
  test('with the modelled exception, and the connection stays usable up to a point', async () => {
    const handlers: Handlers<typeof iotData, string> = { Publish: () => ({}) }
    const data = defineService(iotData, { ...IOT_DATA, handlers })
    await using server = await startApi({ services: [data], authenticate: () => 'me' })
    const client = server.connect((config) => new iotData.IoTDataPlaneClient(config))
    const publish = (sizeBytes: number) => {
      return client.send(new iotData.PublishCommand({ topic: 'a', payload: new Uint8Array(sizeBytes) }))
    }
    await publish(128 * 1024)
    await expect(publish(128 * 1024 + 1)).rejects.toBeInstanceOf(iotData.RequestEntityTooLargeException)
    await expect(publish(4 * 1024 * 1024)).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } })
    await publish(1)
  })

  test('without waiting for it where its announced length is absurd', async () => {
    await using server = await startApi(apiWith({ CreateThing: created }, { maxBodyBytes: 100 }))
    const { port } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1')
    const { authorization } = IOT_SIGNED
    socket.write(
      `POST /things/a HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 99999999999\r\n\r\n`,
    )
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /)
    expect(String(answer)).toMatch(/connection: close/i)
    await once(socket, 'close')
  })
})

describe('a failure of ours', () => {
  test.each([
    ['what the handler throws', () => Promise.reject(new Error('SELECT * FROM secrets'))],
    ['an answer of the wrong shape', () => JSON.parse('{"thingName":5}')],
    [
      'an error whose members are of the wrong shape',
      () => {
        throw new AwsError('ResourceAlreadyExistsException', 'x', { resourceId: 5 })
      },
    ],
    [
      'a header that cannot be sent',
      () => {
        throw new AwsError('Line\r\nBreak: 1', 'x')
      },
    ],
  ])('is 500 without its cause: %s', async (_what, handler) => {
    const faults: unknown[] = []
    const entries: object[] = []
    await using server = await startApi(
      apiWith(
        { CreateThing: handler },
        { onFault: (error, requestId) => faults.push([error, requestId]), onAnswered: (entry) => entries.push(entry) },
      ),
    )
    const answer = await send(server.url, 'POST', '/things/a', IOT_SIGNED)
    expect(answer.status).toBe(500)
    expect(answer.headers['x-amzn-errortype']).toBe('InternalFailureException')
    expect(JSON.parse(answer.text)).toEqual({ message: 'An internal error occurred' })
    expect(faults).toEqual([[expect.any(Error), answer.headers['x-amzn-requestid']]])
    expect(entries).toMatchObject([
      { operation: 'CreateThing', service: 'iot', status: 500, errorName: 'InternalFailureException' },
    ])
  })
})

test('a client that leaves in the middle of its body is no fault', async () => {
  const faults: unknown[] = []
  await using server = await startApi(apiWith({}, { onFault: (error) => faults.push(error) }))
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  const head = Object.entries({ ...IOT_SIGNED, host: 'localhost', 'content-length': '100' })
  socket.write(`POST /things/a HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n{`)
  // The next one is answered after this one was begun.
  await send(server.url, 'GET', '/things', IOT_SIGNED)
  socket.destroy()
  await once(socket, 'close')
  await send(server.url, 'GET', '/things', IOT_SIGNED)
  expect(faults).toEqual([])
})

test('authenticate and authorize refuse in AWS’s terms, before the handler', async () => {
  let handled = 0
  const handlers: Handlers<typeof iot, string> = {
    CreateThing(input) {
      handled += 1
      return created(input)
    },
  }
  const unknownKey = new AwsError(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  )
  await using stranger = await startApi(apiWith(handlers, { authenticate: () => Promise.reject(unknownKey) }))
  const unauthenticated = await send(stranger.url, 'POST', '/things/a%20b', IOT_SIGNED)
  expect(unauthenticated).toMatchObject({ status: 403, text: JSON.stringify({ message: unknownKey.message }) })

  await using guarded = await startApi(
    apiWith(handlers, {
      authorize: (call, input) => {
        throw new AwsError('AccessDeniedException', `${call.caller} ${call.operation} ${JSON.stringify(input)}`)
      },
    }),
  )
  const forbidden = await send(guarded.url, 'POST', '/things/a', IOT_SIGNED)
  expect(forbidden).toMatchObject({ status: 403, text: '{"message":"me CreateThing {\\"thingName\\":\\"a\\"}"}' })
  expect(handled).toBe(0)
})

test.each([
  ['GET', '/things/a', IOT_SIGNED, ''],
  ['GET', '/things/a', {}, ''],
  ['POST', '/things/a', {}, 'x'.repeat(2_000_000)],
  ['POST', '/%zz', IOT_SIGNED, 'x'.repeat(2_000_000)],
  ['POST', '/nothing', IOT_SIGNED, 'x'.repeat(500_000)],
])('%s %s is refused without closing the connection', async (method, path, headers, body) => {
  await using server = await startApi(apiWith({}))
  const answer = await send(server.url, method, path, { ...headers, connection: 'keep-alive' }, body)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.headers.connection).toBe('keep-alive')
})

test('every answer has an id of its own, also the refusals', async () => {
  await using server = await startApi(apiWith({}))
  const ids = new Set<unknown>()
  for (const path of ['/things/a', '/nothing', '/%zz']) {
    ids.add((await send(server.url, 'GET', path, IOT_SIGNED)).headers['x-amzn-requestid'])
  }
  expect(ids.size).toBe(3)
})

describe('pages of other origins', () => {
  const origin = 'https://console.example.com'
  const preflight = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,x-amz-date',
  }

  test('are not answered by default', async () => {
    await using server = await startApi(apiWith({}))
    const answer = await send(server.url, 'OPTIONS', '/things/a', preflight)
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('may call where they are listed', async () => {
    await using server = await startApi(apiWith({ CreateThing: created }, { cors: { origins: [origin] } }))
    const asked = await send(server.url, 'OPTIONS', '/things/a', preflight)
    expect(asked).toMatchObject({
      status: 200,
      text: '',
      headers: { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'authorization,x-amz-date' },
    })
    const called = await send(server.url, 'POST', '/things/a', { ...IOT_SIGNED, origin })
    expect(called.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' })
    const refused = await send(server.url, 'POST', '/things/a', { origin })
    expect(refused).toMatchObject({ status: 403, headers: { 'access-control-allow-origin': origin } })
    const other = await send(server.url, 'OPTIONS', '/things/a', { ...preflight, origin: 'https://evil.example' })
    expect(other.headers['access-control-allow-origin']).toBeUndefined()
  })
})
