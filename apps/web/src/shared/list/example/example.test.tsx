import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeApi, json, problem, type Routes } from '../../../../test/fake-api.ts'
import { renderPage } from '../../../../test/render-page.tsx'
import { listPreference } from '../list-preference.ts'
import { CreateThingTypePage } from './create-page.tsx'
import { ThingTypePage } from './detail-page.tsx'
import { thingTypeEndpoints } from './endpoints.ts'
import { ThingTypesPage } from './list-page.tsx'
import { validateThingTypeSearch, validateThingTypesSearch } from './search.ts'

// What CONTRIBUTING.md shows as the worked example: it is true as long as this passes.

const thingType = (thingTypeName: string) => ({
  thingTypeName,
  thingTypeArn: `arn:aws:iot:us-east-1:123456789012:thingtype/${thingTypeName}`,
  isDeprecated: thingTypeName === 'type-1',
})

const SIZE = 60

const API = Object.values(thingTypeEndpoints)

/** By token, as AWS pages. */
function pages({ searchParams }: URL) {
  const start = Number(searchParams.get('nextToken') ?? 0)
  const end = Math.min(start + Number(searchParams.get('maxResults')), SIZE)
  const all = Array.from({ length: end - start }, (_, index) => thingType(`type-${start + index}`))
  const thingTypes = all.filter(({ thingTypeName }) => thingTypeName === (searchParams.get('name') ?? thingTypeName))
  return json({ thingTypes, ...(end < SIZE && { nextToken: String(end) }) })
}

async function openList(path: string, routes: Routes = {}, role: 'operator' | 'admin' = 'operator') {
  const asked = fakeApi({ '/api/thing-types': pages, ...routes }, API)
  const page = await renderPage(
    ({ search, setSearch }) => <ThingTypesPage search={validateThingTypesSearch(search)} setSearch={setSearch} />,
    { path, role },
  )
  return { ...page, asked }
}

const rows = () => screen.getAllByRole('row').slice(1)

test('a link to a later page loads up to it', async () => {
  const { asked } = await openList('/?page=3')
  expect(await screen.findByRole('link', { name: 'type-59' })).toBeTruthy()
  expect(rows()).toHaveLength(10)
  expect(asked).toEqual([
    'GET /api/thing-types?maxResults=25',
    'GET /api/thing-types?maxResults=25&nextToken=25',
    'GET /api/thing-types?maxResults=25&nextToken=50',
  ])
})

test('a page behind the last one says so, and leads back', async () => {
  const { history } = await openList('/?page=9')
  fireEvent.click(await screen.findByRole('button', { name: 'To its last page' }))
  expect(await screen.findByRole('link', { name: 'type-59' })).toBeTruthy()
  expect(history.location.search).toBe('?page=3')
})

test('the filter is in the address, and searches on where a part was searched', async () => {
  const { history } = await openList('/?name=type-30&page=1')
  expect(await screen.findByText('No matches so far')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Search on' }))
  expect(await screen.findByRole('link', { name: 'type-30' })).toBeTruthy()
  expect(history.location.search).toBe('?name=type-30&page=2')
})

test('a selected row is looked at, and what the role may not do says why', async () => {
  const { history } = await openList('/')
  const deprecate = await screen.findByRole('button', { name: /^Deprecate thing type/ })
  expect(deprecate.getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(await screen.findByRole('radio', { name: 'Select type-1' }))
  await waitFor(() => expect(history.location.search).toBe('?look=type-1'))
  expect(deprecate.textContent).toContain('This needs the role admin; you are signed in as operator.')
})

test('the selection lets an admin act', async () => {
  await openList('/?look=type-1', {}, 'admin')
  await screen.findByRole('link', { name: 'type-1' })
  const deprecate = screen.getByRole('button', { name: /^Deprecate thing type/ })
  expect(deprecate.getAttribute('aria-disabled')).toBeNull()
})

test('what can be done to a row is in its menu', async () => {
  const { history } = await openList('/')
  fireEvent.click(await screen.findByRole('button', { name: 'Actions for type-2' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Show things' }))
  await waitFor(() => expect(history.location.href).toBe('/things?type=type-2'))
})

test('a name is encoded in links', async () => {
  await openList('/', { '/api/thing-types': () => json({ thingTypes: [thingType('hall:2')] }) })
  const link = await screen.findByRole('link', { name: 'hall:2' })
  expect(link.getAttribute('href')).toBe('/thing-types/hall%3A2')
})

test('columns, page size and widths that were chosen are kept for this list', async () => {
  await openList('/')
  await screen.findByRole('link', { name: 'type-0' })
  expect(screen.queryAllByRole('columnheader', { name: /^ARN/ })).toHaveLength(0)
  fireEvent.click(screen.getByRole('button', { name: 'Preferences' }))
  const dialog = await screen.findByRole('dialog', { name: 'Preferences' })
  fireEvent.click(within(dialog).getByRole('checkbox', { name: 'ARN' }))
  fireEvent.click(within(dialog).getByRole('radio', { name: '50 thing types' }))
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect((await screen.findAllByRole('columnheader', { name: /^ARN/ })).length).toBeGreaterThan(0)
  await waitFor(() => expect(rows().length).toBe(50))
  expect(listPreference('thing-types').get()).toMatchObject({ pageSize: 50, columns: { arn: true } })
  expect(listPreference('thing-types').get().columns).not.toHaveProperty('state')
})

test('an empty list says what such a thing is good for', async () => {
  await openList('/', { '/api/thing-types': () => json({ thingTypes: [] }) }, 'admin')
  expect(await screen.findByText('No thing types yet')).toBeTruthy()
  const [create] = screen.getAllByRole('link', { name: 'Create thing type' })
  expect(create?.getAttribute('href')).toBe('/thing-types/create')
})

test('a failure says what failed, and is asked again', async () => {
  let isUp = false
  await openList('/', {
    '/api/thing-types': (url) => (isUp ? pages(url) : problem(400, 'InvalidRequestException', 'No.')),
  })
  expect(await screen.findByText('The thing types could not be listed')).toBeTruthy()
  isUp = true
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'type-0' })).toBeTruthy()
})

async function openDetails(path: string, routes: Routes) {
  fakeApi(routes, API)
  return renderPage(
    ({ search, setSearch }) => (
      <ThingTypePage name="type-7" search={validateThingTypeSearch(search)} setSearch={setSearch} />
    ),
    { path },
  )
}

test('a details page has facts that can be copied, and its tab in the address', async () => {
  const { history } = await openDetails('/', { '/api/thing-types/type-7': () => json(thingType('type-7')) })
  expect(await screen.findByRole('heading', { name: 'type-7', level: 1 })).toBeTruthy()
  expect(await screen.findByRole('button', { name: 'Copy ARN' })).toBeTruthy()
  fireEvent.click(screen.getByRole('tab', { name: 'Things' }))
  expect(await screen.findByText('Another feature brings this tab.')).toBeTruthy()
  expect(history.location.search).toBe('?tab=things')
})

test('a details page of what is not there says so', async () => {
  await openDetails('/', { '/api/thing-types/type-7': () => problem(404, 'ResourceNotFoundException', 'None.') })
  expect(await screen.findByText('The registry knows no thing type named type-7')).toBeTruthy()
})

test('a form makes the first one, and what AWS refuses stands at its field', async () => {
  let isTaken = true
  fakeApi(
    {
      'POST /api/thing-types': () =>
        isTaken ? problem(409, 'ResourceAlreadyExistsException', 'It exists.') : json({ thingTypeName: 'pump' }),
    },
    API,
  )
  const { history } = await renderPage(<CreateThingTypePage />, { role: 'admin' })
  fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'pump' } })
  const create = screen.getByRole('button', { name: 'Create thing type' })
  fireEvent.click(create)
  expect(await screen.findByText('It exists.')).toBeTruthy()
  isTaken = false
  fireEvent.click(create)
  await waitFor(() => expect(history.location.pathname).toBe('/thing-types/pump'))
})
