import { fireEvent, screen, within } from '@testing-library/react'
import type { IotLogPage, IotRoleCheck, Metric, Rule, RuleLook, RulePage, TopicRules } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const ROLE = 'arn:aws:iam::123456789012:role/rules'
const HOT: Rule = {
  ruleName: 'hot_pumps',
  ruleArn: 'arn:aws:iot:us-east-1:123456789012:rule/hot_pumps',
  createdAt: '2026-03-04T05:06:07.000Z',
  payload: {
    sql: "SELECT temperature FROM 'plant/+/data' WHERE temperature > 20",
    actions: [{ sqs: { roleArn: ROLE, queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/alarms' } }],
    awsIotSqlVersion: '2016-03-23',
    ruleDisabled: false,
  },
  tags: {},
}
const { payload: PAYLOAD, tags: _, ...ROW } = { ...HOT, topicPattern: 'plant/+/data', ruleDisabled: false }
const PAGE: RulePage = { rules: [ROW] }
const LOOKS: { looks: RuleLook[] } = { looks: [{ ruleName: 'hot_pumps', payload: HOT.payload }] }
const NO_LOG: IotLogPage = { outcome: 'logging-off', entries: [], throttled: 0 }
const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }

const CHECK: IotRoleCheck = {
  roleName: 'rules',
  isFound: true,
  mayBeChanged: false,
  trust: { decision: 'ALLOWED', why: 'It does.' },
  permissions: [
    {
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:us-east-1:123456789012:alarms',
      decision: 'IMPLICIT_DENY',
      why: 'No statement allows it',
    },
  ],
  hasBoundary: false,
  unread: [],
}

const routes = (more: object = {}) => ({
  '/api/session': () => json(ADMIN),
  '/api/rules': () => json(PAGE),
  '/api/rule-looks': () => json(LOOKS),
  '/api/rules/hot_pumps': () => json(HOT),
  '/api/metrics': () => json({ outcome: 'read', metrics: [], isAll: true }),
  'POST /api/metrics/data': () => json({ outcome: 'read', series: [EMPTY_SERIES] }),
  '/api/alarms': () => json({ outcome: 'read', alarms: [], isAll: true }),
  '/api/iot-logs': () => json(NO_LOG),
  '/api/logging': () => json({ status: 'off', events: [] }),
  'POST /api/iot-role-checks': () => json(CHECK),
  ...more,
})
const EMPTY_SERIES = { outcome: 'complete', at: [], values: [], messages: [] }

beforeAll(() => loadPages('/rules', '/rules/$ruleName'))

test('the list says what each rule does, and that nobody knows of errors without the log', async () => {
  openApp('/rules', routes())
  const row = (await screen.findByRole('link', { name: 'hot_pumps' })).closest('tr') as HTMLElement // of the list
  expect(await within(row).findByText('SQS: sends to alarms')).toBeTruthy()
  expect(row.textContent).toContain("FROM 'plant/+/data' WHERE")
  expect(await within(row).findByText('not known: logging is off')).toBeTruthy()
  expect(await within(row).findAllByText('none')).toHaveLength(2)
})

test('the latest failure of a rule is that of the log', async () => {
  const failure = {
    eventId: '1',
    at: '2026-03-04T05:06:07.000Z',
    loggedAt: '2026-03-04T05:06:08.000Z',
    logStreamName: 's',
    message: '{}',
    eventType: 'RuleExecution',
    status: 'Failure',
    ruleName: 'hot_pumps',
    ruleAction: 'SqsAction',
    details: 'The queue is gone.',
  }
  openApp(
    '/rules',
    routes({
      '/api/logging': () => json({ status: 'on', defaultLogLevel: 'ERROR', events: [] }),
      '/api/iot-logs': () => json({ outcome: 'entries', entries: [failure], throttled: 0 }),
    }),
  )
  expect(await screen.findByText('The queue is gone.')).toBeTruthy()
})

test('failures are counted over all kinds of actions that CloudWatch lists', async () => {
  const failure = (ruleName: string, kind: string): Metric => ({
    namespace: 'AWS/IoT',
    metricName: 'Failure',
    dimensions: [
      { name: 'RuleName', value: ruleName },
      { name: 'ActionType', value: kind },
    ],
  })
  const periodMs = 300_000
  const at = [(Math.floor(Date.now() / periodMs) * periodMs - 2 * periodMs) / 1_000]
  const series = [40, 2, 3].map((value) => ({ ...EMPTY_SERIES, at, values: [value] }))
  openApp(
    '/rules',
    routes({
      '/api/metrics': () =>
        json({
          outcome: 'read',
          metrics: [failure('hot_pumps', 'SqsAction'), failure('hot_pumps', 'S3Action'), failure('other', 'SqsAction')],
          isAll: true,
        }),
      'POST /api/metrics/data': () => json({ outcome: 'read', series }),
    }),
  )
  expect(await screen.findByRole('img', { name: /^Actions that failed in the last 3 hours: 5 in all/ })).toBeTruthy()
  expect(screen.getByRole('img', { name: /^Messages of its topics in the last 3 hours: 40 in all/ })).toBeTruthy()
})

test('where a topic goes: what acts, what would, and on which condition', async () => {
  const answer: TopicRules = {
    rules: [ROW, { ...ROW, ruleName: 'archive', ruleDisabled: true }],
    looked: 2,
    isAll: true,
  }
  openApp('/rules?topic=plant/7/data', routes({ '/api/rules-of-topic': () => json(answer) }))
  const acting = await screen.findByRole('list', { name: 'Rules that act on it' })
  expect(await within(acting).findByText('temperature > 20')).toBeTruthy()
  expect(within(screen.getByRole('list', { name: 'Disabled rules of this topic' })).getByText('archive')).toBeTruthy()
})

test('the page of a rule shows its statement, its actions, and what its role may not', async () => {
  openApp('/rules/hot_pumps', routes())
  expect(await screen.findByText(/No statement allows it/)).toBeTruthy()
  expect(screen.getByText(/None: a message whose action fails is lost/)).toBeTruthy()
  expect(screen.getByText('SQS: sends to alarms')).toBeTruthy()
})

test('a viewer is told what the role needs, and may change nothing', async () => {
  openApp('/rules/hot_pumps', routes({ '/api/session': () => json(SESSION) }))
  expect(await screen.findByText(/It needs this; what a role may, admins are told/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Disable rule' }).getAttribute('aria-disabled')).toBe('true')
})

test('who is about to disable it is told what stops', async () => {
  openApp('/rules/hot_pumps', routes())
  await screen.findByText('SQS: sends to alarms')
  fireEvent.click(screen.getByRole('button', { name: 'Disable rule' }))
  const dialog = await screen.findByRole('dialog', { name: 'Disable the rule hot_pumps' })
  expect(await within(dialog).findByText('hot_pumps stops: SQS: sends to alarms.')).toBeTruthy()
})

test('a rule that is not there is said to be so', async () => {
  const gone = { type: 'about:blank', title: 'x', status: 404, code: 'ResourceNotFoundException', requestId: 'r' }
  openApp(
    '/rules/gone',
    routes({ '/api/rules/gone': () => json({ ...gone, detail: 'There is no rule named gone.' }, 404) }),
  )
  expect(await screen.findByText('There is no rule named gone')).toBeTruthy()
})
