import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test, vi } from 'vitest'
import { startEmbeddedServer } from './run/embedded-server.ts'
import { makeSampleRules } from './sample-rules.ts'

const WAIT = { timeout: 30_000, interval: 100 }

test('the sample rules keep readings, queue alarms and enrich them', { timeout: 120_000 }, async () => {
  await using server = await startEmbeddedServer({ args: ['--functions', 'samples/functions'] })
  const { sdk, account, region } = server
  await makeSampleRules(sdk, account, region)
  const iot = new IoTClient(sdk)
  const data = new IoTDataPlaneClient(sdk)
  const dynamodb = new DynamoDBClient(sdk)
  const sqs = new SQSClient(sdk)
  const lambda = new LambdaClient(sdk)
  const attributes = { model: 'PX-9' }
  await iot.send(new CreateThingCommand({ thingName: 'pump-1', attributePayload: { attributes } }))
  const publish = (message: string, payload: object) =>
    data.send(
      new PublishCommand({ topic: `dt/waterworks/pump-1/${message}`, payload: JSON.stringify(payload), qos: 1 }),
    )
  await publish('telemetry', { pressure: 2.5 })
  await publish('alarm', { alarm: 'dry-run', pressure: 1.2 })
  await publish('alarm', { alarm: 'pressure-spike', pressure: 4.1 })

  const { Items } = await vi.waitFor(async () => {
    const found = await dynamodb.send(new ScanCommand({ TableName: 'readings' }))
    expect(found.Count).toBe(1)
    return found
  }, WAIT)
  expect(Items?.[0]).toMatchObject({ thing: { S: 'pump-1' }, site: { S: 'waterworks' }, pressure: { N: '2.5' } })
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'alarms' }))
  const body = await vi.waitFor(async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
    expect(Messages).toHaveLength(1)
    return Messages[0]?.Body ?? ''
  }, WAIT)
  expect(JSON.parse(body)).toMatchObject({ alarm: 'pressure-spike', pressure: 4.1, thing: 'pump-1' })
  const event = { site: 'waterworks', thing: 'pump-1', alarm: 'pressure-spike', pressure: 4.1 }
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: 'enrich-alarm', Payload: JSON.stringify(event) }),
  )
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({ ...event, ...attributes, severity: 'high' })
  for (const client of [iot, data, dynamodb, sqs, lambda]) client.destroy()
})
