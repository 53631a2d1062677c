import { firehoseRequest, kinesisRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'

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

export const kinesisAction = (settings: ActionSettings<'kinesis'>, options: ActionOptions): AwsActionShape =>
  sentTo(KINESIS, kinesisRequest(settings, options), async (client, { input }) => {
    const { PutRecordCommand } = await import('@aws-sdk/client-kinesis')
    await client.send(new PutRecordCommand(input))
  })

export const firehoseAction = (settings: ActionSettings<'firehose'>, options: ActionOptions): AwsActionShape =>
  sentTo(FIREHOSE, firehoseRequest(settings, options), async (client, request) => {
    const { PutRecordBatchCommand, PutRecordCommand } = await import('@aws-sdk/client-firehose')
    if (request.operation === 'PutRecord') {
      await client.send(new PutRecordCommand(request.input))
      return
    }
    const answer = await client.send(new PutRecordBatchCommand(request.input))
    const { FailedPutCount = 0 } = answer as { FailedPutCount?: number } // as the SDK types it of its own client
    const { length } = request.input.Records
    if (FailedPutCount > 0) throw new Error(`${FailedPutCount} of ${length} records were not taken`)
  })
