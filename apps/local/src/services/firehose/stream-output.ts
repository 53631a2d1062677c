import type * as sdk from '@aws-sdk/client-firehose'
import type { Output } from '@thingdeck/aws-api'
import { DESTINATION_ID, type DeliveryStream } from './delivery-stream.ts'

/** A stream as DescribeDeliveryStream shows it. */
export function descriptionOf(stream: DeliveryStream, arn: string, showsDestination: boolean) {
  const { destination } = stream
  const plain = {
    RoleARN: destination.roleArn,
    BucketARN: destination.bucketArn,
    Prefix: destination.prefix,
    ErrorOutputPrefix: destination.errorOutputPrefix,
    BufferingHints: { SizeInMBs: destination.sizeMb, IntervalInSeconds: destination.intervalSeconds },
    CompressionFormat: destination.compression,
    EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' as const },
    CloudWatchLoggingOptions: {
      Enabled: destination.logging !== undefined,
      LogGroupName: destination.logging?.group,
      LogStreamName: destination.logging?.stream,
    },
  }
  const extended = {
    ...plain,
    ProcessingConfiguration: { Enabled: false, Processors: [] },
    S3BackupMode: 'Disabled' as const,
    DataFormatConversionConfiguration: { Enabled: false },
    FileExtension: destination.fileExtension,
    CustomTimeZone: destination.timeZone ?? 'UTC',
  }
  const shown = {
    DestinationId: DESTINATION_ID,
    S3DestinationDescription: plain,
    ExtendedS3DestinationDescription: extended,
  }
  return {
    DeliveryStreamDescription: {
      DeliveryStreamName: stream.name,
      DeliveryStreamARN: arn,
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
      DeliveryStreamType: 'DirectPut',
      VersionId: String(stream.version),
      CreateTimestamp: new Date(stream.createdAtMs),
      LastUpdateTimestamp: stream.updatedAtMs === undefined ? undefined : new Date(stream.updatedAtMs),
      Destinations: showsDestination ? [shown] : [],
      HasMoreDestinations: false,
    },
  } satisfies Output<typeof sdk, 'DescribeDeliveryStream'>
}
