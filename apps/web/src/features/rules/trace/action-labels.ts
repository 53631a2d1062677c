import type { RuleActionName } from '@thingdeck/contract'

/**
 * What AWS IoT's log and metrics call an action (`ruleAction`, `ActionType`), and its member in the API. Source: AWS IoT
 * developer guide, "CloudWatch AWS IoT log entries" and entries of live accounts for Dynamo, Http, Lambda, Republish and
 * S3; the others follow the same pattern.
 */
const NAMES: Readonly<Record<string, RuleActionName>> = {
  CloudwatchAlarmAction: 'cloudwatchAlarm',
  CloudwatchLogsAction: 'cloudwatchLogs',
  CloudwatchMetricAction: 'cloudwatchMetric',
  DynamoAction: 'dynamoDB',
  DynamoDBAction: 'dynamoDB',
  DynamoDBv2Action: 'dynamoDBv2',
  ElasticsearchAction: 'elasticsearch',
  FirehoseAction: 'firehose',
  HttpAction: 'http',
  InfluxDBAction: 'influxDB',
  IotAnalyticsAction: 'iotAnalytics',
  IotEventsAction: 'iotEvents',
  IotSiteWiseAction: 'iotSiteWise',
  KafkaAction: 'kafka',
  KinesisAction: 'kinesis',
  LambdaAction: 'lambda',
  LocationAction: 'location',
  OpenSearchAction: 'openSearch',
  RepublishAction: 'republish',
  S3Action: 's3',
  SalesforceAction: 'salesforce',
  SnsAction: 'sns',
  SqsAction: 'sqs',
  StepFunctionsAction: 'stepFunctions',
  TimestreamAction: 'timestream',
}

/** The member of the API; undefined: a label that is not known here. */
export const actionNameOf = (label: string): RuleActionName | undefined =>
  Object.hasOwn(NAMES, label) ? NAMES[label] : undefined

/** All that the log and metrics may call an action. */
export const labelsOf = (name: string): readonly string[] => Object.keys(NAMES).filter((label) => NAMES[label] === name)
