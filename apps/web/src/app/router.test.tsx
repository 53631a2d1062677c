import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { json, SESSION } from '../../test/fake-api.ts'
import { loadPages } from '../../test/load-pages.ts'
import { openApp } from '../../test/open-app.tsx'
import { pumps } from '../../test/pumps/feature.ts'
import type { Feature } from '../shared/feature/feature.ts'
import { definePage } from '../shared/feature/page.ts'
import { activeEntry } from './shell/navigation.tsx'

const THING = { thingName: 'pump-7', thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7', version: 1 }

const ROUTES = {
  '/api/session': () => json(SESSION),
  '/api/things/pump-7': () => json({ ...THING, attributes: {}, principals: [], thingGroupNames: [] }),
  '/api/audit': () => json({ entries: [], store: 'memory', keeps: 100 }),
  '/api/bulk-changes': () => json({ bulkChanges: [], lasts: true }),
}

beforeAll(() => loadPages('/activity', '/things/$thingName'))

test.each([
  ['/audit?thing=pump-7&job=b-1', '/activity?thing=pump-7&bulkChange=b-1'],
  ['/shadow-changes?job=b-1', '/bulk-changes?bulkChange=b-1'],
  ['/audit', '/activity'],
  ['/audit?constructor=1', '/activity'], // what every object has is no name of before, nor one of now
])('a link to %s, as a page was called before, leads to %s', async (former, now) => {
  const { history } = openApp(former, ROUTES)
  await waitFor(() => expect(history.location.href).toBe(now))
})

test('what a link says beside what its page knows is not asked for', async () => {
  const { asked } = openApp('/activity?thing=pump-7&utm_source=mail', ROUTES)
  await waitFor(() => expect(asked.some((path) => path.includes('/api/audit'))).toBe(true))
  const [query = ''] = asked.filter((path) => path.includes('/api/audit'))
  expect(query).toContain('thing=pump-7')
  expect(query).not.toContain('utm_source')
})

function navigationOf(heading: HTMLElement): HTMLElement {
  const navigation = heading.closest('nav')
  if (!navigation) throw new Error('The heading is in no navigation.')
  return navigation
}

const lamps: Feature = {
  name: 'lamps',
  pages: [definePage({ path: '/lamps', load: async () => () => <h1>Lamps</h1> })],
  navigation: [{ section: 'bottom', place: 10, title: 'Lamps', href: '/lamps', keys: 'g l', does: 'Go to lamps' }],
}

test('the navigation has its sections, and marks the page that one is on', async () => {
  openApp('/lamps', ROUTES, [lamps, pumps])
  await screen.findByRole('heading', { name: 'Lamps', level: 1 })
  const navigation = navigationOf(screen.getByText('Operate'))
  const links = within(navigation)
    .getAllByRole('link', { hidden: true }) // the window of jsdom is narrow: the navigation is folded away
    .map(({ textContent }) => textContent)
  expect(links).toEqual(['Pumps', 'Lamps'])
  expect(within(navigation).queryByText('Secure')).toBeNull() // nothing to go to
  expect(within(navigation).getByRole('link', { name: 'Lamps', hidden: true }).getAttribute('aria-current')).toBe(
    'page',
  )
})

test('what a page cannot begin without is asked while its code is fetched', async () => {
  const { promise: isAsked, resolve: askFirst } = Promise.withResolvers<void>()
  const load = async () => {
    await isAsked
    return () => <h1>Lamps</h1>
  }
  openApp('/lamps', ROUTES, [
    { name: 'lamps', pages: [definePage({ path: '/lamps', load, askFirst: () => askFirst() })] },
  ])
  expect(await screen.findByRole('heading', { name: 'Lamps', level: 1 })).toBeTruthy()
})

test('a page of a thing has the tabs that features bring, in their order', async () => {
  openApp('/things/pump-7', ROUTES)
  await screen.findByRole('heading', { name: 'pump-7', level: 1 })
  const tabs = screen.getAllByRole('tab').map(({ textContent }) => textContent)
  expect(tabs).toEqual([
    'Overview',
    'Shadows',
    'Live',
    'Timeline',
    'Certificates and policies',
    'Refusals',
    'What it may do',
    'Jobs',
    'Commands',
    'Changes',
  ])
})

test.each([
  ['/things', '/things'],
  ['/things/pump-7/shadow', '/things'],
  ['/things/groups/halls', '/things/groups'],
  ['/thingsome', undefined],
])('on %s the entry of %s is marked', (pathname, href) => {
  const entries = ['/things', '/things/groups', '/live'].map((each, place) => ({
    section: 'Operate' as const,
    place,
    title: each,
    href: each,
    keys: '',
    does: '',
  }))
  expect(activeEntry(entries, pathname)?.href).toBe(href)
})
