import type * as sdk from '@aws-sdk/client-firehose'
import { arnOf } from '../../foundation/account.ts'
import type { NeedsOf } from '../../foundation/control-plane-needs.ts'
import { RoleSessions } from '../../foundation/role-sessions.ts'
import type { MakeService } from '../../foundation/service.ts'
import { BufferFiles } from './buffer-files.ts'
import { Delivery } from './delivery.ts'
import { FIREHOSE } from './firehose-api.ts'
import { S3Delivery } from './s3-delivery.ts'
import { streamHandlers } from './stream-handlers.ts'
import { StreamTable } from './stream-table.ts'

/** What an earlier process has left is delivered once this one can be asked. */
const RECOVER_AFTER_MS = 1_000

/** Firehose: delivery streams that gather records and put them into buckets of S3. */
export const firehoseService: MakeService = (context) => {
  const { account, clock, log, metrics, logs: sink, after, ownUrl, dataDirectory } = context
  const table = new StreamTable(context.database)
  const sessions = new RoleSessions(context, 'firehose.amazonaws.com')
  const s3 = new S3Delivery({
    region: account.region,
    ownUrl,
    s3Endpoint: process.env.AWS_ENDPOINT_URL_S3 || undefined,
    sessions,
  })
  const files = new BufferFiles(dataDirectory)
  const arn = (name: string) => arnOf(account, 'firehose', `deliverystream/${name}`)
  const find = (name: string) => table.find(name)
  const delivery = new Delivery({ clock, log, metrics, sink, files, s3, after, find, arn })
  const streams = table.names().flatMap((name) => table.find(name) ?? [])
  const cancelRecovery =
    streams.length === 0
      ? () => {}
      : after(RECOVER_AFTER_MS, () => {
          delivery.recover(streams).catch((error: unknown) => {
            log.error({ err: error }, 'what delivery streams had gathered could not be taken up')
          })
        })
  return {
    name: 'firehose',
    apis: { firehose: FIREHOSE },
    handlers: { firehose: streamHandlers({ account, clock, table, sessions, delivery, arn }) },
    controlPlaneNeeds: NEEDS,
    reset: () => delivery.clear(),
    close: async () => {
      cancelRecovery()
      delivery.close()
      await s3.close()
      files.close()
    },
  }
}

const named = ({ DeliveryStreamName }: { readonly DeliveryStreamName: string }) => ({
  resources: [`deliverystream/${DeliveryStreamName}`],
})

/** Service Authorization Reference, "Actions, resources, and condition keys for Amazon Kinesis Firehose". */
const NEEDS: NeedsOf<typeof sdk> = {
  CreateDeliveryStream: (input) => ({
    ...named(input),
    passedRoles: [input.ExtendedS3DestinationConfiguration, input.S3DestinationConfiguration].flatMap(
      (destination) => destination?.RoleARN ?? [],
    ),
    passedTo: 'firehose.amazonaws.com',
  }),
  DescribeDeliveryStream: named,
  ListDeliveryStreams: () => ({ resources: [] }),
  DeleteDeliveryStream: named,
  UpdateDestination: (input) => ({
    ...named(input),
    passedRoles: [input.ExtendedS3DestinationUpdate, input.S3DestinationUpdate].flatMap(
      (destination) => destination?.RoleARN ?? [],
    ),
    passedTo: 'firehose.amazonaws.com',
  }),
  PutRecord: named,
  PutRecordBatch: named,
  TagDeliveryStream: named,
  UntagDeliveryStream: named,
  ListTagsForDeliveryStream: named,
}
