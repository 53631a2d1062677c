// @vitest-environment node
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ADDRESSES } from '../shared/page-addresses.ts'
import { THING_TABS } from '../shared/page-tabs.ts'
import { assemble } from './assemble.ts'
import { FEATURES } from './features.ts'

const CONSOLE = assemble(FEATURES)

test('every feature that is there is in the list', () => {
  const folders = readdirSync(join(import.meta.dirname, '../features'))
  expect(FEATURES.map(({ name }) => name).sort()).toEqual(folders.sort())
})

test('each address that is led to is served by exactly one page', () => {
  const served = CONSOLE.pages.map(({ path }) => path)
  for (const address of Object.values(ADDRESSES)) expect(served.filter((path) => path === address)).toEqual([address])
})

test('each tab that is led to is there: the first is of the page itself, the others are brought', () => {
  expect(['overview', ...CONSOLE.thingTabs.map(({ id }) => id)]).toEqual(THING_TABS)
})
