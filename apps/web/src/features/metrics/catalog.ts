import type { Metric, MetricQuery } from '@thingdeck/contract'
import { brokerMetric } from '../../shared/metrics/broker-metric.ts'
import { metricKey } from '../../shared/metrics/metric-queries.ts'

export interface ChartSeries {
  readonly label: string
  readonly query: MetricQuery
}

/** A chart of metrics that belong together. */
export interface MetricChart {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly series: readonly ChartSeries[]
}

export const SUBJECTS = [
  'connections',
  'publishes',
  'deliveries',
  'subscriptions',
  'refusals',
  'shadows',
  'rules',
  'jobs',
  'others',
] as const
export type Subject = (typeof SUBJECTS)[number]

export const SUBJECT_TITLES: Readonly<Record<Subject, string>> = {
  connections: 'Connections',
  publishes: 'Publishes',
  deliveries: 'Deliveries',
  subscriptions: 'Subscriptions',
  refusals: 'Refusals',
  shadows: 'Shadows',
  rules: 'Rules',
  jobs: 'Jobs',
  others: 'Others',
}

const mqtt = (metricName: string, label: string): ChartSeries => ({ label, query: brokerMetric(metricName) })
const both = (metricName: string): readonly ChartSeries[] => [
  { label: 'MQTT', query: brokerMetric(metricName, 'MQTT') },
  { label: 'HTTP', query: brokerMetric(metricName, 'HTTP') },
]
const bothWays = (metricName: string, label: string): readonly ChartSeries[] =>
  both(metricName).map((series) => ({ ...series, label: `${label} (${series.label})` }))

/** What the console has words for. Source: AWS IoT developer guide, "AWS IoT metrics and dimensions". */
const CHARTS: Readonly<
  Record<'connections' | 'publishes' | 'deliveries' | 'subscriptions' | 'refusals' | 'shadows', readonly MetricChart[]>
> = {
  connections: [
    {
      id: 'connects',
      title: 'Connects',
      about: 'Connections that were accepted.',
      series: [mqtt('Connect.Success', 'Accepted')],
    },
    {
      id: 'connects-refused',
      title: 'Connects refused',
      about: 'Why a CONNECT was not accepted.',
      series: [
        mqtt('Connect.AuthError', 'Not authorized'),
        mqtt('Connection.AuthNError', 'Not authenticated'),
        mqtt('Connect.ClientError', "The client's error"),
        mqtt('Connect.ClientIDThrottle', 'More than one a second for a client id'),
        mqtt('Connect.Throttle', "The account's rate"),
        mqtt('Connect.ServerError', "AWS IoT's error"),
      ],
    },
    {
      id: 'pings',
      title: 'Pings',
      about: 'PINGREQ packets: connections that had nothing else to say for the length of their keep-alive.',
      series: [mqtt('Ping.Success', 'Pings')],
    },
  ],
  publishes: [
    {
      id: 'publishes',
      title: 'Messages published',
      about: 'Messages that the broker took, by the protocol that they came over.',
      series: both('PublishIn.Success'),
    },
    {
      id: 'publishes-refused',
      title: 'Messages not taken',
      about: 'Why a message was not taken. What is refused over HTTP is not counted as such by AWS IoT.',
      series: [
        mqtt('PublishIn.AuthError', 'Not authorized'),
        ...bothWays('PublishIn.ClientError', "The client's error"),
        mqtt('PublishIn.Throttle', 'Throttled'),
        ...bothWays('PublishIn.ServerError', "AWS IoT's error"),
      ],
    },
    {
      id: 'retained',
      title: 'Retained messages published',
      about: 'Messages with the RETAIN flag, which are counted as messages published as well.',
      series: [
        mqtt('PublishRetained.Success', 'Taken'),
        mqtt('PublishRetained.AuthError', 'Not authorized'),
        mqtt('PublishRetained.Throttle', 'Throttled'),
        mqtt('PublishRetained.ServerError', "AWS IoT's error"),
      ],
    },
  ],
  deliveries: [
    {
      id: 'deliveries',
      title: 'Messages delivered',
      about: 'Each delivery to a subscriber: a message with three subscribers is three.',
      series: both('PublishOut.Success'),
    },
    {
      id: 'deliveries-refused',
      title: 'Messages not delivered',
      about: 'Why a subscriber did not get a message.',
      series: [
        mqtt('PublishOut.AuthError', 'Not authorized'),
        mqtt('PublishOut.ClientError', "The client's error"),
        mqtt('PublishOut.Throttle', 'Throttled'),
      ],
    },
    {
      id: 'queued',
      title: 'Messages queued',
      about: 'Messages of QoS 1 that are kept for a persistent session whose client is away.',
      series: [
        mqtt('Queued.Success', 'Kept'),
        mqtt('Queued.Throttle', 'Lost: throttled'),
        mqtt('Queued.ServerError', "Lost: AWS IoT's error"),
      ],
    },
  ],
  subscriptions: [
    {
      id: 'subscribes',
      title: 'Subscriptions',
      about: 'SUBSCRIBE and UNSUBSCRIBE requests that were accepted.',
      series: [mqtt('Subscribe.Success', 'Subscribed'), mqtt('Unsubscribe.Success', 'Unsubscribed')],
    },
    {
      id: 'subscribes-refused',
      title: 'Subscriptions refused',
      about: 'Why a SUBSCRIBE or UNSUBSCRIBE was not accepted.',
      series: [
        mqtt('Subscribe.AuthError', 'Not authorized'),
        mqtt('Subscribe.ClientError', "The client's error"),
        mqtt('Subscribe.Throttle', 'Throttled'),
        mqtt('Subscribe.ServerError', "AWS IoT's error"),
        mqtt('Unsubscribe.ClientError', "Unsubscribe: the client's error"),
        mqtt('Unsubscribe.Throttle', 'Unsubscribe: throttled'),
        mqtt('Unsubscribe.ServerError', "Unsubscribe: AWS IoT's error"),
      ],
    },
  ],
  refusals: [
    {
      id: 'unauthorized',
      title: 'Not authorized',
      about: 'What policies did not allow, by what was asked.',
      series: [
        mqtt('Connection.AuthNError', 'Connect: not authenticated'),
        mqtt('Connect.AuthError', 'Connect'),
        mqtt('PublishIn.AuthError', 'Publish'),
        mqtt('Subscribe.AuthError', 'Subscribe'),
        mqtt('PublishOut.AuthError', 'Receive'),
        mqtt('PublishRetained.AuthError', 'Retain'),
      ],
    },
    {
      id: 'throttled',
      title: 'Throttled',
      about: 'What was more than a quota allows.',
      series: [
        mqtt('Throttle.Exceeded', "A connection's rate"),
        mqtt('Connect.Throttle', 'Connects of the account'),
        mqtt('Connect.ClientIDThrottle', 'Connects of a client id'),
        mqtt('PublishIn.Throttle', 'Publishes'),
        mqtt('PublishOut.Throttle', 'Deliveries'),
        mqtt('Subscribe.Throttle', 'Subscriptions'),
        mqtt('Queued.Throttle', 'Queued messages'),
      ],
    },
    {
      id: 'errors',
      title: 'Errors',
      about: 'What was not as MQTT or AWS IoT has it, and what went wrong within AWS IoT.',
      series: [
        mqtt('Connect.ClientError', 'Connect: the client'),
        ...bothWays('PublishIn.ClientError', 'Publish: the client'),
        mqtt('Subscribe.ClientError', 'Subscribe: the client'),
        mqtt('Connect.ServerError', 'Connect: AWS IoT'),
        ...bothWays('PublishIn.ServerError', 'Publish: AWS IoT'),
        mqtt('Subscribe.ServerError', 'Subscribe: AWS IoT'),
      ],
    },
  ],
  shadows: [
    ['GetThingShadow', 'Shadows read', 'GetThingShadow requests that were accepted.'],
    ['UpdateThingShadow', 'Shadows updated', 'UpdateThingShadow requests that were accepted.'],
    ['DeleteThingShadow', 'Shadows deleted', 'DeleteThingShadow requests that were accepted.'],
    ['ListThingShadow', 'Shadows listed', 'ListNamedShadowsForThing requests that were accepted.'],
  ].map(([operation = '', title = '', about = '']) => ({
    id: `shadow-${operation}`,
    title,
    about: `${about} AWS IoT counts none that were rejected.`,
    series: both(`${operation}.Accepted`),
  })),
}

const RULE_CHARTS = [
  ['TopicMatch', 'Messages that a rule listens to', 'Messages on a topic that matches the FROM of a rule.'],
  ['RulesExecuted', 'Rules executed', 'Executions of rules.'],
  ['Success', 'Actions that succeeded', 'Actions of rules, by rule and kind of action.'],
  ['Failure', 'Actions that failed', 'Actions of rules, by rule and kind of action.'],
  ['ErrorActionSuccess', 'Error actions that succeeded', 'Error actions of rules.'],
  ['ErrorActionFailure', 'Error actions that failed', 'What these should have kept is lost.'],
  ['ParseError', 'Messages that are not JSON', 'Messages that match a rule and could not be parsed.'],
  ['RuleNotFound', 'Rules that are not there', 'Basic Ingest for a rule that there is not.'],
  ['RuleExecutionThrottled', 'Rules throttled', 'Executions that were throttled.'],
  ['RuleMessageThrottled', 'Messages of rules throttled', 'As AWS IoT called throttled executions before.'],
] as const

/** The rule that a metric is about; undefined: it is about none. */
const ruleOf = ({ dimensions }: Metric): string | undefined => dimensions.find(({ name }) => name === 'RuleName')?.value

/** The charts of one rule: by kind of action, where AWS counts by it. */
export const chartsOfRule = (ruleName: string, listed: readonly Metric[]): readonly MetricChart[] =>
  ruleCharts(listed.filter((metric) => ruleOf(metric) === ruleName)).map((chart) => ({
    ...chart,
    series: chart.series.map((series) => ({ ...series, label: labelWithin(series.query, ruleName) })),
  }))

const labelWithin = ({ dimensions }: Metric, ruleName: string): string =>
  dimensions.flatMap(({ value }) => (value === ruleName ? [] : value)).join(' · ') || 'All'

/** AWS's own spelling is `Succeded` (AWS IoT developer guide, "Jobs metrics"). */
const JOB_STATUSES = ['Queued', 'InProgress', 'Succeded', 'Failed', 'Rejected', 'Removed', 'Canceled'] as const
const JOB_TITLES: Readonly<Record<(typeof JOB_STATUSES)[number], string>> = {
  Queued: 'queued',
  InProgress: 'begun',
  Succeded: 'that succeeded',
  Failed: 'that failed',
  Rejected: 'rejected',
  Removed: 'removed',
  Canceled: 'canceled',
}

/** Those of the listed metrics that have one name, each a series that its dimensions name. */
function seriesNamed(metricName: string, listed: readonly Metric[]): readonly ChartSeries[] {
  return listed
    .filter((metric) => metric.metricName === metricName)
    .map(toSeries)
    .sort(byLabel)
}

const toSeries = (metric: Metric): ChartSeries => ({
  label: metric.dimensions.map(({ value }) => value).join(' · ') || 'All',
  query: { ...metric, stat: 'Sum' },
})

const byLabel = (one: ChartSeries, other: ChartSeries): number => (one.label < other.label ? -1 : 1)

const withSeries = (charts: readonly MetricChart[]): readonly MetricChart[] =>
  charts.filter(({ series }) => series.length > 0)

const ruleCharts = (listed: readonly Metric[]): readonly MetricChart[] =>
  withSeries(
    RULE_CHARTS.map(([metricName, title, about]) => ({
      id: `rule-${metricName}`,
      title,
      about,
      series: seriesNamed(metricName, listed),
    })),
  )

const jobCharts = (listed: readonly Metric[]): readonly MetricChart[] =>
  withSeries(
    JOB_STATUSES.map((status) => ({
      id: `job-${status}`,
      title: `Executions ${JOB_TITLES[status]}`,
      about: 'Job executions that came into this status, by job.',
      series: seriesNamed(`${status}JobExecutionCount`, listed),
    })),
  )

/** Metrics that no other chart shows: those of a name together. */
function otherCharts(listed: readonly Metric[]): readonly MetricChart[] {
  const shown = new Set(
    [...Object.values(CHARTS).flat(), ...ruleCharts(listed), ...jobCharts(listed)].flatMap(({ series }) =>
      series.map(({ query }) => metricKey(query)),
    ),
  )
  const others = listed.filter((metric) => !shown.has(metricKey(metric)))
  const names = new Set(others.map(({ metricName }) => metricName))
  return [...names].sort().map((metricName) => ({
    id: `other-${metricName}`,
    title: metricName,
    about: 'As CloudWatch names it.',
    series: seriesNamed(metricName, others),
  }))
}

/**
 * The charts of a subject. Those of rules, jobs and others are made of the metrics that CloudWatch lists: their
 * dimensions are names that nobody knows beforehand.
 */
export function chartsOf(subject: Subject, listed: readonly Metric[]): readonly MetricChart[] {
  if (subject === 'rules') return ruleCharts(listed)
  if (subject === 'jobs') return jobCharts(listed)
  return subject === 'others' ? otherCharts(listed) : CHARTS[subject]
}

/** Whether the charts of a subject depend on what CloudWatch lists. */
export const isListed = (subject: Subject): boolean => ['rules', 'jobs', 'others'].includes(subject)
