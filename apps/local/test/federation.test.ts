import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import * as cognito from '@aws-sdk/client-cognito-identity'
import * as iam from '@aws-sdk/client-iam'
import { AttachPolicyCommand, CreatePolicyCommand, IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { attachNewPolicy, policyOf } from './support/device.ts'
import { type HttpServer, serveHttp } from './support/http-server.ts'
import { connectWebSocket } from './support/mqtt-client.ts'

const ACCOUNT = '123456789012'
const ARN = `arn:aws:iot:us-east-1:${ACCOUNT}`
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource })

/** An OpenID Connect issuer that publishes its keys, and changes them when it is told to. */
class OpenIdIssuer {
  #keys = this.#newKeys()
  #server: HttpServer | undefined
  /** How often its keys were asked for. */
  asked = 0

  get url(): string {
    return `${this.#server?.url}/plant`
  }

  get name(): string {
    return this.url.replace('http://', '')
  }

  async start(): Promise<void> {
    this.#server = await serveHttp((request, response) => {
      const answers: Record<string, unknown> = {
        '/plant/.well-known/openid-configuration': { issuer: this.url, jwks_uri: `${this.url}/jwks` },
        '/plant/jwks': { keys: [this.#jwk(this.#keys.publicKey)] },
      }
      if (request.url === '/plant/jwks') this.asked += 1
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[request.url ?? '']))
    })
  }

  changeKeys(): void {
    this.#keys = this.#newKeys()
  }

  token(sub: string, claims: object = {}, { aud = 'fitters', expires = '10m', iss = this.url } = {}): Promise<string> {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: this.#keys.kid })
      .setIssuer(iss)
      .setSubject(sub)
      .setAudience(aud)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(this.#keys.privateKey)
  }

  async close(): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]()
  }

  #newKeys() {
    return { ...generateKeyPairSync('rsa', { modulusLength: 2048 }), kid: randomUUID() }
  }

  #jwk(key: KeyObject): JWK {
    return { ...key.export({ format: 'jwk' }), kid: this.#keys.kid, alg: 'RS256', use: 'sig' }
  }
}

let local: Local
let admin: iam.IAMClient
let pools: cognito.CognitoIdentityClient
let sts: STSClient
const issuer = new OpenIdIssuer()
let providerArn = ''

beforeAll(async () => {
  await issuer.start()
  local = await startLocal()
  admin = new iam.IAMClient(local.sdk)
  pools = new cognito.CognitoIdentityClient(local.sdk)
  sts = new STSClient(local.sdk)
  const provider = new iam.CreateOpenIDConnectProviderCommand({ Url: issuer.url, ClientIDList: ['fitters'] })
  providerArn = (await admin.send(provider)).OpenIDConnectProviderArn ?? ''
})
afterAll(async () => {
  for (const client of [admin, pools, sts]) client.destroy()
  await local.close()
  await issuer.close()
})

let serial = 0
/** A role that federated people can be, under a condition. */
async function roleFor(federated: string, condition: object, ...statements: object[]): Promise<string> {
  serial += 1
  const RoleName = `federated-${serial}`
  const trust = {
    Effect: 'Allow',
    Principal: { Federated: federated },
    Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
    ...(Object.keys(condition).length > 0 && { Condition: { StringEquals: condition } }),
  }
  await admin.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }))
  const PolicyDocument = document(...statements)
  await admin.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }))
  return `arn:aws:iam::${ACCOUNT}:role/${RoleName}`
}

interface Keys {
  readonly AccessKeyId?: string | undefined
  readonly SecretAccessKey?: string | undefined
  readonly SecretKey?: string | undefined
  readonly SessionToken?: string | undefined
}

const signing = ({ AccessKeyId = '', SecretAccessKey, SecretKey, SessionToken = '' }: Keys = {}) => ({
  accessKeyId: AccessKeyId,
  secretAccessKey: SecretAccessKey ?? SecretKey ?? '',
  sessionToken: SessionToken,
})

const failure = (name: string, message: RegExp | string = /./) => ({ name, message: expect.stringMatching(message) })

describe('AssumeRoleWithWebIdentity', () => {
  const assume = (RoleArn: string, WebIdentityToken: string, more: { Policy?: string } = {}) =>
    sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, WebIdentityToken, RoleSessionName: 'tablet', ...more }))

  test('makes somebody whom an OpenID issuer knows the role that trusts them', async () => {
    const conditions = { [`${issuer.name}:aud`]: 'fitters', [`${issuer.name}:sub`]: 'nina' }
    const role = await roleFor(
      providerArn,
      conditions,
      allow('iot:*', `${ARN}:topic/dt/\${${issuer.name}:sub}`),
      allow('iot:Connect'),
    )
    const answer = await assume(role, await issuer.token('nina'))
    expect(answer).toMatchObject({
      Provider: issuer.url,
      Audience: 'fitters',
      SubjectFromWebIdentityToken: 'nina',
      AssumedRoleUser: { Arn: expect.stringMatching(/:assumed-role\/federated-\d+\/tablet$/) },
    })
    const credentials = signing(answer.Credentials)
    await using client = await connectWebSocket(local, { credentials, clientId: 'tablet' })
    await client.mqtt.publishAsync('dt/nina', '1', { qos: 1 })
    await expect(client.mqtt.publishAsync('dt/otto', '1', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    const self = new STSClient({ ...local.sdk, credentials })
    expect((await self.send(new GetCallerIdentityCommand({}))).Arn).toBe(answer.AssumedRoleUser?.Arn)
    self.destroy()
    await expect(assume(role, await issuer.token('otto'))).rejects.toMatchObject(
      failure('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'),
    )
  })

  test.each<[string, () => Promise<string>, string, RegExp]>([
    ['an expired token', () => issuer.token('nina', {}, { expires: '-1m' }), 'ExpiredTokenException', /expired/],
    [
      'another audience',
      () => issuer.token('nina', {}, { aud: 'others' }),
      'InvalidIdentityTokenException',
      /audience/,
    ],
    [
      'an issuer that nobody registered',
      () => issuer.token('nina', {}, { iss: 'https://elsewhere.example' }),
      'InvalidIdentityTokenException',
      /No OpenIDConnect provider found in your account for https:\/\/elsewhere.example/,
    ],
    ['what is no token', async () => 'hello', 'InvalidIdentityTokenException', /./],
    [
      'a token that somebody changed',
      async () => {
        const [head, , signature] = (await issuer.token('nina')).split('.')
        const [, body] = (await issuer.token('otto')).split('.')
        return [head, body, signature].join('.')
      },
      'InvalidIdentityTokenException',
      /signature/,
    ],
  ])('refuses %s', async (_, token, name, message) => {
    const role = await roleFor(providerArn, {}, allow('iot:*'))
    await expect(assume(role, await token())).rejects.toMatchObject(failure(name, message))
  })

  test('finds the new keys of an issuer that changed them, and asks for them no more often than that', async () => {
    const role = await roleFor(providerArn, {}, allow('iot:*'))
    await assume(role, await issuer.token('nina'))
    const before = issuer.asked
    issuer.changeKeys()
    local.advanceClock(60_000)
    await assume(role, await issuer.token('nina', {}, { expires: '30m' }))
    await assume(role, await issuer.token('otto', {}, { expires: '30m' }))
    expect(issuer.asked).toBe(before + 1)
  })

  test('a role that nobody defined is nobody’s', async () => {
    const undefinedRole = `arn:aws:iam::${ACCOUNT}:role/nobody-made-it`
    await expect(assume(undefinedRole, await issuer.token('nina'))).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  test('a session policy narrows the role', async () => {
    const role = await roleFor(providerArn, {}, allow('iot:*'))
    const Policy = document(allow('iot:Publish'))
    const { Credentials, PackedPolicySize } = await assume(role, await issuer.token('nina'), { Policy })
    expect(PackedPolicySize).toBeGreaterThan(0)
    const iot = new IoTClient({ ...local.sdk, credentials: signing(Credentials) })
    const data = new IoTDataPlaneClient({ ...local.sdk, credentials: signing(Credentials) })
    await data.send(new PublishCommand({ topic: 'a' }))
    await expect(iot.send(new ListThingsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    for (const client of [iot, data]) client.destroy()
  })
})

describe('an identity pool', () => {
  const NEW = { IdentityPoolName: 'plant', AllowUnauthenticatedIdentities: false }
  const COGNITO = 'cognito-identity.amazonaws.com'

  async function poolWith(settings: Partial<cognito.CreateIdentityPoolCommandInput> = {}): Promise<string> {
    const made = await pools.send(
      new cognito.CreateIdentityPoolCommand({ ...NEW, OpenIdConnectProviderARNs: [providerArn], ...settings }),
    )
    return made.IdentityPoolId ?? ''
  }
  const identityOf = async (IdentityPoolId: string, Logins?: Record<string, string>) =>
    (await pools.send(new cognito.GetIdCommand({ IdentityPoolId, Logins }))).IdentityId ?? ''
  const credentialsOf = async (IdentityId: string, Logins?: Record<string, string>) =>
    signing((await pools.send(new cognito.GetCredentialsForIdentityCommand({ IdentityId, Logins }))).Credentials)

  test('is made, changed, listed, tagged and deleted', async () => {
    const IdentityPoolId = await poolWith({ IdentityPoolTags: { site: 'north' } })
    expect(IdentityPoolId).toMatch(/^us-east-1:[0-9a-f-]{36}$/)
    const update = { IdentityPoolId, IdentityPoolName: 'hall', AllowUnauthenticatedIdentities: true }
    await pools.send(new cognito.UpdateIdentityPoolCommand(update))
    const described = await pools.send(new cognito.DescribeIdentityPoolCommand({ IdentityPoolId }))
    expect(described).toMatchObject({ ...update, IdentityPoolTags: { site: 'north' } })
    expect(described.OpenIdConnectProviderARNs).toBeUndefined() // an update replaces all of it
    const ResourceArn = `arn:aws:cognito-identity:us-east-1:${ACCOUNT}:identitypool/${IdentityPoolId}`
    await pools.send(new cognito.TagResourceCommand({ ResourceArn, Tags: { hall: '2' } }))
    await pools.send(new cognito.UntagResourceCommand({ ResourceArn, TagKeys: ['site'] }))
    expect((await pools.send(new cognito.ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual({ hall: '2' })
    const listed = await pools.send(new cognito.ListIdentityPoolsCommand({ MaxResults: 60 }))
    expect(listed.IdentityPools).toContainEqual({ IdentityPoolId, IdentityPoolName: 'hall' })
    await pools.send(new cognito.DeleteIdentityPoolCommand({ IdentityPoolId }))
    await expect(pools.send(new cognito.DescribeIdentityPoolCommand({ IdentityPoolId }))).rejects.toMatchObject(
      failure('ResourceNotFoundException', `IdentityPool '${IdentityPoolId}' not found.`),
    )
  })

  test('of people of an OpenID issuer: role and IoT policy must both allow over MQTT', async () => {
    const IdentityPoolId = await poolWith()
    const role = await roleFor(COGNITO, { [`${COGNITO}:aud`]: IdentityPoolId }, allow('iot:*'))
    await pools.send(new cognito.SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { authenticated: role } }))
    const Logins = { [issuer.name]: await issuer.token('nina') }
    const id = await identityOf(IdentityPoolId, Logins)
    expect(await identityOf(IdentityPoolId, Logins)).toBe(id)
    expect(await identityOf(await poolWith(), Logins)).not.toBe(id) // in another pool they are somebody else
    const credentials = await credentialsOf(id, Logins)
    const connect = () => connectWebSocket(local, { credentials, clientId: 'tablet-2' })
    await expect(connect()).rejects.toMatchObject({ code: 0x87 })
    const iot = new IoTClient(local.sdk)
    const policyDocument = policyOf(['Allow', 'iot:Connect', '*'], ['Allow', 'iot:Publish', 'topic/dt/*'])
    await iot.send(new CreatePolicyCommand({ policyName: 'fitters', policyDocument }))
    await iot.send(new AttachPolicyCommand({ policyName: 'fitters', target: id }))
    await using client = await connect()
    await client.mqtt.publishAsync('dt/1', '1', { qos: 1 })
    await expect(client.mqtt.publishAsync('cmd/1', '1', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    iot.destroy()
  })

  test('gives roles by rules about claims, the first that matches, or refuses whom none matches', async () => {
    const IdentityPoolId = await poolWith()
    const trust = { [`${COGNITO}:aud`]: IdentityPoolId }
    const [authenticated, fitter, boss] = [
      await roleFor(COGNITO, trust, allow('iot:ListThings')),
      await roleFor(COGNITO, trust, allow('iot:Publish')),
      await roleFor(COGNITO, trust, allow('iot:*')),
    ]
    const rule = (Claim: string, MatchType: cognito.MappingRuleMatchType, Value: string, RoleARN: string) => ({
      Claim,
      MatchType,
      Value,
      RoleARN,
    })
    const set = (AmbiguousRoleResolution: cognito.AmbiguousRoleResolutionType) =>
      pools.send(
        new cognito.SetIdentityPoolRolesCommand({
          IdentityPoolId,
          Roles: { authenticated },
          RoleMappings: {
            [providerArn]: {
              Type: 'Rules',
              AmbiguousRoleResolution,
              RulesConfiguration: {
                Rules: [
                  rule('title', 'Equals', 'boss', boss),
                  rule('mail', 'StartsWith', 'boss@', boss),
                  rule('teams', 'Contains', 'fitter', fitter),
                  rule('country', 'NotEqual', 'DE', fitter),
                ],
              },
            },
          },
        }),
      )
    const roleOf = async (sub: string, claims: object) => {
      const Logins = { [issuer.name]: await issuer.token(sub, claims) }
      const self = new STSClient({
        ...local.sdk,
        credentials: await credentialsOf(await identityOf(IdentityPoolId, Logins), Logins),
      })
      const { Arn = '' } = await self.send(new GetCallerIdentityCommand({})).finally(() => self.destroy())
      return `arn:aws:iam::${ACCOUNT}:role/${Arn.split('/')[1]}`
    }
    await set('AuthenticatedRole')
    expect(await roleOf('a', { title: 'boss', teams: ['fitters'] })).toBe(boss)
    expect(await roleOf('b', { mail: 'boss@plant.example' })).toBe(boss)
    expect(await roleOf('c', { teams: ['drivers', 'fitters'] })).toBe(fitter)
    expect(await roleOf('d', { country: 'FR' })).toBe(fitter)
    expect(await roleOf('e', { country: 'DE' })).toBe(authenticated)
    await set('Deny')
    await expect(roleOf('e', { country: 'DE' })).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    const { RoleMappings } = await pools.send(new cognito.GetIdentityPoolRolesCommand({ IdentityPoolId }))
    expect(RoleMappings?.[providerArn]?.RulesConfiguration?.Rules?.[0]).toEqual(rule('title', 'Equals', 'boss', boss))
  })

  test('gives the role that a token prefers, and tags of its claims', async () => {
    const IdentityPoolId = await poolWith()
    const own = allow('iot:Publish', `${ARN}:topic/\${aws:PrincipalTag/hall}`)
    const role = await roleFor(COGNITO, { [`${COGNITO}:aud`]: IdentityPoolId }, own)
    const mapping = { Type: 'Token', AmbiguousRoleResolution: 'Deny' } as const
    const RoleMappings = { [providerArn]: mapping }
    await pools.send(new cognito.SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: {}, RoleMappings }))
    const map = { IdentityPoolId, IdentityProviderName: providerArn, PrincipalTags: { hall: 'site_hall' } }
    await pools.send(new cognito.SetPrincipalTagAttributeMapCommand(map))
    expect(await pools.send(new cognito.GetPrincipalTagAttributeMapCommand(map))).toMatchObject(map)
    const Logins = {
      [issuer.name]: await issuer.token('nina', { 'cognito:preferred_role': role, site_hall: 'hall-2' }),
    }
    const id = await identityOf(IdentityPoolId, Logins)
    const iot = new IoTClient(local.sdk)
    await attachNewPolicy(iot, id)
    iot.destroy()
    const data = new IoTDataPlaneClient({ ...local.sdk, credentials: await credentialsOf(id, Logins) })
    await data.send(new PublishCommand({ topic: 'hall-2' }))
    await expect(data.send(new PublishCommand({ topic: 'hall-3' }))).rejects.toMatchObject({
      name: 'ForbiddenException',
    })
    data.destroy()
    const several = { [issuer.name]: await issuer.token('emil', { 'cognito:roles': [`${role}-b`, role] }) }
    const emil = await identityOf(IdentityPoolId, several)
    const asking = (CustomRoleArn?: string) =>
      pools.send(new cognito.GetCredentialsForIdentityCommand({ IdentityId: emil, Logins: several, CustomRoleArn }))
    expect((await asking(role)).Credentials?.AccessKeyId).toMatch(/^ASIA/)
    for (const ambiguous of [undefined, `${role}-c`]) {
      await expect(asking(ambiguous)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    }
    const none = { [issuer.name]: await issuer.token('otto') }
    await expect(credentialsOf(await identityOf(IdentityPoolId, none), none)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    })
  })

  test('lets in who has no login as far as Cognito lets its role, without an IoT policy', async () => {
    const IdentityPoolId = await poolWith({ AllowUnauthenticatedIdentities: true, AllowClassicFlow: true })
    const guest = await roleFor(COGNITO, { [`${COGNITO}:aud`]: IdentityPoolId }, allow('*'))
    await pools.send(new cognito.SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { unauthenticated: guest } }))
    const id = await identityOf(IdentityPoolId)
    const credentials = await credentialsOf(id)
    await using client = await connectWebSocket(local, { credentials, clientId: 'kiosk' })
    await client.mqtt.publishAsync('dt/kiosk', '1', { qos: 1 })
    const cut = new iam.IAMClient({ ...local.sdk, credentials })
    await expect(cut.send(new iam.ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
    // The basic flow does not cut.
    const { Token = '' } = await pools.send(new cognito.GetOpenIdTokenCommand({ IdentityId: id }))
    const assumed = await sts.send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn: guest, WebIdentityToken: Token, RoleSessionName: 'kiosk' }),
    )
    expect(assumed).toMatchObject({ SubjectFromWebIdentityToken: id, Audience: IdentityPoolId })
    const whole = new iam.IAMClient({ ...local.sdk, credentials: signing(assumed.Credentials) })
    expect((await whole.send(new iam.ListRolesCommand({}))).Roles).toEqual(expect.any(Array))
    for (const one of [cut, whole]) one.destroy()
  })

  test('does not give a role that does not trust it, nor the basic flow unless it is on', async () => {
    const IdentityPoolId = await poolWith({ AllowUnauthenticatedIdentities: true })
    const other = await roleFor(COGNITO, { [`${COGNITO}:aud`]: 'us-east-1:of-another-pool' }, allow('*'))
    await pools.send(new cognito.SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { unauthenticated: other } }))
    const id = await identityOf(IdentityPoolId)
    await expect(credentialsOf(id)).rejects.toMatchObject({ name: 'InvalidIdentityPoolConfigurationException' })
    await expect(pools.send(new cognito.GetOpenIdTokenCommand({ IdentityId: id }))).rejects.toMatchObject(
      failure('InvalidParameterException', 'classic'),
    )
  })

  test('knows the users of a developer’s own server', async () => {
    const provider = 'login.plant'
    const IdentityPoolId = await poolWith({ DeveloperProviderName: provider })
    const role = await roleFor(COGNITO, { [`${COGNITO}:aud`]: IdentityPoolId }, allow('iot:*'))
    await pools.send(new cognito.SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { authenticated: role } }))
    const tokenOf = (user: string) =>
      pools.send(
        new cognito.GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId, Logins: { [provider]: user } }),
      )
    const nina = await tokenOf('nina')
    expect((await tokenOf('nina')).IdentityId).toBe(nina.IdentityId)
    const Logins = { [COGNITO]: nina.Token ?? '' }
    expect((await credentialsOf(nina.IdentityId ?? '', Logins)).accessKeyId).toMatch(/^ASIA/)
    const otto = await tokenOf('otto')
    await expect(credentialsOf(otto.IdentityId ?? '', Logins)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    const look = { IdentityPoolId, DeveloperUserIdentifier: 'nina', MaxResults: 10 }
    const found = await pools.send(new cognito.LookupDeveloperIdentityCommand(look))
    expect(found).toMatchObject({ IdentityId: nina.IdentityId, DeveloperUserIdentifierList: ['nina'] })
    const merge = {
      IdentityPoolId,
      DeveloperProviderName: provider,
      SourceUserIdentifier: 'otto',
      DestinationUserIdentifier: 'nina',
    }
    expect((await pools.send(new cognito.MergeDeveloperIdentitiesCommand(merge))).IdentityId).toBe(nina.IdentityId)
    expect((await tokenOf('otto')).IdentityId).toBe(nina.IdentityId)
    const listed = await pools.send(new cognito.ListIdentitiesCommand({ IdentityPoolId, MaxResults: 10 }))
    expect(listed.Identities).toMatchObject([{ IdentityId: nina.IdentityId, Logins: [provider] }])
    const IdentityId = nina.IdentityId ?? ''
    const unlink = { IdentityId, IdentityPoolId, DeveloperProviderName: provider }
    for (const DeveloperUserIdentifier of ['otto', 'nina']) {
      await credentialsOf(IdentityId, Logins)
      await pools.send(new cognito.UnlinkDeveloperIdentityCommand({ ...unlink, DeveloperUserIdentifier }))
    }
    const forbidden = { name: 'NotAuthorizedException' }
    await expect(credentialsOf(IdentityId, Logins)).rejects.toMatchObject(forbidden)
    const again = { IdentityPoolId, IdentityId, Logins: { [provider]: 'emil' } }
    await expect(pools.send(new cognito.GetOpenIdTokenForDeveloperIdentityCommand(again))).rejects.toMatchObject(
      forbidden,
    )
    expect((await tokenOf('nina')).IdentityId).not.toBe(IdentityId)
    await pools.send(new cognito.DeleteIdentityPoolCommand({ IdentityPoolId }))
    await expect(pools.send(new cognito.DescribeIdentityCommand({ IdentityId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('an identity that lost its last login is nobody’s from then on', async () => {
    const IdentityPoolId = await poolWith({
      AllowUnauthenticatedIdentities: true,
      AllowClassicFlow: true,
      OpenIdConnectProviderARNs: [providerArn],
    })
    const role = await roleFor(COGNITO, { [`${COGNITO}:aud`]: IdentityPoolId }, allow('iot:*'))
    const Roles = { authenticated: role, unauthenticated: role }
    await pools.send(new cognito.SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }))
    const Logins = { [issuer.name]: await issuer.token('nina') }
    const { IdentityId = '' } = await pools.send(new cognito.GetIdCommand({ IdentityPoolId, Logins }))
    await credentialsOf(IdentityId, Logins)
    await pools.send(new cognito.UnlinkIdentityCommand({ IdentityId, Logins, LoginsToRemove: [issuer.name] }))
    for (const shown of [{}, Logins, { [issuer.name]: await issuer.token('otto') }]) {
      const forbidden = failure('NotAuthorizedException', 'forbidden')
      await expect(credentialsOf(IdentityId, shown)).rejects.toMatchObject(forbidden)
      const token = new cognito.GetOpenIdTokenCommand({ IdentityId, Logins: shown })
      await expect(pools.send(token)).rejects.toMatchObject(forbidden)
    }
    expect((await pools.send(new cognito.GetIdCommand({ IdentityPoolId, Logins }))).IdentityId).not.toBe(IdentityId)
    await pools.send(new cognito.DeleteIdentitiesCommand({ IdentityIdsToDelete: [IdentityId] }))
    const { Identities = [] } = await pools.send(new cognito.ListIdentitiesCommand({ IdentityPoolId, MaxResults: 10 }))
    expect(Identities.map((identity) => identity.IdentityId)).not.toContain(IdentityId)
  })

  test('gives out the roles that whoever set them may pass to Cognito', async () => {
    const IdentityPoolId = await poolWith()
    const roles = [await roleFor(COGNITO, {}, allow('iot:*')), await roleFor(COGNITO, {}, allow('iot:*'))]
    const UserName = 'installer'
    await admin.send(new iam.CreateUserCommand({ UserName }))
    const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName }))
    const client = new cognito.CognitoIdentityClient({ ...local.sdk, credentials: signing(AccessKey) })
    const Rules = [{ Claim: 'sub', MatchType: 'Equals', Value: 'nina', RoleARN: roles[1] } as const]
    const mapping = { Type: 'Rules', AmbiguousRoleResolution: 'Deny', RulesConfiguration: { Rules } } as const
    const set = () =>
      client.send(
        new cognito.SetIdentityPoolRolesCommand({
          IdentityPoolId,
          Roles: { authenticated: roles[0] ?? '' },
          RoleMappings: { [issuer.name]: mapping },
        }),
      )
    const may = async (passed: readonly string[]) => {
      const passing = {
        ...allow('iam:PassRole', [...passed]),
        Condition: { StringEquals: { 'iam:PassedToService': 'cognito-identity.amazonaws.com' } },
      }
      const PolicyDocument = document(allow('cognito-identity:SetIdentityPoolRoles'), passing)
      await admin.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
    }
    for (const refused of roles) {
      await may(roles.filter((role) => role !== refused))
      await expect(set()).rejects.toMatchObject({
        message: expect.stringContaining(`iam:PassRole on resource: ${refused}`),
      })
    }
    await may(roles)
    await set()
    client.destroy()
  })
})
