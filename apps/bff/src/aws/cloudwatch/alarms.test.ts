import type { CloudWatchClient, DescribeAlarmsInput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'
import { alarmsOfRule } from './alarm-rule.ts'
import { readAlarms } from './alarms.ts'
import { answeringClient } from './answering-client.test-support.ts'

const clientThat = (answer: (input: DescribeAlarmsInput) => DescribeAlarmsOutput) => answeringClient(answer)

const onMetric = (AlarmName: string, StateValue: 'ALARM' | 'OK', Namespace = 'AWS/IoT') => ({
  AlarmName,
  AlarmArn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${AlarmName}`,
  StateValue,
  Namespace,
  MetricName: 'Connect.AuthError',
  Dimensions: [{ Name: 'Protocol', Value: 'MQTT' }],
  Statistic: 'Sum' as const,
  Period: 60,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold' as const,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  StateTransitionedTimestamp: new Date('2026-03-04T05:06:07Z'),
})

const read = (client: CloudWatchClient) => readAlarms(client, new AbortController().signal)

test('alarms of all pages that watch AWS IoT, those in ALARM first, then by name', async () => {
  const { client, asked } = clientThat(({ NextToken }) =>
    NextToken === undefined
      ? { MetricAlarms: [onMetric('b', 'OK'), onMetric('of a bucket', 'ALARM', 'AWS/S3')], NextToken: 'more' }
      : { MetricAlarms: [onMetric('a', 'OK'), onMetric('z', 'ALARM', 'IoTFleetMetrics')] },
  )
  const { alarms, isAll } = await read(client)
  expect(alarms.map(({ alarmName }) => alarmName)).toEqual(['z', 'a', 'b'])
  expect(isAll).toBe(true)
  expect(asked).toHaveLength(2)
  expect(alarms[2]).toEqual({
    alarmName: 'b',
    alarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:b',
    state: 'OK',
    stateSince: '2026-03-04T05:06:07.000Z',
    metrics: [
      { namespace: 'AWS/IoT', metricName: 'Connect.AuthError', dimensions: [{ name: 'Protocol', value: 'MQTT' }] },
    ],
    isExpression: false,
    stat: 'Sum',
    periodSeconds: 60,
    threshold: 5,
    comparison: 'GreaterThanThreshold',
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    actionsEnabled: true,
  })
})

test('an alarm on an expression counts when one of its metrics is AWS IoT’s', async () => {
  const Metric = { Namespace: 'AWS/IoT', MetricName: 'PublishIn.Success' }
  const { client } = clientThat(() => ({
    MetricAlarms: [
      {
        AlarmName: 'share',
        Metrics: [
          { Id: 'e1', Expression: 'm1/m2' },
          { Id: 'm1', MetricStat: { Metric, Period: 60, Stat: 'Sum' } },
          { Id: 'm2', MetricStat: { Metric: { Namespace: 'Mine', MetricName: 'x' }, Period: 60, Stat: 'Sum' } },
        ],
      },
      { AlarmName: 'foreign', Metrics: [{ Id: 'e1', Expression: '1' }] },
    ],
  }))
  const { alarms } = await read(client)
  expect(alarms.map(({ alarmName, isExpression, metrics }) => [alarmName, isExpression, metrics.length])).toEqual([
    ['share', true, 1],
  ])
})

test('of thousands of alarms the first pages are looked through, which is said', async () => {
  const { client, asked } = clientThat(() => ({ MetricAlarms: [onMetric('a', 'OK', 'AWS/S3')], NextToken: 'more' }))
  expect(await read(client)).toMatchObject({ alarms: [], isAll: false })
  expect(asked).toHaveLength(20)
})

test('composite alarms count where they depend on one that watches AWS IoT, through others too', async () => {
  const composite = (AlarmName: string, AlarmRule: string) => ({ AlarmName, AlarmRule, StateValue: 'ALARM' as const })
  const { client, asked } = clientThat(() => ({
    MetricAlarms: [onMetric('refused', 'OK'), onMetric('of a bucket', 'ALARM', 'AWS/S3')],
    CompositeAlarms: [
      composite('on fire', 'ALARM("devices") AND NOT OK("night")'),
      composite('devices', 'ALARM(refused) OR ALARM("of a bucket")'),
      composite('storage', 'ALARM("of a bucket")'),
    ],
  }))
  const { alarms } = await read(client)
  expect(asked[0]?.AlarmTypes).toEqual(['MetricAlarm', 'CompositeAlarm'])
  expect(alarms.map(({ alarmName }) => alarmName)).toEqual(['devices', 'on fire', 'refused'])
  expect(alarms[1]).toMatchObject({
    state: 'ALARM',
    metrics: [],
    alarmRule: 'ALARM("devices") AND NOT OK("night")',
    dependsOn: ['devices', 'night'],
  })
})

test.each([
  ['ALARM("a \\"b\\"") AND OK(\'c\')', ['a "b"', 'c']],
  ['NOT (INSUFFICIENT_DATA(x) OR ALARM(x))', ['x']],
  ['ALARM("arn:aws:cloudwatch:us-east-1:123456789012:alarm:too many: refused")', ['too many: refused']],
  ['TRUE', []],
])('the rule %s asks %j', (rule, names) => {
  expect(alarmsOfRule(rule)).toEqual(names)
})
