import * as iam from '@aws-sdk/client-iam'
import { CreateThingCommand, DescribeEndpointCommand, IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { connectWebSocket } from './support/mqtt-client.ts'

const ACCOUNT = '123456789012'
const ARN = `arn:aws:iot:us-east-1:${ACCOUNT}`
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource })
const deny = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Deny', Action, Resource })

let local: Local
let admin: iam.IAMClient
let serial = 0
let UserName = ''

beforeAll(async () => {
  local = await startLocal()
  admin = new iam.IAMClient(local.sdk)
})
afterAll(async () => {
  admin.destroy()
  await local.close()
})
/** A user of its own for each test. */
beforeEach(async () => {
  serial += 1
  UserName = `nina-${serial}`
  await admin.send(new iam.CreateUserCommand({ UserName, Path: '/plant/' }))
})

const inline = (PolicyDocument: string, PolicyName = 'own') =>
  admin.send(new iam.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }))

async function newKey(name = UserName) {
  const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName: name }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

const sdkCredentials = (given: Credentials | undefined) => ({
  accessKeyId: given?.AccessKeyId ?? '',
  secretAccessKey: given?.SecretAccessKey ?? '',
  sessionToken: given?.SessionToken ?? '',
})

const publish = async (
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  topic: string,
) => {
  const data = new IoTDataPlaneClient({ ...local.sdk, credentials })
  const answer = await data.send(new PublishCommand({ topic, qos: 1 })).then(
    () => 'allowed',
    (error: Error) => error.name,
  )
  data.destroy()
  return answer
}

const failure = (name: string, message: RegExp | string = /./) => ({ name, message: expect.stringMatching(message) })

describe('a user’s key', () => {
  test('signs calls of which their policies decide, and no other key does', async () => {
    const credentials = await newKey()
    const iot = new IoTClient({ ...local.sdk, credentials })
    const sts = new STSClient({ ...local.sdk, credentials })
    const list = () => iot.send(new ListThingsCommand({}))
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: `arn:aws:iam::${ACCOUNT}:user/plant/${UserName}`,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Account: ACCOUNT,
    })
    await expect(list()).rejects.toMatchObject(
      failure(
        'AccessDeniedException',
        `User: arn:aws:iam::${ACCOUNT}:user/plant/${UserName} is not authorized to perform: iot:ListThings`,
      ),
    )
    await inline(document(allow('iot:List*')))
    expect((await list()).things).toEqual(expect.any(Array))
    const wrong = new IoTClient({ ...local.sdk, credentials: { ...credentials, secretAccessKey: 'guess' } })
    await expect(wrong.send(new ListThingsCommand({}))).rejects.toMatchObject({ name: 'InvalidSignatureException' })
    for (const client of [iot, sts, wrong]) client.destroy()
  })

  test('that is inactive or deleted is refused at once', async () => {
    await inline(document(allow('iot:*')))
    const credentials = await newKey()
    const iot = new IoTClient({ ...local.sdk, credentials })
    const key = { UserName, AccessKeyId: credentials.accessKeyId }
    await iot.send(new ListThingsCommand({}))
    await admin.send(new iam.UpdateAccessKeyCommand({ ...key, Status: 'Inactive' }))
    await expect(iot.send(new ListThingsCommand({}))).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    await admin.send(new iam.UpdateAccessKeyCommand({ ...key, Status: 'Active' }))
    await iot.send(new ListThingsCommand({}))
    const { AccessKeyMetadata } = await admin.send(new iam.ListAccessKeysCommand({ UserName }))
    expect(AccessKeyMetadata).toMatchObject([{ ...key, Status: 'Active' }])
    expect(JSON.stringify(AccessKeyMetadata)).not.toContain(credentials.secretAccessKey)
    await admin.send(new iam.DeleteAccessKeyCommand(key))
    await expect(iot.send(new ListThingsCommand({}))).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    iot.destroy()
  })

  test('there are two of at most, and when each was last used is known', async () => {
    const [first, second] = [await newKey(), await newKey()]
    await expect(newKey()).rejects.toMatchObject(
      failure('LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2'),
    )
    const lastUsed = async ({ accessKeyId }: { accessKeyId: string }) =>
      (await admin.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }))).AccessKeyLastUsed
    expect(await lastUsed(second)).toEqual({ ServiceName: 'N/A', Region: 'N/A' })
    const iot = new IoTClient({ ...local.sdk, credentials: first })
    await expect(iot.send(new ListThingsCommand({}))).rejects.toThrow()
    iot.destroy()
    expect(await lastUsed(first)).toMatchObject({ ServiceName: 'iot', LastUsedDate: expect.any(Date) })
    await expect(lastUsed({ accessKeyId: `AKIA${'A'.repeat(16)}` })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    })
  })

  test('speaks MQTT as the user’s policies say, who follow changes on the live connection', async () => {
    const credentials = await newKey()
    const connect = () => connectWebSocket(local, { credentials, clientId: `desk-${UserName}` })
    await expect(connect()).rejects.toMatchObject({ code: 0x87 })
    // Variables of the user have values.
    await inline(
      document(
        allow('iot:Connect', `${ARN}:client/desk-\${aws:username}`),
        allow(['iot:Publish', 'iot:Receive'], `${ARN}:topic/cmd/*`),
        allow('iot:Subscribe', `${ARN}:topicfilter/cmd/*`),
      ),
    )
    await using client = await connect()
    await client.mqtt.subscribeAsync('cmd/#')
    await client.mqtt.publishAsync('cmd/lamp-1', 'on', { qos: 1 })
    expect((await client.inbox.take()).text).toBe('on')
    await expect(client.mqtt.publishAsync('dt/lamp-1', 'on', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
    await inline(document(deny('iot:Publish')), 'not-now')
    await expect(client.mqtt.publishAsync('cmd/lamp-1', 'on', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
  })

  test('ends the connections that were made with it when it is set inactive, and no others', async () => {
    await inline(document(allow('iot:*')))
    const [first, second] = [await newKey(), await newKey()]
    await using ended = await connectWebSocket(local, { credentials: first, clientId: `${UserName}-first` })
    await using kept = await connectWebSocket(local, { credentials: second, clientId: `${UserName}-second` })
    const closed = new Promise((resolve) => ended.mqtt.once('close', () => resolve('closed')))
    await admin.send(new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId: first.accessKeyId, Status: 'Inactive' }))
    expect(await closed).toBe('closed')
    await kept.mqtt.publishAsync('still/there', 'yes', { qos: 1 })
  })

  test('may be made by the user alone, where the policy names the user by a variable', async () => {
    await inline(document(allow('iam:*AccessKey*', `arn:aws:iam::${ACCOUNT}:user/plant/\${aws:username}`)))
    const own = new iam.IAMClient({ ...local.sdk, credentials: await newKey() })
    expect((await own.send(new iam.CreateAccessKeyCommand({}))).AccessKey?.UserName).toBe(UserName)
    const other = own.send(new iam.CreateAccessKeyCommand({ UserName: 'somebody' }))
    await expect(other).rejects.toMatchObject({ name: 'AccessDenied' })
    own.destroy()
  })
})

describe('what decides about a user', () => {
  test('their groups’ policies, as long as they are in the group', async () => {
    const GroupName = `operators-${serial}`
    const credentials = await newKey()
    await admin.send(new iam.CreateGroupCommand({ GroupName }))
    const policy = { GroupName, PolicyName: 'publish', PolicyDocument: document(allow('iot:Publish')) }
    await admin.send(new iam.PutGroupPolicyCommand(policy))
    expect(await publish(credentials, 'a')).toBe('ForbiddenException')
    await admin.send(new iam.AddUserToGroupCommand({ GroupName, UserName }))
    expect(await publish(credentials, 'a')).toBe('allowed')
    expect((await admin.send(new iam.GetGroupCommand({ GroupName }))).Users).toMatchObject([{ UserName }])
    expect((await admin.send(new iam.ListGroupsForUserCommand({ UserName }))).Groups).toMatchObject([{ GroupName }])
    await admin.send(new iam.RemoveUserFromGroupCommand({ GroupName, UserName }))
    expect(await publish(credentials, 'a')).toBe('ForbiddenException')
  })

  test('the default version of a managed policy, wherever it is attached', async () => {
    const credentials = await newKey()
    const { Policy } = await admin.send(
      new iam.CreatePolicyCommand({
        PolicyName: `p-${serial}`,
        PolicyDocument: document(allow('iot:Publish', `${ARN}:topic/a`)),
      }),
    )
    const PolicyArn = Policy?.Arn ?? ''
    await admin.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn }))
    expect([await publish(credentials, 'a'), await publish(credentials, 'b')]).toEqual([
      'allowed',
      'ForbiddenException',
    ])
    const next = { PolicyArn, PolicyDocument: document(allow('iot:Publish', `${ARN}:topic/b`)), SetAsDefault: true }
    await admin.send(new iam.CreatePolicyVersionCommand(next))
    expect([await publish(credentials, 'a'), await publish(credentials, 'b')]).toEqual([
      'ForbiddenException',
      'allowed',
    ])
    await admin.send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    expect(await publish(credentials, 'a')).toBe('allowed')
    await expect(admin.send(new iam.DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(
      failure('DeleteConflictException', 'attached to entities'),
    )
    await admin.send(new iam.DetachUserPolicyCommand({ UserName, PolicyArn }))
    expect(await publish(credentials, 'a')).toBe('ForbiddenException')
  })

  test('AWS’s own policies', async () => {
    const credentials = await newKey()
    const iot = new IoTClient({ ...local.sdk, credentials })
    const attach = (name: string) => ({ UserName, PolicyArn: `arn:aws:iam::aws:policy/${name}` })
    await admin.send(new iam.AttachUserPolicyCommand(attach('AWSIoTConfigReadOnlyAccess')))
    await iot.send(new DescribeEndpointCommand({}))
    await expect(iot.send(new CreateThingCommand({ thingName: 'x' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
    expect(await publish(credentials, 'a')).toBe('ForbiddenException')
    await admin.send(new iam.AttachUserPolicyCommand(attach('AWSIoTDataAccess')))
    expect(await publish(credentials, 'a')).toBe('allowed')
    const { AttachedPolicies } = await admin.send(new iam.ListAttachedUserPoliciesCommand({ UserName }))
    expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual([
      'AWSIoTConfigReadOnlyAccess',
      'AWSIoTDataAccess',
    ])
    await expect(admin.send(new iam.AttachUserPolicyCommand(attach('None')))).rejects.toMatchObject(
      failure('NoSuchEntityException', 'does not exist or is not attachable'),
    )
    iot.destroy()
  })

  test('a permissions boundary bounds what all of these allow', async () => {
    const credentials = await newKey()
    await inline(document(allow('iot:*')))
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/AWSIoTConfigReadOnlyAccess'
    expect(await publish(credentials, 'a')).toBe('allowed')
    await admin.send(new iam.PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary }))
    expect(await publish(credentials, 'a')).toBe('ForbiddenException')
    await admin.send(new iam.DeleteUserPermissionsBoundaryCommand({ UserName }))
    expect(await publish(credentials, 'a')).toBe('allowed')
  })

  test('a session that the user asked for has the user’s policies, and asks for no further one', async () => {
    await inline(document(allow('iot:Publish')))
    const sts = new STSClient({ ...local.sdk, credentials: await newKey() })
    const { Credentials } = await sts.send(new GetSessionTokenCommand({}))
    const session = sdkCredentials(Credentials)
    expect(await publish(session, 'a')).toBe('allowed')
    await inline(document(deny('iot:Publish')))
    expect(await publish(session, 'a')).toBe('ForbiddenException')
    const again = new STSClient({ ...local.sdk, credentials: session })
    await expect(again.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
    for (const client of [sts, again]) client.destroy()
  })
})

describe('a user asks for a session of a federated user', () => {
  const federated = `arn:aws:sts::${ACCOUNT}:federated-user`

  test('that may do what the user and its session policies allow, and only under a name that the user may give', async () => {
    await inline(
      document(allow(['iot:Publish', 'iot:Connect']), allow('sts:GetFederationToken', `${federated}/page-*`)),
    )
    const sts = new STSClient({ ...local.sdk, credentials: await newKey() })
    const ask = (Name: string, Policy?: string) =>
      sts.send(new GetFederationTokenCommand({ Name, DurationSeconds: 900, ...(Policy !== undefined && { Policy }) }))
    await expect(ask('other')).rejects.toMatchObject(
      failure('AccessDenied', /sts:GetFederationToken on resource: .*federated-user\/other$/),
    )
    const given = await ask('page-1', document(allow('iot:*', `${ARN}:topic/a`)))
    expect(given.FederatedUser).toEqual({ FederatedUserId: `${ACCOUNT}:page-1`, Arn: `${federated}/page-1` })
    expect(given.PackedPolicySize).toBeGreaterThan(0)
    const page = sdkCredentials(given.Credentials)
    expect(await publish(page, 'a')).toBe('allowed')
    expect(await publish(page, 'b')).toBe('ForbiddenException') // the user might
    const iot = new IoTClient({ ...local.sdk, credentials: page })
    await expect(iot.send(new ListThingsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    expect(await publish(sdkCredentials((await ask('page-2')).Credentials), 'a')).toBe('ForbiddenException') // no policy, no rights

    await inline(document(deny('iot:Publish')))
    expect(await publish(page, 'a')).toBe('ForbiddenException') // what the user may counts at once
    for (const client of [sts, iot]) client.destroy()
  })

  test('which calls nothing of IAM and STS but who it is', async () => {
    const sts = new STSClient({ ...local.sdk })
    const Policy = document(allow('*'))
    const { Credentials } = await sts.send(new GetFederationTokenCommand({ Name: 'page', Policy }))
    const soonest = Date.now() + 3_601_000
    expect(Credentials?.Expiration?.getTime()).toBeLessThan(soonest) // the root's, of an hour at the most
    const settings = { ...local.sdk, credentials: sdkCredentials(Credentials) }
    const page = new STSClient(settings)
    expect(await page.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: `${federated}/page` })
    const role = { RoleArn: `arn:aws:iam::${ACCOUNT}:role/any`, RoleSessionName: 'page' }
    const refused = { name: 'AccessDenied' }
    await expect(page.send(new AssumeRoleCommand(role))).rejects.toMatchObject(refused)
    await expect(page.send(new GetFederationTokenCommand({ Name: 'again' }))).rejects.toMatchObject(
      failure('AccessDenied', 'Cannot call GetFederationToken with session credentials'),
    )
    await expect(page.send(new GetSessionTokenCommand({}))).rejects.toMatchObject(refused)
    const users = new iam.IAMClient(settings)
    await expect(users.send(new iam.ListUsersCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    for (const [member, value] of [
      ['Name', 'a name'],
      ['DurationSeconds', 899],
      ['DurationSeconds', 129_601],
      ['Policy', Policy.padEnd(2_049)],
    ] as const) {
      const input = { Name: 'page', Policy, [member]: value }
      await expect(sts.send(new GetFederationTokenCommand(input))).rejects.toMatchObject(failure('ValidationError'))
    }
    const long = document(allow('iot:Publish', `${ARN}:topic/${'a'.repeat(1_900)}`))
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/AWSIoTDataAccess' }]
    const packed = sts.send(new GetFederationTokenCommand({ Name: 'page', Policy: long, PolicyArns }))
    await expect(packed).rejects.toMatchObject({ name: 'PackedPolicyTooLargeException' })
    for (const client of [sts, page, users]) client.destroy()
  })
})

test('the account has one alias at the most', async () => {
  const aliases = async () => (await admin.send(new iam.ListAccountAliasesCommand({}))).AccountAliases
  expect(await aliases()).toEqual([])
  for (const AccountAlias of ['plant', 'plant-north'])
    await admin.send(new iam.CreateAccountAliasCommand({ AccountAlias }))
  expect(await aliases()).toEqual(['plant-north'])
  for (const AccountAlias of ['Plant', 'a--b', 'ab']) {
    const made = admin.send(new iam.CreateAccountAliasCommand({ AccountAlias }))
    await expect(made).rejects.toMatchObject({ name: 'ValidationError' })
  }
  const gone = admin.send(new iam.DeleteAccountAliasCommand({ AccountAlias: 'plant' }))
  await expect(gone).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  await admin.send(new iam.DeleteAccountAliasCommand({ AccountAlias: 'plant-north' }))
  expect(await aliases()).toEqual([])
})

describe('a user assumes a role', () => {
  const assume = async (
    trust: object,
    own: object[],
    more: Partial<iam.CreateRoleCommandInput & { Policy: string }> = {},
  ) => {
    const RoleName = `visitors-${serial}`
    await admin.send(
      new iam.CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }),
      }),
    )
    const PolicyDocument = document(allow('iot:Publish'))
    await admin.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'publish', PolicyDocument }))
    if (own.length > 0) await inline(document(...own))
    const sts = new STSClient({ ...local.sdk, credentials: await newKey() })
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`
    const input = { RoleArn, RoleSessionName: 'visit', ...(more.Policy !== undefined && { Policy: more.Policy }) }
    const answer = await sts.send(new AssumeRoleCommand(input)).finally(() => sts.destroy())
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  }
  const account = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }

  test('that trusts the account, where the user’s policy says so', async () => {
    await expect(assume(account, [])).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  test('that trusts the account, with a policy of the user’s own', async () => {
    expect((await assume(account, [allow('sts:AssumeRole')])).accessKeyId).toMatch(/^ASIA/)
  })

  test('that trusts the user by name, without a policy of their own; an explicit deny still counts', async () => {
    const named = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/plant/${UserName}` } }
    expect((await assume(named, [])).accessKeyId).toMatch(/^ASIA/)
    serial += 1000
    await expect(assume(named, [deny('sts:AssumeRole')])).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  test('with a session policy both have to allow', async () => {
    const Policy = document(allow('iot:Publish', `${ARN}:topic/a`))
    const data = new IoTDataPlaneClient({
      ...local.sdk,
      credentials: await assume(account, [allow('sts:*')], { Policy }),
    })
    await data.send(new PublishCommand({ topic: 'a' }))
    await expect(data.send(new PublishCommand({ topic: 'b' }))).rejects.toMatchObject({ name: 'ForbiddenException' })
    data.destroy()
  })
})

describe('IAM’s refusals', () => {
  test.each<[string, () => { input: object }, string, RegExp | string]>([
    [
      'a user twice',
      () => new iam.CreateUserCommand({ UserName: UserName.toUpperCase() }),
      'EntityAlreadyExistsException',
      'already exists',
    ],
    [
      'nobody',
      () => new iam.GetUserCommand({ UserName: 'nobody' }),
      'NoSuchEntityException',
      'The user with name nobody cannot be found.',
    ],
    [
      'no group',
      () => new iam.AddUserToGroupCommand({ UserName, GroupName: 'none' }),
      'NoSuchEntityException',
      'The group with name none cannot be found.',
    ],
    [
      'a broken policy',
      () => new iam.PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: '{' }),
      'MalformedPolicyDocumentException',
      'line 1',
    ],
    [
      'a policy with a principal',
      () =>
        new iam.CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: document({ ...allow('*'), Principal: '*' }) }),
      'MalformedPolicyDocumentException',
      'should not specify a principal',
    ],
    [
      'too long a policy',
      () =>
        new iam.PutUserPolicyCommand({
          UserName,
          PolicyName: 'p',
          PolicyDocument: document(allow('*', 'arn:x'.padEnd(2100, 'x'))),
        }),
      'LimitExceededException',
      'Maximum policy size of 2048 bytes exceeded',
    ],
    ['a marker of another list', () => new iam.ListUsersCommand({ Marker: 'x' }), 'ValidationError', 'Invalid Marker'],
    [
      'a marker of the list of one',
      () => new iam.ListAccountAliasesCommand({ Marker: 'x' }),
      'ValidationError',
      'Invalid Marker',
    ],
    [
      'a new name that nobody can have',
      () => new iam.UpdateUserCommand({ UserName, NewUserName: 'a b' }),
      'ValidationError',
      'newUserName',
    ],
    [
      'a new name that no group can have',
      () => new iam.UpdateGroupCommand({ GroupName: 'none', NewGroupName: 'a b' }),
      'ValidationError',
      'newGroupName',
    ],
    [
      'policies of no scope',
      () => new iam.ListPoliciesCommand({ Scope: 'Everywhere' as 'All' }),
      'ValidationError',
      'Member must satisfy enum value set',
    ],
    [
      'a path of a policy with an empty part',
      () => new iam.CreatePolicyCommand({ PolicyName: 'p', Path: '/a//b/', PolicyDocument: document(allow('*')) }),
      'ValidationError',
      'path',
    ],
    [
      'tags that differ in case alone',
      () =>
        new iam.TagUserCommand({
          UserName,
          Tags: [
            { Key: 'site', Value: 'north' },
            { Key: 'Site', Value: 'south' },
          ],
        }),
      'InvalidInputException',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'a tag that is AWS’s',
      () => new iam.TagUserCommand({ UserName, Tags: [{ Key: 'aws:site', Value: 'north' }] }),
      'InvalidInputException',
      'aws:site',
    ],
    [
      'AWS’s policy changed',
      () => new iam.DeletePolicyCommand({ PolicyArn: 'arn:aws:iam::aws:policy/AWSIoTDataAccess' }),
      'AccessDenied',
      'AWS',
    ],
  ])('%s', async (_, command, name, message) => {
    const call = admin.send(command() as iam.GetUserCommand) // any of them will do
    await expect(call).rejects.toMatchObject(failure(name, message))
  })

  test('a user who still has something is not deleted', async () => {
    const remove = () => admin.send(new iam.DeleteUserCommand({ UserName }))
    const { accessKeyId: AccessKeyId } = await newKey()
    await expect(remove()).rejects.toMatchObject(failure('DeleteConflictException', 'must delete access keys first'))
    await admin.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }))
    await inline(document(allow('iot:*')))
    await expect(remove()).rejects.toMatchObject(failure('DeleteConflictException', 'must delete policies first'))
    await admin.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
    await remove()
    await expect(admin.send(new iam.GetUserCommand({ UserName }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    })
  })

  test('lists come in pages, by name', async () => {
    const GroupName = `paged-${serial}`
    await admin.send(new iam.CreateGroupCommand({ GroupName, Path: `/${GroupName}/` }))
    for (const letter of ['b', 'a', 'c']) {
      await admin.send(new iam.CreateGroupCommand({ GroupName: `${GroupName}-${letter}`, Path: `/${GroupName}/` }))
    }
    const PathPrefix = `/${GroupName}/`
    const first = await admin.send(new iam.ListGroupsCommand({ PathPrefix, MaxItems: 3 }))
    expect(first.Groups?.map((group) => group.GroupName)).toEqual([GroupName, `${GroupName}-a`, `${GroupName}-b`])
    const second = await admin.send(new iam.ListGroupsCommand({ PathPrefix, MaxItems: 3, Marker: first.Marker }))
    expect([second.Groups?.map((group) => group.GroupName), second.IsTruncated]).toEqual([[`${GroupName}-c`], false])
  })
})
