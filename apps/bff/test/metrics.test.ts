import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import type { AlarmList, MetricData, MetricList, MetricQuery } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

let console: TestConsole
const browser = new Browser()
beforeAll(async () => {
  console = await startConsole()
  await signIn(browser, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

/** An hour that is over, so that nothing is added to it. */
const startMs = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3 * 3_600_000
const at = (minute: number) => new Date(startMs + minute * MINUTE_MS)

const query = (metricName: string, RuleName: string): MetricQuery => ({
  namespace: 'AWS/IoT',
  metricName,
  dimensions: [{ name: 'RuleName', value: RuleName }],
  stat: 'Sum',
})

async function read(
  queries: readonly MetricQuery[],
  { start = at(0), end = at(60), periodSeconds = 60 } = {},
): Promise<{ status: number; body: MetricData & { detail?: string } }> {
  const response = await browser.fetch(`${console.url}/api/metrics/data`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify({ queries, start: start.toISOString(), end: end.toISOString(), periodSeconds }),
  })
  return { status: response.status, body: (await response.json()) as MetricData }
}

test('what was put into CloudWatch is read by the minute, and by longer periods', async () => {
  await new CloudWatchClient(console.sdk).send(
    new PutMetricDataCommand({
      Namespace: 'AWS/IoT',
      MetricData: [3, 4, 5].map((Value, minute) => ({
        MetricName: 'TopicMatch',
        Dimensions: [{ Name: 'RuleName', Value: 'to_table' }],
        Timestamp: at(minute * 2),
        Value,
        Unit: 'Count',
      })),
    }),
  )
  const { status, body } = await read([query('TopicMatch', 'to_table'), query('TopicMatch', 'nothing')])
  expect(status).toBe(200)
  expect(body).toEqual({
    outcome: 'read',
    series: [
      {
        outcome: 'complete',
        at: [0, 2, 4].map((minute) => at(minute).getTime() / 1_000),
        values: [3, 4, 5],
        messages: [],
      },
      { outcome: 'complete', at: [], values: [], messages: [] },
    ],
  })
  const coarse = await read([query('TopicMatch', 'to_table')], { periodSeconds: 300 })
  expect(coarse.body.series[0]?.values).toEqual([12])
})

test('the metrics of the namespace are listed, others are none of its concern', async () => {
  const response = await browser.fetch(`${console.url}/api/metrics?namespace=AWS/IoT`)
  const { outcome, metrics } = (await response.json()) as MetricList
  expect(outcome).toBe('read')
  expect(metrics).toContainEqual({
    namespace: 'AWS/IoT',
    metricName: 'TopicMatch',
    dimensions: [{ name: 'RuleName', value: 'to_table' }],
  })
  expect((await browser.fetch(`${console.url}/api/metrics?namespace=AWS/Billing`)).status).toBe(400)
})

test('alarms that watch AWS IoT are told with state and reason, those of other services are not', async () => {
  const client = new CloudWatchClient(console.sdk)
  for (const Namespace of ['AWS/IoT', 'AWS/S3']) {
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: `refused in ${Namespace}`,
        Namespace,
        MetricName: 'Connect.AuthError',
        Dimensions: [{ Name: 'Protocol', Value: 'MQTT' }],
        Statistic: 'Sum',
        Period: 86_400,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    )
  }
  const AlarmName = 'refused in AWS/IoT'
  await client.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'by hand' }))
  const response = await browser.fetch(`${console.url}/api/alarms`)
  const { outcome, alarms, isAll } = (await response.json()) as AlarmList
  expect({ outcome, isAll }).toEqual({ outcome: 'read', isAll: true })
  expect(alarms).toEqual([
    expect.objectContaining({
      alarmName: AlarmName,
      stateSince: expect.any(String),
      metrics: [
        { namespace: 'AWS/IoT', metricName: 'Connect.AuthError', dimensions: [{ name: 'Protocol', value: 'MQTT' }] },
      ],
      threshold: 5,
      periodSeconds: 86_400,
    }),
  ])
  expect(alarms[0]?.stateReason).toEqual(expect.any(String)) // its next evaluation may have come in between
})

test.each([
  ['a span that ends before it begins', { start: at(60), end: at(0) }, /before/],
  ['more points than anybody looks at', { start: new Date(startMs - 2 * DAY_MS) }, /at most 1440/],
  [
    'minutes that CloudWatch keeps no longer',
    { start: new Date(startMs - 20 * DAY_MS), end: new Date(startMs - 20 * DAY_MS + 3_600_000) },
    /300 s/,
  ],
])('%s is refused with what would be right', async (_, range, words) => {
  const { status, body } = await read([query('TopicMatch', 'to_table')], range)
  expect(status).toBe(400)
  expect(body.detail).toMatch(words)
})
