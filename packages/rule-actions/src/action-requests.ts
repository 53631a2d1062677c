import type { AwsActionRequest } from './aws-request.ts'
import { lambdaRequest, stepFunctionsRequest } from './compute.ts'
import { iotAnalyticsRequest, iotEventsRequest } from './ended.ts'
import type { ActionOptions, MatchedMessage } from './execution.ts'
import { httpRequest } from './http.ts'
import { influxRequest } from './influxdb.ts'
import { kafkaRequest } from './kafka.ts'
import { locationRequest } from './location.ts'
import { snsRequest, sqsRequest } from './messaging.ts'
import { cloudwatchAlarmRequest, cloudwatchLogsRequest, cloudwatchMetricRequest } from './monitoring.ts'
import { republishRequest } from './republish.ts'
import { salesforceRequest } from './salesforce.ts'
import { searchRequest } from './search-document.ts'
import { siteWiseRequest } from './sitewise.ts'
import { dynamoDbRequest, dynamoDbV2Request, s3Request } from './storage.ts'
import { firehoseRequest, kinesisRequest } from './streams.ts'
import { timestreamRequest } from './timestream.ts'

/** What an action would send for a message. */
export interface ActionRequest {
  /** `PutObject` of the service that the action is of; of others `POST`, `Publish`, `Produce`. */
  readonly operation: string
  readonly input: object
}

/** What makes the request of an action for a message. */
type RequestOf = (message: MatchedMessage) => Promise<ActionRequest>

const aws =
  <Settings>(make: (settings: Settings, options: ActionOptions) => AwsActionRequest) =>
  (settings: Settings, options: ActionOptions): RequestOf => {
    const shape = make(settings, options)
    return async (message) => {
      const { operation, input } = await shape.request(message)
      return { operation, input }
    }
  }

const search = (name: 'openSearch' | 'elasticsearch') =>
  ((settings, options) => {
    const shape = searchRequest(name, settings, options)
    return async (message) => {
      const { method, url, headers, body } = await shape.request(message)
      return { operation: method, input: { url, headers, body } }
    }
  }) satisfies (settings: Parameters<typeof searchRequest>[1], options: ActionOptions) => RequestOf

/** All actions that there are, by the member that names them in AWS's `Action`. */
export const ACTION_REQUESTS = {
  cloudwatchAlarm: aws(cloudwatchAlarmRequest),
  cloudwatchLogs: aws(cloudwatchLogsRequest),
  cloudwatchMetric: aws(cloudwatchMetricRequest),
  dynamoDB: aws(dynamoDbRequest),
  dynamoDBv2: aws(dynamoDbV2Request),
  elasticsearch: search('elasticsearch'),
  firehose: aws(firehoseRequest),
  http: (settings: Parameters<typeof httpRequest>[0], options: ActionOptions): RequestOf => {
    const shape = httpRequest(settings, options)
    return async (message) => {
      const { method, url, headers, body } = await shape.request(message, await shape.urlsOf(message))
      return { operation: method, input: { url, headers, body } }
    }
  },
  influxDB: (settings: Parameters<typeof influxRequest>[0], options: ActionOptions): RequestOf => {
    const shape = influxRequest(settings, options)
    return async (message) => ({ operation: 'Write', input: await shape.request(message) })
  },
  iotAnalytics: aws(iotAnalyticsRequest),
  iotEvents: aws(iotEventsRequest),
  iotSiteWise: aws(siteWiseRequest),
  kafka: (settings: Parameters<typeof kafkaRequest>[0], options: ActionOptions): RequestOf => {
    const shape = kafkaRequest(settings, options)
    return async (message) => ({ operation: 'Produce', input: await shape.request(message) })
  },
  kinesis: aws(kinesisRequest),
  lambda: aws(lambdaRequest),
  location: aws(locationRequest),
  openSearch: search('openSearch'),
  republish: (settings: Parameters<typeof republishRequest>[0], options: ActionOptions): RequestOf => {
    const shape = republishRequest(settings, options)
    return async (message) => ({ operation: 'Publish', input: await shape.request(message) })
  },
  s3: aws(s3Request),
  salesforce: (settings: Parameters<typeof salesforceRequest>[0]): RequestOf => {
    const shape = salesforceRequest(settings)
    return async (message) => {
      const { method, url, headers, body } = await shape.request(message)
      return { operation: method, input: { url, headers, body } }
    }
  },
  sns: aws(snsRequest),
  sqs: aws(sqsRequest),
  stepFunctions: aws(stepFunctionsRequest),
  timestream: aws(timestreamRequest),
} as const

/**
 * An action by its name, as a rule has it.
 * @throws {InvalidAction} for what AWS would not take
 * @throws what `options.template` throws
 * @returns undefined for an action that there is none of
 */
export function compileActionRequest(name: string, settings: object, options: ActionOptions): RequestOf | undefined {
  if (!Object.hasOwn(ACTION_REQUESTS, name)) return undefined
  // Settings are those of the action that they were given under, which the compiler cannot see through the name.
  const make = ACTION_REQUESTS[name as keyof typeof ACTION_REQUESTS] as (
    settings: object,
    options: ActionOptions,
  ) => RequestOf
  return make(settings, options)
}
