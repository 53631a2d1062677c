import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Alarm, AlarmList, MetricData, MetricQuery, MetricSeries } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import { fakeApi, json, type Routes } from '../../../test/fake-api.ts'
import { renderPage } from '../../../test/render-page.tsx'
import { MetricsPage } from './metrics-page.tsx'
import { validateMetricsSearch } from './search.ts'

// A canvas is not what this is about, and jsdom has none.
vi.mock('../../shared/chart/time-chart.tsx', () => ({
  default: ({
    label,
    thresholds,
    onZoom,
  }: {
    label: string
    thresholds: number[]
    onZoom: (from: number, to: number) => void
  }) => (
    <button
      type="button"
      aria-label={label}
      data-thresholds={thresholds.join()}
      onClick={() => onZoom(Date.UTC(2026, 2, 4, 12), Date.UTC(2026, 2, 4, 13))}
    >
      Mark an hour
    </button>
  ),
}))

const ALARM: Alarm = {
  alarmName: 'too many refused',
  alarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:too many refused',
  state: 'ALARM',
  stateReason: 'Threshold Crossed: 1 datapoint [7.0] was greater than the threshold (5.0).',
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
}
const alarms =
  (...all: Alarm[]) =>
  () =>
    json({ outcome: 'read', alarms: all, isAll: true } satisfies AlarmList)

type Points = Partial<MetricSeries> & { readonly perMinute?: number }

/** What CloudWatch says of each metric by its name; of others it has no point. */
const data = (known: Readonly<Record<string, Points>>) => (_: URL, init?: RequestInit) => {
  const { queries, start } = JSON.parse(String(init?.body)) as { queries: MetricQuery[]; start: string }
  const series = queries.map(({ metricName, dimensions }): MetricSeries => {
    const { perMinute, ...rest } = (dimensions[0]?.value === 'HTTP' ? undefined : known[metricName]) ?? {}
    const at =
      perMinute === undefined ? [] : Array.from({ length: 30 }, (_, minute) => Date.parse(start) / 1_000 + minute * 60)
    return { outcome: 'complete', at, values: at.map(() => perMinute ?? 0), messages: [], ...rest }
  })
  return json({ outcome: 'read', series } satisfies MetricData)
}

async function open(path: string, routes: Routes) {
  fakeApi({ '/api/alarms': alarms(), ...routes })
  return renderPage(
    ({ search, setSearch }) => <MetricsPage search={validateMetricsSearch(search)} setSearch={setSearch} />,
    { path },
  )
}

const chart = (name: string) => screen.findByRole('region', { name })

test('a chart has its figures beside the day before, and says of which series there is no point', async () => {
  await open('/?last=1h', { 'POST /api/metrics/data': data({ 'Connect.AuthError': { perMinute: 2 } }) })
  const refused = await chart('Connects refused')
  const row = await within(refused).findByRole('row', { name: /^Not authorized/ })
  const figures = () =>
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent)
  // The day before is asked for beside it.
  await waitFor(() => expect(figures().slice(1)).toEqual(['60', '2', '60 the same']))
  expect(refused.textContent).toContain('No data point in this span: Not authenticated')
  expect(screen.getByText(/No data point in this span for: Connects, Pings\./)).toBeTruthy()
})

test('an alarm stands on the chart that it watches, its threshold where the chart counts the same', async () => {
  await open('/?last=1h', {
    'POST /api/metrics/data': data({ 'Connect.AuthError': { perMinute: 7 } }),
    '/api/alarms': alarms(ALARM),
  })
  const refused = await chart('Connects refused')
  expect(await within(refused).findByRole('link', { name: 'too many refused' })).toBeTruthy()
  expect(refused.textContent).toContain('Sum of Connect.AuthError > 5 in 1 min, 2 of 3 times (the dashed line)')
  const plot = await within(refused).findByRole('button', { name: /^Connects refused, count per 1 min/ })
  expect(plot.dataset.thresholds).toBe('5')
  expect(screen.getByText(/One alarm is in ALARM/)).toBeTruthy()
})

test('alarms are listed with state, reason, and when they are in alarm', async () => {
  await open('/?subject=alarms', { '/api/alarms': alarms(ALARM) })
  const row = await screen.findByRole('row', { name: /too many refused/ })
  expect(row.textContent).toContain('In ALARM')
  expect(row.textContent).toContain('Threshold Crossed')
  expect(row.textContent).toContain('Connect.AuthError Protocol=MQTT')
})

test('a composite alarm is listed with its rule and the alarms that it depends on', async () => {
  const composite: Alarm = {
    alarmName: 'on fire',
    alarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:on fire',
    state: 'ALARM',
    metrics: [],
    isExpression: false,
    alarmRule: 'ALARM("too many refused")',
    dependsOn: ['too many refused'],
    actionsEnabled: true,
  }
  await open('/?subject=alarms', { '/api/alarms': alarms(composite) })
  const row = await screen.findByRole('row', { name: /on fire/ })
  expect(row.textContent).toContain('ALARM("too many refused")')
  expect(row.textContent).toContain('alarm too many refused')
})

test('a span that is marked is in the address, and the way back is there', async () => {
  const { history } = await open('/?last=1h', { 'POST /api/metrics/data': data({ 'Ping.Success': { perMinute: 2 } }) })
  fireEvent.click(await within(await chart('Pings')).findByRole('button', { name: /^Pings, count/ }))
  expect(history.location.search).toContain('from=2026-03-04T12:00:00.000Z&to=2026-03-04T13:00:00.000Z')
  fireEvent.click(await screen.findByRole('button', { name: 'Up to now' }))
  expect(history.location.search).not.toContain('from=')
})

test('what CloudWatch forbids or gives in part is said at its series', async () => {
  await open('/', {
    'POST /api/metrics/data': data({
      'Connect.AuthError': { outcome: 'forbidden', messages: ['Forbidden: not yours'] },
      'Connect.Success': { perMinute: 3, outcome: 'partial' },
    }),
  })
  expect((await chart('Connects refused')).textContent).toContain(
    'Not authorized: the console may not read it (Forbidden: not yours).',
  )
  expect((await chart('Connects')).textContent).toContain('Accepted: CloudWatch gave a part only.')
})

test('where CloudWatch may not be read, the page says what is missing', async () => {
  await open('/', {
    'POST /api/metrics/data': () => json({ outcome: 'not-allowed', message: 'AccessDenied: no', series: [] }),
  })
  expect(await screen.findByText(/cloudwatch:GetMetricData, cloudwatch:ListMetrics/)).toBeTruthy()
})

test('metrics of rules are those that CloudWatch lists', async () => {
  await open('/?subject=rules', {
    'POST /api/metrics/data': data({ Failure: { perMinute: 1 } }),
    '/api/metrics': () =>
      json({
        outcome: 'read',
        isAll: true,
        metrics: [
          {
            namespace: 'AWS/IoT',
            metricName: 'Failure',
            dimensions: [
              { name: 'RuleName', value: 'to_table' },
              { name: 'ActionType', value: 'DynamoDB' },
            ],
          },
        ],
      }),
  })
  const failed = await chart('Actions that failed')
  expect(within(failed).getByRole('row', { name: /^to_table · DynamoDB/ })).toBeTruthy()
})
