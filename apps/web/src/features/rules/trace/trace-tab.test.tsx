import { fireEvent, screen, waitFor } from '@testing-library/react'
import type { IotLogEntry, Logging, Rule } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../../test/fake-api.ts'
import { loadPages } from '../../../../test/load-pages.ts'
import { openApp } from '../../../../test/open-app.tsx'
import { paths } from '../../../shared/paths.ts'
import { parsedEntry } from '../../../shared/rule-failures/parsed-entry.test-support.ts'

beforeAll(() => loadPages('/rules/$ruleName'))

const RULE: Rule = {
  ruleName: 'to_queue',
  ruleArn: 'arn:aws:iot:us-east-1:123456789012:rule/to_queue',
  payload: {
    sql: "SELECT * FROM 'dt/+/t'",
    awsIotSqlVersion: '2016-03-23',
    actions: [{ sqs: { queueUrl: 'https://sqs/alarms', roleArn: 'arn:aws:iam::123456789012:role/rules' } }],
    ruleDisabled: false,
  },
  tags: {},
}
const ago = (ms: number) => new Date(Date.now() - ms).toISOString().replace('T', ' ').replace('Z', '')
let count = 0
const entry = (agoMs: number, told: Readonly<Record<string, unknown>>): IotLogEntry => {
  count += 1
  const all = {
    timestamp: ago(agoMs),
    status: 'Success',
    topicName: 'dt/pump-7/t',
    clientId: 'pump-7',
    ruleName: 'to_queue',
  }
  return parsedEntry(JSON.stringify({ ...all, ...told }), `e${count}`)
}
const REFUSED = [
  entry(60_000, { traceId: 't1', eventType: 'RuleMatch' }),
  entry(59_990, {
    traceId: 't1',
    eventType: 'RuleExecution',
    status: 'Failure',
    ruleAction: 'SqsAction',
    resources: { QueueUrl: 'https://sqs/alarms' },
    details:
      'User: arn:aws:sts::123456789012:assumed-role/rules/iot-rule is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:123456789012:alarms. No Allow statement covers it.',
  }),
]
const UNMATCHED = [entry(120_000, { traceId: 't0', eventType: 'RuleMatch', topicName: 'dt/lamp-2/t' })]
const LOGGING: Logging = { status: 'on', defaultLogLevel: 'INFO', events: [] }

const open = (entries: readonly IotLogEntry[], search: object = {}, routes: Routes = {}) =>
  openApp(paths.rule('to_queue', { tab: 'trace', ...search }), {
    '/api/session': () => json(SESSION),
    '/api/rules/to_queue': () => json(RULE),
    '/api/logging': () => json(LOGGING),
    '/api/client-debugs': () => json({ clientDebugs: [], lasts: true }),
    '/api/metrics': () => json({ outcome: 'read', metrics: [], isAll: true }),
    'POST /api/metrics/data': () => json({ outcome: 'not-served', series: [] }),
    '/api/iot-logs': () => json({ outcome: 'entries', entries, throttled: 0 }),
    ...routes,
  })

test('a message that an action was refused for: what failed, why, and the cure', async () => {
  open([...REFUSED, ...UNMATCHED])
  expect(await screen.findByText('Failed')).toBeTruthy()
  expect(await screen.findByText('WHERE not true')).toBeTruthy()
  expect(await screen.findByText(/^The role rules does not allow sqs:SendMessage/)).toBeTruthy()
  // The panel names it, too, as the reason.
  expect((await screen.findAllByText(/The latest: The role rules does not allow/)).length).toBeGreaterThan(0)
  fireEvent.click(screen.getByRole('radio', { name: /Look at dt\/pump-7\/t/ }))
  expect(
    await screen.findByText(/^Allow sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:alarms in a policy/),
  ).toBeTruthy()
  expect(await screen.findByText(/The rule has no error action: to what failed, the message is lost/)).toBeTruthy()
  const link = await screen.findByRole('link', { name: 'Rehearse this message' })
  expect(link.getAttribute('href')).toMatch(/tab=rehearsal&topic=dt\/pump-7\/t&client=pump-7/)
})

test('only failures are asked of the log, and the address says so', async () => {
  const { asked } = open(REFUSED, { failures: '1' })
  await screen.findByText('Failed')
  expect(asked.some((each) => each.startsWith('GET /api/iot-logs') && each.includes('status=Failure'))).toBe(true)
})

test('logging that is off is said, with the button, and nothing is claimed of the rule', async () => {
  open(
    [],
    {},
    {
      '/api/logging': () => json({ status: 'off', events: [] }),
      '/api/iot-logs': () => json({ outcome: 'logging-off', entries: [], throttled: 0 }),
    },
  )
  expect(await screen.findByText('Logging is turned off')).toBeTruthy()
  expect(await screen.findByText(/Nothing was logged of this rule in this time/)).toBeTruthy()
})

test('a chosen action is one of those to choose from, though nothing of it was logged', async () => {
  open(REFUSED, { action: 'LambdaAction' })
  fireEvent.mouseDown(await screen.findByLabelText(/^Action\b/, { selector: 'button[aria-haspopup="listbox"]' }))
  await screen.findAllByRole('option')
  const values = () =>
    Array.from(document.querySelectorAll('[role=option] [data-value]'), (option) => option.getAttribute('data-value'))
  await waitFor(() => expect(values()).toEqual(['', 'SqsAction', 'LambdaAction']))
})

test('where no message matched, Live messages show what devices really publish', async () => {
  open([], {}, { 'POST /api/metrics/data': () => json({ outcome: 'read', series: [] }) })
  const link = (await screen.findAllByText('See what arrives on #'))[0]?.closest('a')
  const asked = new URL(link?.getAttribute('href') ?? '', 'https://console').searchParams.getAll('s')
  expect(asked).toEqual(['0:#'])
})
