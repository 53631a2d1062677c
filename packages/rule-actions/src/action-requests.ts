import { ActionFailure } from './action-error.ts'
import { type AwsActionRequest, awsFailure } from './aws-request.ts'
import { lambdaRequest, stepFunctionsRequest } from './compute.ts'
import { iotAnalyticsRequest, iotEventsRequest } from './ended.ts'
import { type ActionOptions, type MatchedMessage, whyTooLarge } from './execution.ts'
import { type HttpRequest, httpFailure, httpRequest } from './http.ts'
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
  /** The failure of the request, as the log and an error action are told of it. @param why what the service answered */
  failure(why: string): ActionFailure
}

/** What makes the requests of an action. */
export interface ActionRequests {
  /** As log entries, metrics and the document of an error action call it: `SqsAction`. */
  readonly label: string
  /** @throws {ActionFailure} where the message's values do not fit */
  request(message: MatchedMessage): Promise<ActionRequest>
}

const aws =
  <Settings>(make: (settings: Settings, options: ActionOptions) => AwsActionRequest) =>
  (settings: Settings, options: ActionOptions): ActionRequests => {
    const shape = make(settings, options)
    return {
      label: shape.label,
      request: async (message) => {
        const made = await shape.request(message)
        const { operation, input } = made
        return { operation, input, failure: (why) => awsFailure(shape, made, message.input.message.topic, why) }
      },
    }
  }

/** An action that posts or puts: its request without what is the sender's. */
const sentOverHttp = ({ method, url, headers, body }: HttpRequest) => ({
  operation: method,
  input: { url, headers, body },
})

const search = (name: 'openSearch' | 'elasticsearch') =>
  ((settings, options) => {
    const shape = searchRequest(name, settings, options)
    return {
      label: shape.label,
      request: async (message) => {
        const made = await shape.request(message)
        return { ...sentOverHttp(made), failure: made.fail }
      },
    }
  }) satisfies (settings: Parameters<typeof searchRequest>[1], options: ActionOptions) => ActionRequests

/** All actions that there are, by the member that names them in AWS's `Action`. */
export const ACTION_REQUESTS = {
  cloudwatchAlarm: aws(cloudwatchAlarmRequest),
  cloudwatchLogs: aws(cloudwatchLogsRequest),
  cloudwatchMetric: aws(cloudwatchMetricRequest),
  dynamoDB: aws(dynamoDbRequest),
  dynamoDBv2: aws(dynamoDbV2Request),
  elasticsearch: search('elasticsearch'),
  firehose: aws(firehoseRequest),
  http: (settings: Parameters<typeof httpRequest>[0], options: ActionOptions): ActionRequests => {
    const { label, urlsOf, request } = httpRequest(settings, options)
    return {
      label,
      request: async (message) => {
        const to = await urlsOf(message)
        return { ...sentOverHttp(await request(message, to)), failure: (why) => httpFailure(to.url, why) }
      },
    }
  },
  influxDB: (settings: Parameters<typeof influxRequest>[0], options: ActionOptions): ActionRequests => {
    const { label, failure, request } = influxRequest(settings, options)
    return {
      label,
      request: async (message) => ({
        operation: 'Write',
        input: await request(message),
        failure: (why) => failure(why, message.input.message.topic),
      }),
    }
  },
  iotAnalytics: aws(iotAnalyticsRequest),
  iotEvents: aws(iotEventsRequest),
  iotSiteWise: aws(siteWiseRequest),
  kafka: (settings: Parameters<typeof kafkaRequest>[0], options: ActionOptions): ActionRequests => {
    const { label, failure, request } = kafkaRequest(settings, options)
    return {
      label,
      request: async (message) => {
        const input = await request(message)
        return { operation: 'Produce', input, failure: (why) => failure(input.topic, message, why) }
      },
    }
  },
  kinesis: aws(kinesisRequest),
  lambda: aws(lambdaRequest),
  location: aws(locationRequest),
  openSearch: search('openSearch'),
  republish: (settings: Parameters<typeof republishRequest>[0], options: ActionOptions): ActionRequests => {
    const { label, request } = republishRequest(settings, options)
    return {
      label,
      request: async (message) => {
        const input = await request(message)
        return { operation: 'Publish', input, failure: (why) => new ActionFailure(input.topic, why) }
      },
    }
  },
  s3: aws(s3Request),
  salesforce: (settings: Parameters<typeof salesforceRequest>[0]): ActionRequests => {
    const { label, request } = salesforceRequest(settings)
    return {
      label,
      request: async (message) => {
        const made = await request(message)
        return { ...sentOverHttp(made), failure: made.fail }
      },
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
export function compileActionRequest(
  name: string,
  settings: object,
  options: ActionOptions,
): ActionRequests | undefined {
  if (!Object.hasOwn(ACTION_REQUESTS, name)) return undefined
  // Settings are those of the action that they were given under, which the compiler cannot see through the name.
  const make = ACTION_REQUESTS[name as keyof typeof ACTION_REQUESTS] as (
    settings: object,
    options: ActionOptions,
  ) => ActionRequests
  const { label, request } = make(settings, options)
  return {
    label,
    request: async (message) => {
      const made = await request(message)
      const why = whyTooLarge(message)
      if (why !== undefined) throw made.failure(why)
      return made
    },
  }
}
