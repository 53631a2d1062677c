import type * as sdk from '@aws-sdk/client-firehose'
import type { Input } from '@thingdeck/aws-api'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import type { S3Destination } from './delivery-stream.ts'
import { invalidArgument, notHere } from './firehose-errors.ts'
import { checkPrefixes } from './object-prefix.ts'

type Create = Input<typeof sdk, 'CreateDeliveryStream'>
type Extended = NonNullable<Create['ExtendedS3DestinationConfiguration']>
type Plain = NonNullable<Create['S3DestinationConfiguration']>
type Update = NonNullable<Input<typeof sdk, 'UpdateDestination'>['ExtendedS3DestinationUpdate']>

/** @see Amazon Data Firehose API Reference, BufferingHints */
const DEFAULT_SIZE_MB = 5
const DEFAULT_INTERVAL_SECONDS = 300

/**
 * Reads a destination in S3, new or changed.
 * @param before what it is by now, where it is changed: what is left out stays
 * @throws {AwsError} InvalidArgumentException, also for what this server does not do
 */
export function readDestination(
  input: Extended | Plain | Update,
  sessions: RoleSessions,
  before?: S3Destination,
): S3Destination {
  refuseWhatIsNotHere(input)
  const roleArn = input.RoleARN ?? before?.roleArn ?? ''
  if (!sessions.isTrusted(roleArn)) {
    throw invalidArgument(`Firehose is unable to assume role ${roleArn}. Please check the role provided.`)
  }
  const prefix = input.Prefix ?? before?.prefix
  const errorOutputPrefix = input.ErrorOutputPrefix ?? before?.errorOutputPrefix
  checkPrefixes(prefix, errorOutputPrefix)
  const { BufferingHints: hints, CloudWatchLoggingOptions: logging } = input
  return {
    roleArn,
    bucketArn: input.BucketARN ?? before?.bucketArn ?? '',
    prefix,
    errorOutputPrefix,
    sizeMb: hints?.SizeInMBs ?? before?.sizeMb ?? DEFAULT_SIZE_MB,
    intervalSeconds: hints?.IntervalInSeconds ?? before?.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS,
    compression: readCompression(input.CompressionFormat) ?? before?.compression ?? 'UNCOMPRESSED',
    fileExtension: ('FileExtension' in input && input.FileExtension) || before?.fileExtension,
    timeZone: readTimeZone('CustomTimeZone' in input ? input.CustomTimeZone : undefined) ?? before?.timeZone,
    logging: logging ? readLogging(logging) : before?.logging,
  }
}

function readCompression(format: string | undefined): S3Destination['compression'] | undefined {
  if (format === undefined || format === 'GZIP' || format === 'UNCOMPRESSED') return format
  throw notHere(`compression by ${format} (CompressionFormat): it has GZIP and UNCOMPRESSED`)
}

function readTimeZone(name: string | undefined): string | undefined {
  if (!name) return undefined
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name
  } catch {
    throw invalidArgument(`CustomTimeZone ${name} is no time zone`)
  }
}

function readLogging({ Enabled, LogGroupName, LogStreamName }: sdk.CloudWatchLoggingOptions): S3Destination['logging'] {
  if (!Enabled) return undefined
  if (!LogGroupName || !LogStreamName) {
    throw invalidArgument('LogGroupName and LogStreamName are required when CloudWatch logging is enabled')
  }
  return { group: LogGroupName, stream: LogStreamName }
}

/** What AWS has and this server has not, unless it is said to be off. */
function refuseWhatIsNotHere(input: Extended | Plain | Update): void {
  if (input.EncryptionConfiguration?.KMSEncryptionConfig) throw notHere('KMS (EncryptionConfiguration)')
  if ('ProcessingConfiguration' in input && input.ProcessingConfiguration?.Enabled) {
    throw notHere('processing of records (ProcessingConfiguration)')
  }
  if ('S3BackupMode' in input && input.S3BackupMode === 'Enabled') {
    throw notHere('backups of what was not processed (S3BackupMode)')
  }
  if (
    ('S3BackupConfiguration' in input && input.S3BackupConfiguration) ||
    ('S3BackupUpdate' in input && input.S3BackupUpdate)
  ) {
    throw notHere('backups of what was not processed (S3BackupConfiguration)')
  }
  if ('DataFormatConversionConfiguration' in input && input.DataFormatConversionConfiguration?.Enabled) {
    throw notHere('conversion to Parquet and ORC (DataFormatConversionConfiguration)')
  }
  if ('DynamicPartitioningConfiguration' in input && input.DynamicPartitioningConfiguration?.Enabled) {
    throw notHere('dynamic partitioning (DynamicPartitioningConfiguration)')
  }
}
