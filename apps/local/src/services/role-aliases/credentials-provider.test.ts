import {
  CreateRoleAliasCommand,
  DeleteRoleAliasCommand,
  DescribeEndpointCommand,
  DescribeRoleAliasCommand,
  IoTClient,
  ListPoliciesCommand,
  ListRoleAliasesCommand,
  UpdateRoleAliasCommand,
} from '@aws-sdk/client-iot'
import { describe, expect, test } from 'vitest'
import { startSecurity } from '../../../test/support/security.ts'
import { credentialsBody } from './credentials-provider.ts'

const ROLE = 'arn:aws:iam::123456789012:role/service-role/uploads'
const ALIAS_ARN = 'arn:aws:iot:eu-central-1:123456789012:rolealias/uploads'

const statement = (action: string, resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: resource } })

const TRUSTED = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'credentials.iot.amazonaws.com' }, Action: 'sts:AssumeRole' },
})

/** A server with a role alias and a device that may use it. */
async function setUp() {
  const local = await startSecurity()
  await local.iot.send(new CreateRoleAliasCommand({ roleAlias: 'uploads', roleArn: ROLE }))
  const { record } = await local.security.certificates.createKeys('ACTIVE')
  local.security.policies.create('may-assume', statement('iot:AssumeRoleWithCertificate', ALIAS_ARN))
  return Object.assign(local, { record })
}

describe('the exchange', () => {
  test('needs an IoT policy on the alias', async () => {
    await using local = await setUp()
    const { credentialsProvider, policies } = local.security
    expect(() => credentialsProvider.assumeRole('uploads', local.record)).toThrow(
      expect.objectContaining({
        name: 'AccessDeniedException',
        message: 'Access Denied',
        resource: ALIAS_ARN,
        reason: expect.stringContaining('no statement allows it'),
      }),
    )
    policies.attach('may-assume', local.record.arn)
    const credentials = credentialsProvider.assumeRole('uploads', local.record)
    expect(credentialsBody(credentials)).toEqual({
      credentials: {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
        sessionToken: credentials.sessionToken,
        expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    })
  })

  test('the credentials are good for this server’s APIs, as the session of the role', async () => {
    await using local = await setUp()
    local.security.policies.attach('may-assume', local.record.arn)
    const credentials = local.security.credentialsProvider.assumeRole('uploads', local.record)
    const client = new IoTClient({ endpoint: local.endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 })
    const { policies } = await client.send(new ListPoliciesCommand({}))
    expect(policies?.map(({ policyName }) => policyName)).toEqual(['may-assume'])
    client.destroy()
    expect(local.security.credentials.lookup(credentials.accessKeyId)?.caller).toMatchObject({
      kind: 'assumed-role',
      arn: `arn:aws:sts::123456789012:assumed-role/uploads/${local.record.id}`,
      roleName: 'uploads',
      variables: { 'credentials-iot:AwsCertificateId': local.record.id },
    })
  })

  test('a thing’s name has to be one of the certificate’s', async () => {
    await using local = await setUp()
    const { credentialsProvider, credentials, policies } = local.security
    policies.attach('may-assume', local.record.arn)
    expect(() => credentialsProvider.assumeRole('uploads', local.record, 'pump-7')).toThrow(
      expect.objectContaining({ name: 'AccessDeniedException' }),
    )
    local.registry.attached.set(local.record.arn, ['pump-7'])
    const { accessKeyId } = credentialsProvider.assumeRole('uploads', local.record, 'pump-7')
    expect(credentials.lookup(accessKeyId)?.caller).toMatchObject({
      variables: { 'credentials-iot:ThingName': 'pump-7', 'credentials-iot:ThingTypeName': 'pump' },
    })
  })

  test('policies on the groups of the named thing count', async () => {
    await using local = await setUp()
    const group = 'arn:aws:iot:eu-central-1:123456789012:thinggroup/pumps'
    local.registry.thingGroups.set('pumps', { ancestors: [], dynamic: false })
    local.registry.groups.set('pump-7', [group])
    local.registry.attached.set(local.record.arn, ['pump-7'])
    local.security.policies.attach('may-assume', group)
    const { credentialsProvider } = local.security
    expect(credentialsProvider.assumeRole('uploads', local.record, 'pump-7').accessKeyId).toMatch(/^ASIA/)
    expect(() => credentialsProvider.assumeRole('uploads', local.record)).toThrow(
      expect.objectContaining({ name: 'AccessDeniedException' }),
    )
  })

  test.each([
    [TRUSTED, true],
    [TRUSTED.replace('credentials.iot', 'lambda'), false],
  ])('a role that is defined has to trust the credentials provider: %s', async (trustDocument, trusted) => {
    await using local = await setUp()
    const { credentialsProvider, policies, roles } = local.security
    policies.attach('may-assume', local.record.arn)
    roles.put({ name: 'uploads', trustDocument, policies: {} })
    const assume = () => credentialsProvider.assumeRole('uploads', local.record)
    if (trusted) expect(assume().accessKeyId).toMatch(/^ASIA/)
    else expect(assume).toThrow(expect.objectContaining({ name: 'AccessDeniedException' }))
  })

  test('an unknown alias is not found', async () => {
    await using local = await setUp()
    expect(() => local.security.credentialsProvider.assumeRole('nothing', local.record)).toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    )
  })

  test('the credentials last as long as the alias says', async () => {
    await using local = await setUp()
    const { credentialsProvider, policies } = local.security
    policies.attach('may-assume', local.record.arn)
    await local.iot.send(new UpdateRoleAliasCommand({ roleAlias: 'uploads', credentialDurationSeconds: 43_200 }))
    const { expiresAtMs } = credentialsProvider.assumeRole('uploads', local.record)
    expect(expiresAtMs).toBe(Math.floor(local.now.ms / 1000 + 43_200) * 1000)
  })
})

describe('role aliases', () => {
  test('live through the SDK', async () => {
    await using local = await setUp()
    const { roleAliasDescription } = await local.iot.send(new DescribeRoleAliasCommand({ roleAlias: 'uploads' }))
    expect(roleAliasDescription).toMatchObject({
      roleAlias: 'uploads',
      roleAliasArn: ALIAS_ARN,
      roleArn: ROLE,
      owner: '123456789012',
      credentialDurationSeconds: 3600,
    })
    await expect(
      local.iot.send(new CreateRoleAliasCommand({ roleAlias: 'uploads', roleArn: ROLE })),
    ).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException', resourceArn: ALIAS_ARN })
    expect(await local.iot.send(new ListRoleAliasesCommand({}))).toMatchObject({ roleAliases: ['uploads'] })
    await local.iot.send(new DeleteRoleAliasCommand({ roleAlias: 'uploads' }))
    await expect(local.iot.send(new DescribeRoleAliasCommand({ roleAlias: 'uploads' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    await expect(local.iot.send(new DescribeEndpointCommand({}))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
    })
  })

  test.each([
    ['no role', 'arn:aws:iam::123456789012:user/ada', 3600],
    ['a role of another account', 'arn:aws:iam::999999999999:role/uploads', 3600],
    ['less than 15 minutes', ROLE, 899], // API reference, CreateRoleAlias
    ['more than 12 hours', ROLE, 43_201],
  ])('refuse %s', async (_, roleArn, credentialDurationSeconds) => {
    await using local = await startSecurity()
    await expect(
      local.iot.send(new CreateRoleAliasCommand({ roleAlias: 'a', roleArn, credentialDurationSeconds })),
    ).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })

  test('are not longer than the maximum of a role that is defined', async () => {
    await using local = await startSecurity()
    local.security.roles.put({ name: 'uploads', trustDocument: TRUSTED, policies: {}, maxSessionSeconds: 3600 })
    await expect(
      local.iot.send(new CreateRoleAliasCommand({ roleAlias: 'a', roleArn: ROLE, credentialDurationSeconds: 7200 })),
    ).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })
})
