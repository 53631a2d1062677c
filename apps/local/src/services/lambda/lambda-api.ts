import type { Constraints } from '@thingdeck/aws-api'
import type { AwsApiEntry } from '../../foundation/aws-apis.ts'

const FUNCTION_NAME = { min: 1, max: 256 } // what it is made of is read by parseFunctionName
const QUALIFIER = { min: 1, max: 128, pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+' }
const ROLE = { pattern: 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+' }
const DESCRIPTION = { max: 256 }
const HANDLER = { max: 128, pattern: '[^\\s]+' }
const ALIAS = { min: 1, max: 128, pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)' }
const VERSION = { min: 1, max: 1024, pattern: '(\\$LATEST|[0-9]+)' }
const PAGE_SIZE = { min: 1, max: 10_000 }
const ARN = { min: 1, max: 256 }
const TAG_KEY = { min: 1, max: 128 }

/** Source: AWS Lambda API Reference, constraints of requests and data types. */
const CONSTRAINTS: Constraints = {
  FunctionName: FUNCTION_NAME,
  Qualifier: QUALIFIER,
  Role: ROLE,
  Runtime: { enumName: 'Runtime' },
  Description: DESCRIPTION,
  Handler: HANDLER,
  Timeout: { min: 1, max: 2_147_483_647 },
  MemorySize: { min: 128, max: 10_240 },
  'EphemeralStorage.Size': { min: 512, max: 10_240 },
  Architectures: { min: 1, max: 1, member: { enumName: 'Architecture' } },
  PackageType: { enumName: 'PackageType' },
  S3Bucket: { min: 3, max: 63, pattern: '[0-9A-Za-z\\.\\-_]*' },
  S3Key: { min: 1, max: 1024 },
  S3ObjectVersion: { min: 1, max: 1024 },
  LogFormat: { enumName: 'LogFormat' },
  LogGroup: { min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+' },
  'Environment.Variables': { key: { pattern: '[a-zA-Z]([a-zA-Z0-9_])+' } },
  InvocationType: { enumName: 'InvocationType' },
  LogType: { enumName: 'LogType' },
  StatementId: { min: 1, max: 100, pattern: '([a-zA-Z0-9-_.]+)' },
  'AddPermissionRequest.StatementId': { min: 1, max: 100, pattern: '([a-zA-Z0-9-_]+)' },
  Action: { pattern: '(lambda:[*]|lambda:[a-zA-Z]+|[*])' },
  Principal: { pattern: '[^\\s]+' },
  SourceArn: { pattern: 'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)' },
  SourceAccount: { max: 12, pattern: '\\d{12}' },
  PrincipalOrgID: { min: 12, max: 34, pattern: 'o-[a-z0-9]{10,32}' },
  EventSourceToken: { max: 256, pattern: '[a-zA-Z0-9._\\-]+' },
  'CreateAliasRequest.Name': ALIAS,
  'UpdateAliasRequest.Name': ALIAS,
  'GetAliasRequest.Name': ALIAS,
  'DeleteAliasRequest.Name': ALIAS,
  FunctionVersion: VERSION,
  'ListFunctionsRequest.FunctionVersion': { enumName: 'FunctionVersion' },
  AdditionalVersionWeights: {
    key: { min: 1, max: 1024, pattern: '[0-9]+' },
    value: { min: 0, max: 1, fraction: true },
  },
  MaxItems: PAGE_SIZE,
  'ListFunctionEventInvokeConfigsRequest.MaxItems': { min: 1, max: 50 },
  MaximumRetryAttempts: { min: 0, max: 2 },
  MaximumEventAgeInSeconds: { min: 60, max: 21_600 },
  ReservedConcurrentExecutions: { min: 0, max: 2_147_483_647 },
  Resource: ARN,
  Tags: { key: TAG_KEY, value: { max: 256 } },
  TagKeys: { member: TAG_KEY },
}

/**
 * AWS Lambda, `@aws-sdk/client-lambda`. A request carries a .zip file of 50 MB, in Base64, at most: "Request must be
 * smaller than 70167211 bytes for the CreateFunction operation". Older clients end some paths in a slash.
 */
export const LAMBDA: AwsApiEntry = {
  traits: {
    signingNames: ['lambda'],
    protocol: 'restJson1',
    validationError: 'ValidationException',
    constraints: CONSTRAINTS,
    trailingSlash: ['ListFunctions', 'GetAccountSettings'],
    maxBodyBytes: 70_167_211,
  },
  load: () => import('@aws-sdk/client-lambda'),
  actionPrefix: 'lambda',
  plane: 'control',
}
