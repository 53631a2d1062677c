import type { ServiceContext } from '../../foundation/service.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import type { ActionOptions, CompiledAction } from './actions/action.ts'
import { AwsAction, type AwsActionShape } from './actions/aws-action.ts'
import type { AwsClients } from './actions/aws-clients.ts'
import { lambdaAction, stepFunctionsAction } from './actions/aws-compute.ts'
import { iotAnalyticsAction, iotEventsAction } from './actions/aws-ended.ts'
import { locationAction } from './actions/aws-location.ts'
import { snsAction, sqsAction } from './actions/aws-messaging.ts'
import { cloudwatchAlarmAction, cloudwatchLogsAction, cloudwatchMetricAction } from './actions/aws-monitoring.ts'
import { siteWiseAction } from './actions/aws-sitewise.ts'
import { dynamoDbAction, dynamoDbV2Action, s3Action } from './actions/aws-storage.ts'
import { firehoseAction, kinesisAction } from './actions/aws-streams.ts'
import { timestreamAction } from './actions/aws-timestream.ts'
import { HttpAction, type HttpParts } from './actions/http.ts'
import { InfluxDb } from './actions/influxdb.ts'
import { Kafka } from './actions/kafka.ts'
import { Republish } from './actions/republish.ts'
import { Salesforce } from './actions/salesforce.ts'
import { SearchDocument } from './actions/search-document.ts'
import type { CompileAction } from './compiled-rule.ts'
import type { Destinations } from './destinations.ts'
import type { RuleRoles } from './rule-roles.ts'
import type { ActionName, ActionSettings } from './rule-table.ts'
import type { Secrets } from './secrets.ts'

/** The actions that do more than one call of AWS. */
type OwnAction = 'elasticsearch' | 'http' | 'influxDB' | 'kafka' | 'openSearch' | 'republish' | 'salesforce'

type Shapes = {
  readonly [Name in Exclude<ActionName, OwnAction>]: (
    settings: ActionSettings<Name>,
    options: ActionOptions,
  ) => AwsActionShape
}

/** The actions that call a service of AWS. */
const AWS_ACTIONS: Shapes = {
  cloudwatchAlarm: cloudwatchAlarmAction,
  cloudwatchLogs: cloudwatchLogsAction,
  cloudwatchMetric: cloudwatchMetricAction,
  dynamoDB: dynamoDbAction,
  dynamoDBv2: dynamoDbV2Action,
  firehose: firehoseAction,
  iotAnalytics: iotAnalyticsAction,
  iotEvents: iotEventsAction,
  iotSiteWise: siteWiseAction,
  kinesis: kinesisAction,
  lambda: lambdaAction,
  location: locationAction,
  s3: s3Action,
  sns: snsAction,
  sqs: sqsAction,
  stepFunctions: stepFunctionsAction,
  timestream: timestreamAction,
}

/** What actions are made with. */
export interface ActionParts {
  readonly roles: RuleRoles
  readonly clients: AwsClients
  readonly destinations: Destinations
  readonly secrets: Secrets
  /** Instead of Salesforce's own hosts. */
  readonly salesforceUrl: string | undefined
}

type MakeOwn = {
  readonly [Name in OwnAction]: (settings: ActionSettings<Name>, options: ActionOptions) => CompiledAction
}

/** Makes actions: all that AWS has. */
export function compileAction(context: ServiceContext, parts: ActionParts): CompileAction {
  const { roles, clients, destinations, secrets, salesforceUrl } = parts
  const http: HttpParts = {
    destinations,
    clients,
    whyNotRole: (ruleName, roleArn) => roles.forRule(ruleName).whyNotAssumed(roleArn),
    count: (name, RuleName) =>
      context.metrics.record({ namespace: 'AWS/IoT', name, dimensions: { RuleName }, unit: 'Count' }),
  }
  const search = ({ ruleName }: ActionOptions) => ({ clients, roles: roles.forRule(ruleName) })
  const nobody = () => serverPublisher(context)
  const own: MakeOwn = {
    elasticsearch: (settings, options) => new SearchDocument('elasticsearch', search(options), settings, options),
    http: (settings, options) => new HttpAction(http, settings, options),
    influxDB: (settings, options) => new InfluxDb({ destinations, secrets, roles }, settings, options),
    kafka: (settings, options) => new Kafka({ destinations }, settings, options),
    openSearch: (settings, options) => new SearchDocument('openSearch', search(options), settings, options),
    republish: (settings, options) =>
      new Republish(context, roles.forRule(options.ruleName), nobody, settings, options),
    salesforce: (settings) => new Salesforce(settings, salesforceUrl),
  }
  return (name, settings, options): CompiledAction => {
    // Settings are those of the action that they were given under, which the compiler cannot see through the name.
    if (isOwn(name)) {
      return (own[name] as (settings: object, options: ActionOptions) => CompiledAction)(settings, options)
    }
    const shape = (AWS_ACTIONS[name] as (settings: object, options: ActionOptions) => AwsActionShape)(settings, options)
    return new AwsAction(shape, clients, roles.forRule(options.ruleName))
  }
}

const isOwn = (name: ActionName): name is OwnAction => !Object.hasOwn(AWS_ACTIONS, name)

/** Of what no client published: events, answers of services. */
function serverPublisher({ account, clock }: ServiceContext): Publisher {
  const arn = `arn:aws:iam::${account.id}:root`
  return {
    protocol: 'MQTT',
    principal: { kind: 'root', arn, accessKeyId: '', principalId: account.id },
    receivedAtMs: clock(),
    traceId: crypto.randomUUID(),
  }
}
