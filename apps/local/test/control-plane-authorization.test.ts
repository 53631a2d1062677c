import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  TagResourceCommand,
} from '@aws-sdk/client-iot'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { testNeeds } from './support/limited-role.ts'

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

test('a Deny on a resource holds whether it is named by its name or by its ARN', async () => {
  await using local = await startLocal()
  const admin = new IoTClient(local.sdk)
  const iam = new IAMClient(local.sdk)
  const { thingGroupArn } = await admin.send(new CreateThingGroupCommand({ thingGroupName: 'secret' }))
  await admin.send(new CreateThingCommand({ thingName: 'lamp-1' }))

  const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' }
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'installer', AssumeRolePolicyDocument: document(trust) }),
  )
  const PolicyDocument = document(
    { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
    { Effect: 'Deny', Action: '*', Resource: thingGroupArn },
  )
  await iam.send(new PutRolePolicyCommand({ RoleName: 'installer', PolicyName: 'all-but-one', PolicyDocument }))
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'test' })
  const { Credentials } = await new STSClient(local.sdk).send(assume)
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  const installer = new IoTClient({ ...local.sdk, credentials })

  const refused = { name: 'AccessDeniedException' }
  const thingName = 'lamp-1'
  const byName = new AddThingToThingGroupCommand({ thingGroupName: 'secret', thingName })
  const byArn = new AddThingToThingGroupCommand({ thingGroupArn, thingName })
  const tag = new TagResourceCommand({ resourceArn: thingGroupArn, tags: [{ Key: 'a', Value: 'b' }] })
  await expect(installer.send(byName)).rejects.toMatchObject(refused)
  await expect(installer.send(byArn)).rejects.toMatchObject(refused)
  await expect(installer.send(tag)).rejects.toMatchObject(refused)
  await installer.send(new CreateThingGroupCommand({ thingGroupName: 'open' }))
})

describe('lists of what commands did are asked about what they are limited to', () => {
  const [command, thing] = ['command/restart', 'thing/lamp-1'].map(
    (name) => `arn:aws:iot:us-east-1:123456789012:${name}`,
  )
  testNeeds([
    ['ListCommandExecutions', { commandArn: command }, [`${command}`]],
    ['ListCommandExecutions', { commandArn: command, targetArn: thing }, [`${command}`, `${thing}`]],
    ['ListCommandExecutions', {}, []],
  ])
})

describe('the id of a certificate means it in any case', () => {
  const id = 'a1'.repeat(32)
  testNeeds([
    ['DescribeCertificate', { certificateId: id.toUpperCase() }, [`arn:aws:iot:us-east-1:123456789012:cert/${id}`]],
    ['DeleteCACertificate', { certificateId: id.toUpperCase() }, [`arn:aws:iot:us-east-1:123456789012:cacert/${id}`]],
  ])
})
