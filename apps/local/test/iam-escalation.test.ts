import * as iam from '@aws-sdk/client-iam'
import * as sdk from '@aws-sdk/client-iot'
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'

const ACCOUNT = '123456789012'
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource })
const deny = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Deny', Action, Resource })
const roleArn = (path: string) => `arn:aws:iam::${ACCOUNT}:role/${path}`
const userArn = (path: string) => `arn:aws:iam::${ACCOUNT}:user/${path}`

let local: Local
let admin: iam.IAMClient
let serial = 0
/** A user of its own, and a role, for each test. */
let UserName = ''
let RoleName = ''

beforeAll(async () => {
  local = await startLocal()
  admin = new iam.IAMClient(local.sdk)
})
afterAll(async () => {
  admin.destroy()
  await local.close()
})
beforeEach(async () => {
  serial += 1
  UserName = `nina-${serial}`
  RoleName = `chief-${serial}`
  await admin.send(new iam.CreateUserCommand({ UserName }))
})

const may = (...statements: object[]) =>
  admin.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: document(...statements) }))

const trust = (AWS: string) => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS } })

const makeRole = (trusted = `arn:aws:iam::${ACCOUNT}:root`, name = RoleName) =>
  admin.send(
    new iam.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust(trusted), MaxSessionDuration: 7200 }),
  )

async function newKey() {
  const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

type Credentials = Awaited<ReturnType<typeof newKey>> & { readonly sessionToken?: string }

interface Asked {
  readonly Policy?: string
  readonly DurationSeconds?: number
}

async function assume(credentials: Credentials, RoleArn: string, more: Asked = {}): Promise<Credentials> {
  const sts = new STSClient({ ...local.sdk, credentials })
  const input = { RoleArn, RoleSessionName: 'visit', ...more }
  const { Credentials } = await sts.send(new AssumeRoleCommand(input)).finally(() => sts.destroy())
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

describe('a role is meant by the one ARN that it has', () => {
  test('to be assumed: another path leads around no policy', async () => {
    await makeRole()
    const credentials = await newKey()
    await may(allow('sts:AssumeRole', roleArn('visitors/*')))
    await expect(assume(credentials, roleArn(`visitors/${RoleName}`))).rejects.toMatchObject({ name: 'AccessDenied' })
    await may(allow('sts:AssumeRole'), deny('sts:AssumeRole', roleArn(RoleName)))
    for (const arn of [roleArn(`visitors/${RoleName}`), roleArn(RoleName).replace('arn:aws:', 'arn:aws-cn:')]) {
      await expect(assume(credentials, arn)).rejects.toMatchObject({ name: 'AccessDenied' })
    }
    await may(allow('sts:AssumeRole', roleArn(RoleName)))
    expect((await assume(credentials, roleArn(RoleName))).accessKeyId).toMatch(/^ASIA/)
  })

  test('to be passed on: policies are asked about the role that it leads to', async () => {
    await makeRole()
    const iot = new sdk.IoTClient({ ...local.sdk, credentials: await newKey() })
    await may(allow('iot:*'), allow('iam:PassRole', roleArn('devices/*')))
    const alias = { roleAlias: `uploads-${serial}`, roleArn: roleArn(`devices/${RoleName}`) }
    await expect(iot.send(new sdk.CreateRoleAliasCommand(alias))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`iam:PassRole on resource: ${roleArn(RoleName)}`),
    })
    iot.destroy()
  })
})

describe('a session that may less than its role', () => {
  test('cannot be another role that trusts its role; one that trusts that very session can', async () => {
    await makeRole()
    await may(allow('sts:AssumeRole'))
    const [other, sessions] = [`other-${serial}`, `sessions-${serial}`]
    await makeRole(roleArn(RoleName), other)
    await makeRole(`arn:aws:sts::${ACCOUNT}:assumed-role/${RoleName}/visit`, sessions)
    const key = await newKey()
    const whole = await assume(key, roleArn(RoleName))
    const narrowed = await assume(key, roleArn(RoleName), { Policy: document(allow('iot:Publish')) })
    expect((await assume(whole, roleArn(other))).accessKeyId).toMatch(/^ASIA/)
    await expect(assume(whole, roleArn(other), { DurationSeconds: 3601 })).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('role chaining'),
    })
    await expect(assume(narrowed, roleArn(other))).rejects.toMatchObject({ name: 'AccessDenied' })
    expect((await assume(narrowed, roleArn(sessions))).accessKeyId).toMatch(/^ASIA/)
  })

  test('is not of another role that has the name of its own', async () => {
    await makeRole()
    await may(allow('sts:AssumeRole'))
    const credentials = await assume(await newKey(), roleArn(RoleName))
    await admin.send(new iam.DeleteRoleCommand({ RoleName }))
    await makeRole()
    const own = { RoleName, PolicyName: 'own', PolicyDocument: document(allow('iot:*')) }
    await admin.send(new iam.PutRolePolicyCommand(own))
    const again = await assume(await newKey(), roleArn(RoleName))
    for (const [signing, isIt] of [
      [credentials, false],
      [again, true],
    ] as const) {
      const iot = new sdk.IoTClient({ ...local.sdk, credentials: signing })
      const listed = iot.send(new sdk.ListThingsCommand({})).then(
        () => true,
        (error: Error) => error.name !== 'AccessDeniedException',
      )
      expect(await listed).toBe(isIt)
      iot.destroy()
    }
  })

  test('of GetSessionToken calls nothing of IAM', async () => {
    await may(allow('*'))
    const sts = new STSClient({ ...local.sdk, credentials: await newKey() })
    const { Credentials } = await sts.send(new GetSessionTokenCommand({}))
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    const client = new iam.IAMClient({ ...local.sdk, credentials })
    for (const command of [new iam.CreateAccessKeyCommand({ UserName }), new iam.GetUserCommand({})]) {
      await expect(client.send(command as iam.GetUserCommand)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    }
    for (const one of [sts, client]) one.destroy()
  })
})

test('a provider of identities is made by who may make that one', async () => {
  const Url = `https://idp-${serial}.example/plant`
  const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/idp-${serial}.example/plant`
  const client = new iam.IAMClient({ ...local.sdk, credentials: await newKey() })
  const make = () => client.send(new iam.CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['tablet'] }))
  await may(allow('iam:*'), deny('iam:*', arn))
  await expect(make()).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining(arn) })
  await may(allow('iam:CreateOpenIDConnectProvider', arn))
  expect((await make()).OpenIDConnectProviderArn).toBe(arn)
  client.destroy()
})

describe('users and groups', () => {
  test('are given policies by others within the boundary that these must keep', async () => {
    const PolicyDocument = document(allow('iot:*'))
    const made = await admin.send(new iam.CreatePolicyCommand({ PolicyName: `bounds-${serial}`, PolicyDocument }))
    const PermissionsBoundary = made.Policy?.Arn ?? ''
    const Condition = { StringEquals: { 'iam:PermissionsBoundary': PermissionsBoundary } }
    await may(
      { ...allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:DeleteUserPermissionsBoundary']), Condition },
      { ...deny('iam:DeleteUserPermissionsBoundary'), Condition },
    )
    const client = new iam.IAMClient({ ...local.sdk, credentials: await newKey() })
    const fitter = { UserName: `fitter-${serial}` }
    const own = { PolicyName: 'own', PolicyDocument: document(allow('*')) }
    await expect(client.send(new iam.CreateUserCommand(fitter))).rejects.toMatchObject({ name: 'AccessDenied' })
    await client.send(new iam.CreateUserCommand({ ...fitter, PermissionsBoundary }))
    await client.send(new iam.PutUserPolicyCommand({ ...fitter, ...own }))
    for (const command of [
      new iam.DeleteUserPermissionsBoundaryCommand(fitter),
      new iam.PutUserPolicyCommand({ UserName, ...own }),
    ]) {
      await expect(client.send(command as iam.PutUserPolicyCommand)).rejects.toMatchObject({ name: 'AccessDenied' })
    }
    client.destroy()
  })

  test('are meant by any case of their name, which leads around no Deny', async () => {
    const boss = `Boss-${serial}`
    await admin.send(new iam.CreateUserCommand({ UserName: boss, Path: '/office/' }))
    await admin.send(new iam.CreateGroupCommand({ GroupName: boss, Path: '/office/' }))
    await may(
      allow('iam:*'),
      deny('iam:*', [userArn(`office/${boss}`), `arn:aws:iam::${ACCOUNT}:group/office/${boss}`]),
    )
    const client = new iam.IAMClient({ ...local.sdk, credentials: await newKey() })
    for (const name of [boss, boss.toLowerCase(), boss.toUpperCase()]) {
      await expect(client.send(new iam.CreateAccessKeyCommand({ UserName: name }))).rejects.toMatchObject({
        name: 'AccessDenied',
      })
      const join = new iam.AddUserToGroupCommand({ GroupName: name, UserName })
      await expect(client.send(join)).rejects.toMatchObject({ name: 'AccessDenied' })
    }
    client.destroy()
  })

  test('are renamed and moved by those who may change what comes of it, too', async () => {
    await may(allow('iam:*', [userArn('plant/*'), `arn:aws:iam::${ACCOUNT}:group/plant/*`]))
    const client = new iam.IAMClient({ ...local.sdk, credentials: await newKey() })
    const [fitter, fitters] = [`fitter-${serial}`, `fitters-${serial}`]
    await client.send(new iam.CreateUserCommand({ UserName: fitter, Path: '/plant/' }))
    await client.send(new iam.CreateGroupCommand({ GroupName: fitters, Path: '/plant/' }))
    await expect(
      client.send(new iam.UpdateUserCommand({ UserName: fitter, NewPath: '/office/' })),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(userArn(`office/${fitter}`)),
    })
    await expect(
      client.send(new iam.UpdateGroupCommand({ GroupName: fitters, NewPath: '/office/' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' })
    await client.send(new iam.UpdateUserCommand({ UserName: fitter, NewUserName: `${fitter}-b` }))
    await client.send(new iam.UpdateGroupCommand({ GroupName: fitters, NewGroupName: `${fitters}-b` }))
    client.destroy()
  })
})
