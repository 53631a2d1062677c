import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type Action, CreateTopicRuleCommand, IoTClient, type IoTClientConfig } from '@aws-sdk/client-iot'
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'

/** Nobody has defined it: in the embedded server it may do everything. */
const ROLE_NAME = 'sample-rules'
/** Of `samples/functions`. */
const FUNCTION_NAME = 'enrich-alarm'
/** The pressure beyond which an alarm is for the queue, in bar. */
const ALARM_BAR = 3

/**
 * Makes three rules that do something with what the sample fleet says, and what they need: the latest reading of each
 * device in a table of DynamoDB, alarms over a limit in a queue of SQS, and a function that enriches alarms and publishes
 * them again. Each rule is made once what it writes to is there, so that none of them ever fails.
 */
export async function makeSampleRules(
  administrator: IoTClientConfig,
  accountId: string,
  region: string,
): Promise<void> {
  const iot = new IoTClient(administrator)
  const dynamodb = new DynamoDBClient(administrator)
  const sqs = new SQSClient(administrator)
  const lambda = new LambdaClient(administrator)
  const roleArn = `arn:aws:iam::${accountId}:role/${ROLE_NAME}`
  const makeRule = (ruleName: string, description: string, sql: string, action: Action) =>
    iot.send(
      new CreateTopicRuleCommand({
        ruleName,
        topicRulePayload: { sql, description, awsIotSqlVersion: '2016-03-23', actions: [action] },
      }),
    )
  const origin = 'topic(2) AS site, topic(3) AS thing'
  const keepReadings = async () => {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'readings',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'thing', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'thing', AttributeType: 'S' }],
      }),
    )
    const sql = `SELECT *, ${origin}, timestamp() AS at FROM 'dt/+/+/telemetry'`
    const description = 'The latest reading of each device, in the table readings'
    await makeRule('keep_readings', description, sql, { dynamoDBv2: { roleArn, putItem: { tableName: 'readings' } } })
  }
  const queueAlarms = async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'alarms' }))
    const sql = `SELECT *, ${origin}, timestamp() AS at FROM 'dt/+/+/alarm' WHERE pressure > ${ALARM_BAR}`
    await makeRule('queue_alarms', `Alarms over ${ALARM_BAR} bar, in the queue alarms`, sql, {
      sqs: { roleArn, queueUrl: QueueUrl },
    })
  }
  const enrichAlarms = async () => {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: FUNCTION_NAME, Timeout: 30 }))
    const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${FUNCTION_NAME}`
    const description = 'Alarms with what the registry knows of the pump, at alarms/SITE/THING'
    await makeRule('enrich_alarms', description, `SELECT *, ${origin} FROM 'dt/+/+/alarm'`, { lambda: { functionArn } })
  }
  try {
    // One after the other: each starts a process, and somebody has just opened the console.
    for (const make of [enrichAlarms, queueAlarms, keepReadings]) await make()
  } finally {
    for (const client of [iot, dynamodb, sqs, lambda]) client.destroy()
  }
}
