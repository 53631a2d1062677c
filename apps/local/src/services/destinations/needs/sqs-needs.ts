import { AwsError } from '@thingdeck/aws-api'
import { type Account, arnOf } from '../../../foundation/account.ts'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { jsonMembers, jsonOperation, orAll } from './request-members.ts'

/** @see Amazon SQS API Reference, "CreateQueue", QueueName */
const QUEUE_NAME = /^(?=.{1,80}$)[\w-]+(\.fifo)?$/

/** @see Amazon SQS API Reference, "CreateQueue", Attributes */
const SETTABLE = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'Policy',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
]
/** @see Amazon SQS API Reference, "GetQueueAttributes", AttributeNames */
const READABLE = [
  ...SETTABLE,
  'All',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
]

/**
 * The queue that a request names, by its URL or name; of a batch, the action that each entry is.
 * @throws {AwsError} for a name and for attributes that no queue has, which the server behind would take, and ignore
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon SQS"
 */
export function sqsNeeds(account: Account, request: ForwardedRequest): readonly ForwardedNeed[] {
  const { QueueUrl, QueueName, Attributes, AttributeNames } = jsonMembers(request)
  const operation = jsonOperation(request)
  if (operation === 'CreateQueue') {
    if (typeof QueueName === 'string' && !QUEUE_NAME.test(QueueName)) throw invalidName()
    mustBeAmong(SETTABLE, Object.keys(Object(Attributes)))
  }
  if (operation === 'GetQueueAttributes' && Array.isArray(AttributeNames)) mustBeAmong(READABLE, AttributeNames)
  const ofUrl = typeof QueueUrl === 'string' ? QueueUrl.split('/').at(-1) : undefined
  const names = [ofUrl, QueueName].filter((name) => typeof name === 'string')
  const resources = names.map((name) => arnOf(account, 'sqs', name))
  return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resources: orAll(resources) }]
}

const invalidName = () =>
  new AwsError(
    'InvalidParameterValue',
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  )

function mustBeAmong(known: readonly string[], names: readonly unknown[]): void {
  const other = names.find((name) => typeof name === 'string' && !known.includes(name))
  if (other !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${other}.`)
}
