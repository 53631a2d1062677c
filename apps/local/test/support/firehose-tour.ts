import * as firehose from '@aws-sdk/client-firehose'
import { ANY_ROLE } from './rules.ts'

const DeliveryStreamName = 'tour'
const DESTINATION = {
  RoleARN: ANY_ROLE,
  BucketARN: 'arn:aws:s3:::tour',
  Prefix: 'p/',
  ErrorOutputPrefix: 'e/',
  BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 },
  CompressionFormat: 'GZIP',
  EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
  CloudWatchLoggingOptions: { Enabled: true, LogGroupName: '/firehose', LogStreamName: 's' },
} as const
const EXTENDED = { ...DESTINATION, FileExtension: '.json', CustomTimeZone: 'UTC' } as const

/** What destinations in S3 have in AWS and not here: each is refused. */
const BEYOND = [
  { EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: 'arn:aws:kms:us-east-1:123456789012:key/k' } } },
  { ProcessingConfiguration: { Enabled: true } },
  { S3BackupMode: 'Enabled' as const },
  { DataFormatConversionConfiguration: { Enabled: true } },
  { DynamicPartitioningConfiguration: { Enabled: true } },
]

/** Other destinations than S3: as far as the client looks at them. */
const OTHERS = [
  'AmazonOpenSearchServerlessDestination',
  'AmazonopensearchserviceDestination',
  'ElasticsearchDestination',
  'HttpEndpointDestination',
  'IcebergDestination',
  'RedshiftDestination',
  'SnowflakeDestination',
  'SplunkDestination',
]
const SOURCES = ['DatabaseSourceConfiguration', 'KinesisStreamSourceConfiguration', 'MSKSourceConfiguration']
const PARTS_REFUSED = [
  'ProcessingConfiguration',
  'DataFormatConversionConfiguration',
  'DynamicPartitioningConfiguration',
]

const DESTINATIONS = [
  'CreateDeliveryStream ExtendedS3DestinationConfiguration',
  'CreateDeliveryStream S3DestinationConfiguration',
  'UpdateDestination ExtendedS3DestinationUpdate',
  'UpdateDestination S3DestinationUpdate',
]

const REFUSED = [
  ...OTHERS.flatMap((name) => [`CreateDeliveryStream ${name}Configuration`, `UpdateDestination ${name}Update`]),
  ...[...SOURCES, 'DirectPutSourceConfiguration'].map((name) => `CreateDeliveryStream ${name}`),
  'CreateDeliveryStream DeliveryStreamEncryptionConfigurationInput',
  ...PARTS_REFUSED.flatMap((name) => [
    `CreateDeliveryStream ExtendedS3DestinationConfiguration.${name}`,
    `UpdateDestination ExtendedS3DestinationUpdate.${name}`,
  ]),
  'CreateDeliveryStream ExtendedS3DestinationConfiguration.S3BackupConfiguration',
  'UpdateDestination ExtendedS3DestinationUpdate.S3BackupUpdate',
]

/** Not looked at, and why, in the words of `InputReads`. */
export const KNOWN_OF_FIREHOSE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(REFUSED.map((members) => [`firehose.${members}.*`, 'refused whatever is in it'])),
  ...Object.fromEntries(
    DESTINATIONS.flatMap((destination) => [
      [`firehose.${destination}.EncryptionConfiguration.KMSEncryptionConfig.*`, 'refused whatever is in it'],
      [`firehose.${destination}.EncryptionConfiguration.NoEncryptionConfig`, 'its only value says what is so anyway'],
    ]),
  ),
  'firehose.DeleteDeliveryStream AllowForceDelete': 'there are no keys whose grants are in the way',
}

/**
 * Calls every operation of Firehose with all that it can be given.
 * @param refusable awaits a call that may be refused
 */
export async function tourOfFirehose(
  client: firehose.FirehoseClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const Tags = [{ Key: 'a', Value: '1' }]
  const made = { DeliveryStreamName, DeliveryStreamType: 'DirectPut' as const, Tags }
  const ExtendedS3DestinationConfiguration = EXTENDED
  await client.send(new firehose.CreateDeliveryStreamCommand({ ...made, ExtendedS3DestinationConfiguration }))
  const plain = { ...made, DeliveryStreamName: 'plain', S3DestinationConfiguration: DESTINATION }
  await client.send(new firehose.CreateDeliveryStreamCommand(plain))
  const version = {
    DeliveryStreamName,
    CurrentDeliveryStreamVersionId: '1',
    DestinationId: 'destinationId-000000000001',
  }
  await client.send(new firehose.UpdateDestinationCommand({ ...version, ExtendedS3DestinationUpdate: EXTENDED }))
  const next = { ...version, CurrentDeliveryStreamVersionId: '2' }
  await client.send(new firehose.UpdateDestinationCommand({ ...next, S3DestinationUpdate: DESTINATION }))
  const last = { ...version, CurrentDeliveryStreamVersionId: '3' }
  const backups = { S3BackupConfiguration: DESTINATION }
  for (const beyond of [...BEYOND, backups]) {
    const destination = { ...EXTENDED, ...beyond }
    const create = { ...made, DeliveryStreamName: 'o', ExtendedS3DestinationConfiguration: destination }
    await refusable(client.send(new firehose.CreateDeliveryStreamCommand(create)))
    if (beyond === backups) continue
    const ExtendedS3DestinationUpdate = destination
    await refusable(client.send(new firehose.UpdateDestinationCommand({ ...last, ExtendedS3DestinationUpdate })))
  }
  const ExtendedS3DestinationUpdate = { ...EXTENDED, S3BackupUpdate: DESTINATION }
  await refusable(client.send(new firehose.UpdateDestinationCommand({ ...last, ExtendedS3DestinationUpdate })))
  const encryption = { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' as const } }
  const hints = { DirectPutSourceConfiguration: { ThroughputHintInMBs: 1 } }
  const create = { ...made, DeliveryStreamName: 'o', ExtendedS3DestinationConfiguration }
  for (const more of [encryption, hints]) {
    await refusable(client.send(new firehose.CreateDeliveryStreamCommand({ ...create, ...more })))
  }
  const stream = { KinesisStreamARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/s', RoleARN: ANY_ROLE }
  const source = { KinesisStreamSourceConfiguration: stream }
  await refusable(client.send(new firehose.CreateDeliveryStreamCommand({ ...create, ...source })))
  await client.send(
    new firehose.DescribeDeliveryStreamCommand({ DeliveryStreamName, Limit: 1, ExclusiveStartDestinationId: 'a' }),
  )
  await client.send(
    new firehose.ListDeliveryStreamsCommand({
      Limit: 1,
      DeliveryStreamType: 'DirectPut',
      ExclusiveStartDeliveryStreamName: 'a',
    }),
  )
  const Record = { Data: Buffer.from('x') }
  await client.send(new firehose.PutRecordCommand({ DeliveryStreamName, Record }))
  await client.send(new firehose.PutRecordBatchCommand({ DeliveryStreamName, Records: [Record] }))
  await client.send(new firehose.TagDeliveryStreamCommand({ DeliveryStreamName, Tags }))
  await client.send(
    new firehose.ListTagsForDeliveryStreamCommand({ DeliveryStreamName, ExclusiveStartTagKey: 'a', Limit: 1 }),
  )
  await client.send(new firehose.UntagDeliveryStreamCommand({ DeliveryStreamName, TagKeys: ['a'] }))
  await client.send(new firehose.DeleteDeliveryStreamCommand({ DeliveryStreamName, AllowForceDelete: true }))
}
