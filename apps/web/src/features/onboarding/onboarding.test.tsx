import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { AuthorizationFacts } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import type { FakeWorker } from '../../../test/fake-worker.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { documentOf, TEMPLATES } from '../../shared/policy-editor/templates.ts'

const ID = '5f2c9a01be'.padEnd(64, '0')
const ARN = `arn:aws:iot:us-east-1:123456789012:cert/${ID}`
const GONE = () => problem(404, 'ResourceNotFoundException', 'It cannot be found.')
const DONE = () => new Response(null, { status: 204 })
const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }
const [DEVICE] = TEMPLATES
const DOCUMENT = DEVICE ? documentOf(DEVICE, ADMIN) : ''

const thing = (thingName: string, principals: readonly string[] = []) => ({
  thingName,
  thingArn: `arn:aws:iot:us-east-1:123456789012:thing/${thingName}`,
  attributes: {},
  version: 1,
  thingGroupNames: [],
  principals,
})

const FACTS: AuthorizationFacts = {
  arnPrefix: 'arn:aws:iot:us-east-1:123456789012',
  principal: { kind: 'certificate', certificateId: ID, certificateArn: ARN, status: 'ACTIVE', context: {} },
  things: [{ thingName: 'pump-7', isExclusive: false }],
  thing: { thingName: 'pump-7', attributes: {}, isExclusive: false },
  namesOtherThing: false,
  policies: [{ policyName: 'device', versionId: '1', document: DOCUMENT, ways: [{ kind: 'principal' }] }],
}

const ROUTES: Routes = {
  '/api/session': () => json(ADMIN),
  '/api/things/pump-7': GONE,
  '/api/policies/device': GONE,
  '/api/things/pump-7/connection': () => json({ connected: false, toldBy: 'nobody' }),
  '/api/overview/device-endpoint': () =>
    json({ host: 'iot.example', port: 8883, rootCaUrl: 'https://example.com/root.pem', region: 'us-east-1' }),
  '/api/device-root-ca': () => json({ pem: 'PEM', url: 'https://example.com/root.pem' }),
  '/api/refusals': () =>
    json({ outcome: 'entries', refusals: [], isAll: true, logging: { state: 'on', notLogged: [] } }),
  [`/api/certificates/${ID}/details`]: () =>
    json({ certificateId: ID, certificateArn: ARN, status: 'ACTIVE', certificatePem: 'PEM' }),
  '/api/authorization/facts': () => json(FACTS),
}

const name = (value: string) => fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value } })

async function review() {
  fireEvent.click(screen.getByRole('button', { name: 'Review' }))
  return within(await screen.findByRole('dialog', { name: 'Set up the device pump-7' }))
}

/** A device publishes, once the page listens. */
async function publish(worker: FakeWorker, topic: string, text: string): Promise<void> {
  await waitFor(() => expect(worker.isHeard(topic)).toBe(true))
  worker.hear(topic, text)
}

beforeAll(() => loadPages('/connect-device'))

test('of a name that is free, everything is made: each step is said before', async () => {
  openApp('/connect-device', ROUTES)
  await screen.findByRole('heading', { name: 'Connect a device', level: 1 })
  name('pump-7')
  expect(await screen.findByText('The name is free: a thing is made.')).toBeTruthy()
  expect(await screen.findByText('The name is free: the policy is made.')).toBeTruthy()
  const dialog = await review()
  for (const step of [
    'Create the thing pump-7',
    'Create the policy device',
    'Make a key pair here, and have AWS IoT sign a certificate for it',
    'Attach the policy device',
    'Attach it to the thing pump-7',
  ]) {
    expect(dialog.getByText(step)).toBeTruthy()
  }
})

test('what is there already is used: the thing, and a policy of the same document', async () => {
  openApp('/connect-device?thing=pump-7', {
    ...ROUTES,
    '/api/things/pump-7': () => json(thing('pump-7', [ARN])),
    '/api/policies/device': () => json(policy(DOCUMENT)),
  })
  expect(await screen.findByText(/This gives it one more/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'pump-7' })).toBeTruthy()
  expect(await screen.findByText('A policy of this name is there, and says the same: it is used.')).toBeTruthy()
  const dialog = await review()
  expect(dialog.queryByText(/^Create the/)).toBeNull()
  expect(dialog.getByText('Attach the policy device')).toBeTruthy()
})

test('a policy of the same name that says something else is not taken for it', async () => {
  openApp('/connect-device?thing=pump-7', {
    ...ROUTES,
    '/api/policies/device': () => json(policy('{"Version":"2012-10-17","Statement":[]}')),
  })
  expect(await screen.findByText(/says something else\. Choose another name/)).toBeTruthy()
})

test('whoever comes back waits for the same device; it turns green, and shows its first message', async () => {
  const { worker } = openApp(`/connect-device?thing=pump-7&certificate=${ID}`, ROUTES)
  expect(await screen.findByText(/Waiting for pump-7 to connect/)).toBeTruthy()
  expect(await screen.findByText('iot:Publish dt/pump-7/telemetry: allowed')).toBeTruthy()
  expect(screen.queryByText('Download the private key now')).toBeNull()
  await publish(
    worker,
    '$aws/events/presence/connected/pump-7',
    JSON.stringify({ timestamp: Date.now(), principalIdentifier: ID, ipAddress: '10.0.0.3' }),
  )
  expect(await screen.findByText('pump-7 is connected')).toBeTruthy()
  expect(screen.getByText(/from 10\.0\.0\.3/)).toBeTruthy()
  await publish(worker, 'dt/pump-7/telemetry', '{"flow":4.2}')
  const message = await screen.findByRole('region', { name: 'Its first message' })
  expect(await within(message).findByRole('tree', { name: 'Payload' })).toBeTruthy()
})

test('a client of its name with another certificate is not taken for it', async () => {
  const { worker } = openApp(`/connect-device?thing=pump-7&certificate=${ID}`, ROUTES)
  await screen.findByText(/Waiting for pump-7 to connect/)
  const principalIdentifier = 'ab'.repeat(32)
  await publish(worker, '$aws/events/presence/connected/pump-7', JSON.stringify({ timestamp: 1, principalIdentifier }))
  expect(await screen.findByText(/connected with another certificate: abab/)).toBeTruthy()
})

test('what would keep the device out is said before it tries, and one click mends it', async () => {
  let status = 'INACTIVE'
  openApp(`/connect-device?thing=pump-7&certificate=${ID}`, {
    ...ROUTES,
    '/api/authorization/facts': () =>
      json({ ...FACTS, principal: { ...FACTS.principal, status }, things: [], policies: [] }),
    [`PUT /api/certificates/${ID}/status`]: () => {
      status = 'ACTIVE'
      return DONE()
    },
  })
  expect(await screen.findByText('It has no policy: it may not even connect.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Attach it to pump-7' })).toBeTruthy()
  expect(screen.getByText(/The certificate is INACTIVE/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Activate certificate' }))
  expect(await screen.findByText('The certificate is active.')).toBeTruthy()
})

test('a topic that no policy allows is said, with the smallest change that would', async () => {
  openApp(`/connect-device?thing=pump-7&certificate=${ID}&send=halls%2Fpump-7`, ROUTES)
  expect(await screen.findByText(/iot:Publish halls\/pump-7: not allowed/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Open it as a draft' })).toBeTruthy()
})

const policy = (policyDocument: string) => ({
  policyName: 'device',
  policyArn: 'arn:aws:iot:us-east-1:123456789012:policy/device',
  policyDocument,
  defaultVersionId: '1',
  versions: [],
  tags: {},
})
