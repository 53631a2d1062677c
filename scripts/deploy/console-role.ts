import { AttachRolePolicyCommand, CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { EmbeddedServer } from '../run/embedded-server.ts'
import { filledIn, type Place, policyDocument } from './policy-documents.ts'

/** What a console is given, by the name of its policy: see docs/aws.md. */
export const CONSOLE_POLICIES = [
  'console-sign-in',
  'console-read',
  'console-read-iam',
  'console-operate',
  'console-administer',
  'console-identity-pools',
  'console-roles',
  'console-rehearsals',
  'console-rule-targets',
  'console-registration-files',
] as const
export type ConsolePolicy = (typeof CONSOLE_POLICIES)[number]

export interface ConsoleRole {
  /** Of a session of the role. */
  readonly credentials: Readonly<Record<'accessKeyId' | 'secretAccessKey' | 'sessionToken', string>>
}

/**
 * Makes the role of the console's process in an embedded server, with policies of `deploy/policies` and no other. All
 * roles may be passed, all functions invoked, all tables read, and files laid into all buckets.
 * @param name of the role, which must not be there yet
 */
export async function makeConsoleRole(
  { sdk, account, region }: Pick<EmbeddedServer, 'sdk' | 'account' | 'region'>,
  { name = 'console', policies = CONSOLE_POLICIES }: { name?: string; policies?: readonly ConsolePolicy[] } = {},
): Promise<ConsoleRole> {
  using iam = disposable(new IAMClient(sdk))
  using sts = disposable(new STSClient(sdk))
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }
  const { Role } = await iam.client.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  )
  const place: Place = {
    account,
    region,
    parameters: {
      PassableRoles: `arn:aws:iam::${account}:role/*`,
      InvokableFunctions: `arn:aws:lambda:${region}:${account}:function:*`,
      ReadableTables: `arn:aws:dynamodb:${region}:${account}:table/*`,
      RegistrationFiles: 'arn:aws:s3:::*/*',
    },
  }
  const attach = async (policy: ConsolePolicy) => {
    const document = JSON.stringify(filledIn(policyDocument(policy), place))
    const { Policy } = await iam.client.send(
      new CreatePolicyCommand({ PolicyName: `${name}-${policy}`, PolicyDocument: document }),
    )
    await iam.client.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: Policy?.Arn }))
  }
  await Promise.all(policies.map(attach))
  const { Credentials } = await sts.client.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'thingdeck' }),
  )
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  return { credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } }
}

function disposable<Client extends { destroy(): void }>(client: Client) {
  return { client, [Symbol.dispose]: () => client.destroy() }
}
