import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  DescribeIdentityPoolCommand,
  GetIdCommand,
  GetIdentityPoolRolesCommand,
  SetIdentityPoolRolesCommand,
} from '@aws-sdk/client-cognito-identity'
import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { AttachPolicyCommand, CreatePolicyCommand, IoTClient } from '@aws-sdk/client-iot'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { IdentityPool } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

// What the console knows of IAM's principals and of Cognito's identities, before an embedded server.

const PUBLISH = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }],
})
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    },
  ],
})
const DATA_ACCESS = 'arn:aws:iam::aws:policy/AWSIoTDataAccess'

let console: TestConsole
let iam: IAMClient
let cognito: CognitoIdentityClient
let iot: IoTClient
const browser = new Browser()
const grace = new Browser()
beforeAll(async () => {
  console = await startConsole()
  iam = new IAMClient(console.sdk)
  cognito = new CognitoIdentityClient(console.sdk)
  iot = new IoTClient(console.sdk)
  await signIn(browser, console.url, 'vera')
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => {
  for (const client of [iam, cognito, iot]) client.destroy()
  await console[Symbol.asyncDispose]()
})

async function read(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await browser.fetch(`${console.url}${path}`)
  return { status: response.status, body: await response.json() }
}

test('the policies of a role: inline and attached, those of AWS among them', async () => {
  await iam.send(new CreateRoleCommand({ RoleName: 'fitters', AssumeRolePolicyDocument: TRUST }))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'fitters', PolicyName: 'own', PolicyDocument: PUBLISH }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'fitters', PolicyArn: DATA_ACCESS }))
  expect((await read('/api/authorization/iam?kind=role&name=fitters')).body).toMatchObject({
    outcome: 'read',
    arn: 'arn:aws:iam::123456789012:role/fitters',
    policies: [
      { policyName: 'own', document: PUBLISH },
      { policyName: 'AWSIoTDataAccess', policyArn: DATA_ACCESS, document: expect.stringContaining('iot:Connect') },
    ],
    unread: [],
  })
})

test('a user has the policies of their groups, a boundary, and values for variables', async () => {
  const UserName = 'nina'
  await iam.send(new CreateUserCommand({ UserName }))
  await iam.send(new CreateGroupCommand({ GroupName: 'operators' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'operators', UserName }))
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: PUBLISH }))
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'operators', PolicyName: 'all', PolicyDocument: PUBLISH }))
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: DATA_ACCESS }))
  expect((await read('/api/authorization/iam?kind=user&name=nina')).body).toMatchObject({
    variables: { 'aws:username': 'nina', 'aws:userid': expect.stringMatching(/^AIDA/) },
    policies: [{ policyName: 'own' }, { policyName: 'all', groupName: 'operators' }],
    boundary: { policyArn: DATA_ACCESS, document: expect.stringContaining('iot:Connect') },
  })
  expect((await read('/api/authorization/iam?kind=group&name=operators')).body).toMatchObject({
    policies: [{ policyName: 'all' }],
  })
  expect(await read('/api/authorization/iam?kind=user&name=nobody')).toMatchObject({
    status: 404,
    body: { code: 'NoSuchEntityException' },
  })
})

test('users and groups are listed, and of a key an admin is told when it was used, never its secret', async () => {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nina' }))
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {}
  await iam.send(new CreateAccessKeyCommand({ UserName: 'nina' }))
  const sts = new STSClient({ ...console.sdk, credentials: { accessKeyId, secretAccessKey } })
  await sts.send(new GetCallerIdentityCommand({}))
  sts.destroy()
  expect((await read('/api/iam/users')).body).toMatchObject({
    outcome: 'read',
    users: expect.arrayContaining([expect.objectContaining({ userName: 'nina', path: '/' })]),
  })
  await iam.send(new CreateUserCommand({ UserName: 'otto' }))
  const first = await read('/api/iam/users?maxResults=1')
  expect(first.body).toMatchObject({ users: [expect.anything()], nextToken: expect.any(String) })
  expect((await read('/api/iam/users/nina')).body).toMatchObject({
    userId: expect.stringMatching(/^AIDA/),
    groupNames: ['operators'],
  })
  expect((await read('/api/iam/groups')).body).toMatchObject({ groups: [{ groupName: 'operators' }] })
  expect((await read('/api/iam/groups/operators')).body).toMatchObject({ users: [{ userName: 'nina' }] })
  expect((await read('/api/iam/users/nina/access-keys')).status).toBe(403)
  const keys = await ask(grace, console.url, 'GET', '/api/iam/users/nina/access-keys')
  expect(keys.body).toMatchObject({
    outcome: 'read',
    accessKeys: expect.arrayContaining([
      expect.objectContaining({ accessKeyId, status: 'Active', lastUsed: expect.objectContaining({ service: 'sts' }) }),
      expect.objectContaining({ lastUsed: {} }),
    ]),
  })
  expect(JSON.stringify(keys.body)).not.toContain(secretAccessKey)
})

test('an admin makes a pool, says which login gets which role, tags and deletes it; nobody overwrites another', async () => {
  const call = (method: string, path: string, body?: object) =>
    ask<IdentityPool>(grace, console.url, method, `/api/identity-pools${path}`, body)
  const settings = {
    name: 'tablets',
    allowsUnauthenticated: false,
    allowsClassicFlow: true,
    providers: [
      { kind: 'user-pool', name: 'cognito-idp.us-east-1.amazonaws.com/p', clientId: 'app', serverSideTokenCheck: true },
      { kind: 'social', name: 'accounts.google.com', clientId: 'g' },
      { kind: 'developer', name: 'login.plant' },
    ],
  }
  const made = await call('POST', '', { ...settings, tags: { site: 'north' } })
  expect(made.body).toMatchObject({ ...settings, tags: { site: 'north' }, isOfConsole: false, roles: { mappings: [] } })
  const IdentityPoolId = made.body.identityPoolId
  const path = `/${encodeURIComponent(IdentityPoolId)}`

  const guests = { ...settings, allowsUnauthenticated: true }
  expect((await call('PUT', path, { ...guests, expected: settings })).body).toMatchObject(guests)
  expect(await call('PUT', path, { ...settings, name: 'other', expected: settings })).toMatchObject({
    status: 409,
    body: { code: 'IDENTITY_POOL_CHANGED' },
  })
  expect(await cognito.send(new DescribeIdentityPoolCommand({ IdentityPoolId }))).toMatchObject({
    AllowUnauthenticatedIdentities: true,
    CognitoIdentityProviders: [{ ServerSideTokenCheck: true }],
    IdentityPoolTags: { site: 'north' },
  })

  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`
  const provider = 'cognito-idp.us-east-1.amazonaws.com/p:app'
  const rule = { claim: 'cognito:groups', match: 'Contains', value: 'fitters', roleArn: role('fitters') }
  const mapping = { provider, type: 'Rules', ambiguous: 'Deny', rules: [rule] }
  const roles = { authenticated: role('fitters'), mappings: [mapping] }
  expect((await call('PUT', `${path}/roles`, { ...roles, expected: { mappings: [] } })).body).toMatchObject({ roles })
  expect(await call('PUT', `${path}/roles`, { ...roles, expected: { mappings: [] } })).toMatchObject({ status: 409 })
  const without = { ...roles, mappings: [{ ...mapping, rules: [] }] }
  expect(await call('PUT', `${path}/roles`, { ...without, expected: roles })).toMatchObject({
    status: 400,
    body: { detail: `mappings: that of ${provider} is by rules, and has none.` },
  })
  expect(await cognito.send(new GetIdentityPoolRolesCommand({ IdentityPoolId }))).toMatchObject({
    RoleMappings: { [provider]: { AmbiguousRoleResolution: 'Deny' } },
  })

  const ofGuests = {
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': IdentityPoolId },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
    },
  }
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [ofGuests] })
  await iam.send(new CreateRoleCommand({ RoleName: 'guests', AssumeRolePolicyDocument: trust }))
  const trusting = (await call('GET', `${path}/trusting-roles`)).body
  expect(trusting).toMatchObject({
    roles: expect.arrayContaining([
      expect.objectContaining({ roleName: 'guests', authenticated: false, unauthenticated: true }),
      expect.objectContaining({ roleName: 'fitters', authenticated: true, unauthenticated: true }),
    ]),
    isAll: true,
  })
  expect(JSON.stringify(trusting)).not.toContain('thingdeck-admin') // which trusts the console's pool alone

  await call('PATCH', `${path}/tags`, { set: { line: '2' }, remove: ['site'] })
  expect((await call('GET', path)).body.tags).toEqual({ line: '2' })
  const { body: trail } = await ask<{ entries: object[] }>(grace, console.url, 'GET', '/api/audit')
  expect(trail.entries).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        action: 'SetIdentityPoolRoles',
        resource: expect.objectContaining({ type: 'identity-pool', id: IdentityPoolId }),
        changes: expect.arrayContaining([expect.objectContaining({ path: '$.mappings' })]),
      }),
    ]),
  )
  expect((await call('DELETE', path)).status).toBe(204)
  expect(await call('GET', path)).toMatchObject({ status: 404 })
  const own = `/${encodeURIComponent(console.server.identityPoolId)}`
  expect(await call('DELETE', own)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  const twice = { ...settings, providers: [...settings.providers, { kind: 'developer', name: 'other' }] }
  expect((await call('POST', '', twice)).body.detail).toBe('providers: A pool has one developer provider.')
})

test('identity pools with their roles, and identities with their IoT policies', async () => {
  const { IdentityPoolId = '' } = await cognito.send(
    new CreateIdentityPoolCommand({ IdentityPoolName: 'guests', AllowUnauthenticatedIdentities: true }),
  )
  const role = 'arn:aws:iam::123456789012:role/fitters'
  await cognito.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { unauthenticated: role } }))
  const { IdentityId = '' } = await cognito.send(new GetIdCommand({ IdentityPoolId }))
  await iot.send(new CreatePolicyCommand({ policyName: 'guest', policyDocument: PUBLISH }))
  await iot.send(new AttachPolicyCommand({ policyName: 'guest', target: IdentityId }))
  const pools = await read('/api/identity-pools')
  expect(pools.body).toMatchObject({
    outcome: 'read',
    pools: expect.arrayContaining([
      { identityPoolId: IdentityPoolId, name: 'guests' },
      { identityPoolId: console.server.identityPoolId, name: 'thingdeck' },
    ]),
  })
  const id = encodeURIComponent(IdentityPoolId)
  expect((await read(`/api/identity-pools/${id}`)).body).toMatchObject({
    name: 'guests',
    allowsUnauthenticated: true,
    providers: [],
    roles: { unauthenticated: role, mappings: [] },
  })
  expect((await read(`/api/identity-pools/${id}/identities`)).body).toMatchObject({
    identities: [{ identityId: IdentityId, logins: [] }],
  })
  expect((await read(`/api/identities/${encodeURIComponent(IdentityId)}`)).body).toMatchObject({
    identityId: IdentityId,
    policyNames: ['guest'],
    thingNames: [],
  })
  const own = await read(`/api/identity-pools/${encodeURIComponent(console.server.identityPoolId)}`)
  expect(own.body).toMatchObject({
    providers: [{ kind: 'user-pool' }],
    roles: {
      mappings: [
        {
          type: 'Rules',
          ambiguous: 'Deny',
          rules: expect.arrayContaining([expect.objectContaining({ value: 'admin' })]),
        },
      ],
    },
  })
})
