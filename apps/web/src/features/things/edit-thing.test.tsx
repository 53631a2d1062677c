import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' } }
const CERTIFICATE_ID = '0a1b2c3d'.repeat(8)
const CERTIFICATE = `arn:aws:iot:us-east-1:123456789012:cert/${CERTIFICATE_ID}`
const NOTHING = () => new Response(null, { status: 204 })

const details = (thing: object = {}, principals: readonly object[] = []) => ({
  thing: {
    thingName: 'pump-7',
    thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7',
    thingTypeName: 'pump',
    attributes: { site: 'hall-2', serial: '7' },
    version: 3,
    ...thing,
  },
  groups: { value: ['north'] },
  principals: { value: principals },
  connection: { value: { connected: false, toldBy: 'nobody' } },
  kind: { value: {} },
})

const principal = (otherThings: readonly string[] = []) => ({
  principal: CERTIFICATE,
  type: 'NON_EXCLUSIVE_THING',
  otherThings,
  certificate: {
    certificateId: CERTIFICATE_ID,
    certificateArn: CERTIFICATE,
    status: 'ACTIVE',
    policyNames: ['device'],
    groupPolicyNames: [],
  },
})

interface Sent {
  readonly expectedVersion: number
  readonly expectedThingId?: string
}

const DROPS = { outcome: 'not-logged', since: new Date(), count: 0, byReason: [] }
const ROUTES: Routes = {
  '/api/session': () => json(ADMIN),
  '/api/things/pump-7/details': () => json(details()),
  '/api/things/pump-7/connection': () => json({ connected: false, toldBy: 'nobody' }),
  '/api/things/pump-7/connectivity': () => json({ outcome: 'not-indexed', message: 'off', drops: DROPS }),
  '/api/thing-types': () => json({ thingTypes: [] }),
  '/api/things/pump-7/shadows': () => json({ classic: true, named: ['alarms'] }),
  '/api/things/pump-7/shadow': () => json({ state: { desired: { on: true } }, metadata: {}, version: 1, timestamp: 1 }),
  '/api/retained-messages': () =>
    json({
      retainedTopics: ['dt/pump-7/state', 'dt/pump-70/state'].map((topic) => ({
        topic,
        payloadSize: 2,
        qos: 0,
        lastModified: new Date(),
      })),
      looked: 2,
    }),
}

const value = (label: string) => screen.getByRole<HTMLInputElement>('textbox', { name: label })
const type = (label: string, text: string) => fireEvent.change(value(label), { target: { value: text } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

/** The page of a thing whose changes are answered by `refusal`, or taken where there is none; `now` is what is there. */
function openEdited(
  first: ReturnType<typeof details>,
  refusal: (body: Sent, now: typeof first) => Response | undefined,
) {
  const sent: Sent[] = []
  const state = { now: first }
  openApp('/things/pump-7', {
    ...ROUTES,
    '/api/things/pump-7/details': () => json(state.now),
    'PATCH /api/things/pump-7': (_, init) => {
      const body: Sent = JSON.parse(String(init?.body))
      sent.push(body)
      return refusal(body, state.now) ?? NOTHING()
    },
  })
  return { sent, state }
}

beforeAll(() => loadPages('/things/$thingName'))

test('somebody else was faster: theirs is taken over, what both changed is asked, and the version of now is sent', async () => {
  const { sent, state } = openEdited(details(), ({ expectedVersion }, { thing: { version } }) =>
    expectedVersion === version
      ? undefined
      : problem(409, 'VersionConflictException', 'The version is another one by now.'),
  )
  const edit = await screen.findByRole('button', { name: 'Edit type and attributes' })
  edit.focus()
  fireEvent.click(edit)
  // The button is gone, and the keyboard goes on in its place.
  expect(document.activeElement?.contains(value('Value of attribute 2'))).toBe(true)
  expect(document.activeElement).not.toBe(document.body)
  type('Value of attribute 2', 'hall-9') // site; serial is before it
  state.now = details({ attributes: { site: 'hall-3', serial: '8' }, version: 4 })
  press('Save changes')
  const choice = await screen.findByRole('group', { name: 'Which value for site' })
  expect(screen.getByText('Version 4 changed 1 key that you are changing too: choose')).toBeTruthy()
  expect(screen.getByText(/serial is taken over from it/)).toBeTruthy()
  expect(value('Value of attribute 1').value).toBe('8')
  fireEvent.click(within(choice).getByRole('button', { name: 'Mine: hall-9' }))
  press('Save changes')
  // Also to who cannot see it. Asked of what is shown then: the flashbar may put its first message on the page anew.
  await waitFor(() => expect(screen.getByText('pump-7 was changed').closest('[aria-live="polite"]')).toBeTruthy())
  expect(sent).toEqual([
    { expectedVersion: 3, attributes: { site: 'hall-9' } },
    { expectedVersion: 4, attributes: { site: 'hall-9' } },
  ])
  press('Undo')
  await screen.findByText(/could not be put back/) // this fake stays at version 4: nothing is overwritten unseen
  expect(sent.at(-1)).toEqual({ expectedVersion: 5, attributes: { site: 'hall-3' } })
})

test('a thing that somebody deletes and makes anew has its old version, and is told apart all the same', async () => {
  const { sent, state } = openEdited(details({ thingId: 'one', version: 1 }), ({ expectedThingId }) =>
    expectedThingId === 'other' ? undefined : problem(409, 'MADE_ANEW', 'It is another.'),
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Edit type and attributes' }))
  type('Value of attribute 2', 'hall-9')
  state.now = details({ thingId: 'other', attributes: { site: 'hall-3', serial: '7' }, version: 1 })
  press('Save changes')
  const choice = await screen.findByRole('group', { name: 'Which value for site' })
  fireEvent.click(within(choice).getByRole('button', { name: 'Mine: hall-9' }))
  press('Save changes')
  await screen.findByText('pump-7 was changed')
  const attributes = { site: 'hall-9' }
  expect(sent).toEqual([
    { expectedVersion: 1, expectedThingId: 'one', attributes },
    { expectedVersion: 1, expectedThingId: 'other', attributes },
  ])
})

test('deleting says what AWS would leave behind, and offers all of it as steps', async () => {
  const { asked, history } = openApp('/things/pump-7', {
    ...ROUTES,
    '/api/things/pump-7/details': () => json(details({}, [principal()])),
    'DELETE /api/things/pump-7/principals': NOTHING,
    [`PUT /api/certificates/${CERTIFICATE_ID}/status`]: NOTHING,
    'DELETE /api/things/pump-7/shadow': () => json({}),
    'DELETE /api/things/pump-7': NOTHING,
    '/api/things': () => json({ things: [] }),
    '/api/fleet/index': () => json({ status: 'OFF', connectivity: false }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Delete thing' }))
  const dialog = await screen.findByRole('dialog', { name: 'Delete the thing pump-7' })
  const label = await within(dialog).findByLabelText('To go on, type pump-7')
  expect(within(dialog).getByText(/would leave its certificates active/)).toBeTruthy()
  expect(within(dialog).getByText('dt/pump-7/state')).toBeTruthy()
  expect(within(dialog).queryByText('dt/pump-70/state')).toBeNull()
  fireEvent.change(label, { target: { value: 'pump-7' } })
  const steps = within(dialog)
    .getAllByRole('listitem')
    .map((item) => item.textContent)
  expect(steps.slice(-5)).toEqual([
    `Detach the certificate ${CERTIFICATE_ID.slice(0, 10)}… from the thing pump-7`,
    `Deactivate the certificate ${CERTIFICATE_ID.slice(0, 10)}…`,
    'Delete its classic shadow',
    'Delete its shadow alarms',
    'Delete the thing pump-7',
  ])
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete thing' }))
  await waitFor(() => expect(history.location.pathname).toBe('/things'))
  await waitFor(() => expect(document.activeElement?.id).toBe('content'))
  expect(asked.filter((each) => !each.startsWith('GET'))).toEqual([
    `DELETE /api/things/pump-7/principals?principal=${encodeURIComponent(CERTIFICATE)}`,
    `PUT /api/certificates/${CERTIFICATE_ID}/status`,
    'DELETE /api/things/pump-7/shadow',
    'DELETE /api/things/pump-7/shadow?shadowName=alarms',
    'DELETE /api/things/pump-7?expectedVersion=3',
  ])
})

test('a certificate that other things have, too, is detached and otherwise left alone', async () => {
  openApp('/things/pump-7', {
    ...ROUTES,
    '/api/things/pump-7/details': () => json(details({}, [principal(['pump-8'])])),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Delete thing' }))
  const dialog = await screen.findByRole('dialog', { name: 'Delete the thing pump-7' })
  await within(dialog).findByLabelText('To go on, type pump-7')
  expect(within(dialog).queryByText(/Deactivate the certificate/)).toBeNull()
  expect(within(dialog).getByText(/One principal is also of other things/)).toBeTruthy()
})

test('detaching says which policies depend on the thing', async () => {
  const policy = {
    policyName: 'device',
    policyArn: 'arn:aws:iot:us-east-1:123456789012:policy/device',
    policyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:*:*:topic/${iot:Connection.Thing.ThingName}' },
      ],
    }),
    defaultVersionId: '1',
    versions: [],
  }
  openApp('/things/pump-7?tab=certificates', {
    ...ROUTES,
    '/api/things/pump-7/details': () => json(details({}, [principal(['pump-8'])])),
    '/api/policies/device': () => json(policy),
  })
  const menu = await screen.findByRole('button', { name: 'Actions for the certificate 0a1b2c3d0a…' })
  fireEvent.click(menu)
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Detach from thing' }))
  const dialog = await screen.findByRole('dialog', { name: /^Detach the certificate/ })
  expect(await within(dialog).findByText(/device has thing variables/)).toBeTruthy()
  expect(within(dialog).getByText(/It is the only principal of the thing/)).toBeTruthy()
  expect(within(dialog).getByText(/stays active/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'pump-8' })).toBeTruthy()
})
