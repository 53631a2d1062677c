import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { cloudwatchClients } from './support/cloudwatch-clients.ts'

const ARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm'

let local: Local
let clients: readonly CloudWatchClient[]

beforeAll(async () => {
  local = await startLocal()
  const iam = new IAMClient(local.sdk)
  const sts = new STSClient(local.sdk)
  const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
  const trust = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'ops', AssumeRolePolicyDocument: document(trust) }))
  const allowed = [
    { Effect: 'Allow', Action: ['cloudwatch:PutMetricData', 'cloudwatch:DescribeAlarms'], Resource: '*' },
    { Effect: 'Allow', Action: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'], Resource: `${ARN}:own-*` },
  ]
  const PolicyDocument = document(...allowed)
  await iam.send(new PutRolePolicyCommand({ RoleName: 'ops', PolicyName: 'p', PolicyDocument }))
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'test' })
  const { Credentials } = await sts.send(assume)
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  clients = Object.values(cloudwatchClients({ sdk: { ...local.sdk, credentials } }))
  iam.destroy()
  sts.destroy()
})

afterAll(async () => {
  for (const client of clients) client.destroy()
  await local.close()
})

const refused = (action: string, resource: string) => ({
  message: expect.stringMatching(
    new RegExp(`is not authorized to perform: cloudwatch:${action} on resource: ${resource}$`),
  ),
})

test('a role does what its policies allow it, on the alarms that they name, in each protocol', async () => {
  for (const client of clients) {
    await client.send(new PutMetricDataCommand({ Namespace: 'N', MetricData: [{ MetricName: 'M', Value: 1 }] }))
    await client.send(new DescribeAlarmsCommand({}))
    await expect(client.send(new ListMetricsCommand({}))).rejects.toMatchObject(refused('ListMetrics', '\\*'))
    const alarm = (AlarmName: string) =>
      new PutMetricAlarmCommand({
        AlarmName,
        ...{ Namespace: 'N', MetricName: 'M', Period: 60, Statistic: 'Sum', EvaluationPeriods: 1, Threshold: 1 },
        ComparisonOperator: 'GreaterThanThreshold',
      })
    await client.send(alarm('own-1'))
    await expect(client.send(alarm('other'))).rejects.toMatchObject(refused('PutMetricAlarm', `${ARN}:other`))
    await expect(client.send(new DeleteAlarmsCommand({ AlarmNames: ['own-1', 'other'] }))).rejects.toMatchObject(
      refused('DeleteAlarms', `${ARN}:other`),
    )
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['own-1'] }))
  }
})
