import { expect, test } from 'vitest'
import type { FailureKind } from './failure.ts'
import { failureWords } from './failure-words.ts'

/** Texts as AWS documents them, or as they stood in logs of live accounts. */
test.each<[FailureKind, string, RegExp]>([
  [
    'permission',
    'User: arn:aws:sts::123456789012:assumed-role/dynamodb-role/iot-rule is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/readings because no identity-based policy allows the dynamodb:PutItem action (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: AccessDeniedException; Request ID: ABC)',
    /^The role dynamodb-role does not allow dynamodb:PutItem on arn:aws:dynamodb:us-east-1:123456789012:table\/readings\.$/,
  ],
  [
    'permission',
    'Failed to put S3 object. The error received was Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: X; S3 Extended Request ID: Y). Message arrived on: a, Action: s3, Bucket: b, Key: "k"',
    /^The service refused the role/,
  ],
  [
    'role',
    'Failed to send message to SQS. The error received was User: arn:aws:sts::123456789012:assumed-role/iot/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/rules',
    /^AWS IoT may not be the role rules\.$/,
  ],
  [
    'gone',
    'Failed to put S3 object. The error received was The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: 9DF5416B9B47B9AF; S3 Extended Request ID: yMah1cwPhqTH267QLPhTKeVPKJB8BO5ndBHzOmWtxLTM6uAvwYYuqieAKyb6qRPTxP1tHXCoR4Y=). Message arrived on: error/action, Action: s3, Bucket: nothing, Key: "7877". Value of x-amz-id-2: yMah1c',
    /is not there\.$/,
  ],
  [
    'throttled',
    'Dynamo Insert record failed. The error received was The level of configured provisioned throughput for the table was exceeded. (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ProvisionedThroughputExceededException; Request ID: X). Message arrived on: a',
    /takes no more at this rate/,
  ],
  [
    'key',
    'Dynamo Insert record failed. The error received was One or more parameter values were invalid: Missing the key device in the item (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: X). Message arrived on: a',
    /has no key device\.$/,
  ],
  [
    'function',
    'Failed to invoke lambda function. Received Server error from Lambda. The error code is 403',
    /policy of the function/,
  ],
  [
    'throttled',
    'Failed to invoke lambda function. Received Server error from Lambda. The error code is 429',
    /takes no more/,
  ],
  [
    'endpoint',
    'HttpAction failed to make a request to the specified endpoint. StatusCode: 500. Reason: Internal Server Error.',
    /answered 500/,
  ],
  [
    'too large',
    'Failed to send message to SQS. The error received was One or more parameters are invalid. Reason: Message must be shorter than 262144 bytes. (Service: AmazonSQS; Status Code: 400; Error Code: InvalidParameterValue; Request ID: X)',
    /larger than may be/,
  ],
  ['too large', 'The result has more than 131072 bytes: 132029.', /larger than may be/],
  [
    'service',
    'Failed to put S3 object. The error received was We encountered an internal error (Service: Amazon S3; Status Code: 500; Error Code: InternalError; Request ID: X)',
    /failed by itself/,
  ],
  ['not known', 'Something that nobody has seen before', /^Something that nobody has seen before$/],
])('%s: %s', (kind, details, why) => {
  const ruleAction = details.includes('lambda') ? 'LambdaAction' : details.startsWith('Http') ? 'HttpAction' : undefined
  const words = failureWords({ eventType: 'RuleExecution', details, resources: {}, ruleAction })
  expect(words).toMatchObject({ kind, why: expect.stringMatching(why) })
})

test('a right that is missing is told apart: action, resource and role', () => {
  const details =
    'User: arn:aws:sts::123456789012:assumed-role/rules/iot-rule is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:123456789012:alarms. No Allow statement covers it.'
  expect(failureWords({ details, resources: {} }).right).toEqual({
    action: 'sqs:SendMessage',
    resource: 'arn:aws:sqs:us-east-1:123456789012:alarms',
    role: 'rules',
  })
})

test.each<[string, FailureKind]>([
  ['RuleNotFound', 'no rule'],
  ['RuleEvaluation', 'throttled'],
  ['RuleExecutionThrottled', 'throttled'],
])('%s is known by its kind', (eventType, kind) => {
  expect(failureWords({ eventType, resources: {} }).kind).toBe(kind)
})
