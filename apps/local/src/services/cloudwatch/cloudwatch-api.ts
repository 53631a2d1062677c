import type { Constraint, Constraints } from '@thingdeck/aws-api'
import type { AwsApiEntry } from '../../foundation/aws-apis.ts'

const NAMESPACE = { min: 1, max: 255, pattern: '[^:].*' }
const NAME = { min: 1, max: 255 }
const DIMENSION_NAME = { min: 1, max: 255 }
const DIMENSION_VALUE = { min: 1, max: 1024 }
const UNIT = { enumName: 'StandardUnit' }
const ARN = { min: 1, max: 1024 }
const ACTIONS = { max: 5, member: ARN }
const ALARM_NAMES = { max: 100, member: NAME }
const TAG_KEY = { min: 1, max: 128 }
const AT_LEAST_ONE = { min: 1, max: Number.MAX_SAFE_INTEGER }
/** Statistics and the values that they are made of. */
const DOUBLE: Constraint = { fraction: true }

/** Source: Amazon CloudWatch API Reference, constraints of requests and data types. */
const CONSTRAINTS: Constraints = {
  Namespace: NAMESPACE,
  MetricName: NAME,
  'Dimension.Name': DIMENSION_NAME,
  'Dimension.Value': DIMENSION_VALUE,
  'DimensionFilter.Name': DIMENSION_NAME,
  'DimensionFilter.Value': DIMENSION_VALUE,
  Dimensions: { max: 30 },
  'ListMetricsInput.Dimensions': { max: 10 },
  RecentlyActive: { enumName: 'RecentlyActive' },
  OwningAccount: NAME,
  'MetricDatum.Value': DOUBLE,
  Values: { member: DOUBLE },
  Counts: { member: DOUBLE },
  SampleCount: DOUBLE,
  Average: DOUBLE,
  Sum: DOUBLE,
  Minimum: DOUBLE,
  Maximum: DOUBLE,
  'Datapoint.ExtendedStatistics': { value: DOUBLE },
  Unit: UNIT,
  StorageResolution: AT_LEAST_ONE,
  Period: AT_LEAST_ONE,
  'MetricDataQuery.Id': NAME,
  Expression: { min: 1, max: 2048 },
  AccountId: NAME,
  ScanBy: { enumName: 'ScanBy' },
  Statistics: { min: 1, max: 5, member: { enumName: 'Statistic' } },
  ExtendedStatistics: { min: 1, max: 10 },
  Statistic: { enumName: 'Statistic' },
  AlarmName: NAME,
  AlarmNames: ALARM_NAMES,
  AlarmNamePrefix: NAME,
  AlarmDescription: { max: 1024 },
  AlarmTypes: { member: { enumName: 'AlarmType' } },
  AlarmRule: { min: 1, max: 10_240 },
  AlarmActions: ACTIONS,
  OKActions: ACTIONS,
  InsufficientDataActions: ACTIONS,
  ActionPrefix: ARN,
  ActionsSuppressor: { min: 1, max: 1600 },
  ActionsSuppressorWaitPeriod: { min: 0, max: Number.MAX_SAFE_INTEGER },
  ActionsSuppressorExtensionPeriod: { min: 0, max: Number.MAX_SAFE_INTEGER },
  ChildrenOfAlarmName: NAME,
  ParentsOfAlarmName: NAME,
  ComparisonOperator: { enumName: 'ComparisonOperator' },
  DatapointsToAlarm: AT_LEAST_ONE,
  EvaluateLowSampleCountPercentile: NAME,
  EvaluationPeriods: AT_LEAST_ONE,
  HistoryItemType: { enumName: 'HistoryItemType' },
  MaxDatapoints: { min: 1, max: Number.MAX_SAFE_INTEGER },
  MaxRecords: { min: 1, max: 100 },
  ResourceARN: ARN,
  StateReason: { max: 1023 },
  StateReasonData: { max: 4000 },
  StateValue: { enumName: 'StateValue' },
  'Tag.Key': TAG_KEY,
  'Tag.Value': { max: 256 },
  TagKeys: { member: TAG_KEY },
  Threshold: DOUBLE,
  ThresholdMetricId: NAME,
  TreatMissingData: NAME,
}

/**
 * Amazon CloudWatch, `@aws-sdk/client-cloudwatch`. SDKs of this year speak AWS JSON or CBOR, older ones forms and XML.
 * Source of the protocols: botocore's model, `cloudwatch/2010-08-01`.
 */
export const CLOUDWATCH: AwsApiEntry = {
  traits: {
    signingNames: ['monitoring'],
    protocol: 'awsJson1_0',
    otherProtocols: ['rpcV2Cbor', 'awsQuery'],
    targetPrefix: 'GraniteServiceVersion20100801',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    validationError: 'ValidationException',
    constraints: CONSTRAINTS,
  },
  load: () => import('@aws-sdk/client-cloudwatch'),
  actionPrefix: 'cloudwatch',
  plane: 'control',
}
