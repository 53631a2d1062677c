import type { RuleActionName } from '@thingdeck/contract'

/**
 * What AWS IoT's log and metrics call an action (`ruleAction`, `ActionType`): its member in the API, and what people call
 * the service. Source: AWS IoT developer guide, "CloudWatch AWS IoT log entries", and entries of live accounts for Dynamo,
 * Http, Lambda, Republish and S3; the others follow the same pattern.
 */
const LABELS: Readonly<Record<string, readonly [name: RuleActionName, title: string]>> = {
  CloudwatchAlarmAction: ['cloudwatchAlarm', 'CloudWatch alarm'],
  CloudwatchLogsAction: ['cloudwatchLogs', 'CloudWatch Logs'],
  CloudwatchMetricAction: ['cloudwatchMetric', 'CloudWatch metric'],
  DynamoAction: ['dynamoDB', 'DynamoDB'],
  DynamoDBAction: ['dynamoDB', 'DynamoDB'],
  DynamoDBv2Action: ['dynamoDBv2', 'DynamoDBv2'],
  ElasticsearchAction: ['elasticsearch', 'Elasticsearch'],
  FirehoseAction: ['firehose', 'Firehose'],
  HttpAction: ['http', 'HTTPS'],
  InfluxDBAction: ['influxDB', 'InfluxDB'],
  IotAnalyticsAction: ['iotAnalytics', 'IoT Analytics'],
  IotEventsAction: ['iotEvents', 'IoT Events'],
  IotSiteWiseAction: ['iotSiteWise', 'IoT SiteWise'],
  KafkaAction: ['kafka', 'Kafka'],
  KinesisAction: ['kinesis', 'Kinesis'],
  LambdaAction: ['lambda', 'Lambda'],
  LocationAction: ['location', 'Location'],
  OpenSearchAction: ['openSearch', 'OpenSearch'],
  RepublishAction: ['republish', 'Republish'],
  S3Action: ['s3', 'S3'],
  SalesforceAction: ['salesforce', 'Salesforce IoT'],
  SnsAction: ['sns', 'SNS'],
  SqsAction: ['sqs', 'SQS'],
  StepFunctionsAction: ['stepFunctions', 'Step Functions'],
  TimestreamAction: ['timestream', 'Timestream'],
}

const known = (label: string) => (Object.hasOwn(LABELS, label) ? LABELS[label] : undefined)

/** The member of the API; undefined: a label that is not known here. */
export const actionNameOf = (label: string): RuleActionName | undefined => known(label)?.[0]

/** `SqsAction` → `SQS`; AWS's word where it is not known. */
export const actionTitleOf = (label: string): string => known(label)?.[1] ?? label

/** All that the log and metrics may call an action. */
export const labelsOf = (name: string): readonly string[] =>
  Object.keys(LABELS).filter((label) => actionNameOf(label) === name)
