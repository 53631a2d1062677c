import { timestreamRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'

const TIMESTREAM: AwsTarget = {
  title: 'Amazon Timestream',
  variable: 'AWS_ENDPOINT_URL_TIMESTREAM_WRITE',
  connect: async (settings) => new (await import('@aws-sdk/client-timestream-write')).TimestreamWriteClient(settings),
}

export const timestreamAction = (settings: ActionSettings<'timestream'>, options: ActionOptions): AwsActionShape =>
  sentTo(TIMESTREAM, timestreamRequest(settings, options), async (client, { input }) => {
    const { RejectedRecordsException, WriteRecordsCommand } = await import('@aws-sdk/client-timestream-write')
    try {
      await client.send(new WriteRecordsCommand(input))
    } catch (error) {
      if (error instanceof RejectedRecordsException) {
        const reasons = (error.RejectedRecords ?? []).map(({ RecordIndex, Reason }) => `${RecordIndex}: ${Reason}`)
        if (reasons.length > 0) error.message += ` (${reasons.join('; ')})`
      }
      throw error
    }
  })
