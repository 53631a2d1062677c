import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { json, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const thing = (thingName: string) => ({ thingName, thingTypeName: 'pump', attributes: {}, thingGroupNames: [] })

const REGISTERED = { thingName: 'pump-1', thingArn: 'arn', thingTypeName: 'pump', attributes: {}, version: 1 }

const ROUTES: Routes = {
  '/api/session': () => json(SESSION),
  '/api/fleet/index': () => json({ status: 'ACTIVE', connectivity: false }),
  '/api/fleet/count': () => json({}),
  '/api/fleet/things': ({ searchParams }) => {
    if (searchParams.get('namePrefix') === 'pump') return json({ things: [thing('pump-1'), thing('pump-2')] })
    if (searchParams.get('nameContains') === 'pump') return json({ things: [thing('pump-2'), thing('main-pump')] })
    return json({ things: [] })
  },
  '/api/things/pump-1': () => json({ ...thing('pump-1'), thingArn: 'arn', version: 1, principals: [] }),
  '/api/things/pump-2': () => json({ ...thing('pump-2'), thingArn: 'arn', version: 1, principals: [] }),
}

async function openPalette(routes = ROUTES) {
  const app = openApp('/settings', routes)
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const field = await screen.findByRole('combobox', { name: /^Search things, .*pages and actions$/ })
  const type = (value: string) => fireEvent.change(field, { target: { value } })
  const press = (key: string) => fireEvent.keyDown(field, { key })
  const active = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent
  return { ...app, field, type, press, active }
}

beforeAll(() => loadPages('/settings', '/things/$thingName', '/live', '/activity'))

test('opens by keys, lists pages and actions, and the field names the active option', async () => {
  const { field, press, active } = await openPalette()
  expect(document.activeElement).toBe(field)
  const list = screen.getByRole('listbox', { name: 'Results' })
  expect(within(list).getByRole('group', { name: 'Pages' })).toBeTruthy()
  expect(active()).toMatch(/^Overview/)
  press('ArrowDown')
  expect(active()).toMatch(/^Live messages/)
  expect(within(list).getByRole('option', { selected: true }).textContent).toBe(active())
  press('ArrowUp')
  press('ArrowUp')
  expect(active()).toBe('Sign out') // over the top to the end
})

test('finds things by the beginning of their name first, then by a part of it, and opens one', async () => {
  const { type, press, active, history } = await openPalette()
  type('pump')
  await screen.findByRole('option', { name: /^main-pump/ })
  const things = screen.getByRole('group', { name: 'Things' })
  expect(
    within(things)
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['pump-1pump', 'pump-2pump', 'main-pumppump', 'Shadow of pump-1', 'Messages of pump-1'])
  press('ArrowDown')
  expect(active()).toBe('pump-2pump')
  press('Enter')
  await waitFor(() => expect(history.location.pathname).toBe('/things/pump-2'))
  await waitFor(() => expect(screen.queryByRole('combobox', { name: /^Search things, / })).toBeNull())
})

test('what is wanted of a thing can be said with it, and words of a name in any order', async () => {
  const { type, press, active, history } = await openPalette()
  type('shadow of pump')
  await screen.findByRole('option', { name: 'Shadow of pump-2' })
  expect(active()).toBe('Shadow of pump-1')
  expect(await screen.findByRole('option', { name: 'Shadow of main-pump' })).toBeTruthy()
  type('pump main')
  await waitFor(() => expect(active()).toBe('main-pumppump'))
  type('2 pump messages')
  await waitFor(() => expect(active()).toBe('Messages of pump-2'))
  press('Enter')
  await waitFor(() => expect(history.location.href).toBe('/things/pump-2?tab=live'))
  expect(document.activeElement?.id).toBe('content')
})

test('without the fleet index, things are found by a part of their name, and a limit is said', async () => {
  const { type } = await openPalette({
    ...ROUTES,
    '/api/fleet/index': () => json({ status: 'OFF', connectivity: false }),
    '/api/fleet/registry': ({ searchParams }) =>
      json({ things: searchParams.get('nameContains') === 'ump' ? [REGISTERED] : [], onlyFirst: 2000 }),
  })
  type('ump')
  expect(await screen.findByRole('option', { name: /^pump-1/ })).toBeTruthy()
  expect(screen.getByText(/^Only the first 2,000 names were looked through/)).toBeTruthy()
})

test('remembers what was open, and offers it first', async () => {
  const { type, press } = await openPalette()
  type('pump')
  await screen.findByRole('group', { name: 'Things' })
  press('ArrowDown')
  press('Enter')
  await screen.findByRole('heading', { name: 'pump-2', level: 1 })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  await screen.findByRole('listbox', { name: 'Results' })
  expect(screen.queryByRole('group', { name: 'Recent' })).toBeNull() // the page that is open is not offered
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 's' })
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const recent = await screen.findByRole('group', { name: 'Recent' })
  expect(within(recent).getByRole('option', { name: 'pump-2' })).toBeTruthy()
})

test('what one person looked at is not offered to the next', async () => {
  const { type, press } = await openPalette()
  type('pump')
  await screen.findByRole('group', { name: 'Things' })
  press('Enter')
  await screen.findByRole('heading', { name: 'pump-1', level: 1 })
  const kept = () => Object.values({ ...localStorage }).filter((text) => text.includes('pump-1'))
  await waitFor(() => expect(kept()).toHaveLength(1))
  const [recent = ''] = kept()
  const [place = ''] = Object.entries({ ...localStorage }).find(([, text]) => text === recent) ?? []
  cleanup()
  const grace = { ...SESSION, person: { ...SESSION.person, id: 'grace', name: 'Grace' } }
  openApp('/settings', { ...ROUTES, '/api/session': () => json(grace) })
  localStorage.setItem(place, recent) // beside what openApp cleared away
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  await screen.findByRole('listbox', { name: 'Results' })
  expect(screen.queryByRole('group', { name: 'Recent' })).toBeNull()
})

test('a topic filter can be watched at once; a key of the page can be run by name', async () => {
  const { type, press, history } = await openPalette()
  type('dt/+/telemetry')
  expect(await screen.findByRole('option', { name: 'Watch dt/+/telemetry' })).toBeTruthy()
  type('list the short')
  press('Enter')
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy()
  expect(history.location.pathname).toBe('/settings')
})

test.each([
  ['publish', 'Publish a message', '/live?publish=1'],
  ['new recording', 'Record messages', '/live'],
  ['verify', 'Verify the trail', '/activity?verify=1'],
])('what is done on another page is found by %j: %s', async (text, title, href) => {
  const { type, press, active, history } = await openPalette()
  type(text)
  expect(active()).toContain(title)
  press('Enter')
  await waitFor(() => expect(history.location.href).toBe(href))
})

test('the page that was chosen has the focus, wherever it was before', async () => {
  openApp('/settings', { ...ROUTES, '/api/audit': () => json({ entries: [], store: 'memory', keeps: 1000 }) })
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
  const skip = screen.getByRole('link', { name: 'Skip to the content' })
  skip.focus()
  fireEvent.keyDown(skip, { key: 'k', ctrlKey: true })
  const field = await screen.findByRole('combobox', { name: /^Search things, .*pages and actions$/ })
  fireEvent.change(field, { target: { value: 'activity' } })
  fireEvent.click(await screen.findByRole('option', { name: /^Activity/ }))
  await screen.findByRole('heading', { name: 'Activity', level: 1 })
  expect(document.activeElement?.id).toBe('content')
})

test('nothing found is said; Escape closes and gives the focus back', async () => {
  openApp('/settings', ROUTES)
  const opener = await screen.findByRole('button', { name: 'Search and commands' })
  opener.focus()
  fireEvent.click(opener)
  const field = await screen.findByRole('combobox', { name: /^Search things, .*pages and actions$/ })
  fireEvent.change(field, { target: { value: 'no such thing' } })
  expect(await screen.findByText('Nothing is named ‘no such thing’.')).toBeTruthy()
  fireEvent(screen.getByRole('dialog', { name: 'Search and commands' }), new Event('cancel', { cancelable: true }))
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Search and commands' })).toBeNull())
  expect(document.activeElement).toBe(opener)
})

test('what the page that is open offers as buttons is found by its name', async () => {
  const asked: string[] = []
  openApp('/activity', {
    ...ROUTES,
    '/api/audit': () => json({ entries: [], store: 'memory', keeps: 1000 }),
    '/api/audit/verification': () => {
      asked.push('verification')
      return json({ isWhole: true, verified: 0, unchained: 0, heads: {} })
    },
  })
  await screen.findByRole('button', { name: 'Verify the trail' })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const field = await screen.findByRole('combobox', { name: /^Search things, .*pages and actions$/ })
  fireEvent.change(field, { target: { value: 'verify' } })
  const group = await screen.findByRole('group', { name: 'On this page' })
  expect(within(group).getByRole('option').textContent).toBe('Verify the trail')
  fireEvent.keyDown(field, { key: 'Enter' })
  expect(await screen.findByText(/It is whole/)).toBeTruthy()
  expect(asked).toEqual(['verification'])
})
