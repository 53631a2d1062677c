import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-iot'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { type Local, startLocal } from '../../../src/index.ts'

export const IOT = 'arn:aws:iot:us-east-1:123456789012:'
/** A role that AWS IoT may act with. */
export const ROLE = 'arn:aws:iam::123456789012:role/rules'
/** The error of most services for what is not there. */
export const NONE = 'ResourceNotFoundException'
export const TAGGED = [{ Key: 'v', Value: '1' }]
export const TAGGED_AGAIN = [{ Key: 'v', Value: '2' }]

/** A server with what resources are attached to: a thing, a group, a policy, a role and a certificate. */
export interface TerraformAccount {
  readonly local: Local
  readonly iot: IoTClient
  readonly iam: IAMClient
  readonly lambda: LambdaClient
  readonly logs: CloudWatchLogsClient
  readonly cognito: CognitoIdentityClient
  /** ARN of the certificate. */
  readonly principal: string
  close(): Promise<void>
}

/** Asks for the account when it is there: rows are written down before the server has started. */
export type Account = () => TerraformAccount

export const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })

export const policyOf = (client: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iot:Connect'], Resource: [`${IOT}client/${client}`] }],
  })

export async function startTerraformAccount(): Promise<TerraformAccount> {
  const local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const iam = new IAMClient(local.sdk)
  const lambda = new LambdaClient(local.sdk)
  const logs = new CloudWatchLogsClient(local.sdk)
  const cognito = new CognitoIdentityClient(local.sdk)
  await iam.send(new CreateRoleCommand({ RoleName: 'rules', AssumeRolePolicyDocument: trust('iot.amazonaws.com') }))
  await iot.send(new CreateThingCommand({ thingName: 'member' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'members' }))
  await iot.send(new CreatePolicyCommand({ policyName: 'attached', policyDocument: policyOf('a') }))
  const { certificateArn = '' } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  return {
    ...{ local, iot, iam, lambda, logs, cognito },
    principal: certificateArn,
    async close() {
      for (const client of [iot, iam, lambda, logs, cognito]) client.destroy()
      await local.close()
    },
  }
}

export const tagsOf = async (account: Account, resourceArn: string | undefined) =>
  (await account().iot.send(new ListTagsForResourceCommand({ resourceArn }))).tags

/** As the provider changes a tag. */
export const retag = (account: Account, resourceArn: string) =>
  account().iot.send(new TagResourceCommand({ resourceArn, tags: TAGGED_AGAIN }))
