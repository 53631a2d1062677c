import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { compilePolicies, fastAllows, parsePolicyDocument } from '@thingdeck/policies'
import { type JWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { testContext } from '../src/foundation/context.test-support.ts'
import { IdTokens } from '../src/foundation/id-tokens.ts'
import { seedConsolePool } from '../src/services/cognito/console-pool.ts'
import { Identities } from '../src/services/cognito/identities.ts'
import { consolePoolId, type IdentityPool } from '../src/services/cognito/identity-pool.ts'
import { IdentityStore } from '../src/services/cognito/identity-store.ts'
import { LoginVerifier } from '../src/services/cognito/login-provider.ts'
import { PoolStore } from '../src/services/cognito/pool-store.ts'
import { PoolTokens } from '../src/services/cognito/pool-tokens.ts'
import { CredentialStore } from '../src/services/sts-iam/credential-store.ts'
import { RoleStore } from '../src/services/sts-iam/role-store.ts'
import { serveHttp } from './support/http-server.ts'

const ISSUER = 'https://issuer.example/pool'
const NAME = 'issuer.example/pool'

/** An issuer of tokens. */
function issuerOf(issuer = ISSUER) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }) as JWK
  return {
    keys: async () => [jwk(publicKey)],
    token: (
      now: { ms: number },
      { sub = 'ada', groups = ['operator'], aud = 'console', iss = issuer, lifeSeconds = 3600 } = {},
    ) =>
      new SignJWT({ 'cognito:groups': groups })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(iss)
        .setSubject(sub)
        .setAudience(aud)
        .setIssuedAt(new Date(now.ms))
        .setExpirationTime(new Date(now.ms + lifeSeconds * 1000))
        .sign(privateKey),
  }
}

const issuer = issuerOf()
const other = issuerOf('https://other.example')

const GUEST = 'plant-guest'

/** The console's pool before an issuer of ours, and a second issuer whose people it takes for the same groups. */
function setUp({ allowUnauthenticated = false, issuerUrl = ISSUER, keysAtHand = true } = {}) {
  const { context, now } = testContext()
  const credentials = new CredentialStore(context)
  const roles = new RoleStore(context)
  const pools = new PoolStore(context)
  const embedded = { issuer: issuerUrl, clientId: 'console' }
  seedConsolePool(context.account, pools, roles, embedded)
  const poolId = consolePoolId(context.account)
  const trust = roles.find('thingdeck-viewer')?.trustDocument ?? ''
  roles.put({ name: GUEST, trustDocument: trust, policies: {} })
  const seeded = pools.mustFind(poolId)
  const pool: IdentityPool = {
    ...seeded,
    allowUnauthenticated,
    userPools: [
      ...seeded.userPools,
      { providerName: 'other.example', clientId: 'console', serverSideTokenCheck: false },
    ],
    roles: { ...seeded.roles, unauthenticated: roles.arnOf(GUEST) },
  }
  pools.put(pool)
  const tokens = new IdTokens(context.clock)
  if (keysAtHand) tokens.know(issuerUrl, issuer.keys)
  tokens.know('https://other.example', other.keys)
  const logins = new LoginVerifier(tokens, { find: () => undefined }, embedded)
  const store = new IdentityStore(context, poolId)
  const parts = { store, pools, logins, tokens: new PoolTokens(context), credentials, roles }
  const identities = new Identities(context, parts)
  const identify = async (token: string) => identities.identify({ IdentityPoolId: pool.id, Logins: { [NAME]: token } })
  return { context, now, pool, credentials, roles, identities, identify }
}

const refusal = (name: string, message: RegExp) => ({ name, message: expect.stringMatching(message) })

describe('the identity pool', () => {
  test('has the id of its account and region', () => {
    const { pool } = setUp()
    expect(pool.id).toMatch(/^eu-central-1:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(consolePoolId({ id: '123456789012', region: 'eu-central-1' })).toBe(pool.id)
    expect(consolePoolId({ id: '123456789012', region: 'us-east-1' })).not.toBe(pool.id)
  })
})

describe('GetId', () => {
  test('the same person has the same identity, another one another', async () => {
    const { now, identify } = setUp()
    const ada = await identify(await issuer.token(now))
    expect(ada).toMatch(/^eu-central-1:[0-9a-f-]{36}$/)
    expect(await identify(await issuer.token(now))).toBe(ada)
    expect(await identify(await issuer.token(now, { sub: 'grace' }))).not.toBe(ada)
  })

  test('the same subject at another issuer is somebody else; both at once are a conflict', async () => {
    const { now, pool, identities, identify } = setUp()
    const ada = await identify(await issuer.token(now))
    const foreign = { 'other.example': await other.token(now) }
    expect(await identities.identify({ IdentityPoolId: pool.id, Logins: foreign })).not.toBe(ada)
    const both = { ...foreign, [NAME]: await issuer.token(now) }
    await expect(identities.identify({ IdentityPoolId: pool.id, Logins: both })).rejects.toMatchObject({
      name: 'ResourceConflictException',
    })
  })

  test.each([
    ['an expired token', { lifeSeconds: -1 }, /Token expired/],
    ['another audience', { aud: 'someone else' }, /Incorrect token audience/],
    ['another issuer', { iss: 'https://evil.example' }, /Issuer doesn't match providerName/],
  ])('refuses %s', async (_, options, message) => {
    const { now, identify } = setUp()
    await expect(identify(await issuer.token(now, options))).rejects.toMatchObject(
      refusal('NotAuthorizedException', message),
    )
  })

  test('refuses a token that somebody else signed, one that was changed, and what is no token', async () => {
    const { now, identify } = setUp()
    const forged = await issuerOf().token(now)
    await expect(identify(forged)).rejects.toMatchObject(refusal('NotAuthorizedException', /signature invalid/))
    const [head, body = '', signature] = (await issuer.token(now)).split('.')
    const claims = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), 'cognito:groups': ['admin'] }
    const changed = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    await expect(identify(changed)).rejects.toMatchObject(refusal('NotAuthorizedException', /signature invalid/))
    const unsigned = [Buffer.from('{"alg":"none"}').toString('base64url'), body, ''].join('.')
    await expect(identify(unsigned)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    await expect(identify('hello')).rejects.toMatchObject(refusal('NotAuthorizedException', /Can't parse token/))
  })

  test('refuses another pool, another provider, and nobody', async () => {
    const { now, pool, identities } = setUp()
    const Logins = { 'graph.facebook.com': await issuer.token(now) }
    await expect(identities.identify({ IdentityPoolId: pool.id, Logins })).rejects.toMatchObject(
      refusal('NotAuthorizedException', /not from a supported provider/),
    )
    await expect(identities.identify({ IdentityPoolId: pool.id })).rejects.toMatchObject(
      refusal('NotAuthorizedException', /Unauthenticated access is not supported/),
    )
    await expect(identities.identify({ IdentityPoolId: `${pool.id}0` })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('reads the keys from where the issuer publishes them', async () => {
    await using server = await serveHttp(async (request, response) => {
      const found: Record<string, unknown> = {
        '/pool/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/jwks` },
        '/pool/jwks': { keys: await remote.keys() },
      }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(found[request.url ?? '']))
    })
    const url = `${server.url}/pool`
    const remote = issuerOf(url)
    const { now, pool, identities } = setUp({ issuerUrl: url, keysAtHand: false })
    const Logins = { [url.replace('http://', '')]: await remote.token(now) }
    expect(await identities.identify({ IdentityPoolId: pool.id, Logins })).toMatch(/^eu-central-1:/)
  })

  test('an issuer that does not answer is not the caller’s fault', async () => {
    const gone = 'http://127.0.0.1:1/pool'
    const { now, pool, identities } = setUp({ issuerUrl: gone, keysAtHand: false })
    const Logins = { '127.0.0.1:1/pool': await issuerOf(gone).token(now) }
    await expect(identities.identify({ IdentityPoolId: pool.id, Logins })).rejects.toMatchObject({
      name: 'ExternalServiceException',
    })
  })
})

describe('GetCredentialsForIdentity', () => {
  test.each([
    [['viewer'], 'thingdeck-viewer'],
    [['viewer', 'admin'], 'thingdeck-admin'],
    [['operator', 'people of the plant'], 'thingdeck-operator'],
  ])('the groups %j give the role %s for one hour', async (groups, roleName) => {
    const { now, identities, identify, credentials, pool } = setUp()
    const token = await issuer.token(now, { groups })
    const id = await identify(token)
    const issued = await identities.credentialsFor({ IdentityId: id, Logins: { [NAME]: token } })
    expect(issued.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
    expect(issued.expiresAtMs).toBe(Math.floor(now.ms / 1000 + 3600) * 1000)
    expect(credentials.lookup(issued.accessKeyId)?.caller).toMatchObject({
      kind: 'cognito',
      identityId: id,
      authenticated: true,
      roleName,
      principalId: expect.stringMatching(/^AROA[A-Z2-7]{17}:CognitoIdentityCredentials$/),
      variables: {
        'cognito-identity.amazonaws.com:sub': id,
        'cognito-identity.amazonaws.com:aud': pool.id,
        'cognito-identity.amazonaws.com:amr': ['authenticated', NAME, `${NAME}:ada`],
      },
    })
  })

  test.each([[[]], [['people of the plant']]])('the groups %j give none', async (groups) => {
    const { now, identities, identify } = setUp()
    const token = await issuer.token(now, { groups })
    const IdentityId = await identify(token)
    await expect(identities.credentialsFor({ IdentityId, Logins: { [NAME]: token } })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    })
  })

  test('a role may be chosen among those of the groups only', async () => {
    const { now, identities, identify, roles, credentials } = setUp()
    const token = await issuer.token(now, { groups: ['viewer', 'operator'] })
    const IdentityId = await identify(token)
    const choose = (role: string) =>
      identities.credentialsFor({ IdentityId, Logins: { [NAME]: token }, CustomRoleArn: roles.arnOf(role) })
    const { accessKeyId } = await choose('thingdeck-viewer')
    expect(credentials.lookup(accessKeyId)?.caller).toMatchObject({ roleName: 'thingdeck-viewer' })
    await expect(choose('thingdeck-admin')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  test('nobody gets those of somebody else', async () => {
    const { now, identities, identify } = setUp()
    const IdentityId = await identify(await issuer.token(now))
    const mallory = await issuer.token(now, { sub: 'mallory', groups: ['admin'] })
    await identify(mallory)
    await expect(identities.credentialsFor({ IdentityId, Logins: { [NAME]: mallory } })).rejects.toMatchObject(
      refusal('NotAuthorizedException', /Logins don't match/),
    )
    const stranger = await issuer.token(now, { sub: 'stranger', groups: ['admin'] })
    await expect(identities.credentialsFor({ IdentityId, Logins: { [NAME]: stranger } })).rejects.toMatchObject(
      refusal('NotAuthorizedException', /Logins don't match/),
    )
    await expect(identities.credentialsFor({ IdentityId })).rejects.toMatchObject(
      refusal('NotAuthorizedException', /is forbidden/),
    )
  })

  test('an unknown identity is not found', async () => {
    const { identities } = setUp()
    await expect(identities.credentialsFor({ IdentityId: 'eu-central-1:x' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})

describe('without a login, where the pool allows it', () => {
  test('every call of GetId gives a new identity, with the role of the unauthenticated', async () => {
    const { pool, identities, credentials } = setUp({ allowUnauthenticated: true })
    const first = await identities.identify({ IdentityPoolId: pool.id })
    expect(await identities.identify({ IdentityPoolId: pool.id })).not.toBe(first)
    const { accessKeyId } = await identities.credentialsFor({ IdentityId: first })
    expect(credentials.lookup(accessKeyId)?.caller).toMatchObject({
      authenticated: false,
      roleName: GUEST,
      sessionPolicies: [expect.stringContaining('iot:*'), expect.any(String)],
      variables: { 'cognito-identity.amazonaws.com:amr': ['unauthenticated'] },
    })
  })

  test('an identity becomes somebody’s with the first login, and is closed to all others then', async () => {
    const { now, pool, identities, identify } = setUp({ allowUnauthenticated: true })
    const IdentityId = await identities.identify({ IdentityPoolId: pool.id })
    const token = await issuer.token(now)
    await identities.credentialsFor({ IdentityId, Logins: { [NAME]: token } })
    expect(await identify(token)).toBe(IdentityId)
    await expect(identities.credentialsFor({ IdentityId })).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })
})

describe('the roles of the console', () => {
  const ARN = 'arn:aws:iot:eu-central-1:123456789012'
  const ME = 'eu-central-1:11111111-2222-3333-4444-555555555555'

  test.each([
    ['viewer', 'iot:Connect', `client/thingdeck-${ME}-tab1`, true],
    ['viewer', 'iot:Connect', 'client/thingdeck-somebody-else-tab1', false],
    ['viewer', 'iot:Connect', 'client/pump-7', false],
    ['viewer', 'iot:Subscribe', 'topicfilter/#', true],
    ['viewer', 'iot:Receive', 'topic/dt/pump-7', true],
    ['viewer', 'iot:Publish', 'topic/dt/pump-7', false],
    ['viewer', 'iot:Publish', 'topic/$aws/things/pump-7/shadow/get', true],
    ['viewer', 'iot:Publish', 'topic/$aws/things/pump-7/shadow/name/valve/get', true],
    ['viewer', 'iot:Publish', 'topic/$aws/things/pump-7/shadow/update', false],
    ['viewer', 'iot:RetainPublish', 'topic/dt/pump-7', false],
    ['operator', 'iot:Publish', 'topic/$aws/things/pump-7/shadow/update', true],
    ['operator', 'iot:RetainPublish', 'topic/dt/pump-7', true],
    ['operator', 'iot:UpdateThingShadow', 'thing/pump-7', false],
    ['admin', 'iot:CreateThing', 'thing/pump-7', false],
    ['admin', 'iot:Publish', 'topic/dt/pump-7', true],
  ])('%s: %s on %s: %s', (group, action, resource, allowed) => {
    const { roles } = setUp()
    const text = roles.find(`thingdeck-${group}`)?.policies.mqtt ?? ''
    const compiled = compilePolicies([{ policyName: 'mqtt', document: parsePolicyDocument(text, { dialect: 'iam' }) }])
    const context = { 'cognito-identity.amazonaws.com:sub': ME }
    expect(fastAllows(compiled, action, `${ARN}:${resource}`, context)).toBe(allowed)
  })
})
