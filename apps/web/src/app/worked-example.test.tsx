import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { json, SESSION } from '../../test/fake-api.ts'
import { loadPages } from '../../test/load-pages.ts'
import { openApp } from '../../test/open-app.tsx'
import { pumps } from '../../test/pumps/feature.ts'
import { FEATURES } from './features.ts'

const ROUTES = {
  '/api/session': () => json(SESSION),
  '/api/fleet/index': () => json({ status: 'ACTIVE', connectivity: true }),
  '/api/fleet/things': () => json({ things: [] }),
}

const open = (path: string) => openApp(path, ROUTES, [...FEATURES, pumps])

beforeAll(() => loadPages('/settings'))

test('a page of a new feature has its part of the URL', async () => {
  const { history } = open('/pumps')
  expect(await screen.findByRole('heading', { name: 'Pumps everywhere' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'In hall 2' }))
  expect(await screen.findByRole('heading', { name: 'Pumps in hall-2' })).toBeTruthy()
  expect(history.location.href).toBe('/pumps?site=hall-2')
  const operate = screen.getByText('Operate').closest('nav')
  expect(operate?.querySelector('[aria-current=page]')?.textContent).toBe('Pumps')
})

test('an address that it had before leads on', async () => {
  const { history } = open('/water-pumps?place=hall-2')
  expect(await screen.findByRole('heading', { name: 'Pumps in hall-2' })).toBeTruthy()
  expect(history.location.href).toBe('/pumps?site=hall-2')
})

test('its keys lead to it, and the palette finds what it knows', async () => {
  const { history } = open('/settings')
  await screen.findByRole('heading', { name: 'Settings', level: 1 })
  fireEvent.keyDown(document.body, { key: 'g' })
  fireEvent.keyDown(document.body, { key: 'w' })
  await screen.findByRole('heading', { name: 'Pumps everywhere' })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const field = await screen.findByRole('combobox', { name: /^Search things, .*pumps, pages and actions$/ })
  fireEvent.change(field, { target: { value: 'pump-7' } })
  fireEvent.click(await screen.findByRole('option', { name: 'pump-7' }))
  expect(await screen.findByRole('heading', { name: 'pump-7' })).toBeTruthy()
  await waitFor(() => expect(history.location.href).toBe('/pumps/pump-7'))
})

test('CONTRIBUTING.md shows this very feature', () => {
  const root = join(import.meta.dirname, '../../../..')
  const code = readFileSync(join(root, 'apps/web/test/pumps/feature.ts'), 'utf8').replaceAll('../../src/', '../../')
  expect(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')).toContain(code)
})
