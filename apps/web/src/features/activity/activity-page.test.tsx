import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { AuditEntry } from '@thingdeck/contract'
import { beforeAll, expect, test, vi } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const shadow = (id: string) => ({ type: 'shadow', id, arn: `arn:aws:iot:us-east-1:123456789012:thing/${id}` })

const entry = (number: number, change: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `${number}-0`,
  time: new Date(Date.now() - 60_000).toISOString(),
  person: { id: 'p-1', name: 'Ada', role: 'operator' },
  action: 'UpdateThingShadow',
  resource: shadow(`pump-${number}`),
  requestId: `request-${number}`,
  outcome: { status: 200 },
  changes: [{ path: '$.desired.on', beforeText: 'false', afterText: 'true' }],
  ...change,
})
const page = (entries: readonly AuditEntry[], more: object = {}) =>
  json({ entries, store: 'file', keeps: 50_000, ...more })
const open = (path: string, routes: Routes) => openApp(path, { '/api/session': () => json(SESSION), ...routes })

beforeAll(() => loadPages('/activity', '/things/$thingName'))

test('each write is a row: who, what, from what to what, and how it ended', async () => {
  open('/activity', {
    '/api/audit': () =>
      page([
        entry(2, { outcome: { status: 409, code: 'ConflictException', message: 'Version conflict' } }),
        entry(1, { resource: shadow('pump-1/config') }),
      ]),
  })
  const link = await screen.findByRole('link', { name: 'pump-1' })
  expect(link.getAttribute('href')).toBe('/things/pump-1/shadow?shadowName=config')
  expect(link.closest('tr')?.textContent).toMatch(
    /1 min ago.*Ada.*UpdateThingShadow.*pump-1 config.*Done.*desired\.on false → true/,
  )
  expect(screen.getByText('ConflictException').closest('tr')?.textContent).toContain('not done: desired.on')
  expect(screen.getByText(/The latest 50,000 are kept\.$/)).toBeTruthy()
})

test('the filter of the address is what the trail is asked for', async () => {
  const { asked } = open('/activity?thing=pump-1&shadow=(classic)&outcome=refused&from=2026-11-22T10:00:00Z', {
    '/api/audit': () => page([]),
  })
  expect(await screen.findByText('No matches')).toBeTruthy()
  expect(asked.find((each) => each.includes('/api/audit'))).toBe(
    'GET /api/audit?thing=pump-1&shadow=%28classic%29&outcome=refused&from=2026-11-22T10%3A00%3A00.000Z&limit=50',
  )
  fireEvent.click(screen.getByRole('button', { name: 'Clear filter' }))
  expect(await screen.findByText('Nothing was written yet')).toBeTruthy()
})

test('a row opens beside the list with every value, and the address says so', async () => {
  const changes = [
    { path: '$.desired.on', beforeText: 'false', afterText: 'true' },
    { path: '$.desired.old', beforeText: '12345678901234567890' },
  ]
  const { history } = open('/activity', {
    '/api/audit': () => page([entry(1, { changes, reportedByPage: true, clientToken: 't-1', version: 7 })]),
  })
  fireEvent.click(await screen.findByRole('radio', { name: /Look at UpdateThingShadow by Ada/ }))
  await waitFor(() => expect(history.location.href).toBe('/activity?look=1-0'))
  const panel = await screen.findByRole('region', { name: 'Entry' })
  const table = within(panel).getByRole('table', { name: 'Values before and after' })
  expect(within(table).getByRole('row', { name: 'desired.old 12345678901234567890 removed' })).toBeTruthy()
  expect(within(panel).getByText(/By the word of the person's page/)).toBeTruthy()
  expect(within(panel).getByRole('button', { name: 'Copy request id' })).toBeTruthy()
})

test('a link to an entry that the list does not show finds it, or says that it is gone', async () => {
  const routes: Routes = {
    '/api/audit': (url) =>
      url.searchParams.get('cursor') === '5-1' ? page([entry(5, { requestId: 'the-one' })]) : page([]),
  }
  open('/activity?look=5-0', routes)
  expect(await screen.findByText('the-one')).toBeTruthy()
})

test('an entry that is not kept any more says so', async () => {
  open('/activity?look=9-0', { '/api/audit': () => page([entry(5)]) })
  expect(await screen.findByText(/not kept any more/)).toBeTruthy()
})

test('older entries come by cursor, and a search that has not come to its end goes on', async () => {
  const { asked } = open('/activity?thing=pump-1', {
    '/api/audit': (url) => (url.searchParams.has('cursor') ? page([entry(1)]) : page([], { nextCursor: '4-0' })),
  })
  expect(await screen.findByText('No matches so far')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Search on' }))
  expect(await screen.findByRole('link', { name: 'pump-1' })).toBeTruthy()
  expect(asked).toContain('GET /api/audit?thing=pump-1&limit=50&cursor=4-0')
})

test('new entries wait until they are asked for', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  try {
    let entries = [entry(1)]
    open('/activity', { '/api/audit': () => page(entries) })
    await screen.findByRole('link', { name: 'pump-1' })
    entries = [entry(3), entry(2), entry(1)]
    await vi.advanceTimersByTimeAsync(11_000)
    const [button] = await screen.findAllByRole('button', { name: 'Show 2 new entries' })
    expect(screen.queryByRole('link', { name: 'pump-3' })).toBeNull()
    if (button) fireEvent.click(button)
    expect(await screen.findByRole('link', { name: 'pump-3' })).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('button', { name: /new entr/ })).toBeNull())
  } finally {
    vi.useRealTimers()
  }
})

test('a trail that cannot be read says why, and is asked again', async () => {
  let isUp = false
  open('/activity', {
    '/api/audit': () => (isUp ? page([entry(1)]) : problem(400, 'BAD_REQUEST', 'The cursor is none.')),
  })
  expect(await screen.findByText(/The cursor is none\. \(BAD_REQUEST\)/)).toBeTruthy()
  isUp = true
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'pump-1' })).toBeTruthy()
})

test('the changes of a thing are a tab of its page', async () => {
  const { asked } = open('/things/pump-1?tab=changes', {
    '/api/things/pump-1': () =>
      json({ thingName: 'pump-1', thingArn: 'arn', attributes: {}, version: 1, principals: [], thingGroupNames: [] }),
    '/api/audit': () => page([entry(1, { resource: shadow('pump-1/config') })]),
  })
  expect(await screen.findByText('desired.on false → true')).toBeTruthy()
  expect(asked).toContain('GET /api/audit?thing=pump-1&limit=50')
  expect(screen.getByRole('link', { name: 'config' }).getAttribute('href')).toBe(
    '/things/pump-1/shadow?shadowName=config',
  )
  expect(screen.getByRole('link', { name: 'Open in Activity' }).getAttribute('href')).toBe('/activity?thing=pump-1')
})
