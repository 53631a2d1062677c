import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { BulkChange } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const GRACE = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' } }

const bulkChange = (change: Partial<BulkChange> = {}): BulkChange => ({
  bulkChangeId: 'one',
  request: { change: { kind: 'attributes', set: { site: 'hall-2' }, remove: [] }, dryRun: false },
  startedBy: 'Ada',
  startedAt: '2030-01-01T00:00:00.000Z',
  endedAt: '2030-01-01T00:00:01.000Z',
  state: 'done',
  total: 1,
  counts: { changed: 1 },
  effects: {},
  ...change,
})

beforeAll(() => loadPages('/bulk-changes'))

test('who undoes what somebody else undoes at the same time is told, and the page says so: it is not gone on with', async () => {
  const half: Partial<BulkChange> = { state: 'cancelled', total: 2, counts: { changed: 1, cancelled: 1 } }
  let shown = bulkChange(half)
  openApp('/bulk-changes?bulkChange=one', {
    '/api/session': () => json(GRACE),
    '/api/bulk-changes/one': () => json(shown),
    '/api/bulk-changes/one/results': () => json({ results: [], total: 2 }),
    'POST /api/bulk-changes/one/undo': () => {
      shown = bulkChange({ ...half, undoneBy: 'two' })
      return problem(409, 'NOTHING_LEFT', 'Ada undid the bulk change one already.')
    },
  })
  const retry = await screen.findByRole('button', { name: 'Retry 1 thing that had not begun' })
  expect(retry.getAttribute('aria-disabled')).toBeNull()
  expect(screen.getByText('1 of 2 things')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Undo bulk change' }))
  const dialog = within(await screen.findByRole('dialog', { name: /^Undo the change/ }))
  fireEvent.click(dialog.getByRole('checkbox', { name: 'Dry run first' }))
  fireEvent.click(dialog.getByRole('button', { name: 'Put back 1 thing' }))
  expect(await dialog.findByText(/Ada undid the bulk change one already/)).toBeTruthy()
  expect(await screen.findByRole('link', { name: 'see what was put back' })).toBeTruthy()
  await waitFor(() => expect(retry.getAttribute('aria-disabled')).toBe('true'))
})

test('the keyboard goes on at the page of the change that was begun, which says how long it takes as fast as it is', async () => {
  const counts = { changed: 25, waiting: 75 }
  const { endedAt: _, ...running } = bulkChange({ state: 'running', total: 100, counts, workedMs: 100_000 })
  openApp('/bulk-changes?act=attributes&names=pump-7', {
    '/api/session': () => json(GRACE),
    'POST /api/bulk-changes': () => json(bulkChange()),
    '/api/bulk-changes/one': () => json(running),
    '/api/bulk-changes/one/results': () => json({ results: [], total: 1 }),
  })
  const type = (name: string, value: string) =>
    fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })
  const begin = await screen.findByRole('button', { name: 'Dry run' })
  type('Name 1', 'site')
  type('Value 1', 'hall-2')
  type('Names of the things', 'pump-7')
  begin.focus()
  fireEvent.click(begin)
  await screen.findByRole('heading', { name: /^Set the attribute site/ })
  await waitFor(() => expect(document.activeElement?.id).toBe('content'))
  expect(await screen.findByText('25 of 100 things, about 5 min left')).toBeTruthy()
})
