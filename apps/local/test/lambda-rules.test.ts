import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { type Action, CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { AddPermissionCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { FunctionClient } from './support/functions.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { republish, SQL_VERSION } from './support/rules.ts'
import { until } from './support/until.ts'

// Functions that rules invoke: as events, and within their SQL; the function's own policy decides.

let local: Local
let functions: FunctionClient
let lambda: LambdaClient
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  functions = new FunctionClient(local)
  lambda = functions.lambda
  iot = new IoTClient(local.sdk)
})
afterAll(async () => {
  functions[Symbol.dispose]()
  iot.destroy()
  await local.close()
})

const ruleArn = (name: string) => `arn:aws:iot:us-east-1:123456789012:rule/${name}`

async function makeFunction(name: string, source: string): Promise<string> {
  const { FunctionArn = '' } = await functions.create(name, source)
  return FunctionArn
}

const allow = (FunctionName: string, SourceArn: string) =>
  lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: `iot-${SourceArn.split('/').at(-1)}`,
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      SourceArn,
      SourceAccount: '123456789012',
    }),
  )

const makeRule = (ruleName: string, sql: string, actions: Action[], errorAction?: Action) =>
  iot.send(
    new CreateTopicRuleCommand({
      ruleName,
      topicRulePayload: { sql, actions, awsIotSqlVersion: SQL_VERSION, ...(errorAction && { errorAction }) },
    }),
  )

test('a device, a rule, a function, a row', async () => {
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  const dynamodb = new DynamoDBClient(local.sdk)
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'hot',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'device', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'device', AttributeType: 'S' }],
    }),
  )
  const functionArn = await makeFunction(
    'keep',
    `import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
     const dynamodb = new DynamoDBClient({})
     export const handler = ({ device, t }) => dynamodb.send(new PutItemCommand({
       TableName: 'hot', Item: { device: { S: device }, fahrenheit: { N: String(t * 1.8 + 32) } } }))`,
  )
  await allow('keep', ruleArn('keep'))
  await makeRule('keep', "SELECT topic(2) AS device, t FROM 'dt/+' WHERE t > 30", [{ lambda: { functionArn } }])
  await device.mqtt.publishAsync('dt/pump-7', '{"t":35}', { qos: 1 })
  const rows = await until(async () => {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: 'hot' }))
    return Items.length > 0 ? Items : undefined
  })
  expect(rows).toEqual([{ device: { S: 'pump-7' }, fahrenheit: { N: '95' } }])
  dynamodb.destroy()
})

test('a rule that the function does not allow fails, in the words of AWS', async () => {
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-8' })
  const functionArn = await makeFunction('closed', 'export const handler = () => 1')
  await allow('closed', ruleArn('other'))
  const missing = functionArn.replace('closed', 'missing')
  const fresh = await makeFunction('fresh', 'export const handler = () => 1')
  await device.mqtt.subscribeAsync('failures/+', { qos: 1 })
  const failures = republish('failures/${topic(2)}')
  await makeRule('shut', "SELECT * FROM 'to/shut'", [{ lambda: { functionArn } }], failures)
  await makeRule('none', "SELECT * FROM 'to/none'", [{ lambda: { functionArn: missing } }], failures)
  await makeRule('new', "SELECT * FROM 'to/new'", [{ lambda: { functionArn: fresh } }], failures)
  for (const [topic, arn, code] of [
    ['shut', functionArn, 403],
    ['new', fresh, 403],
    ['none', missing, 404],
  ] as const) {
    await device.mqtt.publishAsync(`to/${topic}`, '{}', { qos: 1 })
    const message = `Failed to invoke lambda function. Received Server error from Lambda. The error code is ${code}.`
    expect(await device.json(`failures/${topic}`)).toMatchObject({
      failures: [{ failedAction: 'LambdaAction', failedResource: arn, errorMessage: expect.stringContaining(message) }],
    })
  }
})

test('aws_lambda asks a function that allows the rule', async () => {
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-9' })
  const functionArn = await makeFunction('add', 'export const handler = async ({ n }) => ({ sum: n + 1 })')
  await allow('add', ruleArn('asks'))
  // It starts now: AWS IoT waits two seconds for a function.
  await functions.invoke('add', { n: 1 })
  await device.mqtt.subscribeAsync('answers', { qos: 1 })
  await makeRule('asks', `SELECT aws_lambda('${functionArn}', {"n": n}).sum AS sum FROM 'ask'`, [republish('answers')])
  await device.mqtt.publishAsync('ask', '{"n":41}', { qos: 1 })
  expect(await device.json('answers')).toEqual({ sum: 42 })
})
