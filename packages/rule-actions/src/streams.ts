import { actionPermissions } from '@thingdeck/rules-sql'
import { bytesOf, joinBytes } from './bytes.ts'
import { elementsOf } from './elements.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { FirehoseSettings, KinesisSettings } from './settings.ts'

/** "A batch can have at most 500 records" (AWS IoT developer guide, "Amazon Data Firehose"). */
const MAX_BATCH = 500

/** @see AWS IoT developer guide, "Kinesis Data Streams" */
export function kinesisRequest({ streamName, partitionKey, roleArn }: KinesisSettings, options: ActionOptions) {
  const stream = options.template('streamName', streamName)
  const key = optionalTemplate(options, 'partitionKey', partitionKey)
  return {
    label: 'KinesisAction',
    failure: 'Failed to put Kinesis record',
    roleArn,
    request: async (message: MatchedMessage) => {
      const StreamName = await render(stream, message)
      const PartitionKey = (await render(key, message)) ?? message.environment.randomUuid()
      return {
        resource: StreamName,
        permissions: actionPermissions('kinesis', { streamName: StreamName }, options.home),
        resources: { StreamName, PartitionKey },
        words: `Action: kinesis, Stream: ${StreamName}, Partition Key: ${PartitionKey}`,
        operation: 'PutRecord' as const,
        input: { StreamName, PartitionKey, Data: message.output },
      }
    },
  }
}

/** @see AWS IoT developer guide, "Amazon Data Firehose" */
export function firehoseRequest(
  { deliveryStreamName, separator = '', batchMode, roleArn }: FirehoseSettings,
  options: ActionOptions,
) {
  const stream = options.template('deliveryStreamName', deliveryStreamName)
  return {
    label: 'FirehoseAction',
    failure: 'Failed to put Firehose record',
    roleArn,
    request: async (message: MatchedMessage) => {
      const DeliveryStreamName = await render(stream, message)
      const batch = batchMode ? elementsOf(message, DeliveryStreamName, MAX_BATCH) : undefined
      const record = (bytes: Uint8Array) => ({ Data: joinBytes(bytes, bytesOf(separator)) })
      const needed = batch ? 'firehose:PutRecordBatch' : 'firehose:PutRecord'
      return {
        resource: DeliveryStreamName,
        permissions: actionPermissions(
          'firehose',
          { deliveryStreamName: DeliveryStreamName, batchMode },
          options.home,
        ).filter(({ action }) => action === needed),
        resources: { DeliveryStreamName },
        words: `Action: firehose, Delivery Stream: ${DeliveryStreamName}`,
        ...(batch
          ? {
              operation: 'PutRecordBatch' as const,
              input: { DeliveryStreamName, Records: batch.map((element) => record(bytesOf(element))) },
            }
          : { operation: 'PutRecord' as const, input: { DeliveryStreamName, Record: record(message.output) } }),
      }
    },
  }
}
