import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'

/** The namespaces of CloudWatch that AWS IoT Core writes to, and the only ones that the console reads. */
export const METRIC_NAMESPACES = ['AWS/IoT', 'IoTFleetMetrics'] as const
const Namespace = oneOf(METRIC_NAMESPACES)
export type MetricNamespace = Static<typeof Namespace>

/** CloudWatch API reference, Dimension. */
const Dimension = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255 }),
  value: Type.String({ minLength: 1, maxLength: 1_024 }),
})

/** A metric is its name with the whole set of its dimensions: with one too few there is no such metric. */
const metric = {
  namespace: Namespace,
  metricName: Type.String({ minLength: 1, maxLength: 255 }),
  dimensions: Type.Array(Dimension, { maxItems: 30 }),
}
export const Metric = Type.Object(metric)
export type Metric = Static<typeof Metric>

const Statistic = oneOf(['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'])

export const MetricQuery = Type.Object({ ...metric, stat: Statistic })
export type MetricQuery = Static<typeof MetricQuery>

/**
 * The values of one query. `partial`: CloudWatch did not give all of them; `forbidden`: it did not let the console read
 * this one; `failed`: it could not. A metric exists only after its first data point, and a period in which nothing was
 * counted has no point: `complete` without points is both.
 */
export const MetricSeries = Type.Object({
  outcome: oneOf(['complete', 'partial', 'forbidden', 'failed']),
  at: Type.Array(Type.Integer(), { description: 'When each period began, in epoch seconds, ascending' }),
  values: Type.Array(Type.Number(), { description: 'As many as there are times' }),
  messages: Type.Array(Type.String({ description: "CloudWatch's words on it" })),
})
export type MetricSeries = Static<typeof MetricSeries>

export const MetricData = Type.Object({
  ...readOutcome,
  series: Type.Array(MetricSeries, { description: 'In the order of the queries; none unless `read`' }),
})
export type MetricData = Static<typeof MetricData>

export const MetricList = Type.Object({
  ...readOutcome,
  metrics: Type.Array(Metric),
  isAll: Type.Boolean({ description: 'Whether there are no more than these' }),
})
export type MetricList = Static<typeof MetricList>

/** CloudWatch API reference, StateValue. */
export const ALARM_STATES = ['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const
const AlarmState = oneOf(ALARM_STATES)
export type AlarmState = Static<typeof AlarmState>

/** A metric alarm that watches one of {@link METRIC_NAMESPACES}. */
export const Alarm = Type.Object({
  alarmName: Type.String(),
  alarmArn: Type.String(),
  description: Type.Optional(Type.String()),
  state: AlarmState,
  stateReason: Type.Optional(Type.String()),
  stateSince: Type.Optional(Type.String({ format: 'date-time', description: 'When it came into this state' })),
  metrics: Type.Array(Metric, { description: 'What it watches: one metric, or those of an expression' }),
  isExpression: Type.Boolean({ description: 'It watches what is computed of its metrics' }),
  alarmRule: Type.Optional(Type.String({ description: 'Of a composite alarm, which watches other alarms' })),
  dependsOn: Type.Optional(Type.Array(Type.String(), { description: 'Of a composite alarm: the names of these' })),
  stat: Type.Optional(Type.String()),
  periodSeconds: Type.Optional(Type.Integer()),
  threshold: Type.Optional(Type.Number()),
  comparison: Type.Optional(Type.String({ description: "AWS's own word: GreaterThanThreshold, …" })),
  evaluationPeriods: Type.Optional(Type.Integer()),
  datapointsToAlarm: Type.Optional(Type.Integer()),
  actionsEnabled: Type.Boolean(),
})
export type Alarm = Static<typeof Alarm>

export const AlarmList = Type.Object({
  ...readOutcome,
  alarms: Type.Array(Alarm, { description: 'In ALARM first, then by name' }),
  isAll: Type.Boolean({ description: "Whether all of the account's alarms were looked through" }),
})
export type AlarmList = Static<typeof AlarmList>

/** So many series are read by one request: as many as CloudWatch takes at once (API reference, GetMetricData). */
export const MOST_METRIC_QUERIES = 500

/** So many points one series may have: more than a screen has columns. */
export const MOST_METRIC_POINTS = 1_440

export const metricEndpoints = defineEndpoints({
  readMetrics: {
    method: 'POST', // a query of hundreds of metrics is longer than an address may be
    path: '/api/metrics/data',
    summary: 'The values of metrics over a span of time',
    access: 'viewer',
    audit: false, // it reads
    body: Type.Object({
      queries: Type.Array(MetricQuery, { minItems: 1, maxItems: MOST_METRIC_QUERIES }),
      start: Type.String({ format: 'date-time', description: 'Inclusive' }),
      end: Type.String({ format: 'date-time', description: 'Exclusive' }),
      periodSeconds: Type.Integer({ minimum: 60, multipleOf: 60 }),
    }),
    answer: json(MetricData),
  },
  listMetrics: {
    method: 'GET',
    path: '/api/metrics',
    summary:
      'Which metrics there are. CloudWatch lists a new one after up to 15 minutes, and none that was silent for two weeks',
    access: 'viewer',
    query: Type.Object({ namespace: Namespace }),
    answer: json(MetricList),
  },
  listAlarms: {
    method: 'GET',
    path: '/api/alarms',
    summary: "The alarms that watch AWS IoT's metrics",
    access: 'viewer',
    answer: json(AlarmList),
  },
})
