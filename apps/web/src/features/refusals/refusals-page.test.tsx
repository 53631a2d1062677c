import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import {
  type AuthorizationFacts,
  REFUSAL_PARTS,
  type Refusal,
  type RefusalFacts,
  type RefusalList,
} from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const REFUSAL: Refusal = {
  refusalId: '0123456789abcdef',
  eventType: 'Publish-In',
  reason: 'AUTHORIZATION_FAILURE',
  details: 'Authorization Failure',
  clientId: 'pump-8',
  principalId: 'a'.repeat(64),
  topicName: 'dt/pump-7/telemetry',
  isClosed: true,
  count: 212,
  parts: Array.from({ length: REFUSAL_PARTS }, (_, part) => part),
  firstAt: '2026-03-04T04:00:00.000Z',
  lastAt: '2026-03-04T05:06:07.000Z',
  lastEventId: 'e1',
  lastTraceId: 'trace-1',
  sourceIps: ['198.51.100.20'],
}
const FACTS: RefusalFacts = {
  thing: { thingName: 'pump-8', by: 'certificate' },
  things: ['pump-8'],
  certificate: { state: 'ACTIVE', notAfter: '2049-12-31T23:59:59.000Z' },
  checks: [
    {
      action: 'iot:Publish',
      resource: 'dt/pump-7/telemetry',
      decision: 'IMPLICIT_DENY',
      statements: [],
      nearest: { policyName: 'device', statement: 2, effect: 'Allow' },
      explanation: 'iot:Publish is denied because no statement allows it.',
    },
  ],
}
const DECIDING: AuthorizationFacts = {
  arnPrefix: 'arn:aws:iot:us-east-1:123456789012',
  principal: {
    kind: 'certificate',
    certificateId: 'a'.repeat(64),
    certificateArn: `arn:aws:iot:us-east-1:123456789012:cert/${'a'.repeat(64)}`,
    status: 'ACTIVE',
    context: {},
  },
  things: [{ thingName: 'pump-8', isExclusive: false }],
  thing: { thingName: 'pump-8', attributes: {}, isExclusive: false },
  namesOtherThing: false,
  policies: [
    {
      policyName: 'device',
      versionId: '3',
      document: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/dt/pump-8/*' },
        ],
      }),
      ways: [{ kind: 'principal' }],
    },
  ],
}
const list = (change: Partial<RefusalList> = {}) =>
  json({
    outcome: 'entries',
    refusals: [REFUSAL],
    isAll: true,
    logging: { state: 'on', notLogged: [] },
    ...change,
  } satisfies RefusalList)

const open = (path: string, routes: Routes = {}, role: 'viewer' | 'operator' | 'admin' = 'viewer') =>
  openApp(path, {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role } }),
    '/api/logging': () => json({ status: 'on', defaultLogLevel: 'ERROR', events: [] }),
    '/api/client-debugs': () => json({ clientDebugs: [], lasts: true }),
    '/api/refusals': () => list(),
    '/api/refusals/facts': () => json(FACTS),
    '/api/iot-logs': () => json({ outcome: 'entries', entries: [], throttled: 0 }),
    '/api/authorization/facts': () => json(DECIDING),
    ...routes,
  })

beforeAll(() => loadPages('/refusals', '/things/$thingName'))

test('a row says what was tried, by whom, why, and how often', async () => {
  open('/refusals')
  const row = (await screen.findByRole('row', { name: /pump-8/ })) as HTMLElement
  await within(row).findByText('No statement allows it (nearest: device #2)')
  expect(row.textContent).toMatch(/pump-8iot:Publish dt\/pump-7\/telemetryNo statement.*pump-8212/)
  expect(within(row).getByRole('img', { name: /^Refused in the time that is shown: 276 in all/ })).toBeTruthy()
  const links = within(row).getAllByRole('link', { name: 'pump-8' })
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/refusals?client=pump-8',
    '/things/pump-8?tab=refusals',
  ])
})

test('a row opens: cause, cure, what is so now, and where it goes on', async () => {
  const { history } = open('/refusals')
  fireEvent.click(await screen.findByRole('radio', { name: 'Look at iot:Publish dt/pump-7/telemetry of pump-8' }))
  await waitFor(() => expect(history.location.href).toContain(`look=${REFUSAL.refusalId}`))
  const panel = await screen.findByRole('region', { name: 'iot:Publish dt/pump-7/telemetry' })
  expect(await within(panel).findByText(/The log says: AUTHORIZATION_FAILURE: Authorization Failure/)).toBeTruthy()
  expect(await within(panel).findByText('was closed for it')).toBeTruthy()
  expect(await within(panel).findByText(/good until 2049-12-31/)).toBeTruthy()
  expect(within(panel).getByRole('link', { name: 'Open in the simulator' }).getAttribute('href')).toBe(
    `/simulator?certificate=${'a'.repeat(64)}&client=pump-8&check=iot:Publish+dt/pump-7/telemetry&look=1`,
  )
  expect(await within(panel).findByText(/The smallest change/)).toBeTruthy()
  expect(within(panel).getByRole('button', { name: 'Open it as a draft' }).getAttribute('aria-disabled')).toBe('true')
  expect(within(panel).getByRole('link', { name: 'Follow it' }).getAttribute('href')).toMatch(/^\/logs\/trace\/trace-1/)
  expect(
    within(panel)
      .getByRole('button', { name: /Debug this client/ })
      .getAttribute('aria-disabled'),
  ).toBe('true')
})

test('a client that is no thing has no link to one', async () => {
  open('/refusals', { '/api/refusals/facts': () => json({ things: [], checks: [] } satisfies RefusalFacts) })
  const row = await screen.findByRole('row', { name: /pump-8/ })
  await waitFor(() => expect(row.textContent).not.toContain('…'))
  expect(
    within(row)
      .getAllByRole('link')
      .map((link) => link.textContent),
  ).toEqual(['pump-8'])
})

test('the filter of the address is what is asked for, and what the page looks at', async () => {
  const { asked } = open('/refusals?client=pump-8&event=Connect&from=2026-03-04T00:00:00Z&to=2026-03-04T06:00:00Z')
  expect(await screen.findByText('No matches')).toBeTruthy()
  expect(asked.find((each) => each.includes('/api/refusals?'))).toBe(
    'GET /api/refusals?from=2026-03-04T00%3A00%3A00.000Z&to=2026-03-04T06%3A00%3A00.000Z&clientId=pump-8',
  )
})

test('failed authentications that are not logged are said, and an admin has them logged', async () => {
  const bodies: unknown[] = []
  open(
    '/refusals',
    {
      '/api/refusals': () =>
        list({
          refusals: [],
          logging: {
            state: 'on',
            notLogged: bodies.length > 0 ? ['Publish-Out'] : ['Publish-Out', 'Connection.AuthNError'],
          },
        }),
      'PUT /api/logging': (_, init) => {
        bodies.push(JSON.parse(String(init?.body)))
        return json({ status: 'on', defaultLogLevel: 'ERROR', events: [] })
      },
    },
    'admin',
  )
  expect(await screen.findByText(/nothing is logged of Publish-Out/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Log failed authentications' }))
  await waitFor(() => expect(bodies).toEqual([{ events: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }] }]))
  await waitFor(() => expect(screen.queryByText('Devices that cannot be authenticated are not logged')).toBeNull())
})

test('logging that is off is said with the way to turn it on, and what was not read with how far it goes', async () => {
  open('/refusals', {
    '/api/logging': () => json({ status: 'not-configured', events: [] }),
    '/api/refusals': () =>
      list({
        outcome: 'logging-off',
        refusals: [],
        logging: { state: 'off', notLogged: [] },
        isAll: false,
        readFrom: '2026-03-04T05:00:00.000Z',
      }),
  })
  expect(await screen.findByText('AWS IoT logs nothing so far')).toBeTruthy()
  expect(await screen.findByText(/There is more in the log than is read at once/)).toBeTruthy()
})

test('a thing has its own, and first the last that it tried before it was dropped', async () => {
  const { asked } = open('/things/pump-8?tab=refusals', {
    '/api/things/pump-8': () =>
      json({ thingName: 'pump-8', thingArn: 'arn', attributes: {}, version: 1, principals: [], thingGroupNames: [] }),
  })
  expect(await screen.findByText(/The last it tried before it was dropped/)).toBeTruthy()
  expect(await screen.findByText(/No statement allows it .*Have the device use what the statement allows/)).toBeTruthy()
  expect(asked.some((each) => each.startsWith('GET /api/refusals?') && each.endsWith('thingName=pump-8'))).toBe(true)
})

test('of a client id that two want, each is told of the other', async () => {
  const fight = { eventType: 'Disconnect', reason: 'DUPLICATE_CLIENT_ID', clientId: 'pump-8' }
  const { topicName: _, details: __, ...rest } = REFUSAL
  const one = { ...rest, ...fight, refusalId: '1'.repeat(16), principalId: 'a'.repeat(64) }
  const other = {
    ...rest,
    ...fight,
    refusalId: '2'.repeat(16),
    principalId: 'b'.repeat(64),
    sourceIps: ['203.0.113.9'],
  }
  open(`/refusals?look=${one.refusalId}`, {
    '/api/refusals': () => list({ refusals: [one, other] }),
    '/api/refusals/facts': (url) =>
      json({
        things: [],
        checks: [],
        ...(url.searchParams.get('principalId') === other.principalId && {
          thing: { thingName: 'pump-9', by: 'certificate' },
        }),
      } satisfies RefusalFacts),
  })
  const panel = await screen.findByRole('region', { name: 'stay connected pump-8' })
  expect(await within(panel).findByText('Who else has this client id')).toBeTruthy()
  expect((await within(panel).findByRole('link', { name: 'pump-9' })).getAttribute('href')).toBe(
    '/things/pump-9?tab=refusals',
  )
  expect(within(panel).getByText(/from 203\.0\.113\.9/)).toBeTruthy()
})

test('a client that no custom authorizer let in leads to trying its credentials out, where it connected', async () => {
  const { topicName: _, principalId: __, ...client } = REFUSAL
  const refusal: Refusal = {
    ...client,
    eventType: 'Connection.AuthNError',
    reason: 'CUSTOM_AUTHORIZER_PARAMETER_INVALID',
    details: 'The token, token, is missing',
    serverNameIndication: 'devices.example.com',
  }
  open(`/refusals?look=${REFUSAL.refusalId}`, {
    '/api/refusals': () => list({ refusals: [refusal] }),
    '/api/refusals/facts': () => json({ things: [], checks: [] } satisfies RefusalFacts),
  })
  const link = await screen.findByRole('link', { name: 'Try custom authentication out' })
  expect(link.getAttribute('href')).toBe('/try-authorizer?client=pump-8&host=devices.example.com')
})

test('a device that was not provisioned has the cure, and the way to its template', async () => {
  const { topicName: _, ...client } = REFUSAL
  const refusal: Refusal = {
    ...client,
    eventType: 'ProvisionDevice',
    reason: 'InvalidParameters',
    details: 'Parameters.SerialNumber: has no value: none was given, and it has no default',
    templateName: 'pumps',
  }
  open(`/refusals?look=${REFUSAL.refusalId}`, {
    '/api/refusals': () => list({ refusals: [refusal] }),
    '/api/refusals/facts': () => json({ things: [], checks: [] } satisfies RefusalFacts),
  })
  expect(await screen.findByText(/the template needs a default for it/)).toBeTruthy()
  const link = screen.getByRole('link', { name: 'Its template' })
  expect(link.getAttribute('href')).toBe('/provisioning-templates/pumps')
})
