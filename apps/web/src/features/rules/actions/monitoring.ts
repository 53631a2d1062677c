import { type ActionDescription, textAt } from './action-description.ts'
import { flag, optionalTemplate, ROLE, template } from './fields.ts'

/** Actions that tell CloudWatch. */

/** @see AWS IoT developer guide, "CloudWatch metrics" */
export const CLOUDWATCH_METRIC: ActionDescription<'cloudwatchMetric'> = {
  name: 'cloudwatchMetric',
  title: 'CloudWatch metric',
  does: 'Counts or measures something as a metric.',
  icon: 'status-pending',
  words: (settings) =>
    `puts ${textAt(settings, 'metricName') || 'a metric'} in ${textAt(settings, 'metricNamespace') || 'a namespace'}`,
  fields: [
    template('metricNamespace', 'Namespace', { placeholder: 'Plant' }),
    template('metricName', 'Metric', { placeholder: 'Pressure' }),
    template('metricValue', 'Value', { placeholder: '${bar}' }),
    template('metricUnit', 'Unit', {
      placeholder: 'None',
      suggestions: ['None', 'Count', 'Percent', 'Seconds', 'Milliseconds', 'Bytes', 'Bytes/Second', 'Count/Second'],
    }),
    optionalTemplate('metricTimestamp', 'Time', {
      help: 'In seconds since 1970. Without it, when the rule ran.',
      placeholder: '${floor(timestamp() / 1E3)}',
    }),
    ROLE,
  ],
}

/** @see AWS IoT developer guide, "CloudWatch alarms" */
export const CLOUDWATCH_ALARM: ActionDescription<'cloudwatchAlarm'> = {
  name: 'cloudwatchAlarm',
  title: 'CloudWatch alarm',
  does: 'Sets the state of an alarm.',
  icon: 'status-warning',
  words: (settings) =>
    `sets ${textAt(settings, 'alarmName') || 'an alarm'} to ${textAt(settings, 'stateValue') || 'a state'}`,
  fields: [
    template('alarmName', 'Alarm', { placeholder: 'over-pressure' }),
    template('stateValue', 'State', { suggestions: ['OK', 'ALARM', 'INSUFFICIENT_DATA'], placeholder: 'ALARM' }),
    template('stateReason', 'Reason', { placeholder: '${topic(2)} has ${bar} bar' }),
    ROLE,
  ],
}

/** @see AWS IoT developer guide, "CloudWatch Logs" */
export const CLOUDWATCH_LOGS: ActionDescription<'cloudwatchLogs'> = {
  name: 'cloudwatchLogs',
  title: 'CloudWatch Logs',
  does: 'Writes the message into a log group.',
  icon: 'file',
  words: (settings) => `writes into ${textAt(settings, 'logGroupName') || 'a log group'}`,
  fields: [
    template('logGroupName', 'Log group', { targets: 'log-group', placeholder: '/plant/pumps' }),
    flag('batchMode', 'The message is a batch', 'It is an array of { timestamp, message }, and each becomes an event.'),
    ROLE,
  ],
}
