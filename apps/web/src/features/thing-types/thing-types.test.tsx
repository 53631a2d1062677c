import { fireEvent, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { fakeApi, json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { renderPage } from '../../../test/render-page.tsx'
import { EditPropagatingDialog } from './components/edit-propagating-dialog.tsx'
import { formatCountdown, untilDeletableMs, whyNotDeletable } from './deletable.ts'
import { attributesOf, lineProblem, linesOf, NEW_LINE } from './propagating.ts'

const GRACE = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }

const type = (change: object = {}) => ({
  thingTypeName: 'pump',
  thingTypeArn: 'arn:aws:iot:us-east-1:123456789012:thingtype/pump',
  searchableAttributes: [],
  propagatingAttributes: [{ userPropertyKey: 'site', thingAttribute: 'site' }],
  isDeprecated: false,
  ...change,
})

const open = (path: string, routes: Routes) => openApp(path, { '/api/session': () => json(GRACE), ...routes })

beforeAll(() => loadPages('/thing-types', '/thing-types/$thingTypeName'))

test('how long it is until AWS deletes a type', () => {
  const deprecatedAt = '2026-01-01T00:00:00.000Z'
  const atMs = Date.parse(deprecatedAt)
  const deprecated = { isDeprecated: true, deprecatedAt }
  expect(untilDeletableMs({ isDeprecated: false }, atMs)).toBeUndefined()
  expect(untilDeletableMs(deprecated, atMs + 60_000)).toBe(240_000)
  expect(untilDeletableMs(deprecated, atMs + 300_000)).toBe(0)
  expect([formatCountdown(240_000), formatCountdown(59_001), formatCountdown(1)]).toEqual(['4:00', '1:00', '0:01'])
  expect(whyNotDeletable(deprecated, atMs + 60_000)).toContain('in 4:00')
  expect(whyNotDeletable(deprecated, atMs + 300_000)).toBeUndefined()
})

test('propagated attributes: what AWS has comes back as it was, and what it would refuse is said', () => {
  const attributes = [
    { userPropertyKey: 'site', thingAttribute: 'site' },
    { userPropertyKey: 'id', connectionAttribute: 'iot:ClientId' as const },
  ]
  expect(attributesOf(linesOf(attributes))).toEqual(attributes)
  expect(attributesOf([NEW_LINE])).toEqual([])
  expect(lineProblem({ ...NEW_LINE, attribute: 'site' })).toEqual({ key: 'A user property needs a name.' })
  expect(lineProblem({ key: 'a b', source: 'attribute', attribute: '' })).toEqual({
    key: 'Only letters, digits and : $ ., not blanks.',
    attribute: 'Say which attribute.',
  })
})

test('propagated attributes that somebody else changed are not overwritten, also where the page has read them behind the dialog', async () => {
  const sent: unknown[] = []
  fakeApi({
    'PUT /api/thing-types/pump': (_, init) => {
      sent.push(JSON.parse(String(init?.body)))
      return problem(409, 'VERSION_CONFLICT', 'Somebody changed them meanwhile.')
    },
  })
  function Page() {
    const [shown, setShown] = useState(type())
    return (
      <>
        <button type="button" onClick={() => setShown(type({ propagatingAttributes: [] }))}>
          Read anew
        </button>
        <EditPropagatingDialog type={shown} onClose={() => {}} />
      </>
    )
  }
  await renderPage(<Page />, { role: 'admin' })
  const dialog = within(await screen.findByRole('dialog', { name: 'Propagated attributes of pump' }))
  fireEvent.change(dialog.getByRole('textbox', { name: 'User property 1' }), { target: { value: 'hall' } })
  fireEvent.click(screen.getByText('Read anew'))
  fireEvent.click(dialog.getByRole('button', { name: 'Save propagated attributes' }))
  expect(await dialog.findByText(/Somebody changed them meanwhile/)).toBeTruthy()
  const { propagatingAttributes: expected } = type()
  expect(sent).toEqual([{ propagatingAttributes: [{ userPropertyKey: 'hall', thingAttribute: 'site' }], expected }])
})

test('the list says how many things have each type, and what state it is in', async () => {
  const uses = [
    { thingTypeName: 'pump', things: { count: 250, isAtLeast: true } },
    { thingTypeName: 'old', things: { count: 0, isAtLeast: false } },
  ]
  open('/thing-types', {
    '/api/thing-types': () => json({ thingTypes: [type(), type({ thingTypeName: 'old', isDeprecated: true })] }),
    '/api/thing-type-uses': () => json({ uses }),
  })
  const link = (await screen.findByText('more than 250 things')).closest('a')
  expect(link?.getAttribute('href')).toBe('/thing-types/pump?tab=things')
  const old = within(screen.getByRole('row', { name: /old/ }))
  expect(old.getByText('Deprecated')).toBeTruthy()
  expect(old.getByText('no things')).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select pump' }))
  await screen.findByRole('link', { name: 'Change tags' })
  const isDisabled = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-disabled')
  expect(isDisabled('Deprecate thing type')).not.toBe('true')
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select old' }))
  const tags = await screen.findByRole('link', { name: 'Change tags (2)' })
  expect(tags.getAttribute('href')).toContain('act=tags')
  expect(isDisabled('Deprecate thing type')).toBe('true')
})

test('a deprecated type that things have is not deleted: which they are is said, with links', async () => {
  const things = ['pump-1', 'pump-2'].map((thingName) => ({ thingName, thingArn: '', attributes: {}, version: 1 }))
  open('/thing-types/pump', {
    '/api/thing-types/pump': () => json(type({ isDeprecated: true, deprecatedAt: '2020-01-01T00:00:00.000Z' })),
    '/api/things': () => json({ things }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Delete thing type' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Delete the thing type pump/ }))
  expect((await dialog.findByRole('link', { name: 'pump-2' })).getAttribute('href')).toBe('/things/pump-2')
  expect(dialog.getByRole('button', { name: /Delete thing type/ }).getAttribute('aria-disabled')).toBe('true')
})

test('a type that is in use is deprecated after it was said what follows, and that can be undone', async () => {
  let isDeprecated = false
  const put: unknown[] = []
  open('/thing-types/pump', {
    '/api/thing-types/pump': () => json(type({ isDeprecated })),
    'PUT /api/thing-types/pump/deprecation': (_, init) => {
      const body: { isDeprecated: boolean } = JSON.parse(String(init?.body))
      put.push(body)
      isDeprecated = body.isDeprecated
      return json(type(body))
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Deprecate thing type' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Deprecate the thing type pump/ }))
  expect(dialog.getByText(/No further thing can take it/)).toBeTruthy()
  fireEvent.click(dialog.getByRole('button', { name: 'Deprecate thing type' }))
  expect(await screen.findByRole('button', { name: 'Undo deprecation' })).toBeTruthy()
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(await screen.findByRole('button', { name: 'Deprecate thing type' })).toBeTruthy()
  expect(put).toEqual([{ isDeprecated: true }, { isDeprecated: false }])
})
