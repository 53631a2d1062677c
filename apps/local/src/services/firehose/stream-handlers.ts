import { randomUUID } from 'node:crypto'
import type * as sdk from '@aws-sdk/client-firehose'
import { AwsError, type Handlers, type Input } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import type { Caller } from '../../foundation/caller.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import type { Delivery } from './delivery.ts'
import { DESTINATION_ID, type DeliveryStream } from './delivery-stream.ts'
import { readDestination } from './destination-input.ts'
import { invalidArgument, notHere, streamExists, streamNotFound } from './firehose-errors.ts'
import { descriptionOf } from './stream-output.ts'
import type { StreamTable } from './stream-table.ts'

export interface StreamHandlerParts {
  readonly account: Account
  readonly clock: Clock
  readonly table: StreamTable
  readonly sessions: RoleSessions
  readonly delivery: Delivery
  readonly arn: (name: string) => string
}

const PAGE_SIZE = 10
const MAX_TAGS = 50
/** "Up to 500 records … 4 MiB for the entire request". @see Amazon Data Firehose API Reference, PutRecordBatch */
const MAX_BATCH_BYTES = 4 * 1024 * 1024

/** All operations of Firehose that are here. */
export function streamHandlers(parts: StreamHandlerParts) {
  const { account, clock, table, sessions, delivery, arn } = parts
  const mustFind = (name: string): DeliveryStream => {
    const stream = table.find(name)
    if (!stream) throw streamNotFound(name, account.id)
    return stream
  }
  return {
    CreateDeliveryStream: (input) => {
      refuseOtherSources(input)
      const { DeliveryStreamName: name } = input
      const destination = input.ExtendedS3DestinationConfiguration ?? input.S3DestinationConfiguration
      if (!destination) throw invalidArgument('A delivery stream here has an ExtendedS3DestinationConfiguration')
      if (input.ExtendedS3DestinationConfiguration && input.S3DestinationConfiguration) {
        throw invalidArgument('Only one destination configuration may be given')
      }
      if (table.find(name)) throw streamExists(name, account.id)
      table.put({
        name,
        version: 1,
        id: randomUUID(),
        destination: readDestination(destination, sessions),
        tags: tagsIn(input.Tags),
        createdAtMs: clock(),
        updatedAtMs: undefined,
      })
      return { DeliveryStreamARN: arn(name) }
    },
    DescribeDeliveryStream: ({ DeliveryStreamName, ExclusiveStartDestinationId, Limit }) => {
      const isFirst = ExclusiveStartDestinationId === undefined || ExclusiveStartDestinationId < DESTINATION_ID
      return descriptionOf(mustFind(DeliveryStreamName), arn(DeliveryStreamName), isFirst && Limit !== 0)
    },
    ListDeliveryStreams: ({ DeliveryStreamType, ExclusiveStartDeliveryStreamName, Limit = PAGE_SIZE }) => {
      if (DeliveryStreamType !== undefined && DeliveryStreamType !== 'DirectPut') {
        return { DeliveryStreamNames: [], HasMoreDeliveryStreams: false }
      }
      const names = table.names(ExclusiveStartDeliveryStreamName, Limit + 1)
      return { DeliveryStreamNames: names.slice(0, Limit), HasMoreDeliveryStreams: names.length > Limit }
    },
    // AllowForceDelete is for keys whose grants are in the way: there are none here.
    DeleteDeliveryStream: ({ DeliveryStreamName }) => {
      const { id } = mustFind(DeliveryStreamName)
      table.remove(DeliveryStreamName)
      table.whenKept(() => delivery.drop(id)) // its files
      return {}
    },
    UpdateDestination: (input) => updateDestination(parts, mustFind(input.DeliveryStreamName), input),
    PutRecord: async ({ DeliveryStreamName, Record }) => {
      await delivery.put(mustFind(DeliveryStreamName), [Record.Data])
      return { RecordId: recordId(), Encrypted: false }
    },
    PutRecordBatch: async ({ DeliveryStreamName, Records }) => {
      const stream = mustFind(DeliveryStreamName)
      const records = Records.map(({ Data }) => Data)
      if (records.reduce((sum, { length }) => sum + length, 0) > MAX_BATCH_BYTES) {
        throw invalidArgument('Records size exceeds 4 MB limit')
      }
      await delivery.put(stream, records)
      return {
        FailedPutCount: 0,
        Encrypted: false,
        RequestResponses: records.map(() => ({ RecordId: recordId() })),
      }
    },
    TagDeliveryStream: ({ DeliveryStreamName, Tags }) => {
      const stream = mustFind(DeliveryStreamName)
      const tags = { ...stream.tags, ...tagsIn(Tags) }
      if (Object.keys(tags).length > MAX_TAGS) {
        throw new AwsError('LimitExceededException', `A delivery stream can have ${MAX_TAGS} tags at most`)
      }
      table.put({ ...stream, tags })
      return {}
    },
    UntagDeliveryStream: ({ DeliveryStreamName, TagKeys }) => {
      const stream = mustFind(DeliveryStreamName)
      const kept = Object.entries(stream.tags).filter(([key]) => !TagKeys.includes(key))
      table.put({ ...stream, tags: Object.fromEntries(kept) })
      return {}
    },
    ListTagsForDeliveryStream: ({ DeliveryStreamName, ExclusiveStartTagKey = '', Limit = MAX_TAGS }) => {
      const all = Object.entries(mustFind(DeliveryStreamName).tags)
      const rest = all.filter(([key]) => key > ExclusiveStartTagKey).sort(([a], [b]) => (a < b ? -1 : 1))
      return {
        Tags: rest.slice(0, Limit).map(([Key, Value]) => ({ Key, Value })),
        HasMoreTags: rest.length > Limit,
      }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

function updateDestination(
  { clock, table, sessions }: StreamHandlerParts,
  stream: DeliveryStream,
  input: Input<typeof sdk, 'UpdateDestination'>,
) {
  const others = [
    input.RedshiftDestinationUpdate,
    input.ElasticsearchDestinationUpdate,
    input.AmazonopensearchserviceDestinationUpdate,
    input.SplunkDestinationUpdate,
    input.HttpEndpointDestinationUpdate,
    input.AmazonOpenSearchServerlessDestinationUpdate,
    input.SnowflakeDestinationUpdate,
    input.IcebergDestinationUpdate,
  ]
  if (others.some((other) => other !== undefined)) throw notHere('other destinations of delivery streams than S3')
  if (input.DestinationId !== DESTINATION_ID) {
    throw invalidArgument(`Destination Id ${input.DestinationId} not found`)
  }
  if (input.CurrentDeliveryStreamVersionId !== String(stream.version)) {
    throw new AwsError(
      'ConcurrentModificationException',
      `Cannot update firehose: ${stream.name} since the current version id: ${stream.version} and specified version id: ${input.CurrentDeliveryStreamVersionId} do not match`,
    )
  }
  const update = input.ExtendedS3DestinationUpdate ?? input.S3DestinationUpdate
  if (!update) throw invalidArgument('An ExtendedS3DestinationUpdate says what is to change')
  const destination = readDestination(update, sessions, stream.destination)
  table.put({ ...stream, destination, version: stream.version + 1, updatedAtMs: clock() })
  return {}
}

/** What AWS has, and this server has not. */
function refuseOtherSources(input: Input<typeof sdk, 'CreateDeliveryStream'>): void {
  const { DeliveryStreamType = 'DirectPut' } = input
  const sources = [
    input.KinesisStreamSourceConfiguration,
    input.MSKSourceConfiguration,
    input.DatabaseSourceConfiguration,
  ]
  if (DeliveryStreamType !== 'DirectPut' || sources.some((source) => source !== undefined)) {
    throw notHere('other sources of delivery streams than PutRecord (DeliveryStreamType): it is DirectPut')
  }
  if (input.DirectPutSourceConfiguration) throw notHere('throughput hints (DirectPutSourceConfiguration)')
  if (input.DeliveryStreamEncryptionConfigurationInput) {
    throw notHere('encryption of delivery streams (DeliveryStreamEncryptionConfigurationInput)')
  }
  const others = [
    input.RedshiftDestinationConfiguration,
    input.ElasticsearchDestinationConfiguration,
    input.AmazonopensearchserviceDestinationConfiguration,
    input.SplunkDestinationConfiguration,
    input.HttpEndpointDestinationConfiguration,
    input.AmazonOpenSearchServerlessDestinationConfiguration,
    input.SnowflakeDestinationConfiguration,
    input.IcebergDestinationConfiguration,
  ]
  if (others.some((other) => other !== undefined)) throw notHere('other destinations of delivery streams than S3')
}

const tagsIn = (tags: readonly { readonly Key: string; readonly Value?: string | undefined }[] = []) =>
  Object.fromEntries(tags.map(({ Key, Value = '' }) => [Key, Value]))

const recordId = (): string => randomUUID().replaceAll('-', '').repeat(4)
