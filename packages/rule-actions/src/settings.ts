// What actions are told, as far as requests are made of it: AWS's `Action` without what only the sending needs. Whoever
// hands over AWS's own or the console's shapes is held to these by the compiler.

interface WithRole {
  readonly roleArn: string
}

interface KeyValue {
  readonly key: string
  readonly value: string
}

export interface Timestamp {
  readonly value: string
  readonly unit?: string | undefined
}

export interface CloudwatchAlarmSettings extends WithRole {
  readonly alarmName: string
  readonly stateReason: string
  readonly stateValue: string
}

export interface CloudwatchLogsSettings extends WithRole {
  readonly logGroupName: string
  readonly batchMode?: boolean | undefined
}

export interface CloudwatchMetricSettings extends WithRole {
  readonly metricNamespace: string
  readonly metricName: string
  readonly metricValue: string
  readonly metricUnit: string
  readonly metricTimestamp?: string | undefined
}

export interface DynamoDBSettings extends WithRole {
  readonly tableName: string
  readonly operation?: string | undefined
  readonly hashKeyField: string
  readonly hashKeyValue: string
  readonly hashKeyType?: string | undefined
  readonly rangeKeyField?: string | undefined
  readonly rangeKeyValue?: string | undefined
  readonly rangeKeyType?: string | undefined
  readonly payloadField?: string | undefined
}

export interface DynamoDBv2Settings {
  readonly roleArn?: string | undefined
  readonly putItem?: { readonly tableName: string } | undefined
}

export interface FirehoseSettings extends WithRole {
  readonly deliveryStreamName: string
  readonly separator?: string | undefined
  readonly batchMode?: boolean | undefined
}

export interface HttpSettings {
  readonly url: string
  readonly confirmationUrl?: string | undefined
  readonly headers?: readonly KeyValue[] | undefined
  readonly enableBatching?: boolean | undefined
}

export interface InfluxDbSettings {
  readonly destinationArn: string
  readonly databaseName: string
  readonly tableName: string
  readonly organization?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly timestampUnit?: string | undefined
  readonly batchConfig?:
    | {
        readonly maxBatchSize?: number | undefined
        readonly maxBatchOpenMs?: number | undefined
        readonly maxBatchSizeBytes?: number | undefined
      }
    | undefined
}

export interface IotAnalyticsSettings {
  readonly roleArn?: string | undefined
  readonly channelName?: string | undefined
  readonly channelArn?: string | undefined
  readonly batchMode?: boolean | undefined
}

export interface IotEventsSettings extends WithRole {
  readonly inputName: string
  readonly messageId?: string | undefined
  readonly batchMode?: boolean | undefined
}

export interface IotSiteWiseSettings extends WithRole {
  readonly putAssetPropertyValueEntries: readonly {
    readonly entryId?: string | undefined
    readonly propertyAlias?: string | undefined
    readonly assetId?: string | undefined
    readonly propertyId?: string | undefined
    readonly propertyValues: readonly {
      readonly value: {
        readonly booleanValue?: string | undefined
        readonly doubleValue?: string | undefined
        readonly integerValue?: string | undefined
        readonly stringValue?: string | undefined
      }
      readonly timestamp: { readonly timeInSeconds: string; readonly offsetInNanos?: string | undefined }
      readonly quality?: string | undefined
    }[]
  }[]
}

export interface KafkaSettings {
  readonly topic: string
  readonly key?: string | undefined
  readonly partition?: string | undefined
  readonly headers?: readonly KeyValue[] | undefined
}

export interface KinesisSettings extends WithRole {
  readonly streamName: string
  readonly partitionKey?: string | undefined
}

export interface LambdaSettings {
  readonly functionArn: string
}

export interface LocationSettings extends WithRole {
  readonly trackerName: string
  readonly deviceId: string
  readonly latitude: string
  readonly longitude: string
  readonly timestamp?: Timestamp | undefined
}

export interface RepublishSettings extends WithRole {
  readonly topic: string
  readonly qos?: number | undefined
  readonly headers?:
    | {
        readonly payloadFormatIndicator?: string | undefined
        readonly contentType?: string | undefined
        readonly responseTopic?: string | undefined
        readonly correlationData?: string | undefined
        readonly messageExpiry?: string | undefined
        readonly userProperties?: readonly KeyValue[] | undefined
      }
    | undefined
}

export interface S3Settings extends WithRole {
  readonly bucketName: string
  readonly key: string
  readonly cannedAcl?: string | undefined
}

export interface SalesforceSettings {
  readonly url: string
}

export interface SearchSettings extends WithRole {
  readonly endpoint: string
  readonly index: string
  readonly type: string
  readonly id: string
}

export interface SnsSettings extends WithRole {
  readonly targetArn: string
  readonly messageFormat?: string | undefined
}

export interface SqsSettings extends WithRole {
  readonly queueUrl: string
  readonly useBase64?: boolean | undefined
}

export interface StepFunctionsSettings extends WithRole {
  readonly stateMachineName: string
  readonly executionNamePrefix?: string | undefined
}

export interface TimestreamSettings extends WithRole {
  readonly databaseName: string
  readonly tableName: string
  readonly dimensions: readonly { readonly name: string; readonly value: string }[]
  readonly timestamp?: Timestamp | undefined
}
