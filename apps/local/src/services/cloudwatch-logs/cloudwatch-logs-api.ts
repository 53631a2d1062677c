import type { Constraints } from '@thingdeck/aws-api'
import type { AwsApiEntry } from '../../foundation/aws-apis.ts'

const GROUP_NAME = { min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+' }
const STREAM_NAME = { min: 1, max: 512, pattern: '[^:*]*' }
const TAG_KEY = { min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+' }

/** Source: Amazon CloudWatch Logs API Reference, constraints of requests and data types. */
const CONSTRAINTS: Constraints = {
  logGroupName: GROUP_NAME,
  logGroupNamePrefix: GROUP_NAME,
  logGroupNamePattern: { max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]*' },
  logGroupIdentifier: { min: 1, max: 2048, pattern: '[\\w#+=/:,.@-]*' },
  logStreamName: STREAM_NAME,
  logStreamNamePrefix: STREAM_NAME,
  logStreamNames: { min: 1, max: 100, member: STREAM_NAME },
  logEvents: { min: 1, max: 10_000 },
  logEventMessages: { min: 1, max: 50, member: { min: 1 } },
  message: { min: 1 },
  timestamp: { min: 0 },
  startTime: { min: 0 },
  endTime: { min: 0 },
  filterPattern: { max: 1024 },
  limit: { min: 1, max: 10_000 },
  'DescribeLogGroupsRequest.limit': { min: 1, max: 50 },
  'DescribeLogStreamsRequest.limit': { min: 1, max: 50 },
  'StartQueryRequest.limit': { min: 1, max: 100_000 },
  logGroupNames: { max: 50, member: GROUP_NAME },
  logGroupIdentifiers: { max: 50, member: { min: 1, max: 2048, pattern: '[\\w#+=/:,.@*-]*' } },
  queryString: { max: 10_000 },
  queryLanguage: { enumName: 'QueryLanguage' },
  queryId: { max: 256 },
  maxItems: { min: 1, max: 10_000 },
  orderBy: { enumName: 'OrderBy' },
  logGroupClass: { enumName: 'LogGroupClass' },
  nextToken: { min: 1 },
  sequenceToken: { min: 1 },
  resourceArn: { min: 1, max: 1011, pattern: '[\\w+=/:,.@-]*' },
  tagKeys: { max: 50, member: TAG_KEY },
  tags: { min: 1, max: 50, key: TAG_KEY, value: { max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' } },
}

/** Amazon CloudWatch Logs, `@aws-sdk/client-cloudwatch-logs`. */
export const CLOUDWATCH_LOGS: AwsApiEntry = {
  traits: {
    signingNames: ['logs'],
    protocol: 'awsJson1_1',
    targetPrefix: 'Logs_20140328',
    validationError: 'InvalidParameterException',
    constraints: CONSTRAINTS,
    // A batch holds 1 MiB of messages, which grow when they are written as JSON within JSON.
    maxBodyBytes: 3 * 1024 * 1024,
  },
  load: () => import('@aws-sdk/client-cloudwatch-logs'),
  actionPrefix: 'logs',
  plane: 'control',
}
