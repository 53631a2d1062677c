import { randomUUID } from 'node:crypto'
import { actionPermissions } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import { type ActionOptions, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'
import { elementsOf } from './elements.ts'

const KINESIS: AwsTarget = {
  title: 'Amazon Kinesis',
  variable: 'AWS_ENDPOINT_URL_KINESIS',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-kinesis')).KinesisClient(settings),
}

const FIREHOSE: AwsTarget = {
  title: 'Amazon Data Firehose',
  variable: 'AWS_ENDPOINT_URL_FIREHOSE',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-firehose')).FirehoseClient(settings),
}

/** "A batch can have at most 500 records" (AWS IoT developer guide, "Amazon Data Firehose"). */
const MAX_BATCH = 500

/** @see AWS IoT developer guide, "Kinesis Data Streams" */
export function kinesisAction(
  { streamName, partitionKey, roleArn }: ActionSettings<'kinesis'>,
  options: ActionOptions,
): AwsActionShape {
  const stream = options.template('streamName', streamName)
  const key = partitionKey === undefined ? undefined : options.template('partitionKey', partitionKey)
  return {
    label: 'KinesisAction',
    failure: 'Failed to put Kinesis record',
    target: KINESIS,
    roleArn,
    call: async (execution) => {
      const StreamName = await render(stream, execution)
      const PartitionKey = (await render(key, execution)) ?? randomUUID()
      return {
        resource: StreamName,
        permissions: actionPermissions('kinesis', { streamName: StreamName }, homeOf(options.account)),
        resources: { StreamName, PartitionKey },
        words: `Action: kinesis, Stream: ${StreamName}, Partition Key: ${PartitionKey}`,
        send: async (client) => {
          const { PutRecordCommand } = await import('@aws-sdk/client-kinesis')
          await client.send(new PutRecordCommand({ StreamName, PartitionKey, Data: execution.output }))
        },
      }
    },
  }
}

/** @see AWS IoT developer guide, "Amazon Data Firehose" */
export function firehoseAction(
  { deliveryStreamName, separator = '', batchMode, roleArn }: ActionSettings<'firehose'>,
  options: ActionOptions,
): AwsActionShape {
  const stream = options.template('deliveryStreamName', deliveryStreamName)
  return {
    label: 'FirehoseAction',
    failure: 'Failed to put Firehose record',
    target: FIREHOSE,
    roleArn,
    call: async (execution) => {
      const DeliveryStreamName = await render(stream, execution)
      const batch = batchMode ? elementsOf(execution, DeliveryStreamName, MAX_BATCH) : undefined
      const record = (bytes: Uint8Array) => ({ Data: Buffer.concat([bytes, Buffer.from(separator)]) })
      return {
        resource: DeliveryStreamName,
        permissions: actionPermissions(
          'firehose',
          { deliveryStreamName: DeliveryStreamName, batchMode: batch !== undefined },
          homeOf(options.account),
        ),
        resources: { DeliveryStreamName },
        words: `Action: firehose, Delivery Stream: ${DeliveryStreamName}`,
        send: async (client) => {
          const { PutRecordBatchCommand, PutRecordCommand } = await import('@aws-sdk/client-firehose')
          if (!batch) {
            await client.send(new PutRecordCommand({ DeliveryStreamName, Record: record(execution.output) }))
            return
          }
          const Records = batch.map((element) => record(Buffer.from(element)))
          const answer = await client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }))
          const { FailedPutCount = 0 } = answer as { FailedPutCount?: number }
          if (FailedPutCount > 0) throw new Error(`${FailedPutCount} of ${Records.length} records were not taken`)
        },
      }
    },
  }
}
