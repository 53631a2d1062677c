import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
// Its modules are there before the first test looks at it.
import './detail-page.tsx'

const CERTIFICATE_ID = '0a1b2c3d'.repeat(8)
const CERTIFICATE = `arn:aws:iot:us-east-1:123456789012:cert/${CERTIFICATE_ID}`
const PUMP = {
  thingName: 'pump-7',
  thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7',
  thingTypeName: 'pump',
  attributes: { site: 'hall-2' },
  version: 3,
}
const CONNECTION = {
  connected: true,
  toldBy: 'connection',
  clientId: 'pump-7',
  connectedSince: new Date(Date.now() - 60_000),
  sourceIp: '198.51.100.20',
}
const PRINCIPAL = {
  principal: CERTIFICATE,
  type: 'NON_EXCLUSIVE_THING',
  certificate: {
    certificateId: CERTIFICATE_ID,
    certificateArn: CERTIFICATE,
    status: 'INACTIVE',
    notAfter: new Date(Date.now() + 10.5 * 86_400_000),
    policyNames: ['telemetry'],
    groupPolicyNames: ['of-the-hall'],
  },
  otherThings: [],
}
const DETAILS = {
  thing: PUMP,
  groups: { value: ['north'] },
  principals: { value: [PRINCIPAL] },
  connection: { value: CONNECTION },
  kind: { value: { thingTypeName: 'pump', things: 340, disconnected: 12 } },
}
const ROUTES: Routes = {
  '/api/session': () => json(SESSION),
  '/api/things/pump-7/details': () => json(DETAILS),
  '/api/things/pump-7/connectivity': () =>
    json({
      outcome: 'known',
      connected: true,
      changedAt: new Date(Date.now() - 60_000),
      clientId: 'pump-7',
      keepAliveSeconds: 30,
      cleanSession: false,
      sessionExpirySeconds: 3_600,
      sourceIp: '198.51.100.20',
      sourcePort: 40_100,
      drops: {
        outcome: 'counted',
        since: new Date(Date.now() - 86_400_000),
        count: 3,
        byReason: [
          { reason: 'CONNECTION_LOST', count: 2 },
          { reason: 'DUPLICATE_CLIENTID', count: 1 },
        ],
      },
    }),
  '/api/things/pump-7/shadows': () => json({ classic: true, named: ['alarms'] }),
}

const open = (path: string, routes = ROUTES) => openApp(path, routes)

beforeAll(() => loadPages('/things/$thingName'))

test('the overview says what a thing is, how its connection stands and who may act as it', async () => {
  const { worker, asked } = open('/things/pump-7')
  expect(await screen.findByRole('heading', { name: 'pump-7', level: 1 })).toBeTruthy()
  expect(await screen.findByText(/^Connected(?! since)/)).toBeTruthy()
  expect(screen.getByText(/from 198\.51\.100\.20/)).toBeTruthy()
  expect(screen.getByRole('link', { name: `Certificate ${CERTIFICATE_ID.slice(0, 10)}…` })).toBeTruthy()
  for (const link of screen.getAllByRole('link', { name: 'pump' }))
    expect(['/thing-types/pump', '/things?type=pump']).toContain(link.getAttribute('href'))
  for (const link of screen.getAllByRole('link', { name: 'north' }))
    expect(link.getAttribute('href')).toBe('/thing-groups/north')
  expect(screen.getByRole('link', { name: '12 of 340 things' }).getAttribute('href')).toBe(
    '/things?type=pump&connection=disconnected',
  )
  expect(await screen.findByText('Inactive')).toBeTruthy()
  expect(screen.getByText('expires in 10 days')).toBeTruthy()
  expect(screen.getByText('telemetry').closest('li')?.textContent).toBe('telemetry')
  expect(screen.getByText('of-the-hall').closest('li')?.textContent).toBe('of-the-hall through a group')
  expect(screen.getByRole('button', { name: 'Copy ARN' })).toBeTruthy()
  await waitFor(() => expect(worker.calls).toContain('mqtt.openTap')) // for lifecycle events
  // One request for the page, and one that waits for the log: its parts are asked for by nobody else.
  expect(asked.filter((each) => /pump-7|certificates/.test(each)).sort()).toEqual([
    'GET /api/things/pump-7/connectivity',
    'GET /api/things/pump-7/details',
  ])
})

test('what one part of a thing cannot tell takes nothing from the others', async () => {
  open('/things/pump-7', {
    ...ROUTES,
    '/api/things/pump-7/details': () =>
      json({
        ...DETAILS,
        groups: { unread: 'AccessDeniedException: no groups for you' },
        principals: { unread: 'ThrottlingException: Rate exceeded' },
        kind: { unread: 'InternalFailureException: sorry' },
      }),
  })
  expect(await screen.findByText(/^Connected(?! since)/)).toBeTruthy()
  expect(screen.getByText('They could not be read: AccessDeniedException: no groups for you')).toBeTruthy()
  expect(screen.getByText('They could not be read: ThrottlingException: Rate exceeded')).toBeTruthy()
  expect(screen.getByText('hall-2')).toBeTruthy()
})

test('a tab is in the address', async () => {
  const { history } = open('/things/pump-7')
  fireEvent.click(await screen.findByRole('tab', { name: 'Shadows' }))
  await waitFor(() => expect(history.location.href).toBe('/things/pump-7?tab=shadows'))
  const named = await screen.findByRole('link', { name: 'alarms' })
  expect(named.getAttribute('href')).toBe('/things/pump-7/shadow?shadowName=alarms')
})

test('a thing that the registry does not know says so', async () => {
  open('/things/ghost', {
    ...ROUTES,
    '/api/things/ghost/details': () => problem(404, 'ResourceNotFoundException', 'Thing ghost cannot be found.'),
  })
  expect(await screen.findByText('The registry knows no thing named ghost')).toBeTruthy()
})

const factOf = (label: string) => screen.getByText(label).closest('dt')?.parentElement?.textContent ?? ''

test('the connection in full: from where, how, and how often it was lost', async () => {
  open('/things/pump-7')
  await screen.findByText('Keep-alive')
  expect(factOf('From')).toContain('198.51.100.20, port 40100')
  expect(factOf('Keep-alive')).toContain('30 s')
  expect(factOf('Session')).toContain('goes on after a disconnect, kept for 1 h after it')
  expect(factOf('Lost in the last day')).toContain(
    '3 times: 2 × the network connection was lost (CONNECTION_LOST), 1 × another connection took its client id',
  )
})

test('what is not known of the connection is said, with what would change it', async () => {
  const drops = { outcome: 'not-logged', since: new Date(), count: 0, byReason: [] }
  open('/things/pump-7', {
    ...ROUTES,
    '/api/things/pump-7/connectivity': () =>
      json({ outcome: 'not-indexed', message: 'IndexNotReadyException: off', drops }),
  })
  expect(await screen.findByText(/the fleet index does not know connections/)).toBeTruthy()
  expect(factOf('Lost in the last day')).toContain('not known: disconnects are not logged at present')
  expect(screen.queryByText(/never/)).toBeNull()
})

const connection = (answer: object): Routes => ({
  ...ROUTES,
  '/api/things/pump-7/details': () => json({ ...DETAILS, connection: { value: answer } }),
})

const ago = (ms: number) => new Date(Date.now() - ms)

// Made when they are asked for: whoever is slow would tell of another minute.
test.each([
  [
    'Disconnected 2 h ago',
    () => ({ connected: false, toldBy: 'index', isIndexed: true, disconnectedSince: ago(7_200_000) }),
  ],
  ['Disconnected, longer ago than is on record', () => ({ connected: false, toldBy: 'connection' })],
  [
    'Connected 3 min ago as gateway-9',
    () => ({ connected: true, toldBy: 'index', clientId: 'gateway-9', connectedSince: ago(180_000) }),
  ],
  [
    'Disconnected 3 min ago: SOMETHING_NEW',
    () => ({
      connected: false,
      toldBy: 'connection',
      disconnectReason: 'SOMETHING_NEW',
      disconnectedSince: ago(180_000),
    }),
  ],
])('a connection in words: %s', async (words, answer) => {
  open('/things/pump-7', connection(answer()))
  await screen.findByRole('heading', { name: 'pump-7', level: 1 })
  await waitFor(() => expect(document.querySelector('main')?.textContent).toContain(words))
})

test('that no connection is on record is not taken for knowledge: what it may mean is said', async () => {
  const complaint = vi.spyOn(console, 'error').mockReturnValue()
  open('/things/pump-7', connection({ connected: false, toldBy: 'nobody', isIndexed: false }))
  fireEvent.click(await screen.findByRole('button', { name: 'No connection on record' }))
  expect(await screen.findByText(/be refused each time/)).toBeTruthy()
  expect(screen.getByText(/be connected under a client id that is not the thing’s name/)).toBeTruthy()
  expect(screen.getByText(/The fleet index, which might know more, is not there to be asked/)).toBeTruthy()
  expect(screen.queryByText(/never seen/i)).toBeNull()
  expect(complaint).not.toHaveBeenCalled() // a list in a paragraph
  complaint.mockRestore()
})

test('while the page hears no broker, no answer is said of now, and it is asked for again', async () => {
  const { worker, asked } = open('/things/pump-7', {
    ...ROUTES,
    '/api/things/pump-7/connection': () => json(CONNECTION),
  })
  expect(await screen.findByText(/^Connected(?! since)/)).toBeTruthy()
  const before = asked.filter((path) => path.endsWith('/connection')).length
  const state = { kind: 'waiting', attempt: 0, retryAtMs: Date.now() + 60_000, reason: 'it hung up' } as const
  worker.say({ connection: { state, attempt: 0, lastDrop: { atMs: Date.now(), reason: 'it hung up' } } })
  expect(await screen.findByText(/^When last asked, at \d\d:\d\d:\d\d, .*: connected$/)).toBeTruthy()
  expect(screen.queryByText(/^Connected(?! since)/)).toBeNull()
  await waitFor(() => expect(asked.filter((path) => path.endsWith('/connection')).length).toBeGreaterThan(before))
  worker.say({ connection: { state: { kind: 'connected', sinceMs: 1 }, attempt: 0 } })
  expect(await screen.findByText(/^Connected(?! since)/)).toBeTruthy()
})

test('what was known before the server fell silent is not said of now', async () => {
  let isUp = true
  const { worker } = open('/things/pump-7', {
    ...ROUTES,
    '/api/session': () => (isUp ? json(SESSION) : Promise.reject(new TypeError('Failed to fetch'))),
    '/api/things/pump-7/connection': () => (isUp ? json(CONNECTION) : Promise.reject(new TypeError('no'))),
    '/api/things/pump-7/connectivity': (url, init) =>
      isUp ? (ROUTES['/api/things/pump-7/connectivity']?.(url, init) ?? json({})) : Promise.reject(new TypeError('no')),
  })
  expect(await screen.findByText(/^Connected(?! since)/)).toBeTruthy()
  await waitFor(() => expect(worker.calls).toContain('mqtt.openTap')) // it hears what is told to it
  isUp = false
  worker.gap() // what came meanwhile was missed, so it is asked for anew
  await waitFor(() =>
    expect(document.querySelector('main')?.textContent).toContain('Connection not known now; connected at'),
  )
  expect(screen.queryByText(/^Connected/)).toBeNull()
})

test('an attribute whose value reorders what is around it is shown with what cannot be seen', async () => {
  open('/things/pump-7', {
    ...ROUTES,
    '/api/things/pump-7/details': () => json({ ...DETAILS, thing: { ...PUMP, attributes: { site: 'hall\u202e2-' } } }),
  })
  const name = await screen.findByText('site')
  expect(name.closest('li')?.textContent).toBe('site hall\\u202E2-')
})
