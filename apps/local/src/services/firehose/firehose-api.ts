import type { Constraints } from '@thingdeck/aws-api'
import type { AwsApiEntry } from '../../foundation/aws-apis.ts'

const NAME = { min: 1, max: 64, pattern: '[a-zA-Z0-9_.-]+' }
const TAG_KEY = { min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@%]*' }

/** Source: Amazon Data Firehose API Reference, constraints of requests and data types. */
const CONSTRAINTS: Constraints = {
  DeliveryStreamName: NAME,
  ExclusiveStartDeliveryStreamName: NAME,
  DeliveryStreamType: { enumName: 'DeliveryStreamType' },
  'ExtendedS3DestinationConfiguration.RoleARN': {
    min: 1,
    max: 512,
    pattern: 'arn:.*:iam::\\d{12}:role/[a-zA-Z_0-9+=,.@\\-_/]+',
  },
  BucketARN: { min: 1, max: 2048, pattern: 'arn:.*:s3:::[\\w\\.\\-]{1,255}' },
  Prefix: { max: 1024 },
  ErrorOutputPrefix: { max: 1024 },
  SizeInMBs: { min: 1, max: 128 },
  IntervalInSeconds: { min: 0, max: 900 },
  'BufferingHints.SizeInMBs': { min: 1, max: 128 },
  CompressionFormat: { enumName: 'CompressionFormat' },
  LogGroupName: { max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]*' },
  LogStreamName: { max: 512, pattern: '[^:*]*' },
  S3BackupMode: { enumName: 'S3BackupMode' },
  FileExtension: { max: 128, pattern: "|\\.[0-9a-z!\\-_.*'()]+" },
  CustomTimeZone: { max: 50, pattern: '|[a-zA-Z/_]+' },
  Records: { min: 1, max: 500 },
  Data: { max: 1_024_000 },
  'ListDeliveryStreamsInput.Limit': { min: 1, max: 10_000 },
  'ListTagsForDeliveryStreamInput.Limit': { min: 1, max: 50 },
  'DescribeDeliveryStreamInput.Limit': { min: 1, max: 10_000 },
  CurrentDeliveryStreamVersionId: { min: 1, max: 50, pattern: '[0-9]+' },
  DestinationId: { min: 1, max: 100, pattern: '[a-zA-Z0-9-]+' },
  ExclusiveStartDestinationId: { min: 1, max: 100, pattern: '[a-zA-Z0-9-]+' },
  'Tag.Key': TAG_KEY,
  'Tag.Value': { max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@%]*' },
  Tags: { min: 1, max: 50 },
  TagKeys: { min: 1, max: 50, member: TAG_KEY },
  ExclusiveStartTagKey: TAG_KEY,
}

/** Amazon Data Firehose, `@aws-sdk/client-firehose`. A request of PutRecordBatch has 4 MiB, in Base64, at most. */
export const FIREHOSE: AwsApiEntry = {
  traits: {
    signingNames: ['firehose'],
    protocol: 'awsJson1_1',
    targetPrefix: 'Firehose_20150804',
    validationError: 'ValidationException',
    constraints: CONSTRAINTS,
    maxBodyBytes: 7 * 1024 * 1024,
  },
  load: () => import('@aws-sdk/client-firehose'),
  actionPrefix: 'firehose',
  plane: 'control',
}
