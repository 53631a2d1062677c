import { actionPermissions, getMember, isArray, isObject, type Value } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, type Execution, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'

const CLOUDWATCH: AwsTarget = {
  title: 'Amazon CloudWatch',
  variable: 'AWS_ENDPOINT_URL_CLOUDWATCH',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient(settings),
}

const CLOUDWATCH_LOGS: AwsTarget = {
  title: 'Amazon CloudWatch Logs',
  variable: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(settings),
}

const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const

/** @see AWS IoT developer guide, "CloudWatch alarms" */
export function cloudwatchAlarmAction(
  { alarmName, stateReason, stateValue, roleArn }: ActionSettings<'cloudwatchAlarm'>,
  options: ActionOptions,
): AwsActionShape {
  const name = options.template('alarmName', alarmName)
  const reason = options.template('stateReason', stateReason)
  const state = options.template('stateValue', stateValue)
  return {
    label: 'CloudwatchAlarmAction',
    failure: 'Failed to set CloudWatch alarm state',
    target: CLOUDWATCH,
    roleArn,
    call: async (execution) => {
      const AlarmName = await render(name, execution)
      const StateReason = await render(reason, execution)
      const value = await render(state, execution)
      const StateValue = STATES.find((each) => each === value)
      if (!StateValue)
        throw new ActionFailure(AlarmName, `stateValue must be one of ${STATES.join(', ')}, not ${value}.`)
      return {
        resource: AlarmName,
        permissions: actionPermissions('cloudwatchAlarm', { alarmName: AlarmName }, homeOf(options.account)),
        resources: { AlarmName },
        words: `Action: cloudwatchAlarm, Alarm: ${AlarmName}`,
        send: async (client) => {
          const { SetAlarmStateCommand } = await import('@aws-sdk/client-cloudwatch')
          await client.send(new SetAlarmStateCommand({ AlarmName, StateReason, StateValue }))
        },
      }
    },
  }
}

/** @see AWS IoT developer guide, "CloudWatch metrics" */
export function cloudwatchMetricAction(
  settings: ActionSettings<'cloudwatchMetric'>,
  options: ActionOptions,
): AwsActionShape {
  const namespace = options.template('metricNamespace', settings.metricNamespace)
  const name = options.template('metricName', settings.metricName)
  const value = options.template('metricValue', settings.metricValue)
  const unit = options.template('metricUnit', settings.metricUnit)
  const at =
    settings.metricTimestamp === undefined ? undefined : options.template('metricTimestamp', settings.metricTimestamp)
  return {
    label: 'CloudwatchMetricAction',
    failure: 'Failed to put CloudWatch metric',
    target: CLOUDWATCH,
    roleArn: settings.roleArn,
    call: async (execution) => {
      const Namespace = await render(namespace, execution)
      const MetricName = await render(name, execution)
      const Value = readNumber('metricValue', await render(value, execution), MetricName)
      const seconds = await render(at, execution)
      const Unit = await render(unit, execution)
      const Timestamp = new Date(
        seconds ? readNumber('metricTimestamp', seconds, MetricName) * 1000 : execution.input.message.timestampMs,
      )
      return {
        resource: MetricName,
        permissions: actionPermissions('cloudwatchMetric', {}, homeOf(options.account)),
        resources: { MetricName, MetricNamespace: Namespace },
        words: `Action: cloudwatchMetric, Namespace: ${Namespace}, Metric: ${MetricName}`,
        send: async (client) => {
          const { PutMetricDataCommand, StandardUnit } = await import('@aws-sdk/client-cloudwatch')
          const known = Object.values(StandardUnit).find((each) => each === Unit)
          if (known === undefined) throw new Error(`${Unit} is no unit of CloudWatch`)
          const MetricData = [{ MetricName, Value, Unit: known, Timestamp }]
          await client.send(new PutMetricDataCommand({ Namespace, MetricData }))
        },
      }
    },
  }
}

function readNumber(member: string, text: string, resource: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number))
    throw new ActionFailure(resource, `${member} is no number: ${text}`)
  return number
}

/** "Batches have at most 10,000 events" (CloudWatch Logs, PutLogEvents). */
const MAX_EVENTS = 10_000

/** Streams are named as the rule: how AWS names them is not documented. @see AWS IoT developer guide, "CloudWatch Logs" */
export function cloudwatchLogsAction(
  { logGroupName, batchMode, roleArn }: ActionSettings<'cloudwatchLogs'>,
  options: ActionOptions,
): AwsActionShape {
  const group = options.template('logGroupName', logGroupName)
  const logStreamName = options.ruleName
  return {
    label: 'CloudwatchLogsAction',
    failure: 'Failed to send to CloudWatch Logs',
    target: CLOUDWATCH_LOGS,
    roleArn,
    call: async (execution) => {
      const name = await render(group, execution)
      const logEvents = batchMode ? batchOf(execution, name) : [eventOf(execution)]
      return {
        resource: name,
        permissions: actionPermissions('cloudwatchLogs', { logGroupName: name }, homeOf(options.account)),
        resources: { LogGroupName: name },
        words: `Action: cloudwatchLogs, Log Group: ${name}`,
        send: async (client) => {
          const sdk = await import('@aws-sdk/client-cloudwatch-logs')
          const put = new sdk.PutLogEventsCommand({ logGroupName: name, logStreamName, logEvents })
          try {
            await client.send(put)
          } catch (error) {
            if (!(error instanceof sdk.ResourceNotFoundException)) throw error
            await makeStream(client, new sdk.CreateLogStreamCommand({ logGroupName: name, logStreamName }))
            await client.send(put)
          }
        },
      }
    },
  }
}

/** The group is never made. Two messages may find that there is no stream at the same time. */
async function makeStream(client: { send(command: object): Promise<unknown> }, command: object): Promise<void> {
  try {
    await client.send(command)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceAlreadyExistsException') throw error
  }
}

const eventOf = ({ input, output }: Execution) => ({
  timestamp: input.message.timestampMs,
  message: Buffer.from(output).toString(),
})

function batchOf(execution: Execution, group: string): { timestamp: number; message: string }[] {
  const { result } = execution
  if (!isArray(result)) return [eventOf(execution)]
  if (result.length === 0 || result.length > MAX_EVENTS) {
    throw new ActionFailure(group, `A batch has 1 to ${MAX_EVENTS} events, not ${result.length}.`)
  }
  return result.map((event) => readEvent(event, group)).sort((one, other) => one.timestamp - other.timestamp)
}

function readEvent(event: Value, group: string): { timestamp: number; message: string } {
  const timestamp = isObject(event) ? getMember(event, 'timestamp') : undefined
  const message = isObject(event) ? getMember(event, 'message') : undefined
  if (typeof timestamp !== 'number' || typeof message !== 'string') {
    throw new ActionFailure(group, 'Each element of a batch needs a timestamp, in milliseconds, and a message, a text.')
  }
  return { timestamp, message }
}
