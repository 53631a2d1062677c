import { generateKeyPairSync } from 'node:crypto'
import {
  ClearDefaultAuthorizerCommand,
  CreateAuthorizerCommand,
  type CreateAuthorizerCommandInput,
  DeleteAuthorizerCommand,
  DescribeAuthorizerCommand,
  DescribeDefaultAuthorizerCommand,
  ListAuthorizersCommand,
  SetDefaultAuthorizerCommand,
  TestInvokeAuthorizerCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { AuthorizerClient, answering, EVERYTHING, functionArn, KEYS, signToken } from './support/authorizers.ts'

let local: Local
let client: AuthorizerClient

beforeAll(async () => {
  local = await startLocal()
  client = new AuthorizerClient(local)
})

afterAll(async () => {
  client[Symbol.dispose]()
  await local.close()
})

const ARN = 'arn:aws:iot:us-east-1:123456789012:authorizer'
const create = (authorizerName: string, more: Partial<CreateAuthorizerCommandInput> = {}) =>
  client.iot.send(
    new CreateAuthorizerCommand({
      authorizerName,
      authorizerFunctionArn: functionArn('f'),
      signingDisabled: true,
      ...more,
    }),
  )
const ecKey = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const shortKey = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

test('an authorizer from its making to its end', async () => {
  const signing = { signingDisabled: false, tokenKeyName: 'token', tokenSigningPublicKeys: { first: KEYS.publicKey } }
  expect(await create('a', signing)).toMatchObject({ authorizerName: 'a', authorizerArn: `${ARN}/a` })
  const describe = () => client.iot.send(new DescribeAuthorizerCommand({ authorizerName: 'a' }))
  expect(await describe()).toMatchObject({
    authorizerDescription: {
      authorizerName: 'a',
      authorizerArn: `${ARN}/a`,
      authorizerFunctionArn: functionArn('f'),
      ...signing,
      status: 'INACTIVE',
      enableCachingForHttp: false,
      creationDate: expect.any(Date),
      lastModifiedDate: expect.any(Date),
    },
  })
  await expect(create('a')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException', resourceArn: `${ARN}/a` })
  const update = { authorizerName: 'a', status: 'ACTIVE', enableCachingForHttp: true } as const
  await client.iot.send(new UpdateAuthorizerCommand(update))
  expect(await describe()).toMatchObject({
    authorizerDescription: { ...signing, status: 'ACTIVE', enableCachingForHttp: true },
  })
  expect(await client.iot.send(new ListAuthorizersCommand({ status: 'ACTIVE' }))).toMatchObject({
    authorizers: [{ authorizerName: 'a' }],
  })
  expect(await client.iot.send(new ListAuthorizersCommand({ status: 'INACTIVE' }))).toMatchObject({ authorizers: [] })
  const remove = () => client.iot.send(new DeleteAuthorizerCommand({ authorizerName: 'a' }))
  await expect(remove()).rejects.toMatchObject({ name: 'DeleteConflictException', $metadata: { httpStatusCode: 409 } })
  await client.iot.send(new UpdateAuthorizerCommand({ authorizerName: 'a', status: 'INACTIVE' }))
  await remove()
  await expect(describe()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test.each<[string, Partial<CreateAuthorizerCommandInput>]>([
  ['no token key', { signingDisabled: false, tokenSigningPublicKeys: { first: KEYS.publicKey } }],
  ['no public key', { signingDisabled: false, tokenKeyName: 'token' }],
  ['a key of another kind', { tokenKeyName: 'token', tokenSigningPublicKeys: { first: ecKey.publicKey } }],
  ['a key that is too short', { tokenKeyName: 'token', tokenSigningPublicKeys: { first: shortKey.publicKey } }],
  ['a private key', { tokenKeyName: 'token', tokenSigningPublicKeys: { first: KEYS.privateKey } }],
  ['a text for a key', { tokenKeyName: 'token', tokenSigningPublicKeys: { first: 'key' } }],
  ['what is no function', { authorizerFunctionArn: 'arn:aws:iam::123456789012:role/r' }],
  ['a name with a blank', { authorizerName: 'a b' }],
])('%s is refused', async (_, more) => {
  await expect(create('refused', more)).rejects.toMatchObject({ name: 'InvalidRequestException' })
})

test('the default is cleared before another is set, and cannot be deleted', async () => {
  await create('d')
  const set = () => client.iot.send(new SetDefaultAuthorizerCommand({ authorizerName: 'd' }))
  const describeDefault = () => client.iot.send(new DescribeDefaultAuthorizerCommand({}))
  await expect(describeDefault()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect(await set()).toMatchObject({ authorizerArn: `${ARN}/d` })
  await expect(set()).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
  expect(await describeDefault()).toMatchObject({ authorizerDescription: { authorizerName: 'd' } })
  await expect(client.iot.send(new DeleteAuthorizerCommand({ authorizerName: 'd' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
  await client.iot.send(new ClearDefaultAuthorizerCommand({}))
  await expect(client.iot.send(new ClearDefaultAuthorizerCommand({}))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('a hundred, of which 32 are active', async () => {
  await using other = await startLocal()
  using others = new AuthorizerClient(other)
  const make = (index: number, status: 'ACTIVE' | 'INACTIVE') =>
    others.iot.send(
      new CreateAuthorizerCommand({
        authorizerName: `a${index}`,
        authorizerFunctionArn: functionArn('f'),
        signingDisabled: true,
        status,
      }),
    )
  for (let index = 0; index < 32; index += 1) await make(index, 'ACTIVE')
  const limit = { name: 'LimitExceededException', $metadata: { httpStatusCode: 410 } }
  await expect(make(32, 'ACTIVE')).rejects.toMatchObject(limit)
  for (let index = 32; index < 100; index += 1) await make(index, 'INACTIVE')
  await expect(make(100, 'INACTIVE')).rejects.toMatchObject(limit)
  await expect(
    others.iot.send(new UpdateAuthorizerCommand({ authorizerName: 'a50', status: 'ACTIVE' })),
  ).rejects.toMatchObject(limit)
  const names = []
  let marker: string | undefined
  do {
    const page = await others.iot.send(new ListAuthorizersCommand({ pageSize: 30, marker, ascendingOrder: true }))
    names.push(...(page.authorizers ?? []).map(({ authorizerName }) => authorizerName))
    marker = page.nextMarker
  } while (marker !== undefined)
  expect(names).toEqual(Array.from({ length: 100 }, (_, index) => `a${index}`))
})

describe('TestInvokeAuthorizer', () => {
  test('token and signature alone: no protocolData', async () => {
    await client.create(
      'tested',
      answering(
        `({ ...${EVERYTHING}, principalId: event.token + Object.keys(event.protocolData).length + event.signatureVerified })`,
      ),
      {
        signingDisabled: false,
        tokenKeyName: 'token',
        tokenSigningPublicKeys: { first: KEYS.publicKey },
        status: 'INACTIVE',
      },
    )
    const invoke = (token: string, tokenSignature: string) =>
      client.iot.send(new TestInvokeAuthorizerCommand({ authorizerName: 'tested', token, tokenSignature }))
    expect(await invoke('abc', signToken('abc'))).toMatchObject({
      isAuthenticated: true,
      principalId: 'abc0true',
      policyDocuments: [expect.stringContaining('"iot:*"')],
      refreshAfterInSeconds: 300,
      disconnectAfterInSeconds: 86400,
    })
    await expect(invoke('abd', signToken('abc'))).rejects.toMatchObject({ name: 'InvalidRequestException' })
    const mqttContext = {
      username: `u?token=abc&x-amz-customauthorizer-signature=${encodeURIComponent(signToken('abc'))}`,
    }
    const byContext = new TestInvokeAuthorizerCommand({ authorizerName: 'tested', mqttContext })
    expect(await client.iot.send(byContext)).toMatchObject({ principalId: 'abc1true' })
  })

  test('the contexts are what the function is told', async () => {
    await client.create(
      'echo',
      answering(
        `({ ...${EVERYTHING}, policyDocuments: [], isAuthenticated: event.protocolData.http.headers.authorization === 'Bearer x' && event.protocolData.http.queryString === '?a=b' && event.protocolData.mqtt.password === 'cA==' && event.protocolData.tls.serverName === 'iot.example' && event.protocols.join() === 'tls,http,mqtt' })`,
      ),
    )
    const input = {
      authorizerName: 'echo',
      httpContext: { headers: { Authorization: 'Bearer x' }, queryString: 'a=b' },
      mqttContext: { username: 'u', password: Buffer.from('p'), clientId: 'c' },
      tlsContext: { serverName: 'iot.example' },
    }
    expect(await client.iot.send(new TestInvokeAuthorizerCommand(input))).toMatchObject({ isAuthenticated: true })
    const other = { ...input, tlsContext: { serverName: 'other' } }
    expect(await client.iot.send(new TestInvokeAuthorizerCommand(other))).toMatchObject({ isAuthenticated: false })
  })

  test('an answer that cannot be used', async () => {
    await client.create('broken', answering(`({ isAuthenticated: true })`))
    const invoke = client.iot.send(new TestInvokeAuthorizerCommand({ authorizerName: 'broken' }))
    await expect(invoke).rejects.toMatchObject({
      name: 'InvalidResponseException',
      message: 'The answer of the function has no list of policyDocuments',
    })
  })
})
