import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import type { IotLogEntry } from '@thingdeck/contract'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { parsedEntry } from '../src/shared/rule-failures/parsed-entry.test-support.ts'

/** May do all but send to SQS. */
export const ROLE = 'arn:aws:iam::123456789012:role/rules'
/** Does not trust AWS IoT. */
export const ROLE_OF_OTHERS = 'arn:aws:iam::123456789012:role/rules-of-others'

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: statement })
const trusting = (Service: string) => document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })
const RIGHTS = document({
  Effect: 'Allow',
  Action: ['dynamodb:*', 's3:*', 'sns:*', 'kinesis:*', 'iot:*', 'states:*'],
  Resource: '*',
})

/** An embedded server that logs at DEBUG, with two roles, and a table `numbers` whose key `id` is a number. */
export async function startRulesServer() {
  const server = await startEmbeddedServer()
  const iot = new IoTClient(server.sdk)
  const logs = new CloudWatchLogsClient(server.sdk)
  const data = new IoTDataPlaneClient(server.sdk)
  const iam = new IAMClient(server.sdk)
  const dynamodb = new DynamoDBClient(server.sdk)
  const roleArn = 'arn:aws:iam::123456789012:role/logging'
  await iot.send(new SetV2LoggingOptionsCommand({ roleArn, defaultLogLevel: 'DEBUG' }))
  await iam.send(new CreateRoleCommand({ RoleName: 'rules', AssumeRolePolicyDocument: trusting('iot.amazonaws.com') }))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'rules', PolicyName: 'rights', PolicyDocument: RIGHTS }))
  const AssumeRolePolicyDocument = trusting('ec2.amazonaws.com')
  await iam.send(new CreateRoleCommand({ RoleName: 'rules-of-others', AssumeRolePolicyDocument }))
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'numbers',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
    }),
  )
  for (const client of [iam, dynamodb]) client.destroy()
  return {
    server,
    iot,
    publish: (topic: string, payload: string) =>
      data.send(new PublishCommand({ topic, payload: Buffer.from(payload), qos: 1 })),
    /** The failures of a rule that the log has by now. */
    async failures(ruleName: string): Promise<readonly IotLogEntry[]> {
      const filterPattern = `{ $.ruleName = "${ruleName}" && $.status = "Failure" }`
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName: 'AWSIotLogsV2', filterPattern }),
      )
      return events.map(({ message = '{}', eventId }) => parsedEntry(message, eventId))
    },
    async [Symbol.asyncDispose]() {
      for (const client of [iot, logs, data]) client.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}
