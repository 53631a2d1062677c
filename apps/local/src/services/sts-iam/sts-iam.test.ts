import { createHash, createHmac } from 'node:crypto'
import { IoTClient, ListPoliciesCommand } from '@aws-sdk/client-iot'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, test } from 'vitest'
import { startSecurity } from '../../../test/support/security.ts'

const ACCOUNT = '123456789012'
const LOCAL = { accessKeyId: 'local', secretAccessKey: 'local' }

/** SHA-256 as the SDK's signer wants it. */
class Sha256 {
  readonly #hash: { update(data: string | Uint8Array): unknown; digest(): Buffer }

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string)
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(data as Uint8Array)
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {}
}

async function query(
  endpoint: string,
  service: 'sts' | 'iam',
  parameters: Record<string, string>,
  { credentials = LOCAL, region = 'us-east-1' } = {},
) {
  const { hostname, port, host } = new URL(endpoint)
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 })
  const body = new URLSearchParams(parameters).toString()
  const headers = { host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const request = {
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    query: {},
    headers,
    body,
  }
  const signed = await signer.sign(request)
  const response = await fetch(endpoint, { method: 'POST', headers: signed.headers, body })
  const text = await response.text()
  const member = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
  return { status: response.status, text, member }
}

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const TRUST_ACCOUNT = document({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'sts:AssumeRole',
})

describe('STS', () => {
  test.each([
    ['GetCallerIdentity', 403, 'MissingAuthenticationToken'],
    ['AssumeRoleWithWebIdentity', 400, 'ValidationError'], // needs none, but its members
    ['AssumeRoleWithSAML', 501, 'NotImplemented'],
  ])('%s without a signature: %i %s, in the XML that clients of STS read', async (Action, status, code) => {
    await using local = await startSecurity()
    const body = new URLSearchParams({ Action, Version: '2011-06-15' })
    const response = await fetch(local.endpoint, { method: 'POST', body })
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/xml'])
    expect(await response.text()).toContain(`<Code>${code}</Code>`)
  })

  test('GetCallerIdentity, in any region', async () => {
    await using local = await startSecurity()
    const answer = await query(local.endpoint, 'sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' })
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(/^<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/">/)
    expect(answer.member('Arn')).toBe(`arn:aws:iam::${ACCOUNT}:root`)
    expect(answer.member('Account')).toBe(ACCOUNT)
  })

  test.each([
    [{ ...LOCAL, accessKeyId: 'AKIAEXAMPLE' }, 'InvalidClientTokenId'],
    [{ ...LOCAL, secretAccessKey: 'guess' }, 'SignatureDoesNotMatch'],
  ])('with the key %j: %s', async (credentials, code) => {
    await using local = await startSecurity()
    const answer = await query(local.endpoint, 'sts', { Action: 'GetCallerIdentity' }, { credentials })
    expect(answer.status).toBe(403)
    expect(answer.member('Code')).toBe(code)
  })

  test('AssumeRole through the SDK gives credentials that this server takes', async () => {
    await using local = await startSecurity()
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/ci`
    const sts = new STSClient({ endpoint: local.endpoint, region: 'eu-central-1', credentials: LOCAL })
    const { Credentials, AssumedRoleUser } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'build-7', DurationSeconds: 900 }),
    )
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/ci/build-7`)
    expect(Credentials?.Expiration).toEqual(new Date(Math.floor(local.now.ms / 1000 + 900) * 1000))
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
    const identity = await query(local.endpoint, 'sts', { Action: 'GetCallerIdentity' }, { credentials })
    expect(identity.member('Arn')).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/ci/build-7`)
    const client = new IoTClient({ endpoint: local.endpoint, region: 'eu-central-1', credentials })
    expect((await client.send(new ListPoliciesCommand({}))).policies).toEqual([])
    client.destroy()
    sts.destroy()
  })

  test.each([
    ['another account', { RoleArn: 'arn:aws:iam::999999999999:role/ci' }, 'AccessDenied'],
    ['a session policy that names a principal', { Policy: TRUST_ACCOUNT }, 'MalformedPolicyDocument'],
    ['a session tag', { 'Tags.member.1.Key': 'site', 'Tags.member.1.Value': 'north' }, 'ValidationError'],
    ['too short', { DurationSeconds: '899' }, 'ValidationError'],
    ['no session name', { RoleSessionName: '' }, 'ValidationError'],
    ['a session name with blanks', { RoleSessionName: 'a b' }, 'ValidationError'],
  ])('AssumeRole, %s: %s', async (_, parameters, code) => {
    await using local = await startSecurity()
    const valid = { Action: 'AssumeRole', RoleArn: `arn:aws:iam::${ACCOUNT}:role/ci`, RoleSessionName: 'build-7' }
    expect((await query(local.endpoint, 'sts', { ...valid, ...parameters })).member('Code')).toBe(code)
  })

  test('an operation that is not there says so', async () => {
    await using local = await startSecurity()
    const answer = await query(local.endpoint, 'sts', { Action: 'AssumeRoleWithSAML' })
    expect(answer.status).toBe(501)
    expect(answer.member('Message')).toBe('AssumeRoleWithSAML is not implemented')
    const unknown = await query(local.endpoint, 'sts', { Action: 'constructor' })
    expect([unknown.status, unknown.member('Code')]).toEqual([400, 'InvalidAction'])
  })
})

test('a trust policy can ask for an external id', async () => {
  await using local = await startSecurity()
  const trust = document({
    Effect: 'Allow',
    Principal: { AWS: ACCOUNT },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'plant-7' } },
  })
  await query(local.endpoint, 'iam', { Action: 'CreateRole', RoleName: 'ci', AssumeRolePolicyDocument: trust })
  const assume = { Action: 'AssumeRole', RoleArn: `arn:aws:iam::${ACCOUNT}:role/ci`, RoleSessionName: 'build-7' }
  expect((await query(local.endpoint, 'sts', assume)).member('Code')).toBe('AccessDenied')
  expect((await query(local.endpoint, 'sts', { ...assume, ExternalId: 'other' })).member('Code')).toBe('AccessDenied')
  expect((await query(local.endpoint, 'sts', { ...assume, ExternalId: 'plant-7' })).status).toBe(200)
})

test('lists of IAM come in pages', async () => {
  await using local = await startSecurity()
  const list = async (request: Record<string, string>) => {
    const answer = await query(local.endpoint, 'iam', { Action: 'ListRoles', ...request })
    const names = Array.from(answer.text.matchAll(/<RoleName>(.+?)<\/RoleName>/g), ([, name]) => name)
    return {
      names,
      truncated: answer.member('IsTruncated'),
      Marker: answer.member('Marker'),
      code: answer.member('Code'),
    }
  }
  const all = (await list({})).names
  const seen: (string | undefined)[] = []
  let page = await list({ MaxItems: '2' })
  for (; page.Marker !== undefined; page = await list({ MaxItems: '2', Marker: page.Marker })) {
    expect(page.truncated).toBe('true')
    seen.push(...page.names)
  }
  expect([...seen, ...page.names]).toEqual(all)
  expect(await list({ Marker: 'elsewhere' })).toMatchObject({ code: 'ValidationError' })
  expect((await list({ PathPrefix: '/service-role/' })).names).toEqual([])
})

describe('IAM', () => {
  const PolicyDocument = document({ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' })

  test('a role with an inline policy lives and dies', async () => {
    await using local = await startSecurity()
    const call = (Action: string, parameters: Record<string, string> = {}) =>
      query(local.endpoint, 'iam', { Action, Version: '2010-05-08', RoleName: 'ci', ...parameters })
    const created = await call('CreateRole', {
      AssumeRolePolicyDocument: TRUST_ACCOUNT,
      Description: 'for <CI> & friends',
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'plant',
    })
    expect(created.member('Arn')).toBe(`arn:aws:iam::${ACCOUNT}:role/ci`)
    expect(created.text).toContain('<Description>for &lt;CI&gt; &amp; friends</Description>')
    expect(created.text).toContain('<Tags><member><Key>team</Key><Value>plant</Value></member></Tags>')
    expect(decodeURIComponent(created.member('AssumeRolePolicyDocument') ?? '')).toBe(TRUST_ACCOUNT)
    const again = await call('CreateRole', { AssumeRolePolicyDocument: TRUST_ACCOUNT })
    expect([again.status, again.member('Code')]).toEqual([409, 'EntityAlreadyExists'])

    await call('PutRolePolicy', { PolicyName: 'publish', PolicyDocument })
    const got = await call('GetRolePolicy', { PolicyName: 'publish' })
    expect(decodeURIComponent(got.member('PolicyDocument') ?? '')).toBe(PolicyDocument)
    expect((await call('ListRolePolicies')).text).toContain('<PolicyNames><member>publish</member></PolicyNames>')
    expect((await call('DeleteRole')).member('Code')).toBe('DeleteConflict')
    await call('DeleteRolePolicy', { PolicyName: 'publish' })
    expect((await call('GetRolePolicy', { PolicyName: 'publish' })).member('Code')).toBe('NoSuchEntity')
    expect((await call('DeleteRole')).status).toBe(200)
    const gone = await call('GetRole')
    expect([gone.status, gone.member('Code')]).toEqual([404, 'NoSuchEntity'])
  })

  test('a role has a path, by which roles are listed', async () => {
    await using local = await startSecurity()
    const call = (Action: string, parameters: Record<string, string> = {}) =>
      query(local.endpoint, 'iam', { Action, ...parameters })
    const named = { RoleName: 'pump-alarms', Path: '/thingdeck/', AssumeRolePolicyDocument: TRUST_ACCOUNT }
    const arn = `arn:aws:iam::${ACCOUNT}:role/thingdeck/pump-alarms`
    expect((await call('CreateRole', named)).member('Arn')).toBe(arn)
    expect((await call('GetRole', { RoleName: 'pump-alarms' })).member('Path')).toBe('/thingdeck/')
    const listed = await call('ListRoles', { PathPrefix: '/thingdeck/' })
    expect(Array.from(listed.text.matchAll(/<Arn>(.+?)<\/Arn>/g), ([, each]) => each)).toEqual([arn])
    // A name is one role's, whatever its path.
    expect((await call('CreateRole', { ...named, Path: '/' })).member('Code')).toBe('EntityAlreadyExists')
    const shouted = { ...named, RoleName: 'PUMP-ALARMS' }
    expect((await call('CreateRole', shouted)).member('Code')).toBe('EntityAlreadyExists')
    await call('PutRolePolicy', { RoleName: 'pump-alarms', PolicyName: 'publish', PolicyDocument })
    expect((await call('GetRole', { RoleName: 'pump-alarms' })).member('Arn')).toBe(arn)
    const session = { RoleArn: arn, RoleSessionName: 'build-7' }
    expect((await query(local.endpoint, 'sts', { Action: 'AssumeRole', ...session })).text).toContain(
      `<Arn>arn:aws:sts::${ACCOUNT}:assumed-role/pump-alarms/build-7</Arn>`,
    )
  })

  test.each([
    ['CreateRole', { AssumeRolePolicyDocument: PolicyDocument }, 'MalformedPolicyDocument'], // no Principal
    ['CreateRole', { AssumeRolePolicyDocument: '{' }, 'MalformedPolicyDocument'],
    ['CreateRole', { AssumeRolePolicyDocument: TRUST_ACCOUNT, Path: '/a' }, 'ValidationError'], // no / at its end
    ['CreateRole', { AssumeRolePolicyDocument: TRUST_ACCOUNT, RoleName: 'a b' }, 'ValidationError'],
    ['PutRolePolicy', { PolicyName: 'p', PolicyDocument }, 'NoSuchEntity'],
    ['CreateLoginProfile', {}, 'NotImplemented'],
  ])('%s %j: %s', async (Action, parameters, code) => {
    await using local = await startSecurity()
    const answer = await query(local.endpoint, 'iam', { Action, RoleName: 'ci', ...parameters })
    expect(answer.member('Code')).toBe(code)
  })

  test('what a session may do is what its role’s policies allow; deleting the role gives it nothing', async () => {
    await using local = await startSecurity()
    const { roles, rolePolicies } = local.security
    roles.put({ name: 'ci', trustDocument: TRUST_ACCOUNT, policies: { publish: PolicyDocument } })
    const assumed = await query(local.endpoint, 'sts', {
      Action: 'AssumeRole',
      RoleArn: roles.arnOf('ci'),
      RoleSessionName: 'build-7',
    })
    const credentials = {
      accessKeyId: assumed.member('AccessKeyId') ?? '',
      secretAccessKey: assumed.member('SecretAccessKey') ?? '',
      sessionToken: assumed.member('SessionToken') ?? '',
    }
    const refused = await query(local.endpoint, 'iam', { Action: 'ListRoles' }, { credentials })
    expect([refused.status, refused.member('Code')]).toEqual([403, 'AccessDenied'])
    expect(rolePolicies('ci').forAction('iot:Publish').allow).toHaveLength(1)
    roles.delete('ci')
    expect(rolePolicies('ci').forAction('iot:Publish').allow).toHaveLength(0)
    const again = { Action: 'AssumeRole', RoleArn: roles.arnOf('ci'), RoleSessionName: 'build-8' }
    expect((await query(local.endpoint, 'sts', again)).member('Code')).toBe('AccessDenied')
  })

  test('a role that trusts a service only is not for people', async () => {
    await using local = await startSecurity()
    const trustDocument = document({
      Effect: 'Allow',
      Principal: { Service: 'credentials.iot.amazonaws.com' },
      Action: 'sts:AssumeRole',
    })
    local.security.roles.put({ name: 'devices', trustDocument, policies: {} })
    const answer = await query(local.endpoint, 'sts', {
      Action: 'AssumeRole',
      RoleArn: local.security.roles.arnOf('devices'),
      RoleSessionName: 'build-7',
    })
    expect(answer.member('Code')).toBe('AccessDenied')
  })
})
