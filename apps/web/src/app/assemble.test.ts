// @vitest-environment node
import { expect, test } from 'vitest'
import type { Feature, NavigationEntry } from '../shared/feature/feature.ts'
import { definePage } from '../shared/feature/page.ts'
import { defineThingTab } from '../shared/feature/parts.ts'
import { assemble } from './assemble.ts'

const page = (path: string, formerly: readonly string[] = []) =>
  definePage({ path, load: async () => () => null, formerly: formerly.map((former) => ({ path: former })) })

const entry = (change: Partial<NavigationEntry>): NavigationEntry => ({
  section: 'Operate',
  place: 10,
  title: 'Pumps',
  href: '/pumps',
  keys: 'g p',
  does: 'Go to pumps',
  ...change,
})

const pumps: Feature = { name: 'pumps', pages: [page('/pumps', ['/old-pumps'])], navigation: [entry({})] }
const tab = defineThingTab({ id: 'live', label: 'Live', load: async () => () => null })

const lamps = (feature: Partial<Feature>): Feature => ({ name: 'lamps', pages: [], ...feature })
const lampsEntry = { href: '/lamps', place: 20, keys: 'g l' }
const lampsAt = (change: Partial<NavigationEntry>) =>
  lamps({ pages: [page('/lamps')], navigation: [entry({ ...lampsEntry, ...change })] })

test.each([
  [lamps({ pages: [page('/pumps')] }), 'Both the feature pumps and the feature lamps claim the address /pumps.'],
  [
    lamps({ pages: [page('/old-pumps')] }),
    'Both the feature pumps and the feature lamps claim the address /old-pumps.',
  ],
  [
    lamps({ pages: [page('/lamps', ['/pumps'])] }),
    'Both the feature pumps and the feature lamps claim the address /pumps.',
  ],
  [
    lamps({ pages: [page('/lamps/$name'), page('/lamps/$lampName')] }),
    'Both the feature lamps and the feature lamps claim the address /lamps/$lampName.',
  ],
  [lamps({ pages: [page('/sign-in')] }), 'Both the console itself and the feature lamps claim the address /sign-in.'],
  [lampsAt({ keys: 'g p' }), 'Both the feature pumps and the feature lamps claim the keys g p.'],
  [
    lampsAt({ place: 10 }),
    'Both the feature pumps and the feature lamps claim the place 10 in the section Operate of the navigation.',
  ],
  [lampsAt({ href: '/pumps' }), 'The entry Pumps of the feature lamps leads to /pumps, which is no page of it.'],
  [
    lamps({ parts: { thingTabs: [tab, tab] } }),
    'Both the feature lamps and the feature lamps claim the tab live of a thing.',
  ],
])('what two features claim ends the start with a sentence: %#', (feature, sentence) => {
  expect(() => assemble([pumps, feature])).toThrow(sentence)
})

test('entries stand in the order of their sections, and there by their place', () => {
  const bottom = entry({ href: '/settings', section: 'bottom', place: 1, keys: 'g s' })
  const first = entry({ href: '/first', place: 5, keys: 'g f' })
  const settings: Feature = { name: 'settings', pages: [page('/settings')], navigation: [bottom] }
  const early: Feature = { name: 'early', pages: [page('/first')], navigation: [first] }
  expect(assemble([settings, pumps, early]).navigation.map(({ href }) => href)).toEqual([
    '/first',
    '/pumps',
    '/settings',
  ])
})
