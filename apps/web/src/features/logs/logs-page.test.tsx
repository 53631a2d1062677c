import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { IotLogEntry, Logging, RefusalFacts } from '@thingdeck/contract'
import { beforeAll, expect, test, vi } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const entry = (number: number, members: Partial<IotLogEntry> = {}): IotLogEntry => {
  const at = new Date(Date.now() - 60_000 + number).toISOString()
  const told = { eventType: 'Publish-In', logLevel: 'INFO', status: 'Success', traceId: `trace-${number}`, ...members }
  return {
    eventId: `e${number}`,
    at,
    loggedAt: at,
    logStreamName: 'stream',
    message: JSON.stringify({ timestamp: at, ...told }),
    clientId: `pump-${number}`,
    ...told,
  }
}
const page = (entries: readonly IotLogEntry[], more: object = {}) =>
  json({ outcome: 'entries', entries, throttled: 0, ...more })
const logging = (change: Partial<Logging> = {}) =>
  json({ status: 'on', defaultLogLevel: 'INFO', roleArn: 'arn:aws:iam::123456789012:role/log', events: [], ...change })

const open = (path: string, routes: Routes, role: 'viewer' | 'operator' | 'admin' = 'operator') =>
  openApp(path, {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role } }),
    '/api/logging': () => logging(),
    '/api/client-debugs': () => json({ clientDebugs: [], lasts: true }),
    '/api/refusals/facts': () => json({ things: [], checks: [] }),
    ...routes,
  })

const refused = entry(2, {
  status: 'Failure',
  logLevel: 'ERROR',
  reason: 'AUTHORIZATION_FAILURE',
  details: 'Authorization Failure',
  topicName: 'dt/pump-8/t',
})

beforeAll(() => loadPages('/logs'))

test('an entry is a row, newest first, with why in words', async () => {
  open('/logs', { '/api/iot-logs': () => page([refused, entry(1)]) })
  const row = (await screen.findByRole('link', { name: 'pump-2' })).closest('tr')
  expect(row?.textContent).toMatch(/Publish-In.*pump-2.*dt\/pump-8\/t.*No policy of its principal allows it/)
})

test('the filter of the address is what is asked for', async () => {
  const { asked } = open(
    '/logs?client=pump-7&event=Connect&level=ERROR&from=2026-03-04T00:00:00Z&to=2026-03-04T01:00:00Z',
    {
      '/api/iot-logs': () => page([]),
    },
  )
  expect(await screen.findByText('No matches')).toBeTruthy()
  expect(asked.find((each) => each.includes('/api/iot-logs'))).toBe(
    'GET /api/iot-logs?clientId=pump-7&eventTypes=Connect&levels=ERROR&from=2026-03-04T00%3A00%3A00.000Z&to=2026-03-04T01%3A00%3A00.000Z&maxResults=50',
  )
})

test('a row opens beside the list: what to do, its links, and the entry byte for byte', async () => {
  const { history } = open('/logs', { '/api/iot-logs': () => page([refused]) })
  fireEvent.click(await screen.findByRole('radio', { name: /Look at Publish-In of pump-2/ }))
  await waitFor(() => expect(history.location.href).toContain('look='))
  const panel = await screen.findByRole('region', { name: 'Publish-In' })
  expect(within(panel).getByText(/Compare topic and client id with the policies/)).toBeTruthy()
  expect(within(panel).getByText(refused.message)).toBeTruthy()
  const follow = within(panel).getByRole('link', { name: 'Follow it' })
  expect(follow.getAttribute('href')).toBe(`/logs/trace/trace-2?at=${refused.at}`)
})

test.each<[name: string, facts: RefusalFacts, links: readonly string[]]>([
  ['a client that is no thing', { things: [], checks: [] }, []],
  [
    'the thing of its certificate, under another name',
    { thing: { thingName: 'hall-2', by: 'certificate' }, things: ['hall-2'], checks: [] },
    ['Thing hall-2'],
  ],
  ['each of several things of a certificate', { things: ['a', 'b'], checks: [] }, ['Thing a', 'Thing b']],
])('an entry leads to things that there are: %s', async (_, facts, links) => {
  open('/logs', { '/api/iot-logs': () => page([refused]), '/api/refusals/facts': () => json(facts) })
  fireEvent.click(await screen.findByRole('radio', { name: /Look at Publish-In of pump-2/ }))
  const panel = await screen.findByRole('region', { name: 'Publish-In' })
  if (links.length > 0) await within(panel).findByRole('link', { name: links[0] ?? '' })
  expect(within(panel).getByRole('link', { name: 'Refusals of this client' }).getAttribute('href')).toBe(
    '/refusals?client=pump-2',
  )
  const found = within(panel).queryAllByRole('link', { name: /^Thing / })
  expect(found.map(({ textContent }) => textContent)).toEqual(links)
})

test('a link to an entry that the list does not show finds it', async () => {
  const found = entry(7)
  open(`/logs?look=${Date.parse(found.at)}.e7`, {
    '/api/iot-logs': (url) => (url.searchParams.get('maxResults') === '500' ? page([found]) : page([])),
  })
  expect(await screen.findByText(found.message)).toBeTruthy()
})

test('a search that has not come to its end goes on', async () => {
  const { asked } = open('/logs?trace=trace-1', {
    '/api/iot-logs': (url) => (url.searchParams.has('nextToken') ? page([entry(1)]) : page([], { nextToken: 'n' })),
  })
  expect(await screen.findByText('No matches so far')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Search on' }))
  expect(await screen.findByRole('link', { name: 'pump-1' })).toBeTruthy()
  expect(asked.some((each) => each.includes('nextToken=n'))).toBe(true)
})

test('new entries of the live tail move nothing that is pointed at: they wait until they are asked for', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  vi.stubGlobal('scrollY', 100)
  try {
    const { history } = open('/logs', {
      '/api/iot-logs': (url) => page(url.searchParams.get('maxResults') === '500' ? [entry(70_000)] : [entry(1)]),
    })
    await screen.findByRole('link', { name: 'pump-1' })
    fireEvent.click(screen.getAllByRole('button', { name: 'Live tail' })[0] as HTMLElement)
    await waitFor(() => expect(history.location.href).toContain('tail=1'))
    const [button] = await screen.findAllByRole('button', { name: 'Show 1 new entry' })
    expect(screen.queryByRole('link', { name: 'pump-70000' })).toBeNull()
    if (button) fireEvent.click(button)
    expect(await screen.findByRole('link', { name: 'pump-70000' })).toBeTruthy()
  } finally {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
})

test('logging that is off says so, and an admin turns it on', async () => {
  let isOn = false
  const bodies: unknown[] = []
  open(
    '/logs',
    {
      '/api/iot-logs': () => json({ outcome: 'logging-off', entries: [], throttled: 0 }),
      '/api/logging': () => (isOn ? logging() : json({ status: 'not-configured', events: [] })),
      'PUT /api/logging': (_, init) => {
        bodies.push(JSON.parse(String(init?.body)))
        isOn = true
        return logging()
      },
    },
    'admin',
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Turn on logging' }))
  const dialog = await screen.findByRole('dialog', { name: 'Turn on logging' })
  expect(within(dialog).getByText(/about 0.50 USD per GB/)).toBeTruthy()
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Role' }), {
    target: { value: 'arn:aws:iam::123456789012:role/log' },
  })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Turn on logging' }))
  await waitFor(() =>
    expect(bodies).toEqual([
      { defaultLogLevel: 'INFO', roleArn: 'arn:aws:iam::123456789012:role/log', disableAllLogs: false },
    ]),
  )
})

test('who may not turn it on sees why, and what the console may not read is said with the permission', async () => {
  open('/logs', {
    '/api/iot-logs': () => json({ outcome: 'not-allowed', entries: [], throttled: 0, message: 'not authorized' }),
  })
  expect(await screen.findByText(/logs:FilterLogEvents/)).toBeTruthy()
})

test('a client is debugged from its entry, and the debug that runs is shown', async () => {
  const until = new Date(Date.now() + 900_000).toISOString()
  const debug = { clientDebugId: 'd', clientId: 'pump-2', since: until, until, startedBy: 'Ada', state: 'running' }
  let runs = false
  const { asked } = open('/logs', {
    '/api/iot-logs': () => page([refused]),
    '/api/client-debugs': () => json({ clientDebugs: runs ? [debug] : [], lasts: true }),
    'POST /api/client-debugs': () => {
      runs = true
      return json(debug)
    },
    'POST /api/client-debugs/d/stop': () => {
      runs = false
      return json({ ...debug, state: 'put-back', endedAt: until })
    },
  })
  fireEvent.click(await screen.findByRole('radio', { name: /Look at Publish-In of pump-2/ }))
  fireEvent.click(await screen.findByRole('button', { name: 'Debug this client for 15 minutes' }))
  fireEvent.click(
    within(await screen.findByRole('dialog', { name: 'Debug a client for 15 minutes' })).getByRole('button', {
      name: 'Start debugging',
    }),
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Stop debugging pump-2' }))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Clients that are debugged' })).toBeNull())
  expect(asked).toContain('POST /api/client-debugs/d/stop')
})

test('a log that cannot be read says why, and is asked again', async () => {
  let isUp = false
  open('/logs', {
    '/api/iot-logs': () => (isUp ? page([entry(1)]) : problem(400, 'InvalidParameterException', 'no such thing')),
  })
  expect(await screen.findByText(/no such thing/)).toBeTruthy()
  isUp = true
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'pump-1' })).toBeTruthy()
})
