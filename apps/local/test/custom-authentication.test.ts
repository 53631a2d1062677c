import { randomUUID } from 'node:crypto'
import { Agent, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import {
  ClearDefaultAuthorizerCommand,
  CreateTopicRuleCommand,
  SetDefaultAuthorizerCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { connect } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import {
  AuthorizerClient,
  answering,
  BY_PASSWORD,
  closed,
  connectWithPassword,
  EVERYTHING,
  functionArn,
  KEYS,
  signToken,
  startWithPassword,
} from './support/authorizers.ts'
import { makeDevice } from './support/device.ts'
import { LogReader } from './support/log-reader.ts'
import { connectDevice, connectWebSocket, opened } from './support/mqtt-client.ts'

let local: Local
let client: AuthorizerClient
let log: LogReader

beforeAll(async () => {
  local = await startLocal()
  client = new AuthorizerClient(local)
  log = await LogReader.open(local)
  await client.create('passwords', BY_PASSWORD)
  await client.create('anybody', answering(EVERYTHING))
  await client.create('signed', answering(EVERYTHING), {
    signingDisabled: false,
    tokenKeyName: 'token',
    tokenSigningPublicKeys: { first: KEYS.publicKey },
  })
  await client.create('echo', answering(`(console.log('EVENT ' + JSON.stringify(event)), ${EVERYTHING})`), {
    tokenKeyName: 'token',
  })
})

afterAll(async () => {
  client[Symbol.dispose]()
  await local.close()
})

const by = (authorizer: string, more = '') => `device?x-amz-customauthorizer-name=${authorizer}${more}`

describe('MQTT over TLS by user name and password', () => {
  test('the policies of the answer are held at every operation', async () => {
    const username = `${by('passwords')}&SDK=NodeJSv2&Version=1.0`
    await using pump = await connectWithPassword(local, { clientId: 'pump-7', username, password: 'secret' })
    await pump.mqtt.subscribeAsync('own/pump-7/+', { qos: 1 })
    await pump.mqtt.publishAsync('own/pump-7/a', 'x', { qos: 1 })
    expect(await pump.inbox.take()).toMatchObject({ topic: 'own/pump-7/a' })
    await expect(pump.mqtt.publishAsync('own/pump-8/a', 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    expect(local.refusals()[0]).toMatchObject({ principal: 'pump7', clientId: 'pump-7', action: 'iot:Publish' })
    await expect(pump.mqtt.publishAsync('own/pump-7/a', 'x', { qos: 1, retain: true })).rejects.toMatchObject({
      code: 0x87,
    })
    expect(local.refusals()[0]).toMatchObject({ action: 'iot:RetainPublish' })
    await expect(pump.mqtt.subscribeAsync('#')).rejects.toThrow()
    expect(local.refusals()[0]).toMatchObject({ action: 'iot:Subscribe' })
  })

  test('is whoever the answer says, to rules too: principal()', async () => {
    const republish = { roleArn: 'arn:aws:iam::123456789012:role/rules', topic: 'own/pump-7/told' }
    await client.iot.send(
      new CreateTopicRuleCommand({
        ruleName: 'who',
        topicRulePayload: { sql: `SELECT principal() AS who FROM 'own/pump-7/asked'`, actions: [{ republish }] },
      }),
    )
    await using pump = await connectWithPassword(local, {
      clientId: 'pump-7',
      username: by('passwords'),
      password: 'secret',
    })
    await pump.mqtt.subscribeAsync('own/pump-7/told', { qos: 1 })
    await pump.mqtt.publishAsync('own/pump-7/asked', '{}', { qos: 1 })
    expect(JSON.parse((await pump.inbox.take()).text)).toEqual({ who: 'pump7' })
  })

  test('a wrong password is refused: 0x87 over MQTT 5, without CONNACK over MQTT 3.1.1', async () => {
    const wrong = { clientId: 'pump-7', username: by('passwords'), password: 'wrong' }
    await expect(connectWithPassword(local, wrong)).rejects.toMatchObject({ code: 0x87 })
    await expect(connectWithPassword(local, { ...wrong, protocolVersion: 4 })).rejects.toThrow('closed the connection')
    expect(await log.entry('Connection.AuthNError', { clientId: 'pump-7' })).toMatchObject({
      protocol: 'MQTT',
      authenticationType: 'CUSTOM_AUTH',
      serverNameIndication: 'localhost',
      reason: 'NOT_AUTHENTICATED',
    })
  })

  test.each([
    ['no authorizer', 'device', 'CUSTOM_AUTHORIZER_NOT_FOUND'],
    ['one that is not there', by('nobody'), 'CUSTOM_AUTHORIZER_NOT_FOUND'],
    [
      'a name in a user name with two question marks',
      `a?b?x-amz-customauthorizer-name=anybody`,
      'CUSTOM_AUTHORIZER_PARAMETER_INVALID',
    ],
    [
      'a name that is there twice',
      `${by('anybody')}&x-amz-customauthorizer-name=anybody`,
      'CUSTOM_AUTHORIZER_PARAMETER_INVALID',
    ],
    ['a name with a broken escape', by('%zz'), 'CUSTOM_AUTHORIZER_PARAMETER_INVALID'],
    ['no token', by('signed', `&x-amz-customauthorizer-signature=abcd`), 'CUSTOM_AUTHORIZER_PARAMETER_INVALID'],
    ['no signature', by('signed', '&token=t'), 'CUSTOM_AUTHORIZER_PARAMETER_INVALID'],
    [
      'a signature of something else',
      by('signed', `&token=t&x-amz-customauthorizer-signature=${encodeURIComponent(signToken('u'))}`),
      'NOT_AUTHENTICATED',
    ],
    [
      'a signature that is no base64',
      by('signed', '&token=t&x-amz-customauthorizer-signature=%00%ff'),
      'CUSTOM_AUTHORIZER_PARAMETER_INVALID',
    ],
    [
      'a signature of blanks',
      by('signed', '&token=t&x-amz-customauthorizer-signature=%20%20%20%20'),
      'NOT_AUTHENTICATED',
    ],
    [
      'a signature of six kilobytes',
      by('signed', `&token=t&x-amz-customauthorizer-signature=${'A'.repeat(6000)}`),
      'NOT_AUTHENTICATED',
    ],
  ])('%s: refused', async (_, username, reason) => {
    const clientId = randomUUID()
    await expect(connectWithPassword(local, { clientId, username, password: 'p4ssw0rd' })).rejects.toMatchObject({
      code: 0x87,
    })
    const entry = await log.entry('Connection.AuthNError', { clientId })
    expect(entry).toMatchObject({ reason, authenticationType: 'CUSTOM_AUTH' })
    expect(JSON.stringify([entry, local.refusals()])).not.toMatch(/p4ssw0rd|AAAA/)
    const told = { clientId, action: 'iot:Connect', reason: expect.stringContaining(reason) }
    expect(local.refusals()[0]).toMatchObject(told)
  })

  test.each([
    ['encoded', encodeURIComponent(signToken('a token+/=')), encodeURIComponent('a token+/=')],
    ['as it is', signToken('plain'), 'plain'],
  ])('a signed token, whose signature is %s', async (_, signature, token) => {
    const username = by('signed', `&x-amz-customauthorizer-signature=${signature}&token=${token}`)
    await using pump = await connectWithPassword(local, { clientId: randomUUID(), username })
    expect(pump.mqtt.connected).toBe(true)
  })

  test('no server name, or one that is no endpoint: refused, and not told', async () => {
    for (const names of [{ host: '127.0.0.1', servername: '' }, { servername: 'iot.example.com' }]) {
      const clientId = randomUUID()
      const options = { clientId, username: by('anybody'), ...names, rejectUnauthorized: false }
      await expect(connectWithPassword(local, options)).rejects.toMatchObject({ code: 0x87 })
      expect(await log.entries('Connection.AuthNError', { clientId })).toEqual([])
    }
  })

  test('neither 8883 nor ALPN x-amzn-mqtt-ca has custom authentication', async () => {
    const username = by('anybody')
    const mqtts = Number(new URL(local.urls.mqtts).port)
    for (const door of [{ port: mqtts, ALPNProtocols: [] }, { ALPNProtocols: ['x-amzn-mqtt-ca'] }]) {
      const mqtt = startWithPassword(local, { clientId: randomUUID(), username, ...door })
      mqtt.on('error', () => {})
      await closed(mqtt)
      expect(mqtt.connected).toBe(false)
      mqtt.end(true)
    }
  })

  test('a certificate says nothing where a password is asked for', async () => {
    const { cert, key } = await makeDevice(local)
    await expect(connectWithPassword(local, { clientId: randomUUID(), cert, key })).rejects.toMatchObject({
      code: 0x87,
    })
  })
})

describe('the event', () => {
  const eventOf = async (clientId: string): Promise<Record<string, unknown>> => {
    const message = await log.line('echo', (text) => text.includes('EVENT ') && text.includes(clientId))
    return JSON.parse(message.slice(message.indexOf('{'))) as Record<string, unknown>
  }

  test('over MQTT', async () => {
    const clientId = randomUUID()
    const username = by('echo', '&token=t%20t')
    await using pump = await connectWithPassword(local, { clientId, username, password: Buffer.from([0, 255]) })
    expect(pump.mqtt.connected).toBe(true)
    expect(await eventOf(clientId)).toEqual({
      token: 't t',
      signatureVerified: false,
      protocols: ['tls', 'mqtt'],
      protocolData: { tls: { serverName: 'localhost' }, mqtt: { username, password: 'AP8=', clientId } },
      connectionMetadata: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
  })

  test('over WebSocket: the upgrade and the CONNECT', async () => {
    const clientId = randomUUID()
    const url = `${local.urls.wss}?x-amz-customauthorizer-name=echo&token=t`
    const options = { clientId, username: 'u', protocolVersion: 5, reconnectPeriod: 0 } as const
    await using pump = await opened(connect(url, { ...options, wsOptions: { ca: local.rootCa } }))
    expect(pump.mqtt.connected).toBe(true)
    expect(await eventOf(clientId)).toMatchObject({
      token: 't',
      protocols: ['tls', 'http', 'mqtt'],
      protocolData: {
        tls: { serverName: 'localhost' },
        http: { queryString: '?x-amz-customauthorizer-name=echo&token=t', headers: { upgrade: 'websocket' } },
        mqtt: { username: 'u', clientId },
      },
    })
  })
})

describe('over WebSocket', () => {
  test.each([
    ['header', {}, { 'x-amz-customauthorizer-name': 'passwords' }, ''],
    ['query', {}, {}, '?X-Amz-CustomAuthorizer-Name=passwords'],
    ['user name, with ALPN', { ALPNProtocols: ['mqtt'] }, {}, ''],
  ])('credentials in the %s', async (_, tls, headers, query) => {
    const options = {
      clientId: 'pump-9',
      username: query === '' && Object.keys(headers).length === 0 ? by('passwords') : 'u',
    }
    const wsOptions = { ca: local.rootCa, headers, ...tls }
    const start = (password: string) =>
      opened(
        connect(`${local.urls.wss}${query}`, {
          ...options,
          password,
          protocolVersion: 5,
          reconnectPeriod: 0,
          wsOptions,
        }),
      )
    await using pump = await start('secret')
    await pump.mqtt.subscribeAsync('own/pump-9/+')
    await expect(start('wrong')).rejects.toMatchObject({ code: 0x87 })
  })

  test('who brings nothing is answered 403, unless there is a default authorizer', async () => {
    const start = (port: string) =>
      opened(
        connect(port, {
          clientId: randomUUID(),
          password: 'secret',
          username: 'u',
          protocolVersion: 5,
          reconnectPeriod: 0,
          wsOptions: { ca: local.rootCa },
        }),
      )
    await expect(start(local.urls.wss)).rejects.toThrow()
    await client.iot.send(new SetDefaultAuthorizerCommand({ authorizerName: 'anybody' }))
    await using secure = await start(local.urls.wss)
    await using plain = await start(local.urls.ws)
    expect([secure.mqtt.connected, plain.mqtt.connected]).toEqual([true, true])
    await client.iot.send(new ClearDefaultAuthorizerCommand())
    await expect(start(local.urls.wss)).rejects.toThrow()
  })
})

interface Answer {
  readonly status: number | undefined
  readonly body: Record<string, unknown>
}

function post(path: string, headers: Record<string, string> = {}, agent?: Agent, tls: object = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const isPlain = agent !== undefined
  const url = new URL(path, isPlain ? local.urls.http : local.urls.https)
  const options = {
    method: 'POST',
    headers,
    ca: local.rootCa,
    servername: 'localhost',
    ...tls,
    ...(agent && { agent }),
  }
  const outgoing = (isPlain ? httpRequest : httpsRequest)(url, options, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () =>
      resolve({ status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) }),
    )
  })
  outgoing.on('error', reject).end('21.5')
  return promise
}

describe('HTTPS publish', () => {
  const signature = signToken('t')

  test.each([
    [
      'headers',
      '',
      { 'x-amz-customauthorizer-name': 'signed', 'x-amz-customauthorizer-signature': signature, token: 't' },
    ],
    [
      'the query',
      `&x-amz-customauthorizer-name=signed&x-amz-customauthorizer-signature=${encodeURIComponent(signature)}&token=t`,
      {},
    ],
    ['both', `&x-amz-customauthorizer-name=signed`, { 'x-amz-customauthorizer-signature': signature, token: 't' }],
  ])('by %s', async (_, query, headers) => {
    expect(await post(`/topics/dt/pump-7?qos=1${query}`, { ...headers })).toEqual({
      status: 200,
      body: { message: 'OK', traceId: expect.any(String) },
    })
  })

  test('a bad signature, no policy, another operation: 403 Forbidden', async () => {
    const refused = { status: 403, body: { message: 'Forbidden', traceId: expect.any(String) } }
    const headers = { 'x-amz-customauthorizer-name': 'signed', 'x-amz-customauthorizer-signature': signature }
    expect(await post('/topics/a', { ...headers, token: 'u' })).toEqual(refused)
    expect(
      await log.entry('Connection.AuthNError', { protocol: 'HTTP', authenticationType: 'CUSTOM_AUTH' }),
    ).toMatchObject({ reason: 'NOT_AUTHENTICATED' })
    const answer = await post('/topics/a', { 'x-amz-customauthorizer-name': 'nobody' })
    expect(answer).toEqual(refused)
    expect((await post('/things/pump-7/shadow', { 'x-amz-customauthorizer-name': 'anybody' })).status).toBe(403)
    expect((await post('/topics/a')).status).toBe(403)
  })

  test('answers are kept for a connection where the authorizer says so, and for the same credentials only', async () => {
    await client.create('counted', answering(`(console.log('CALLED'), ${EVERYTHING})`), { enableCachingForHttp: true })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const headers = { 'x-amz-customauthorizer-name': 'counted', authorization: 'Bearer one' }
    for (const more of [{}, {}, { authorization: 'Bearer two' }]) {
      expect((await post('/topics/a', { ...headers, ...more }, agent)).status).toBe(200)
    }
    local.advanceClock(301_000)
    expect((await post('/topics/a', { ...headers, authorization: 'Bearer two' }, agent)).status).toBe(200)
    agent.destroy()
    expect(await log.lines('counted', (text) => text.includes('CALLED'), 3)).toHaveLength(3)
  })
})

test('who has credentials of AWS’s is not asked for others, whatever the default authorizer says', async () => {
  await client.create('nobody', answering('({ isAuthenticated: false })'))
  await client.iot.send(new SetDefaultAuthorizerCommand({ authorizerName: 'nobody' }))
  const { cert, key, ...device } = await makeDevice(local)
  expect(await post('/topics/a', {}, undefined, { cert, key })).toMatchObject({ status: 200 })
  expect(await post('/topics/a')).toMatchObject({ status: 403 })
  const data = new IoTDataPlaneClient(local.sdk)
  await data.send(new PublishCommand({ topic: 'a' }))
  data.destroy()
  await using direct = await connectDevice(local, { cert, key, ...device }, { clientId: randomUUID() })
  await using signed = await connectWebSocket(local, { clientId: randomUUID() })
  expect([direct.mqtt.connected, signed.mqtt.connected]).toEqual([true, true])
  await client.iot.send(new ClearDefaultAuthorizerCommand({}))
})

test('an authorizer that is INACTIVE is as none', async () => {
  await client.create('off', answering(EVERYTHING), { status: 'INACTIVE' })
  const options = { clientId: randomUUID(), username: by('off') }
  await expect(connectWithPassword(local, options)).rejects.toMatchObject({ code: 0x87 })
  expect(await log.entry('Connection.AuthNError', { clientId: options.clientId })).toMatchObject({
    reason: 'CUSTOM_AUTHORIZER_NOT_FOUND',
  })
  await client.iot.send(new UpdateAuthorizerCommand({ authorizerName: 'off', status: 'ACTIVE' }))
  await using pump = await connectWithPassword(local, options)
  expect(pump.mqtt.connected).toBe(true)
})

describe('a function', () => {
  test.each([
    ['that throws', `(() => { throw new Error('my token is hunter2') })()`],
    ['that ends its process', `process.exit(1)`],
    ['whose answer is no object', `'yes'`],
    ['that says yes as a text', `({ ...${EVERYTHING}, isAuthenticated: 'true' })`],
    ['without a principal', `({ ...${EVERYTHING}, principalId: undefined })`],
    ['with a principal of signs', `({ ...${EVERYTHING}, principalId: 'a-b' })`],
    ['without policies', `({ ...${EVERYTHING}, policyDocuments: undefined })`],
    [
      'with eleven policies',
      `({ ...${EVERYTHING}, policyDocuments: Array(11).fill(${EVERYTHING}.policyDocuments[0]) })`,
    ],
    ['with a policy that is none', `({ ...${EVERYTHING}, policyDocuments: ['{}'] })`],
    [
      'with a policy that is too long',
      `({ ...${EVERYTHING}, policyDocuments: [${EVERYTHING}.policyDocuments[0].replace('"*"', '"' + 'a'.repeat(2100) + '"')] })`,
    ],
    ['with 299 seconds', `({ ...${EVERYTHING}, refreshAfterInSeconds: 299 })`],
    ['with 86401 seconds', `({ ...${EVERYTHING}, disconnectAfterInSeconds: 86401 })`],
    ['with seconds that are a text', `({ ...${EVERYTHING}, refreshAfterInSeconds: '300' })`],
    ['whose answer is huge', `({ ...${EVERYTHING}, context: 'a'.repeat(5_000_000) })`],
  ])('%s lets nobody in', async (what, expression) => {
    const name = what.replace(/\W/g, '-')
    await client.create(name, answering(expression))
    const clientId = randomUUID()
    await expect(connectWithPassword(local, { clientId, username: by(name) })).rejects.toMatchObject({ code: 0x87 })
    const entry = await log.entry('Connection.AuthNError', { clientId })
    expect(entry).toMatchObject({ reason: 'CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR' })
    expect(JSON.stringify(entry)).not.toContain('hunter2')
  })

  test('that is gone, or may not be invoked, lets nobody in', async () => {
    await client.functions.create('unpermitted', answering(EVERYTHING))
    for (const name of ['unpermitted', 'gone']) {
      await client.iot.send(
        new UpdateAuthorizerCommand({ authorizerName: 'off', authorizerFunctionArn: functionArn(name) }),
      )
      const clientId = randomUUID()
      await expect(connectWithPassword(local, { clientId, username: by('off') })).rejects.toMatchObject({ code: 0x87 })
      expect(await log.entry('Connection.AuthNError', { clientId })).toMatchObject({
        reason: 'CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR',
      })
    }
  })

  test('that is slow has five seconds of the server’s clock', async () => {
    await client.create(
      'slow',
      `export const handler = async () => { console.log('ASKED'); await new Promise(() => setInterval(() => {}, 1000)) }`,
    )
    const clientId = randomUUID()
    const refused = expect(connectWithPassword(local, { clientId, username: by('slow') })).rejects.toMatchObject({
      code: 0x87,
    })
    await log.line('slow', (text) => text.includes('ASKED'))
    local.advanceClock(5000)
    await refused
    expect(await log.entry('Connection.AuthNError', { clientId })).toMatchObject({
      details: 'The function did not answer within 5 seconds',
    })
  })
})

test('hundreds at once', async () => {
  const clients = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      connectWithPassword(local, { clientId: `many-${index}`, username: by('anybody') }),
    ),
  )
  expect(clients.every(({ mqtt }) => mqtt.connected)).toBe(true)
  await Promise.all(clients.map((each) => each[Symbol.asyncDispose]()))
})
