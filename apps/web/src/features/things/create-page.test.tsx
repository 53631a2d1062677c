import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' } }
const GONE = () => problem(404, 'ResourceNotFoundException', 'Thing cannot be found.')
const PUMP = {
  thingName: 'pump-7',
  thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7',
  thingTypeName: 'pump',
  attributes: { site: 'hall-2' },
  version: 3,
}
const ROUTES: Routes = {
  '/api/session': () => json(ADMIN),
  '/api/things/pump-7': () => json({ ...PUMP, thingGroupNames: ['north'], principals: [] }),
  '/api/things/pump-7/details': () =>
    json({
      thing: PUMP,
      groups: { value: ['north'] },
      principals: { value: [] },
      connection: { value: { connected: false, toldBy: 'nobody' } },
      kind: { value: {} },
    }),
  '/api/things/pump-8': GONE,
  '/api/thing-types': () => json({ thingTypes: [] }),
  '/api/thing-groups': () => json({ thingGroups: [] }),
  '/api/billing-groups': () => json({ billingGroups: [] }),
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } })

beforeAll(() => loadPages('/create-thing'))

test('a name that AWS would not take, or that is taken, is said while it is typed', async () => {
  openApp('/create-thing', ROUTES)
  await screen.findByRole('heading', { name: 'Create thing', level: 1 })
  type('Name', 'pump 7')
  expect(screen.getByText('Only letters, digits and : _ -, not blanks.')).toBeTruthy()
  type('Name', 'pump-7')
  expect(await screen.findByText('There is a thing of this name already.')).toBeTruthy()
})

test('like another thing: what it has is taken over, made, and put into its groups', async () => {
  const sent: unknown[] = []
  const { history, asked } = openApp('/create-thing?like=pump-7', {
    ...ROUTES,
    'POST /api/things': async (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return json({
        thingName: 'pump-8',
        thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-8',
        thingId: 'an-id',
      })
    },
    'PATCH /api/things/pump-8/groups': async (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return new Response(null, { status: 204 })
    },
  })
  await screen.findByRole('textbox', { name: 'Name' })
  type('Name', 'pump-8')
  fireEvent.click(screen.getByRole('button', { name: 'Create thing' }))
  await waitFor(() => expect(history.location.pathname).toBe('/things/pump-8'))
  expect(sent).toEqual([
    { thingName: 'pump-8', thingTypeName: 'pump', attributes: { site: 'hall-2' } },
    { add: ['north'], remove: [] },
  ])
  expect(asked.filter((each) => each.startsWith('POST'))).toHaveLength(1)
})

test('a thing that was made while its group refused it is shown so, and can be gone on with', async () => {
  let refusals = 1
  const { asked } = openApp('/create-thing?like=pump-7', {
    ...ROUTES,
    'POST /api/things': () =>
      json({ thingName: 'pump-8', thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-8', thingId: 'an-id' }),
    'PATCH /api/things/pump-8/groups': () =>
      refusals-- > 0
        ? problem(400, 'InvalidRequestException', 'The group is not there yet.')
        : new Response(null, { status: 204 }),
  })
  await screen.findByRole('textbox', { name: 'Name' })
  type('Name', 'pump-8')
  fireEvent.click(screen.getByRole('button', { name: 'Create thing' }))
  const dialog = await screen.findByRole('dialog', { name: 'Create the thing pump-8' })
  expect(await within(dialog).findByText(/The group is not there yet/)).toBeTruthy()
  expect(within(dialog).getByText('Stopped: 1 of 2 steps done, the rest was not.')).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Try again from there' }))
  await waitFor(() => expect(asked.filter((each) => each === 'PATCH /api/things/pump-8/groups')).toHaveLength(2))
  expect(asked.filter((each) => each === 'POST /api/things')).toHaveLength(1)
})

test('that somebody else made it since the form was opened is said, and it is gone on with only by who wants that', async () => {
  let isMade = false
  const { asked } = openApp('/create-thing?like=pump-7', {
    ...ROUTES,
    '/api/things/pump-8': () =>
      isMade
        ? json({ ...PUMP, thingName: 'pump-8', thingGroupNames: [], principals: [] })
        : problem(404, 'ResourceNotFoundException', 'There is none.'),
    'POST /api/things': () =>
      json({ thingName: 'pump-8', thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-8', thingId: 'an-id' }),
    'PATCH /api/things/pump-8/groups': () => new Response(null, { status: 204 }),
  })
  await screen.findByRole('textbox', { name: 'Name' })
  type('Name', 'pump-8')
  isMade = true
  fireEvent.click(screen.getByRole('button', { name: 'Create thing' }))
  const dialog = await screen.findByRole('dialog', { name: 'Create the thing pump-8' })
  expect(await within(dialog).findByText(/Somebody made a thing named pump-8 meanwhile/)).toBeTruthy()
  expect(asked).not.toContain('POST /api/things')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Try again from there' }))
  await waitFor(() => expect(asked).toContain('PATCH /api/things/pump-8/groups'))
})

test('what another thing has is taken over into what is being written', async () => {
  openApp('/create-thing', {
    ...ROUTES,
    '/api/fleet/registry': () => json({ things: [PUMP] }),
  })
  await screen.findByRole('textbox', { name: 'Name' })
  type('Name', 'pump-8')
  fireEvent.change(screen.getByRole('combobox', { name: 'Like another thing, optional' }), {
    target: { value: 'pump-7' },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Take over' }))
  const value = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Value of attribute 1' })
  expect(value.value).toBe('hall-2')
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('pump-8')
})

test('attributes are counted and checked as AWS does', async () => {
  openApp('/create-thing', ROUTES)
  await screen.findByRole('heading', { name: 'Create thing', level: 1 })
  for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
    fireEvent.click(screen.getByRole('button', { name: 'Add attribute' }))
    type(`Name of attribute ${index + 1}`, name)
    type(`Value of attribute ${index + 1}`, name === 'b' ? 'two words' : '1')
  }
  expect(screen.getByText(/Only letters, digits and _ \. , @ \/ : # = \[ \] -, not blanks/)).toBeTruthy()
  expect(screen.getByText(/A thing without a type can have at most 3 attributes; these are 4/)).toBeTruthy()
})
