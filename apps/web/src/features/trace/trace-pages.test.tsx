import { fireEvent, screen, waitFor } from '@testing-library/react'
import type { IotLogEntry, Logging } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const START_MS = Date.UTC(2026, 2, 4, 5, 6, 7)
const principalId = 'a'.repeat(64)

const entry = (afterMs: number, eventType: string, members: Partial<IotLogEntry> = {}): IotLogEntry => {
  const at = new Date(START_MS + afterMs).toISOString()
  const told = {
    eventType,
    logLevel: 'INFO',
    status: 'Success',
    traceId: 'trace-1',
    topicName: 'dt/pump-7/t',
    ...members,
  }
  return {
    eventId: `${eventType}-${afterMs}-${members.clientId ?? ''}`,
    at,
    loggedAt: at,
    logStreamName: 's',
    message: JSON.stringify(told),
    ...told,
  }
}
const page = (entries: readonly IotLogEntry[]) => json({ outcome: 'entries', entries, throttled: 0 })
const logging = (defaultLogLevel: Logging['defaultLogLevel']) => json({ status: 'on', defaultLogLevel, events: [] })

const open = (path: string, routes: Routes) =>
  openApp(path, {
    '/api/session': () => json(SESSION),
    '/api/logging': () => logging('INFO'),
    '/api/client-debugs': () => json({ clientDebugs: [], lasts: true }),
    '/api/message-authorization': () =>
      json({
        decision: 'ALLOWED',
        statements: [{ policyName: 'device', statement: 2, sid: 'Own', effect: 'Allow' }],
        explanation: 'allowed',
        missing: [],
      }),
    '/api/client-subscriptions': () => json({ topicFilters: ['dt/+/t', 'other'] }),
    ...routes,
  })

const published = entry(0, 'Publish-In', { clientId: 'pump-7', principalId })

beforeAll(() => loadPages('/logs/trace/$traceId', '/logs/trace'))

test('a message: by whom and by which right, to whom it went, and what rules did', async () => {
  const { asked } = open(`/logs/trace/trace-1?at=${published.at}`, {
    '/api/iot-logs': () =>
      page([
        published,
        entry(3, 'Publish-Out', { clientId: 'dashboard' }),
        entry(4, 'Queued', { clientId: 'archive' }),
        entry(4, 'Publish-Out', {
          clientId: 'curious',
          status: 'Failure',
          logLevel: 'ERROR',
          reason: 'AUTHORIZATION_FAILURE',
        }),
        entry(5, 'RuleMatch', { ruleName: 'to-table', clientId: 'pump-7' }),
        entry(9, 'RuleExecution', { ruleName: 'to-table', ruleAction: 'DynamoAction', clientId: 'pump-7' }),
      ]),
  })
  expect(await screen.findByText(/Allowed by statement 2 \(Own\) of policy device, as of now/)).toBeTruthy()
  expect(screen.getByText(/delivered \+3 ms/)).toBeTruthy()
  expect(screen.getByText(/kept until it comes back \+4 ms/)).toBeTruthy()
  expect(screen.getByText(/refused \+4 ms: No policy of the receiver allows it to receive this topic/)).toBeTruthy()
  expect((await screen.findAllByText(/through/)).at(0)?.textContent).toContain('through dt/+/t, as of now')
  expect(screen.getByText(/matched \+5 ms/)).toBeTruthy()
  expect(screen.getByText(/DynamoAction \+9 ms/)).toBeTruthy()
  expect(asked.find((each) => each.includes('/api/iot-logs'))).toContain('traceId=trace-1')
})

test('where the level does not suffice it is said, and raising it is offered', async () => {
  open(`/logs/trace/trace-1?at=${published.at}`, {
    '/api/logging': () => logging('ERROR'),
    '/api/iot-logs': () => page([published]),
  })
  expect(
    await screen.findByText(/deliveries that succeed are logged at INFO, and the account logs at ERROR/),
  ).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Debug this client for 15 minutes' }))
  expect(await screen.findByRole('dialog', { name: 'Debug a client for 15 minutes' })).toBeTruthy()
})

test('a message that was received is never more than likely, and one of several can be chosen', async () => {
  const other = entry(-400, 'Publish-In', { clientId: 'pump-8', traceId: 'trace-2' })
  const received = new Date(START_MS + 20).toISOString()
  const { history } = open(`/logs/trace?topic=dt/pump-7/t&at=${received}`, {
    '/api/iot-logs': (url) => {
      const traceId = url.searchParams.get('traceId')
      if (traceId === null) return page([published, other])
      return page([traceId === 'trace-2' ? other : published])
    },
  })
  expect(await screen.findByText('One of 2: it may have been another')).toBeTruthy()
  expect(screen.getByText(/Shown is the one 20 ms before/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /^\d\d:\d\d:06\.600/ }))
  await waitFor(() => expect(history.location.href).toContain('choice=trace-2'))
  expect((await screen.findAllByRole('link', { name: 'pump-8' })).length).toBeGreaterThan(0)
})

test('the only publish of its time is likely; none says why there may be none', async () => {
  open(`/logs/trace?topic=dt/pump-7/t&at=${published.at}`, { '/api/iot-logs': () => page([published]) })
  expect(await screen.findByText('Likely this one')).toBeTruthy()
})

test('a publish that is not logged says what the level leaves out', async () => {
  open(`/logs/trace?topic=dt/pump-7/t&at=${published.at}`, {
    '/api/logging': () => logging('ERROR'),
    '/api/iot-logs': () => page([]),
  })
  expect(await screen.findByText(/logged at INFO, and the account logs at ERROR/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'What was logged of this topic around then' })).toBeTruthy()
})

test('a trace of which nothing is there says so', async () => {
  open('/logs/trace/nothing', { '/api/iot-logs': () => page([]) })
  expect(await screen.findByText('Nothing of this trace is in the log')).toBeTruthy()
})
