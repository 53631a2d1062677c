import { invalidRequest } from '../../foundation/errors.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import type { ActionOptions, CompiledAction } from './actions/action.ts'
import { AwsAction, type AwsActionShape } from './actions/aws-action.ts'
import type { AwsClients } from './actions/aws-clients.ts'
import { lambdaAction, stepFunctionsAction } from './actions/aws-compute.ts'
import { snsAction, sqsAction } from './actions/aws-messaging.ts'
import { cloudwatchAlarmAction, cloudwatchLogsAction, cloudwatchMetricAction } from './actions/aws-monitoring.ts'
import { dynamoDbAction, dynamoDbV2Action, s3Action } from './actions/aws-storage.ts'
import { firehoseAction, kinesisAction } from './actions/aws-streams.ts'
import { HttpAction, type HttpParts } from './actions/http.ts'
import { Hops, Republish } from './actions/republish.ts'
import type { CompileAction } from './compiled-rule.ts'
import type { Destinations } from './destinations.ts'
import type { RuleRoles } from './rule-roles.ts'
import type { ActionName, ActionSettings } from './rule-table.ts'

type Shapes = {
  readonly [Name in ActionName]?: (settings: ActionSettings<Name>, options: ActionOptions) => AwsActionShape
}

/** The actions that call a service of AWS. */
const AWS_ACTIONS: Shapes = {
  cloudwatchAlarm: cloudwatchAlarmAction,
  cloudwatchLogs: cloudwatchLogsAction,
  cloudwatchMetric: cloudwatchMetricAction,
  dynamoDB: dynamoDbAction,
  dynamoDBv2: dynamoDbV2Action,
  firehose: firehoseAction,
  kinesis: kinesisAction,
  lambda: lambdaAction,
  s3: s3Action,
  sns: snsAction,
  sqs: sqsAction,
  stepFunctions: stepFunctionsAction,
}

const DONE: readonly string[] = ['http', 'republish', ...Object.keys(AWS_ACTIONS)].sort()

/** Makes the actions that this server does. */
export function compileAction(
  context: ServiceContext,
  roles: RuleRoles,
  clients: AwsClients,
  destinations: Destinations,
): CompileAction {
  const http: HttpParts = {
    destinations,
    clients,
    whyNotRole: (roleArn) => roles.whyNotAssumed(roleArn),
    count: (name, RuleName) =>
      context.metrics.record({ namespace: 'AWS/IoT', name, dimensions: { RuleName }, unit: 'Count' }),
  }
  const hops = new Hops(() => serverPublisher(context))
  return (name, settings, options): CompiledAction => {
    // Settings are those of the action that they were given under, which the compiler cannot see through the name.
    if (name === 'republish') {
      return new Republish(context, roles, hops, settings as ActionSettings<'republish'>, options)
    }
    if (name === 'http') return new HttpAction(http, settings as ActionSettings<'http'>, options)
    const shape = AWS_ACTIONS[name] as ((settings: object, options: ActionOptions) => AwsActionShape) | undefined
    if (!shape) {
      throw invalidRequest(
        `${options.place}: this server does not do the action ${name}, and takes no rule that it would not run. It does ${DONE.join(', ')}.`,
      )
    }
    return new AwsAction(shape(settings, options), clients, roles)
  }
}

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
