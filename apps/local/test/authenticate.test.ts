import { buffer } from 'node:stream/consumers'
import { Sha256 } from '@aws-crypto/sha256-js'
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot'
import { SignatureV4 } from '@smithy/signature-v4'
import { AwsError } from '@thingdeck/aws-api'
import { presignMqttUrl } from '@thingdeck/sigv4'
import { describe, expect, test } from 'vitest'
import { Authenticator } from '../src/access/authenticate.ts'
import type { Caller } from '../src/foundation/caller.ts'
import { testContext } from '../src/foundation/context.test-support.ts'
import type { SessionOwner } from '../src/foundation/credentials.ts'
import { CredentialStore } from '../src/services/sts-iam/credential-store.ts'
import { serveHttp } from './support/http-server.ts'

const REGION = 'eu-central-1'
const IOT = { signingNames: ['iot', 'execute-api'] }

const OWNER: SessionOwner = {
  kind: 'assumed-role',
  arn: 'arn:aws:sts::123456789012:assumed-role/pump/session',
  principalId: 'AROAEXAMPLE:session',
  roleName: 'pump',
  sessionName: 'session',
  variables: {},
}

/** An HTTP server that only says who called. */
async function setUp() {
  const { context, now } = testContext()
  const credentials = new CredentialStore(context)
  const authenticator = new Authenticator(context, credentials)
  const callers: Caller[] = []
  const server = await serveHttp(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const { method = '', url = '' } = request
    try {
      const signed = { method, url, headers, body: await buffer(request) }
      callers.push(authenticator.authenticate(signed, IOT, { unsigned: false }))
      response.end('{"endpointAddress":"here"}')
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      response.writeHead(403, { 'x-amzn-errortype': error.name }).end(JSON.stringify({ message: error.message }))
    }
  })
  return {
    now,
    callers,
    credentials,
    authenticator,
    async call(key: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }, region = REGION) {
      const client = new IoTClient({ endpoint: server.url, region, credentials: key, maxAttempts: 1 })
      try {
        return await client.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))
      } finally {
        client.destroy()
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const LOCAL = { accessKeyId: 'local', secretAccessKey: 'local' }

describe('an AWS SDK client', () => {
  test('with the key `local` is the account’s administrator', async () => {
    await using local = await setUp()
    await local.call(LOCAL)
    expect(local.callers).toEqual([
      { kind: 'root', arn: 'arn:aws:iam::123456789012:root', accessKeyId: 'local', principalId: '123456789012' },
    ])
  })

  test('with temporary credentials is who they were issued to, until they end', async () => {
    await using local = await setUp()
    const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = local.credentials.issue(OWNER, 60)
    const key = { accessKeyId, secretAccessKey, sessionToken }
    await local.call(key)
    expect(local.callers).toEqual([{ ...OWNER, accessKeyId }])
    local.now.ms = expiresAtMs
    await expect(local.call(key)).rejects.toMatchObject({
      name: expect.stringMatching(/ExpiredToken|InvalidSignature/),
    })
  })

  test.each([
    ['a wrong key', { ...LOCAL, accessKeyId: 'AKIAEXAMPLE' }, REGION, 'UnrecognizedClientException'],
    ['a wrong secret', { ...LOCAL, secretAccessKey: 'guess' }, REGION, 'InvalidSignatureException'],
    ['a token that nobody gave', { ...LOCAL, sessionToken: 'made up' }, REGION, 'UnrecognizedClientException'],
    ['another region', LOCAL, 'us-west-2', 'InvalidSignatureException'],
  ])('with %s', async (_, key, region, name) => {
    await using local = await setUp()
    await expect(local.call(key, region)).rejects.toMatchObject({ name })
  })

  test('with temporary credentials but without their token', async () => {
    await using local = await setUp()
    const { accessKeyId, secretAccessKey } = local.credentials.issue(OWNER, 900)
    await expect(local.call({ accessKeyId, secretAccessKey })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
  })

  test('whose clock is six minutes late', async () => {
    await using local = await setUp()
    local.now.ms += 6 * 60_000
    await expect(local.call(LOCAL)).rejects.toMatchObject({ name: 'InvalidSignatureException' })
  })
})

describe('without a signature', () => {
  const request = { method: 'POST', url: '/', headers: { host: 'localhost' } }

  test('an operation that needs none has an anonymous caller', async () => {
    await using local = await setUp()
    expect(local.authenticator.authenticate(request, IOT, { unsigned: true })).toEqual({ kind: 'anonymous' })
  })

  test('all others are refused', async () => {
    await using local = await setUp()
    expect(() => local.authenticator.authenticate(request, IOT, { unsigned: false })).toThrow(
      expect.objectContaining({ name: 'MissingAuthenticationTokenException' }),
    )
  })
})

describe('MQTT over WebSocket', () => {
  const open = async (local: Awaited<ReturnType<typeof setUp>>, sessionToken?: string) => {
    const issued = local.credentials.issue(OWNER, 900)
    const credentials = { ...issued, sessionToken: sessionToken ?? issued.sessionToken }
    const date = new Date(local.now.ms)
    const url = new URL(await presignMqttUrl({ url: 'ws://localhost:7400/mqtt', region: REGION, credentials, date }))
    const request = { method: 'GET', url: url.pathname + url.search, headers: { host: 'localhost:7400' } }
    return { issued, request }
  }

  test('a presigned URL with the token behind the signature says who it is', async () => {
    await using local = await setUp()
    const { issued, request } = await open(local)
    expect(local.authenticator.authenticateMqtt(request)).toEqual({ ...OWNER, accessKeyId: issued.accessKeyId })
  })

  test('a signature that covers the session token is refused, as by AWS', async () => {
    await using local = await setUp()
    const issued = local.credentials.issue(OWNER, 900)
    const signer = new SignatureV4({ service: 'iotdevicegateway', region: REGION, credentials: issued, sha256: Sha256 })
    const request = {
      method: 'GET',
      protocol: 'ws:',
      hostname: 'localhost',
      path: '/mqtt',
      headers: { host: 'localhost' },
    }
    const { query = {} } = await signer.presign(request, { signingDate: new Date(local.now.ms), expiresIn: 300 })
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    expect(() =>
      local.authenticator.authenticateMqtt({ method: 'GET', url: `/mqtt?${search}`, headers: request.headers }),
    ).toThrow(expect.objectContaining({ name: 'InvalidSignatureException' }))
  })

  test('a token of someone else is refused', async () => {
    await using local = await setUp()
    const { request } = await open(local, local.credentials.issue(OWNER, 900).sessionToken)
    expect(() => local.authenticator.authenticateMqtt(request)).toThrow(
      expect.objectContaining({ name: 'UnrecognizedClientException' }),
    )
  })
})

test('expired keys are forgotten after a day', async () => {
  await using local = await setUp()
  const first = local.credentials.issue(OWNER, 900)
  local.now.ms += 25 * 3_600_000
  local.credentials.issue(OWNER, 900)
  expect(local.credentials.lookup(first.accessKeyId)).toBeUndefined()
})
