import { createSign, generateKeyPairSync } from 'node:crypto'
import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type {
  AuditPage,
  Authorizer,
  AuthorizerCalls,
  AuthorizerPage,
  AuthorizerTest,
  AuthorizerTestResult,
  DefaultAuthorizer,
  DomainConfiguration,
  DomainConfigurationList,
  FunctionPermission,
} from '@thingdeck/contract'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { judge } from '../src/aws/functions/function-permission.ts'
import { parseReport } from '../src/modules/authorizers/function-runs.ts'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const ACCOUNT = 'us-east-1:123456789012'
const functionArn = (name: string) => `arn:aws:lambda:${ACCOUNT}:function:${name}`
const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const SECRET = 'a-secret-nobody-else-may-see'

/** Says yes to the password, or to a token that was verified. */
const CODE = `export const handler = async ({ signatureVerified, protocolData }) => {
  if (protocolData?.mqtt?.clientId === 'bad') return { isAuthenticated: true, principalId: 'not-allowed-sign' }
  const password = Buffer.from(protocolData?.mqtt?.password ?? '', 'base64').toString()
  return {
    isAuthenticated: signatureVerified || password === '${SECRET}',
    principalId: 'pump7',
    refreshAfterInSeconds: 300,
    disconnectAfterInSeconds: 3600,
    policyDocuments: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }] }],
  }
}`

let console: TestConsole
let lambda: LambdaClient
let iot: IoTClient
const grace = new Browser()
const ada = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  await signIn(ada, console.url, 'ada')
  lambda = new LambdaClient(console.sdk)
  iot = new IoTClient(console.sdk)
  await iot.send(
    new SetV2LoggingOptionsCommand({ roleArn: 'arn:aws:iam::123456789012:role/logs', defaultLogLevel: 'INFO' }),
  )
  for (const name of ['by-password', 'by-token']) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Timeout: 30,
        Role: 'arn:aws:iam::123456789012:role/functions',
        Code: { ZipFile: zipSync({ 'index.mjs': strToU8(CODE) }) },
      }),
    )
  }
})
afterAll(async () => {
  lambda.destroy()
  iot.destroy()
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)
const tryOut = (name: string, body: AuthorizerTest) =>
  ask<AuthorizerTestResult>(ada, console.url, 'POST', `/api/authorizers/${name}/test`, body)
const base64 = (text: string) => Buffer.from(text).toString('base64')

const permit = (name: string, SourceArn?: string) =>
  lambda.send(
    new AddPermissionCommand({
      FunctionName: name,
      StatementId: `iot-${SourceArn === undefined ? 'any' : 'one'}`,
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      ...(SourceArn !== undefined && { SourceArn }),
    }),
  )

test('made with and without signing, read, changed, and listed', async () => {
  const settings = { status: 'ACTIVE', enableCachingForHttp: false } as const
  const unsigned = await call<Authorizer>('POST', '/api/authorizers', {
    authorizerName: 'by-password',
    authorizerFunctionArn: functionArn('by-password'),
    signingDisabled: true,
    ...settings,
    tags: { team: 'pumps' },
  })
  expect(unsigned).toMatchObject({ status: 200, body: { signingDisabled: true, status: 'ACTIVE' } })
  const signed = await call<Authorizer>('POST', '/api/authorizers', {
    authorizerName: 'by-token',
    authorizerFunctionArn: functionArn('by-token'),
    signingDisabled: false,
    tokenKeyName: 'token',
    tokenSigningPublicKeys: { 'key-1': KEYS.publicKey },
    ...settings,
    status: 'INACTIVE',
  })
  expect(signed.body).toMatchObject({ tokenKeyName: 'token', tokenSigningPublicKeys: { 'key-1': KEYS.publicKey } })
  const changed = await call<Authorizer>('PATCH', '/api/authorizers/by-token', { enableCachingForHttp: true })
  expect(changed.body).toMatchObject({ enableCachingForHttp: true, status: 'INACTIVE', tokenKeyName: 'token' })
  const { body: page } = await call<AuthorizerPage>('GET', '/api/authorizers?maxResults=10')
  expect(page.authorizers.toSorted()).toEqual(['by-password', 'by-token'])
  expect(await call('PATCH', '/api/authorizers/by-token', {})).toMatchObject({ status: 400 })
})

test('AWS refuses a second default authorizer: the console replaces it in one act, unless it was changed meanwhile', async () => {
  const put = (authorizerName: string, expectedDefault?: string) =>
    call('PUT', '/api/default-authorizer', {
      authorizerName,
      ...(expectedDefault !== undefined && { expectedDefault }),
    })
  const present = async () => (await call<DefaultAuthorizer>('GET', '/api/default-authorizer')).body.authorizerName
  expect(await present()).toBeUndefined()
  expect(await put('by-password')).toMatchObject({ status: 200 })
  expect(await put('by-token')).toMatchObject({ status: 409, body: { code: 'DEFAULT_AUTHORIZER_CHANGED' } })
  expect(await put('nobody', 'by-password')).toMatchObject({ status: 404, body: { code: 'ResourceNotFoundException' } })
  expect(await present()).toBe('by-password')
  expect(await put('by-token', 'by-password')).toMatchObject({ status: 200, body: { authorizerName: 'by-token' } })
  expect(await present()).toBe('by-token')
  expect(await call('DELETE', '/api/default-authorizer')).toMatchObject({ status: 204 })
  expect(await present()).toBeUndefined()
})

test('whether AWS IoT may invoke the function: no policy, for everybody, for this one, no function', async () => {
  const permissionOf = async (name: string) =>
    (await call<FunctionPermission>('GET', `/api/authorizers/${name}/permission`)).body
  expect(await permissionOf('by-password')).toEqual({ outcome: 'no-policy' })
  await permit('by-password')
  expect(await permissionOf('by-password')).toMatchObject({ outcome: 'read', decision: 'ALLOWED', isForAll: true })
  await permit('by-token', `arn:aws:iot:${ACCOUNT}:authorizer/by-token`)
  const ofToken = await permissionOf('by-token')
  expect(ofToken).toMatchObject({ outcome: 'read', decision: 'ALLOWED' })
  expect(ofToken).not.toHaveProperty('isForAll')
  await call('POST', '/api/authorizers', {
    authorizerName: 'gone',
    authorizerFunctionArn: functionArn('gone'),
    signingDisabled: true,
    status: 'INACTIVE',
    enableCachingForHttp: false,
  })
  expect(await permissionOf('gone')).toEqual({ outcome: 'no-function' })
})

test('a permission for another authorizer is none', () => {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'iot.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: functionArn('f'),
        Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:iot:${ACCOUNT}:authorizer/other` } },
      },
    ],
  })
  const of = (name: string) => judge(policy, functionArn('f'), `arn:aws:iot:${ACCOUNT}:authorizer/${name}`)
  expect(of('other')).toMatchObject({ outcome: 'read', decision: 'ALLOWED' })
  expect(of('this')).toMatchObject({ outcome: 'read', decision: 'IMPLICIT_DENY' })
})

test('of a policy that cannot be read as one, nothing is claimed', () => {
  const of = (policy: string) => judge(policy, functionArn('f'), `arn:aws:iot:${ACCOUNT}:authorizer/this`)
  expect(of('{')).toMatchObject({ outcome: 'not-understood' })
  expect(of('{"Statement":[{"Effect":"Perhaps"}]}')).toMatchObject({ outcome: 'not-understood' })
})

test('credentials are tried by an operator, and neither the trail nor the log has them', async () => {
  const good = await tryOut('by-password', { mqttContext: { clientId: 'pump-7', password: base64(SECRET) } })
  expect(good).toMatchObject({
    status: 200,
    body: { outcome: 'answered', isAuthenticated: true, principalId: 'pump7', disconnectAfterInSeconds: 3600 },
  })
  expect(JSON.parse(good.body.policyDocuments?.[0] ?? '')).toHaveProperty('Statement')
  const wrong = await tryOut('by-password', { mqttContext: { clientId: 'pump-7', password: base64('other') } })
  expect(wrong.body).toMatchObject({ outcome: 'answered', isAuthenticated: false })
  const unusable = await tryOut('by-password', { mqttContext: { clientId: 'bad' } })
  expect(unusable.body).toMatchObject({ outcome: 'refused', code: 'InvalidResponseException' })

  const signature = createSign('RSA-SHA256').update('token-1').sign(KEYS.privateKey, 'base64')
  expect((await tryOut('by-token', { token: 'token-1', tokenSignature: signature })).body).toMatchObject({
    outcome: 'answered',
    isAuthenticated: true,
  })
  expect((await tryOut('by-token', { token: 'token-2', tokenSignature: signature })).body).toMatchObject({
    outcome: 'refused',
    code: 'InvalidRequestException',
  })

  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=100')
  expect(trail.entries.filter(({ action }) => action === 'TestInvokeAuthorizer')).toHaveLength(5)
  for (const text of [JSON.stringify(trail), console.logged()]) {
    for (const secret of [SECRET, base64(SECRET), 'token-1', signature]) expect(text).not.toContain(secret)
  }
})

test('the last runs of the function are told with what each took', async () => {
  const now = Date.now()
  const range = new URLSearchParams({
    from: new Date(now - 3_600_000).toISOString(),
    to: new Date(now + 3_600_000).toISOString(),
  })
  await vi.waitFor(
    async () => {
      const { body } = await call<AuthorizerCalls>('GET', `/api/authorizers/by-password/calls?${range}`)
      expect(body.runs).toMatchObject({ outcome: 'read', logGroupName: '/aws/lambda/by-password' })
      expect(body.runs.runs).toHaveLength(3)
      for (const run of body.runs.runs) expect(run.durationMs).toBeGreaterThan(0)
    },
    { timeout: 20_000, interval: 250 },
  )
  const { body: gone } = await call<AuthorizerCalls>('GET', `/api/authorizers/gone/calls?${range}`)
  expect(gone.runs).toMatchObject({ outcome: 'no-log-group', runs: [] })
})

test.each([
  [
    'a run',
    'REPORT RequestId: abc\tDuration: 12.30 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t',
    { durationMs: 12.3 },
  ],
  [
    'the first run, which was too slow',
    'REPORT RequestId: abc\tDuration: 5000.00 ms\tBilled Duration: 5782 ms\tInit Duration: 782.00 ms\tStatus: timeout\t',
    { durationMs: 5_000, initMs: 782, status: 'timeout' },
  ],
])('the line of %s is read', (_, line, told) => {
  expect(parseReport(line, 0)).toEqual({ requestId: 'abc', at: '1970-01-01T00:00:00.000Z', ...told })
})

test('domain configurations: made, read, changed, disabled, and deleted by AWS’s rule alone', async () => {
  const path = '/api/domain-configurations'
  const made = await call<DomainConfiguration>('POST', path, {
    domainConfigurationName: 'devices',
    authenticationType: 'CUSTOM_AUTH',
    applicationProtocol: 'SECURE_MQTT',
    authorizer: { defaultAuthorizerName: 'by-token', allowAuthorizerOverride: false },
  })
  expect(made).toMatchObject({
    status: 200,
    body: {
      domainType: 'AWS_MANAGED',
      status: 'ENABLED',
      authorizer: { defaultAuthorizerName: 'by-token', allowAuthorizerOverride: false },
    },
  })
  expect(made.body.domainName).toContain('.')
  const refused = await call('PATCH', `${path}/devices`, { applicationProtocol: 'DEFAULT' })
  expect(refused).toMatchObject({ status: 400, body: { code: 'InvalidRequestException' } })
  const without = await call<DomainConfiguration>('PATCH', `${path}/devices`, { removeAuthorizer: true })
  expect(without.body).not.toHaveProperty('authorizer')
  const { body: list } = await call<DomainConfigurationList>('GET', path)
  expect(list.isAll).toBe(true)
  expect(list.domainConfigurations.map(({ domainConfigurationName }) => domainConfigurationName)).toEqual(
    expect.arrayContaining(['devices', 'iot:Data-ATS']),
  )
  expect(await call('DELETE', `${path}/devices`)).toMatchObject({ status: 400 })
  const disabled = await call<DomainConfiguration>('PATCH', `${path}/devices`, { status: 'DISABLED' })
  expect(disabled.body).toMatchObject({ status: 'DISABLED', statusChangedAt: expect.any(String) })
  // A host of AWS's goes seven days later.
  expect(await call('DELETE', `${path}/devices`)).toMatchObject({
    status: 400,
    body: { code: 'InvalidRequestException' },
  })
})

test('an authorizer is deleted once it is inactive', async () => {
  expect(await call('DELETE', '/api/authorizers/by-password')).toMatchObject({
    status: 409,
    body: { code: 'DeleteConflictException' },
  })
  await call('PATCH', '/api/authorizers/by-password', { status: 'INACTIVE' })
  expect(await call('DELETE', '/api/authorizers/by-password')).toMatchObject({ status: 204 })
  expect(await call('GET', '/api/authorizers/by-password')).toMatchObject({ status: 404 })
})
