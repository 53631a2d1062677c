import { actionPermissions, getMember, isArray, isObject, type Value } from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
import { textOf } from './bytes.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { CloudwatchAlarmSettings, CloudwatchLogsSettings, CloudwatchMetricSettings } from './settings.ts'

const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const

/** @see AWS IoT developer guide, "CloudWatch alarms" */
export function cloudwatchAlarmRequest(
  { alarmName, stateReason, stateValue, roleArn }: CloudwatchAlarmSettings,
  options: ActionOptions,
) {
  const name = options.template('alarmName', alarmName)
  const reason = options.template('stateReason', stateReason)
  const state = options.template('stateValue', stateValue)
  return {
    label: 'CloudwatchAlarmAction',
    failure: 'Failed to set CloudWatch alarm state',
    roleArn,
    request: async (message: MatchedMessage) => {
      const AlarmName = await render(name, message)
      const StateReason = await render(reason, message)
      const value = await render(state, message)
      const StateValue = STATES.find((each) => each === value)
      if (!StateValue)
        throw new ActionFailure(AlarmName, `stateValue must be one of ${STATES.join(', ')}, not ${value}.`)
      return {
        resource: AlarmName,
        permissions: actionPermissions('cloudwatchAlarm', { alarmName: AlarmName }, options.home),
        resources: { AlarmName },
        words: `Action: cloudwatchAlarm, Alarm: ${AlarmName}`,
        operation: 'SetAlarmState' as const,
        input: { AlarmName, StateReason, StateValue },
      }
    },
  }
}

/** @see AWS IoT developer guide, "CloudWatch metrics" */
export function cloudwatchMetricRequest(settings: CloudwatchMetricSettings, options: ActionOptions) {
  const namespace = options.template('metricNamespace', settings.metricNamespace)
  const name = options.template('metricName', settings.metricName)
  const value = options.template('metricValue', settings.metricValue)
  const unit = options.template('metricUnit', settings.metricUnit)
  const at = optionalTemplate(options, 'metricTimestamp', settings.metricTimestamp)
  return {
    label: 'CloudwatchMetricAction',
    failure: 'Failed to put CloudWatch metric',
    roleArn: settings.roleArn,
    request: async (message: MatchedMessage) => {
      const Namespace = await render(namespace, message)
      const MetricName = await render(name, message)
      const Value = readNumber('metricValue', await render(value, message), MetricName)
      const seconds = await render(at, message)
      const Unit = await render(unit, message)
      const Timestamp = new Date(
        seconds ? readNumber('metricTimestamp', seconds, MetricName) * 1000 : message.input.message.timestampMs,
      )
      return {
        resource: MetricName,
        permissions: actionPermissions('cloudwatchMetric', {}, options.home),
        resources: { MetricName, MetricNamespace: Namespace },
        words: `Action: cloudwatchMetric, Namespace: ${Namespace}, Metric: ${MetricName}`,
        operation: 'PutMetricData' as const,
        input: { Namespace, MetricData: [{ MetricName, Value, Unit, Timestamp }] },
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
export function cloudwatchLogsRequest(
  { logGroupName, batchMode, roleArn }: CloudwatchLogsSettings,
  options: ActionOptions,
) {
  const group = options.template('logGroupName', logGroupName)
  const logStreamName = options.ruleName
  return {
    label: 'CloudwatchLogsAction',
    failure: 'Failed to send to CloudWatch Logs',
    roleArn,
    request: async (message: MatchedMessage) => {
      const name = await render(group, message)
      const logEvents = batchMode ? batchOf(message, name) : [eventOf(message)]
      return {
        resource: name,
        permissions: actionPermissions('cloudwatchLogs', { logGroupName: name }, options.home),
        resources: { LogGroupName: name },
        words: `Action: cloudwatchLogs, Log Group: ${name}`,
        operation: 'PutLogEvents' as const,
        input: { logGroupName: name, logStreamName, logEvents },
      }
    },
  }
}

const eventOf = ({ input, output }: MatchedMessage) => ({
  timestamp: input.message.timestampMs,
  message: textOf(output),
})

function batchOf(message: MatchedMessage, group: string): { timestamp: number; message: string }[] {
  const { result } = message
  if (!isArray(result)) return [eventOf(message)]
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
