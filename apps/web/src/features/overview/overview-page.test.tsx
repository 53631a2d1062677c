import { screen, within } from '@testing-library/react'
import type {
  AlarmList,
  CertificatesOverview,
  JobsOverview,
  MetricData,
  MetricQuery,
  RefusalsOverview,
  RulesOverview,
  ThingsOverview,
} from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { fakeApi, json, problem, type Routes } from '../../../test/fake-api.ts'
import { renderPage } from '../../../test/render-page.tsx'
import { OverviewPage } from './overview-page.tsx'

const THINGS: ThingsOverview = {
  index: 'ACTIVE',
  connectivity: true,
  total: 1_242,
  connected: 1_204,
  drops: [
    { reason: 'MQTT_KEEP_ALIVE_TIMEOUT', count: 12 },
    { reason: 'DUPLICATE_CLIENTID', count: 3 },
  ],
}
const REFUSALS: RefusalsOverview = {
  outcome: 'read',
  isAll: true,
  total: 27,
  clients: 9,
  reasons: [{ eventType: 'Publish-In', reason: 'AUTHORIZATION_FAILURE', count: 27, clients: 9 }],
}
const NO_CERTIFICATE: CertificatesOverview = {
  outcome: 'read',
  looked: 5,
  listed: 5,
  isOver: true,
  isAll: true,
  expired: [],
  expiring: [],
  onNothing: [],
}
const NO_ALARM: AlarmList = { outcome: 'read', alarms: [], isAll: true }
const ALARM: AlarmList = {
  outcome: 'read',
  isAll: true,
  alarms: [
    {
      alarmName: 'too many refusals',
      alarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:too many refusals',
      state: 'ALARM',
      metrics: [],
      isExpression: false,
      actionsEnabled: true,
    },
  ],
}
const NOT_SERVED = { outcome: 'not-served', message: 'NotImplementedException' } as const
const NO_RULES: RulesOverview = { ...NOT_SERVED, total: 0, disabled: 0, isAll: false }
const NO_JOBS: JobsOverview = { ...NOT_SERVED, jobs: [], isAll: false }

/** As many a minute for each query of the body. */
const counted = (perMinute: number) => (_: URL, init?: RequestInit) => {
  const { queries, start } = JSON.parse(String(init?.body)) as { queries: MetricQuery[]; start: string }
  const at = Array.from({ length: 58 }, (_, minute) => Date.parse(start) / 1_000 + minute * 60)
  const series = queries.map(() => ({
    outcome: 'complete' as const,
    at,
    values: at.map(() => perMinute),
    messages: [],
  }))
  return json({ outcome: 'read', series } satisfies MetricData)
}

const ROUTES: Routes = {
  '/api/things': () => json({ things: [] }), // none of the sample fleet
  '/api/overview/things': () => json(THINGS),
  '/api/overview/refusals': () => json(REFUSALS),
  '/api/overview/certificates': () => json(NO_CERTIFICATE),
  '/api/overview/rules': () => json(NO_RULES),
  '/api/overview/jobs': () => json(NO_JOBS),
  '/api/alarms': () => json(NO_ALARM),
  '/api/iot-logs': () => json({ outcome: 'entries', entries: [], throttled: 0 }),
  'POST /api/metrics/data': counted(120),
}

const TurnOnFleetIndex = () => <button type="button">Turn on fleet indexing</button>

async function open(routes: Routes = {}) {
  fakeApi({ ...ROUTES, ...routes })
  await renderPage(<OverviewPage TurnOnFleetIndex={TurnOnFleetIndex} />)
  const list = await screen.findByRole('list', { name: 'State of the account' })
  const line = async (title: string) => {
    const heading = await within(list).findByRole('heading', { name: new RegExp(title) })
    const item = heading.closest('li')
    if (!item) throw new Error(`The heading ${title} is in no line`)
    return item
  }
  const titles = () =>
    within(list)
      .getAllByRole('heading')
      .map(({ textContent }) => textContent)
  return { line, titles }
}

test('each number is a link to the list behind it, and pictures are told in words', async () => {
  const { line } = await open()
  const things = await line('Things')
  const connected = await within(things).findByRole('link', { name: '1,204 connected' })
  expect(connected.getAttribute('href')).toBe('/things?connection=connected')
  expect(within(things).getByRole('link', { name: '38 not' }).getAttribute('href')).toBe(
    '/things?connection=disconnected',
  )
  expect(within(things).getByRole('link', { name: /^12 / }).getAttribute('href')).toBe(
    '/things?connection=disconnected&reason=MQTT_KEEP_ALIVE_TIMEOUT&within=1h',
  )
  const refused = await line('Refused')
  const count = await within(refused).findByRole('link', { name: '27 in the last hour' })
  expect(count.getAttribute('href')).toBe('/refusals?last=1h')
  expect(refused.textContent).toContain('9 clients')
  const messages = await line('Messages')
  expect(
    await within(messages).findByRole('img', { name: /^Messages published in the last hour: .* at most 240 a minute/ }),
  ).toBeTruthy()
})

test('a fleet that comes back at once is named a reconnect storm', async () => {
  const { line } = await open({ 'POST /api/metrics/data': counted(3_000) })
  const things = await line('Things')
  const storm = await within(things).findByRole('link', { name: /^3,000 connects in one minute/ })
  expect(storm.getAttribute('href')).toBe('/metrics?subject=connections&last=1h')
  expect(things.textContent).toContain('Reconnect storm:')
})

test('worst first; what the server does not serve has no line', async () => {
  const { line, titles } = await open({ '/api/alarms': () => json(ALARM) })
  await within(await line('Alarms')).findByText('too many refusals')
  await within(await line('Refused')).findByRole('link', { name: '27 in the last hour' })
  await within(await line('Things')).findByRole('link', { name: '1,204 connected' })
  await within(await line('Certificates')).findByText(/None of 5 expires soon/)
  await within(await line('Messages')).findByRole('link', { name: /\/s in$/ })
  expect(titles()).toEqual(['Alarms', 'Refused', 'Things', 'Certificates', 'Messages'])
})

test('where the server has rules and jobs, those that go wrong are named, with how often', async () => {
  const failure = {
    namespace: 'AWS/IoT' as const,
    metricName: 'Failure',
    dimensions: [
      { name: 'RuleName', value: 'to_table' },
      { name: 'ActionType', value: 'DynamoDB' },
    ],
  }
  const { line } = await open({
    '/api/overview/rules': () => json({ outcome: 'read', total: 4, disabled: 1, isAll: true } satisfies RulesOverview),
    '/api/metrics': () => json({ outcome: 'read', metrics: [failure], isAll: true }),
    'POST /api/metrics/data': counted(1),
    '/api/overview/jobs': () =>
      json({
        outcome: 'read',
        isAll: true,
        jobs: [
          { jobId: 'fine', done: 1, failed: 0, total: 4, stuck: 0 },
          { jobId: 'fw-2_5', done: 612, failed: 3, total: 1_000, stuck: 2 },
        ],
      } satisfies JobsOverview),
  })
  const rules = await line('Rules')
  expect(await within(rules).findByRole('link', { name: '1 failing in the last hour' })).toBeTruthy()
  expect(rules.textContent).toMatch(/to_table, 5\d times/)
  const jobs = await line('Jobs')
  const links = within(jobs).getAllByRole('link')
  expect(links.map(({ textContent }) => textContent)).toEqual(['fw-2_5 61 %, 3 failed, 2 stuck', 'fine 25 %'])
  expect(links[0]?.getAttribute('href')).toBe('/jobs/fw-2_5')
})

test('a rule that fails is said with why, as the log has it, before CloudWatch lists its metric', async () => {
  const at = new Date().toISOString()
  const told = {
    eventType: 'RuleExecution',
    status: 'Failure',
    ruleName: 'to_table',
    ruleAction: 'DynamoAction',
    details: 'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: dynamodb:PutItem on resource: t.',
  }
  const entry = { eventId: 'e1', at, loggedAt: at, logStreamName: 's', message: JSON.stringify(told), ...told }
  const { line } = await open({
    '/api/overview/rules': () => json({ outcome: 'read', total: 4, disabled: 0, isAll: true } satisfies RulesOverview),
    '/api/metrics': () => json({ outcome: 'read', metrics: [], isAll: true }),
    '/api/iot-logs': () => json({ outcome: 'entries', entries: [entry, { ...entry, eventId: 'e2' }], throttled: 0 }),
  })
  const link = await within(await line('Rules')).findByRole('link', { name: /^to_table/ })
  expect(link.textContent).toBe('to_table DynamoDB access denied, 2 times')
  expect(link.getAttribute('href')).toBe('/rules/to_table?tab=trace&failures=1')
})

test('a source that fails leaves the others as they are', async () => {
  const { line } = await open({
    '/api/overview/things': () => problem(502, 'AWS_UNAVAILABLE', 'AWS IoT does not answer.'),
    '/api/overview/certificates': () => problem(500, 'INTERNAL', 'Something went wrong.'),
  })
  const things = await line('Things')
  expect(await within(things).findByText(/AWS IoT does not answer\./)).toBeTruthy()
  expect(within(things).getByRole('button', { name: 'Try again: Things' })).toBeTruthy()
  expect(await within(await line('Refused')).findByRole('link', { name: '27 in the last hour' })).toBeTruthy()
})

test('each source that is off says what is missing, and how it can be had', async () => {
  const { line } = await open({
    '/api/overview/things': () =>
      json({ index: 'OFF', connectivity: false, registry: { count: 250, isAll: false } } satisfies ThingsOverview),
    '/api/overview/refusals': () =>
      json({ outcome: 'logging-off', isAll: false, total: 0, clients: 0, reasons: [] } satisfies RefusalsOverview),
    'POST /api/metrics/data': () =>
      json({ outcome: 'not-allowed', message: 'AccessDenied: not authorized', series: [] } satisfies MetricData),
  })
  const things = await line('Things')
  expect(await within(things).findByRole('link', { name: '250 and more' })).toBeTruthy()
  expect(within(things).getByRole('button', { name: 'Turn on fleet indexing' })).toBeTruthy()
  const refused = await line('Refused')
  expect(await within(refused).findByText(/logging is off/)).toBeTruthy()
  expect(
    within(refused)
      .getByRole('link', { name: /Turn it on/ })
      .getAttribute('href'),
  ).toBe('/logs/settings')
  expect(refused.textContent).toContain('Not known')
  expect(await within(await line('Messages')).findByText(/cloudwatch:GetMetricData/)).toBeTruthy()
})

test('an account with nothing in it shows how the first device is connected', async () => {
  await open({
    '/api/overview/things': () =>
      json({ index: 'OFF', connectivity: false, registry: { count: 0, isAll: true } } satisfies ThingsOverview),
    '/api/overview/device-endpoint': () =>
      json({
        host: 'abc-ats.iot.eu-central-1.amazonaws.com',
        port: 8883,
        rootCaUrl: 'https://www.amazontrust.com/repository/AmazonRootCA1.pem',
        region: 'eu-central-1',
      }),
  })
  const connect = await screen.findByRole('region', { name: 'Commands: Connect and publish' })
  expect(connect.textContent).toContain('mosquitto_pub -h abc-ats.iot.eu-central-1.amazonaws.com -p 8883')
  expect(screen.getByRole('region', { name: /account and region/ }).textContent).toBe(
    'export AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1',
  )
})

test('a count from before logging was turned off does not pass for all of the hour', async () => {
  const { line } = await open({ '/api/overview/refusals': () => json({ ...REFUSALS, isOff: true }) })
  const refused = await line('Refused')
  expect(await within(refused).findByRole('link', { name: '27 in the last hour' })).toBeTruthy()
  expect(refused.textContent).toContain('Logging is off by now: what was refused since is not among these.')
})
