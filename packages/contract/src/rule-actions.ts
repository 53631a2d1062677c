import { type Static, type TProperties, Type } from 'typebox'
import { oneOf } from './one-of.ts'

// Names, what is required and bounds: AWS IoT API reference, data types ("Action" and what it holds). Where AWS takes a
// substitution template, a number or a choice is text as well.

const text = Type.String()
const flag = Type.Optional(Type.Boolean())
const roleArn = Type.String({ description: 'Of the role that the rule does this with' })
const maybe = Type.Optional(text)
const mqttText = Type.Optional(Type.String({ maxLength: 1_024 }))

const document = { roleArn, endpoint: Type.String({ pattern: '^https?://' }), index: text, type: text, id: text }

const assetPropertyValue = Type.Object({
  value: Type.Union([
    Type.Object({ stringValue: text }),
    Type.Object({ integerValue: text }),
    Type.Object({ doubleValue: text }),
    Type.Object({ booleanValue: text }),
  ]),
  timestamp: Type.Object({ timeInSeconds: text, offsetInNanos: maybe }),
  quality: maybe,
})

/** What one action is told, by the name of the action: a schema for each. */
export const RULE_ACTION_SETTINGS = {
  cloudwatchAlarm: Type.Object({ roleArn, alarmName: text, stateReason: text, stateValue: text }),
  cloudwatchLogs: Type.Object({ roleArn, logGroupName: text, batchMode: flag }),
  cloudwatchMetric: Type.Object({
    roleArn,
    metricNamespace: text,
    metricName: text,
    metricValue: text,
    metricUnit: text,
    metricTimestamp: maybe,
  }),
  dynamoDB: Type.Object({
    tableName: text,
    roleArn,
    operation: maybe,
    hashKeyField: text,
    hashKeyValue: text,
    hashKeyType: Type.Optional(oneOf(['STRING', 'NUMBER'])),
    rangeKeyField: maybe,
    rangeKeyValue: maybe,
    rangeKeyType: Type.Optional(oneOf(['STRING', 'NUMBER'])),
    payloadField: maybe,
  }),
  dynamoDBv2: Type.Object({ roleArn, putItem: Type.Object({ tableName: text }) }),
  elasticsearch: Type.Object(document),
  firehose: Type.Object({
    roleArn,
    deliveryStreamName: text,
    separator: Type.Optional(oneOf(['\n', '\t', '\r\n', ','])),
    batchMode: flag,
  }),
  http: Type.Object({
    url: Type.String({ maxLength: 2_000 }),
    confirmationUrl: Type.Optional(Type.String({ maxLength: 2_000 })),
    headers: Type.Optional(
      Type.Array(Type.Object({ key: Type.String({ minLength: 1, maxLength: 256 }), value: text }), { maxItems: 100 }),
    ),
    auth: Type.Optional(
      Type.Object({ sigv4: Type.Optional(Type.Object({ signingRegion: text, serviceName: text, roleArn })) }),
    ),
    enableBatching: flag,
    batchConfig: Type.Optional(
      Type.Object({
        maxBatchOpenMs: Type.Optional(Type.Integer({ minimum: 5, maximum: 200 })),
        maxBatchSize: Type.Optional(Type.Integer({ minimum: 2, maximum: 10 })),
        maxBatchSizeBytes: Type.Optional(Type.Integer({ minimum: 100, maximum: 131_072 })),
        batchAcrossTopics: flag,
      }),
    ),
  }),
  influxDB: Type.Object({
    destinationArn: text,
    roleArn,
    databaseName: text,
    tableName: text,
    organization: maybe,
    tags: Type.Optional(Type.Record(text, text)),
    timestampUnit: Type.Optional(oneOf(['s', 'ms', 'us', 'ns'])),
    batchConfig: Type.Optional(
      Type.Object({
        maxBatchSize: Type.Optional(Type.Integer()),
        maxBatchOpenMs: Type.Optional(Type.Integer()),
        maxBatchSizeBytes: Type.Optional(Type.Integer()),
        batchAcrossTopics: flag,
      }),
    ),
  }),
  iotAnalytics: Type.Object({ channelArn: maybe, channelName: maybe, batchMode: flag, roleArn: maybe }),
  iotEvents: Type.Object({
    inputName: Type.String({ minLength: 1, maxLength: 128 }),
    messageId: Type.Optional(Type.String({ maxLength: 128 })),
    batchMode: flag,
    roleArn,
  }),
  iotSiteWise: Type.Object({
    putAssetPropertyValueEntries: Type.Array(
      Type.Object({
        entryId: maybe,
        assetId: maybe,
        propertyId: maybe,
        propertyAlias: maybe,
        propertyValues: Type.Array(assetPropertyValue, { minItems: 1 }),
      }),
      { minItems: 1 },
    ),
    roleArn,
  }),
  kafka: Type.Object({
    destinationArn: text,
    topic: text,
    key: maybe,
    partition: maybe,
    clientProperties: Type.Record(text, text),
    headers: Type.Optional(
      Type.Array(Type.Object({ key: Type.String({ maxLength: 16_384 }), value: Type.String({ maxLength: 16_384 }) }), {
        minItems: 1,
        maxItems: 100,
      }),
    ),
  }),
  kinesis: Type.Object({ roleArn, streamName: text, partitionKey: maybe }),
  lambda: Type.Object({ functionArn: text }),
  location: Type.Object({
    roleArn,
    trackerName: text,
    deviceId: text,
    timestamp: Type.Optional(Type.Object({ value: text, unit: maybe })),
    latitude: text,
    longitude: text,
  }),
  openSearch: Type.Object(document),
  republish: Type.Object({
    roleArn,
    topic: text,
    qos: Type.Optional(Type.Integer({ minimum: 0, maximum: 1 })),
    headers: Type.Optional(
      Type.Object({
        payloadFormatIndicator: mqttText,
        contentType: mqttText,
        responseTopic: mqttText,
        correlationData: mqttText,
        messageExpiry: mqttText,
        userProperties: Type.Optional(
          Type.Array(
            Type.Object({ key: Type.String({ maxLength: 1_024 }), value: Type.String({ maxLength: 1_024 }) }),
            { minItems: 1, maxItems: 100 },
          ),
        ),
      }),
    ),
  }),
  s3: Type.Object({
    roleArn,
    bucketName: text,
    key: text,
    cannedAcl: Type.Optional(
      oneOf([
        'private',
        'public-read',
        'public-read-write',
        'aws-exec-read',
        'authenticated-read',
        'bucket-owner-read',
        'bucket-owner-full-control',
        'log-delivery-write',
      ]),
    ),
  }),
  salesforce: Type.Object({ token: Type.String({ minLength: 40 }), url: Type.String({ maxLength: 2_000 }) }),
  sns: Type.Object({ targetArn: text, roleArn, messageFormat: Type.Optional(oneOf(['RAW', 'JSON'])) }),
  sqs: Type.Object({ roleArn, queueUrl: text, useBase64: flag }),
  stepFunctions: Type.Object({ executionNamePrefix: maybe, stateMachineName: text, roleArn }),
  timestream: Type.Object({
    roleArn,
    databaseName: text,
    tableName: text,
    dimensions: Type.Array(Type.Object({ name: text, value: text }), { minItems: 1, maxItems: 128 }),
    timestamp: Type.Optional(Type.Object({ value: text, unit: text })),
  }),
} satisfies TProperties

export type RuleActionName = keyof typeof RULE_ACTION_SETTINGS

/** AWS's names of all actions. */
export const RULE_ACTION_NAMES = [
  'cloudwatchAlarm',
  'cloudwatchLogs',
  'cloudwatchMetric',
  'dynamoDB',
  'dynamoDBv2',
  'elasticsearch',
  'firehose',
  'http',
  'influxDB',
  'iotAnalytics',
  'iotEvents',
  'iotSiteWise',
  'kafka',
  'kinesis',
  'lambda',
  'location',
  'openSearch',
  'republish',
  's3',
  'salesforce',
  'sns',
  'sqs',
  'stepFunctions',
  'timestream',
] as const satisfies readonly RuleActionName[]

/** An action: exactly one member, AWS's name of it. */
export const RuleAction = Type.Partial(Type.Object(RULE_ACTION_SETTINGS), {
  minProperties: 1,
  maxProperties: 1,
  description: 'Exactly one member: the action, by its name',
})
export type RuleAction = Static<typeof RuleAction>

/** Which action it is. Undefined: none that is known here. */
export const ruleActionName = (action: RuleAction): RuleActionName | undefined =>
  RULE_ACTION_NAMES.find((name) => action[name] !== undefined)
