import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import * as sdk from '@aws-sdk/client-iot'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../../src/index.ts'

const NONE_SUCH = 'arn:aws:iot:us-east-1:123456789012:none/such'

/** A role that may do on IoT's control plane what was last said, and nothing else. */
export interface LimitedRole {
  /** Of its session. */
  readonly credentials: Readonly<Record<'accessKeyId' | 'secretAccessKey' | 'sessionToken', string>>
  allow(...statements: object[]): Promise<void>
  /** Whom policies refused an operation on; undefined where the operation itself answered, whatever it said. */
  refusedOn(operation: string, input: object): Promise<string | undefined>
  close(): void
}

export async function limitedRole(local: Local): Promise<LimitedRole> {
  const iam = new IAMClient(local.sdk)
  const sts = new STSClient(local.sdk)
  const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
  const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' }
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'installer', AssumeRolePolicyDocument: document(trust) }),
  )
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'test' })
  const { Credentials } = await sts.send(assume)
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  const installer = new sdk.IoTClient({ ...local.sdk, credentials })
  return {
    credentials,
    allow: async (...statements) => {
      const policy = { RoleName: 'installer', PolicyName: 'only', PolicyDocument: document(...statements) }
      await iam.send(new PutRolePolicyCommand(policy))
    },
    refusedOn: async (operation, input) => {
      const commands: Readonly<Record<string, unknown>> = sdk
      const Command = commands[`${operation}Command`] as new (input: object) => sdk.DescribeThingCommand // any of them will do
      const error: unknown = await installer.send(new Command(input)).catch((thrown: unknown) => thrown)
      if (!(error instanceof Error) || error.name !== 'AccessDeniedException') return undefined
      return /on resource: (\S+)$/.exec(error.message)?.[1]
    },
    close: () => {
      for (const client of [iam, sts, installer]) client.destroy()
    },
  }
}

/** What policies are asked about an operation: all of these resources, or everything where there is none. */
export type NeedRow = readonly [operation: string, input: object, resources: readonly string[]]

/**
 * Holds operations of a server against what policies are to be asked about each.
 * @returns the role, for further tests of the file
 */
export function testNeeds(rows: readonly NeedRow[]): () => LimitedRole {
  let local: Local
  let role: LimitedRole
  beforeAll(async () => {
    local = await startLocal()
    role = await limitedRole(local)
  })
  afterAll(async () => {
    role.close()
    await local.close()
  })
  describe('what is allowed on these alone is allowed, and what is denied on one of them is denied', () => {
    test.each(rows)('%s %j: %j', (operation, input, resources) => expectAskedAbout(role, operation, input, resources))
  })
  return () => role
}

/** What is allowed on these resources alone is allowed, what is denied on one of them is denied; none is everything. */
async function expectAskedAbout(
  { allow, refusedOn }: LimitedRole,
  operation: string,
  input: object,
  resources: readonly string[],
): Promise<void> {
  const Action = `iot:${operation}`
  await allow({ Effect: 'Allow', Action, Resource: resources.length > 0 ? resources : '*' })
  expect(await refusedOn(operation, input)).toBeUndefined()
  await allow({ Effect: 'Allow', Action, Resource: NONE_SUCH })
  expect(await refusedOn(operation, input)).toBe(resources[0] ?? '*')
  for (const Resource of resources) {
    await allow({ Effect: 'Allow', Action, Resource: '*' }, { Effect: 'Deny', Action, Resource })
    expect(await refusedOn(operation, input)).toBe(Resource)
  }
}
