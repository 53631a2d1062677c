import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  GetIdCommand,
  SetIdentityPoolRolesCommand,
} from '@aws-sdk/client-cognito-identity'
import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
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
import { afterAll, beforeAll, expect, test } from 'vitest'
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
beforeAll(async () => {
  console = await startConsole()
  iam = new IAMClient(console.sdk)
  cognito = new CognitoIdentityClient(console.sdk)
  iot = new IoTClient(console.sdk)
  await signIn(browser, console.url, 'vera')
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
