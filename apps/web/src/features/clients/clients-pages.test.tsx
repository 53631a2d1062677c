import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Client, ClientHistory, ClientPage, ClientTraffic, Logging, Role } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const CERTIFICATE = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const AT = '2026-11-29T10:00:00.000Z'

const PAGE: ClientPage = {
  clients: [
    {
      clientId: 'pump-7',
      toldBy: 'log',
      connected: true,
      changedAt: AT,
      thingName: 'pump-7',
      principalId: CERTIFICATE,
      protocol: 'MQTT',
      sourceIp: '198.51.100.20',
      connects: 4,
      refused: 0,
      drops: 3,
      takeovers: 3,
    },
    {
      clientId: 'lamp/3',
      toldBy: 'log',
      connected: false,
      changedAt: AT,
      disconnectReason: 'CONNECTION_LOST',
      connects: 1,
      refused: 0,
      drops: 1,
      takeovers: 0,
    },
    {
      clientId: 'thingdeck-us-east-1:01234567-89ab-4cde-8f01-23456789abcd-tab-0',
      toldBy: 'log',
      connected: true,
      connects: 1,
      refused: 0,
      drops: 0,
      takeovers: 0,
    },
    { clientId: 'pump-9', toldBy: 'index', connected: true, thingName: 'pump-9' },
  ],
  log: { outcome: 'entries' },
  index: { outcome: 'read' },
}
const CLIENT: Client = {
  clientId: 'pump-7',
  connection: {
    outcome: 'known',
    connected: true,
    thingName: 'pump-7',
    connectedSince: AT,
    cleanSession: false,
    sessionExpirySeconds: 3_600,
    keepAliveSeconds: 45,
    sourceIp: '198.51.100.20',
    sourcePort: 40_100,
    targetIp: '192.0.2.1',
    targetPort: 8_883,
  },
  thing: { thingName: 'pump-7', by: 'connection' },
  logging: { state: 'on', level: 'INFO', levelBy: 'account' },
}
const party = (principalId: string, change: object = {}) => ({
  partyId: principalId,
  principalId,
  sourceIp: '198.51.100.20',
  protocol: 'MQTT',
  connects: 2,
  refused: 0,
  took: 1,
  lost: 1,
  firstAt: AT,
  lastAt: AT,
  ...change,
})
const HISTORY: ClientHistory = {
  log: { outcome: 'entries' },
  events: [
    {
      id: 'e1',
      at: AT,
      eventType: 'Connect',
      status: 'Success',
      principalId: CERTIFICATE,
      sourceIp: '198.51.100.20',
      sourcePort: 40_100,
    },
    {
      id: 'e2',
      at: AT,
      eventType: 'Disconnect',
      status: 'Failure',
      principalId: OTHER,
      disconnectReason: 'DUPLICATE_CLIENTID',
      reason: 'DUPLICATE_CLIENT_ID',
    },
  ],
  parties: [party(CERTIFICATE, { isConnected: true }), party(OTHER)],
  takeovers: [
    { loser: OTHER, winner: CERTIFICATE, count: 1, firstAt: AT, lastAt: AT },
    { loser: CERTIFICATE, winner: OTHER, count: 1, firstAt: AT, lastAt: AT },
  ],
}
const TRAFFIC: ClientTraffic = {
  log: { outcome: 'entries' },
  from: '2026-11-29T09:45:00.000Z',
  to: AT,
  received: 30,
  refused: 2,
  delivered: 1,
  queued: 0,
  topics: [
    { topic: 'dt/pump-7', received: 28, delivered: 0, queued: 0 },
    { topic: 'cmd/pump-7/on', received: 0, delivered: 1, queued: 0 },
  ],
}
const LOGGING: Logging = { status: 'on', defaultLogLevel: 'INFO', events: [] }

const open = (path: string, routes: Routes = {}, role: Role = 'operator') =>
  openApp(path, {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role } }),
    '/api/clients': () => json(PAGE),
    '/api/clients/pump-7': () => json(CLIENT),
    '/api/clients/pump-7/history': () => json(HISTORY),
    '/api/clients/pump-7/traffic': () => json(TRAFFIC),
    '/api/clients/pump-7/subscriptions': () =>
      json({ outcome: 'read', subscriptions: [{ topicFilter: 'cmd/pump-7/#', qos: 1 }] }),
    '/api/logging/client-debugs': () => json({ clientDebugs: [], lasts: true }),
    '/api/logging': () => json(LOGGING),
    ...routes,
  })

const rowOf = async (text: string) => (await screen.findAllByText(text))[0]?.closest('tr')?.textContent ?? ''

beforeAll(() => loadPages('/clients', '/clients/$clientId'))

test('clients, with what the log and the index know of each; a console’s is marked, and leads nowhere else', async () => {
  open('/clients')
  expect(await rowOf('pump-9')).toMatch(/Connected.*pump-9.*not known/)
  expect(await rowOf('lamp/3')).toMatch(/Disconnected.*the network connection was lost \(CONNECTION_LOST\)/)
  expect(await rowOf('console')).toContain('thingdeck-us-east-1')
  expect(screen.getByRole('link', { name: 'lamp/3' }).getAttribute('href')).toBe('/clients/lamp%2F3')
})

test('the filter of the address is what is asked for', async () => {
  const { asked } = open('/clients?starts=pump&state=connected&fought=1&last=1h')
  await rowOf('pump-9')
  const [question] = asked.filter((each) => each.startsWith('GET /api/clients?'))
  expect(question).toMatch(/startsWith=pump&state=connected&isFoughtOver=1&withoutConsoles=1&maxResults=25/)
})

test('sessions of consoles are left out, which is said, and shown to whoever asks', async () => {
  const { asked } = open('/clients', {
    '/api/clients': (url) =>
      json(
        url.searchParams.has('withoutConsoles')
          ? { ...PAGE, clients: PAGE.clients.slice(0, 1), consolesLeftOut: 214 }
          : PAGE,
      ),
  })
  expect(await screen.findByText(/214 sessions of consoles as this one are not listed/)).toBeTruthy()
  fireEvent.click(screen.getByText('Show consoles too'))
  expect(await rowOf('console')).toContain('thingdeck-us-east-1')
  expect(asked.filter((each) => each.startsWith('GET /api/clients?')).at(-1)).not.toContain('withoutConsoles')
})

test('that a client is connected only by the log is said', async () => {
  open('/clients', {
    '/api/clients': () =>
      json({
        ...PAGE,
        clients: [
          { clientId: 'gate-1', toldBy: 'log', connected: true, changedAt: AT, connects: 1, refused: 0, drops: 0 },
        ],
      } satisfies ClientPage),
  })
  expect(await rowOf('gate-1')).toMatch(/Connected .*, by the log/)
})

test('what neither has leads to the broker itself, which knows client ids of any kind', async () => {
  open('/clients?client=pump/8', {
    '/api/clients': () => json({ ...PAGE, clients: [], index: { outcome: 'off' } } satisfies ClientPage),
  })
  const link = await screen.findByRole('link', { name: /Ask the broker for the client pump\/8/ })
  expect(link.getAttribute('href')).toBe('/clients/pump%2F8')
  expect(screen.getByText(/The fleet index does not know connections/)).toBeTruthy()
})

test('a client’s page: its connection, its traffic, and both parties of a fight for its client id', async () => {
  open('/clients/pump-7')
  expect((await screen.findAllByText(/Connected/))[0]?.textContent).toMatch(/from 198\.51\.100\.20/)
  expect(await screen.findByText('persistent: kept for 1 h after a disconnect')).toBeTruthy()
  expect(screen.getByText('198.51.100.20, port 40100')).toBeTruthy()
  expect(await screen.findByText('30 messages, 2.0 a minute')).toBeTruthy()
  expect(await screen.findByText('Its client id was taken by another party twice')).toBeTruthy()
  expect(screen.getAllByText(/took it once, lost it once/)).toHaveLength(2)
})

test('its subscriptions, and how much reached it by each', async () => {
  open('/clients/pump-7?tab=subscriptions')
  await waitFor(async () => expect(await rowOf('cmd/pump-7/#')).toMatch(/1.*1$/))
})

test('what is not logged is not known, and it is said why', async () => {
  open('/clients/pump-7', {
    '/api/clients/pump-7': () => json({ ...CLIENT, logging: { state: 'on', level: 'ERROR', levelBy: 'account' } }),
    '/api/clients/pump-7/traffic': () => json({ ...TRAFFIC, received: 0, refused: 0, delivered: 0, topics: [] }),
  })
  expect(
    await screen.findByText(/Not known: CloudWatch has no metrics of single clients.*the level is ERROR/),
  ).toBeTruthy()
})

test('a client that the broker does not know is told as that', async () => {
  open('/clients/pump-7', {
    '/api/clients/pump-7': () => json({ ...CLIENT, connection: { outcome: 'none' } }),
    '/api/clients/pump-7/history': () => json({ ...HISTORY, events: [], parties: [], takeovers: [] }),
  })
  expect(await screen.findByText(/Not connected: the broker has no connection and no session of it/)).toBeTruthy()
})

test('disconnecting says what follows, and asks for exactly what was chosen', async () => {
  const { asked } = open('/clients/pump-7', {
    'DELETE /api/clients/pump-7/connection': () => json({ clientId: 'pump-7' }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Disconnect' }))
  const dialog = await screen.findByRole('dialog', { name: 'Disconnect pump-7?' })
  expect(dialog.textContent).toMatch(/back within seconds.*is published.*A persistent session stays/s)
  fireEvent.click(within(dialog).getByRole('checkbox', { name: /Remove its session/ }))
  expect(dialog.textContent).toMatch(/Its session is removed/)
  fireEvent.click(within(dialog).getByRole('button', { name: 'Disconnect client' }))
  expect(await screen.findByText('pump-7 was disconnected, and its session is gone')).toBeTruthy()
  expect(asked).toContain('DELETE /api/clients/pump-7/connection?cleanSession=true&preventWillMessage=false')
})

test('a direct message says what it skips, goes byte for byte, and tells that the client confirmed it', async () => {
  const bodies: unknown[] = []
  open('/clients/pump-7', {
    'POST /api/clients/pump-7/messages': (_, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return bodies.length === 1
        ? json({ confirmed: true, sizeBytes: 8, traceId: 't-1' })
        : problem(504, 'NOT_CONFIRMED', 'pump-7 has not confirmed it within 5 s.')
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Send message' }))
  const dialog = await screen.findByRole('dialog', { name: 'Send a message to pump-7' })
  expect(dialog.textContent).toMatch(/no rule sees it, nothing is retained/)
  const send = within(dialog).getByRole('button', { name: 'Send message' })
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Topic' }), { target: { value: '$aws/x' } })
  expect(await within(dialog).findByText('The topic of a direct message cannot begin with $.')).toBeTruthy()
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Topic' }), { target: { value: 'cmd/pump-7' } })
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Payload' }), { target: { value: '{"a":10}' } })
  fireEvent.click(send)
  expect(await within(dialog).findByText(/Confirmed by the client/)).toBeTruthy()
  expect(bodies).toEqual([{ topic: 'cmd/pump-7', payload: btoa('{"a":10}'), confirmation: true, timeoutSeconds: 5 }])
  fireEvent.click(send)
  expect(await within(dialog).findByText(/has not confirmed it within 5 s/)).toBeTruthy()
})

test('a viewer sees everything, and is told why nothing can be done', async () => {
  open('/clients/pump-7', {}, 'viewer')
  const button = await screen.findByRole('button', { name: 'Disconnect' })
  expect(button.getAttribute('aria-disabled')).toBe('true')
})
