import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Session } from '@thingdeck/contract'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../test/fake-api.ts'
import { loadPages } from '../../test/load-pages.ts'
import { openApp } from '../../test/open-app.tsx'
import { send } from '../shared/http.ts'
import { hearTabs, type SessionNews, tellTabs } from '../shared/session/tabs.ts'

const THING = {
  thingName: 'pump-7',
  thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7',
  thingTypeName: 'pump',
  attributes: { site: 'hall-2' },
  version: 1,
}

const ROUTES = {
  '/api/session': () => json(SESSION),
  '/api/things': () => json({ things: [THING] }),
}

beforeAll(() => loadPages('/settings', '/things', '/things/$thingName'))

test('signed out, there is one page, and signing in comes back to the address', async () => {
  openApp('/things/pump-7?tab=live', { '/api/session': () => problem(401, 'SIGNED_OUT', 'Sign in first.') })
  const link = await screen.findByRole('link', { name: 'Sign in' })
  expect(link.getAttribute('href')).toBe('/auth/login?returnTo=/things/pump-7%3Ftab%3Dlive')
  expect(document.title).toBe('Sign in · Thingdeck')
})

test.each([
  ['SIGN_IN_CANCELLED', 'The sign-in was cancelled', 'Sign in', '/auth/login?returnTo=/things/pump-7'],
  ['ISSUER_UNAVAILABLE', 'The identity provider does not answer', 'Try again', '/auth/login?returnTo=/things/pump-7'],
  [
    'NO_ROLE',
    'You have no role in this console',
    'Sign in as someone else', // the issuer would answer with the same person again
    '/auth/login?returnTo=/things/pump-7&prompt=login',
  ],
  ['SOMETHING_NEW', 'You could not be signed in', 'Try again', '/auth/login?returnTo=/things/pump-7'],
  ['constructor', 'You could not be signed in', 'Try again', '/auth/login?returnTo=/things/pump-7'],
])('a sign-in that failed (%s) says what failed, and how to go on', async (code, header, button, href) => {
  openApp(`/sign-in?problem=${code}&requestId=r-1&returnTo=/things/pump-7`, {
    '/api/session': () => problem(401, 'SIGNED_OUT', 'Sign in first.'),
  })
  expect(await screen.findByText(header)).toBeTruthy()
  expect(screen.getByRole('link', { name: button }).getAttribute('href')).toBe(href)
})

test('a forged link to the page of failed sign-ins leads nowhere else', async () => {
  openApp('/sign-in?problem=NO_ROLE&returnTo=//evil.example', {
    '/api/session': () => problem(401, 'SIGNED_OUT', 'Sign in first.'),
  })
  const link = await screen.findByRole('link', { name: 'Sign in as someone else' })
  expect(link.getAttribute('href')).toBe('/auth/login?returnTo=/&prompt=login')
})

test('who is signed in after all goes on to where they were going', async () => {
  const { history } = openApp('/sign-in?problem=SIGN_IN_FAILED&returnTo=/settings', ROUTES)
  expect(await screen.findByRole('heading', { name: 'Settings', level: 1 })).toBeTruthy()
  expect(history.location.href).toBe('/settings')
})

test('a server that does not answer is said, and asked again on demand', async () => {
  let isUp = false
  openApp('/settings', {
    ...ROUTES,
    '/api/session': () => (isUp ? json(SESSION) : problem(403, 'NO_ROLE', 'You are in no group.')),
  })
  expect(await screen.findByText(/You are in no group\. \(NO_ROLE\)/)).toBeTruthy()
  isUp = true
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Settings', level: 1 })).toBeTruthy()
})

test('the frame says where one is, who one is, and how the MQTT session does', async () => {
  const { worker } = openApp('/things', ROUTES)
  expect(await screen.findByText('123456789012')).toBeTruthy()
  expect(screen.getByText('embedded')).toBeTruthy()
  expect(screen.getByRole('button', { name: /Ada \(operator\)/ })).toBeTruthy()
  const status = screen.getByRole('button', { name: 'Connection: starting' })
  await waitFor(() => expect(worker.calls).toContain('mqtt.start'))

  worker.say({
    connection: { state: { kind: 'connected', sinceMs: Date.now() }, attempt: 0 },
    messagesPerSecond: 1_420,
  })
  await waitFor(() => expect(status.getAttribute('aria-label')).toBe('Connection: live 1,420 msg/s'))

  const reason = 'the network connection was lost'
  const retryAtMs = Date.now() + 3_400
  worker.say({ connection: { state: { kind: 'waiting', attempt: 0, retryAtMs, reason }, attempt: 0 } })
  await waitFor(() => expect(status.getAttribute('aria-label')).toMatch(/^Connection: reconnecting \(\d s\)$/))
  fireEvent.click(status)
  fireEvent.click(await screen.findByRole('button', { name: 'Reconnect now' }))
  await waitFor(() => expect(worker.calls).toContain('mqtt.retryNow'))
})

/** The console on its things, while `signedIn` says who is signed in; `refresh` finds out. */
async function openThings(signedIn: { now: Session | null }, routes: Routes = {}) {
  const session = (): Response => (signedIn.now ? json(signedIn.now) : problem(401, 'SIGNED_OUT', 'Sign in first.'))
  const opened = openApp('/things', {
    '/api/session': session,
    '/api/things': () => (signedIn.now === null ? session() : json({ things: [THING] })),
    ...routes,
  })
  await screen.findByRole('link', { name: 'pump-7' })
  return { ...opened, tell: (news: SessionNews) => tellTabs(news) }
}

test('a session that ends leaves the page readable, closes the connections, and goes on with the same person', async () => {
  const signedIn: { now: Session | null } = { now: SESSION }
  const { worker, tell } = await openThings(signedIn)
  const heard: SessionNews[] = []
  const stopHearing = hearTabs((news) => heard.push(news))
  onTestFinished(stopHearing)
  signedIn.now = null
  fireEvent.click(screen.getByRole('button', { name: 'Refresh things' }))
  const bar = await screen.findByRole('alert', { name: 'Session' })
  expect(bar.textContent).toContain('Ada is signed out')
  // The other tabs, which may ask nothing for long, are told.
  await waitFor(() => expect(heard).toEqual([{ kind: 'signed-out' }]))
  expect(screen.getByRole('link', { name: 'pump-7' })).toBeTruthy()
  await waitFor(() => expect(worker.calls.at(-1)).toBe('mqtt.stop'))

  signedIn.now = SESSION
  tell({ kind: 'signed-in', personId: 'ada' })
  await waitFor(() => expect(screen.queryByRole('alert', { name: 'Session' })).toBeNull())
  await waitFor(() => expect(worker.calls.at(-1)).toBe('mqtt.start'))
})

test('another tab that signs out, or in as somebody else, reaches this one', async () => {
  const signedIn: { now: Session | null } = { now: SESSION }
  const { worker, tell } = await openThings(signedIn)
  signedIn.now = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' } }
  tell({ kind: 'signed-in', personId: 'grace' })
  const bar = await screen.findByRole('alert', { name: 'Session' })
  expect(bar.textContent).toContain("This page is still Ada's")
  expect(within(bar).getByRole('button', { name: 'Start anew as Grace' })).toBeTruthy()
  expect(screen.getByRole('button', { name: /Ada \(operator\)/ })).toBeTruthy()
  await waitFor(() => expect(worker.calls.at(-1)).toBe('mqtt.stop'))

  signedIn.now = null
  tell({ kind: 'signed-out' })
  await waitFor(() => expect(bar.textContent).toContain('Ada is signed out'))
})

test.each([
  [401, 'SIGNED_OUT', null, 'Ada is signed out'],
  [409, 'OTHER_PERSON', 'grace', "This page is still Ada's"],
] as const)('a step of a plan that is refused with %i %s says so to the page', async (status, code, id, words) => {
  const signedIn: { now: Session | null } = { now: SESSION }
  await openThings(signedIn, { 'DELETE /api/things/pump-7': () => problem(status, code, 'Refused.') })
  signedIn.now = id && { ...SESSION, person: { id, name: 'Grace', role: 'admin' } }
  await expect(send('DELETE', '/api/things/pump-7')).rejects.toMatchObject({ code })
  expect((await screen.findByRole('alert', { name: 'Session' })).textContent).toContain(words)
})

test('ordinary links are followed without a load of the page', async () => {
  const { history } = openApp('/things', {
    ...ROUTES,
    '/api/things/pump-7': () => json({ ...THING, principals: [], thingGroupNames: [] }),
  })
  fireEvent.click(await screen.findByRole('link', { name: 'pump-7' }))
  expect(await screen.findByRole('heading', { name: 'pump-7', level: 1 })).toBeTruthy()
  expect(history.location.pathname).toBe('/things/pump-7')
  expect(document.title).toBe('pump-7 · Thingdeck')
})

test('keys lead to pages, and ? lists them', async () => {
  const { history } = openApp('/settings', ROUTES)
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
  fireEvent.keyDown(document.body, { key: '?' })
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(within(dialog).getByText('Go to things')).toBeTruthy()
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 't' })
  await waitFor(() => expect(history.location.pathname).toBe('/things'))
})

test('an address without a page says so', async () => {
  openApp('/nowhere', ROUTES)
  expect(await screen.findByRole('heading', { name: 'Page not found' })).toBeTruthy()
})

test('signing out ends the MQTT session, then the one at the identity provider', async () => {
  const { asked, worker } = openApp('/things', {
    ...ROUTES,
    'POST /auth/logout': () => json({ redirectTo: '#signed-out' }),
  })
  fireEvent.click(await screen.findByRole('button', { name: /Ada \(operator\)/ }))
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
  await waitFor(() => expect(location.hash).toBe('#signed-out'))
  expect(asked).toContain('POST /auth/logout')
  expect(worker.calls).toContain('mqtt.stop')
})
