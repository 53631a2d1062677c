import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const thing = (thingName: string) => ({
  thingName,
  thingArn: `arn:aws:iot:us-east-1:123456789012:thing/${thingName}`,
  thingTypeName: 'pump',
  attributes: { site: 'hall-2' },
  version: 1,
})

/** 120 things, paged by a token as AWS does: no totals, and a page is found over those before. */
function registry(url: URL) {
  const start = Number(url.searchParams.get('nextToken') ?? 0)
  const size = Number(url.searchParams.get('maxResults'))
  const things = Array.from({ length: Math.min(size, 120 - start) }, (_, n) => thing(`pump-${start + n}`))
  return json({ things, ...(start + size < 120 ? { nextToken: String(start + size) } : {}) })
}

const open = (path: string, routes: Routes) => openApp(path, { '/api/session': () => json(SESSION), ...routes })

beforeAll(() => loadPages('/things'))

test('lists what the registry has, and leads to each thing', async () => {
  open('/things', { '/api/things': registry })
  const link = await screen.findByRole('link', { name: 'pump-3' })
  expect(link.getAttribute('href')).toBe('/things/pump-3')
  expect(screen.getAllByText('site: hall-2')).toHaveLength(50)
})

test('Next asks with the token of the page before; the page is in the address', async () => {
  const { asked, history } = open('/things', { '/api/things': registry })
  await screen.findByRole('link', { name: 'pump-0' })
  const [next] = screen.getAllByRole('button', { name: 'Next page' }) // the sticky header has its own
  if (next) fireEvent.click(next)
  expect(await screen.findByRole('link', { name: 'pump-50' })).toBeTruthy()
  expect(history.location.href).toBe('/things?page=2')
  expect(asked.filter((each) => each.startsWith('GET /api/things'))).toEqual([
    'GET /api/things?maxResults=50',
    'GET /api/things?nextToken=50&maxResults=50',
  ])
})

test('whether the index is on is not asked over and over where it cannot be told', async () => {
  const refused = () => problem(403, 'FORBIDDEN', 'The console may not describe the index.')
  const { asked } = open('/things', { '/api/things': registry, '/api/fleet/index': refused })
  expect(await screen.findByText(/whether the fleet index is on could not be told/)).toBeTruthy()
  await screen.findByRole('link', { name: 'pump-0' })
  const [next] = screen.getAllByRole('button', { name: 'Next page' })
  if (next) fireEvent.click(next)
  expect(await screen.findByRole('link', { name: 'pump-50' })).toBeTruthy()
  // Ahead of the page, by the list, and by the notice that appears for it.
  expect(asked.filter((each) => each === 'GET /api/fleet/index').length).toBeLessThanOrEqual(3)
})

test('a link to a later page is found over the pages before it', async () => {
  open('/things?page=3', { '/api/things': registry })
  expect(await screen.findByRole('link', { name: 'pump-119' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'pump-0' })).toBeNull()
})

test('the filter of the address is what AWS is asked for', async () => {
  const { asked } = open('/things?a=site=hall-2', { '/api/things': registry })
  await screen.findByRole('link', { name: 'pump-0' })
  expect(asked).toContain('GET /api/things?maxResults=50&attributeName=site&attributeValue=hall-2')
})

test('a name finds one thing, or says that there is none', async () => {
  open('/things?name=nobody', {
    '/api/fleet/registry': ({ searchParams }) =>
      json({ things: [], nextToken: searchParams.get('name') ? undefined : 'x' }),
  })
  expect(await screen.findByText('No thing is named nobody')).toBeTruthy()
})

test('an empty registry says what a thing is good for', async () => {
  open('/things', { '/api/things': () => json({ things: [] }) })
  expect(await screen.findByText('No things yet')).toBeTruthy()
})

test('a refusal stands where the list would, with its code, and is asked again', async () => {
  let isUp = false
  open('/things', {
    '/api/things': (url) => (isUp ? registry(url) : problem(400, 'InvalidRequestException', 'The token is too old.')),
  })
  expect(await screen.findByText(/The token is too old\. \(InvalidRequestException\)/)).toBeTruthy()
  isUp = true
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'pump-0' })).toBeTruthy()
})

test('selecting a thing opens a look at it, and the address says so', async () => {
  const { history } = open('/things', {
    '/api/things': () => json({ things: [thing('pump-1'), thing('pump-2')] }),
    '/api/things/pump-1': () => json({ ...thing('pump-1'), principals: [], thingGroupNames: [] }),
    '/api/things/pump-1/connection': () =>
      json({
        connected: false,
        toldBy: 'connection',
        disconnectedSince: new Date(Date.now() - 180_000),
        disconnectReason: 'CONNECTION_LOST',
      }),
  })
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Select pump-1' }))
  await waitFor(() => expect(history.location.href).toBe('/things?look=pump-1'))
  const panel = await screen.findByRole('region', { name: 'pump-1' })
  expect(await within(panel).findByText(/the network connection was lost \(CONNECTION_LOST\)/)).toBeTruthy()
  expect(within(panel).getByRole('link', { name: 'Open shadow' }).getAttribute('href')).toBe('/things/pump-1/shadow')

  // A second one: nothing is looked at any more, and both can be changed.
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select pump-2' }))
  await waitFor(() => expect(history.location.href).toBe('/things?look=pump-1&look=pump-2'))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'pump-1' })).toBeNull())
  expect((await screen.findByRole('link', { name: 'Change in bulk (2)' })).getAttribute('href')).toBe(
    '/bulk-changes?things=pump-1&things=pump-2',
  )
})

const OFF = () => json({ status: 'OFF', connectivity: false })
const ON = () => json({ status: 'ACTIVE', connectivity: true })
const indexed = (thingName: string, connected: boolean) => ({
  thingName,
  thingTypeName: 'pump',
  attributes: { site: 'hall-2' },
  thingGroupNames: ['north'],
  connectivity: { connected, changedAt: new Date(Date.now() - 180_000) },
})

test('with the fleet index, a part of a name is searched, and rows say who is connected; they come before all else', async () => {
  const { promise: rows, resolve: answer } = Promise.withResolvers<Response>()
  const { asked } = open('/things?has=ump-', {
    '/api/fleet/index': ON,
    '/api/fleet/things': () => rows,
    '/api/fleet/count': () => json({ about: 2 }),
  })
  await waitFor(() => expect(asked.some((each) => each.startsWith('GET /api/fleet/things'))).toBe(true))
  expect(asked.filter((each) => /count|sample/.test(each))).toEqual([])
  answer(json({ things: [indexed('pump-1', true), indexed('pump-2', false)] }))
  const row = (await screen.findByRole('link', { name: 'pump-2' })).closest('tr')
  expect(row?.textContent).toMatch(/Disconnected 3 min ago.*north/)
  expect(asked).toContain('GET /api/fleet/things?query=thingName%3A*ump-*&maxResults=50')
  expect(await screen.findByText('(about 2)')).toBeTruthy()
  expect(asked.filter((each) => each.startsWith('GET /api/things'))).toEqual([])
})

test('a search that has not come to its end says so, and goes on', async () => {
  const { history } = open('/things?has=x', {
    '/api/fleet/index': ON,
    '/api/fleet/things': (url) =>
      url.searchParams.has('nextToken')
        ? json({ things: [indexed('box-1', true)] })
        : json({ things: [], nextToken: 't1' }),
  })
  expect(await screen.findByText('No matches so far')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Search on' }))
  expect(await screen.findByRole('link', { name: 'box-1' })).toBeTruthy()
  expect(history.location.href).toBe('/things?query=thingName:*x*&page=2')
})

test('without the index, the list says what it leaves out, and only an admin may turn it on', async () => {
  const { asked } = open('/things?group=north&connection=connected&type=pump', {
    '/api/fleet/index': OFF,
    '/api/things': registry,
  })
  expect(await screen.findByText('Not filtered by group north, connection connected.')).toBeTruthy()
  expect(asked).toContain('GET /api/things?maxResults=50&thingTypeName=pump')
  const button = screen.getByRole('button', { name: /Turn on fleet indexing/ })
  expect(button.getAttribute('aria-disabled')).toBe('true')
})

test('without the index, a part of a name is looked for in the registry', async () => {
  const { asked } = open('/things?has=ump-&type=pump&a=site=hall-2&a=model^x', {
    '/api/fleet/index': OFF,
    '/api/fleet/registry': () => json({ things: [thing('pump-1')] }),
  })
  expect(await screen.findByRole('link', { name: 'pump-1' })).toBeTruthy()
  expect(asked).toContain(
    'GET /api/fleet/registry?nameContains=ump-&thingTypeName=pump&attribute=site%3Dhall-2&attribute=model%5Ex&maxResults=50',
  )
  expect(screen.queryByText(/names were looked through/)).toBeNull()
})

test('a registry that is too large to be looked through says so, and what helps', async () => {
  open('/things?has=ump-', {
    '/api/fleet/index': OFF,
    '/api/fleet/registry': () => json({ things: [thing('pump-1')], onlyFirst: 2000 }),
  })
  expect(await screen.findByText('Only the first 2,000 names were looked through.')).toBeTruthy()
  expect(screen.getByText(/Turn the fleet index on to search all of them/)).toBeTruthy()
  expect(screen.getByRole('button', { name: /Turn on fleet indexing/ })).toBeTruthy()
})

test('an admin turns the index on after reading what follows, and the list is searched from then on', async () => {
  let isOn = false
  const search = Promise.withResolvers<Response>()
  open('/things', {
    '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role: 'admin' } }),
    '/api/fleet/index': () => (isOn ? ON() : OFF()),
    'POST /api/fleet/index': (_, init) => {
      expect(init?.body).toBe('{"connectivity":true}')
      isOn = true
      return ON()
    },
    '/api/fleet/things': () => search.promise,
    '/api/things': registry,
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Turn on fleet indexing' }))
  const dialog = await screen.findByRole('dialog', { name: 'Turn on fleet indexing?' })
  expect(within(dialog).getByText(/AWS charges for each update/)).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Turn on fleet indexing' }))
  // Said at once, though the list behind the dialog waits for its first search.
  expect(await screen.findByText('The fleet index is on')).toBeTruthy()
  search.resolve(json({ things: [indexed('pump-77', true)] }))
  expect(await screen.findByRole('link', { name: 'pump-77' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'pump-0' })).toBeNull()
})

test('an index that is refused to the console leaves the registry, and says why', async () => {
  open('/things', {
    '/api/fleet/index': ON,
    '/api/fleet/things': () => problem(502, 'AWS_REFUSED', 'AccessDeniedException: iot:SearchIndex'),
    '/api/things': registry,
  })
  expect(await screen.findByRole('link', { name: 'pump-0' })).toBeTruthy()
  expect(screen.getByText(/AccessDeniedException: iot:SearchIndex/)).toBeTruthy()
})

test('dropped, on no record and connected are told apart, and so is why', async () => {
  const dropped = { connected: false, changedAt: new Date(Date.now() - 180_000), disconnectReason: 'CONNECTION_LOST' }
  const other = {
    connected: true,
    changedAt: new Date(Date.now() - 60_000),
    clientId: 'gateway-9',
    disconnectReason: 'NONE',
  }
  open('/things', {
    '/api/fleet/index': ON,
    '/api/fleet/count': () => json({}),
    '/api/fleet/things': () =>
      json({
        things: [
          { ...indexed('a', true), connectivity: other },
          { ...indexed('b', true), connectivity: { connected: false } },
          { ...indexed('c', true), connectivity: dropped },
        ],
      }),
  })
  const textOf = async (name: string) => (await screen.findByRole('link', { name })).closest('tr')?.textContent
  expect(await textOf('a')).toContain('Connected 1 min ago as gateway-9–')
  expect(await textOf('b')).toContain('No connection on record–')
  expect(await textOf('c')).toContain('Disconnected 3 min agothe network connection was lost (CONNECTION_LOST)')
})

test('the palette says no more of a connection than the list does', async () => {
  const things = [
    { ...indexed('pump-1', false), connectivity: { connected: false } },
    indexed('pump-2', false),
    indexed('pump-3', true),
  ]
  open('/things', {
    '/api/fleet/index': ON,
    '/api/fleet/count': () => json({}),
    '/api/fleet/things': () => json({ things }),
  })
  await screen.findByRole('link', { name: 'pump-1' })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  fireEvent.change(await screen.findByRole('combobox', { name: /^Search / }), { target: { value: 'pump' } })
  const wordsOf = async (name: RegExp) => (await screen.findByRole('option', { name })).textContent
  expect(await wordsOf(/^pump-1/)).toMatch(/no connection on record$/)
  expect(await wordsOf(/^pump-2/)).toMatch(/ disconnected$/)
  expect(await wordsOf(/^pump-3/)).toMatch(/ connected$/)
})

test('why and since when are asked of AWS, with one moment for all pages', async () => {
  const { asked } = open('/things?connection=disconnected&reason=CONNECTION_LOST&within=1h&page=2', {
    '/api/fleet/index': ON,
    '/api/fleet/things': (url) =>
      url.searchParams.has('nextToken')
        ? json({ things: [indexed('pump-2', false)] })
        : json({ things: [indexed('pump-1', false)], nextToken: 't1' }),
  })
  expect(await screen.findByRole('link', { name: 'pump-2' })).toBeTruthy()
  const queries = asked
    .filter((each) => each.startsWith('GET /api/fleet/things'))
    .map((each) => new URL(each.slice(4), 'http://console.example').searchParams)
  expect(queries.map((query) => query.get('query'))).toEqual([
    'connectivity.connected:false AND connectivity.disconnectReason:CONNECTION_LOST',
    'connectivity.connected:false AND connectivity.disconnectReason:CONNECTION_LOST',
  ])
  const moments = new Set(queries.map((query) => query.get('changedAfter')))
  expect(moments.size).toBe(1)
  const [moment = ''] = moments
  expect(Math.abs(Date.now() - 3_600_000 - Date.parse(moment ?? ''))).toBeLessThan(60_000)
})

test('a page is sorted here, in the address, and says that it is only the page; the number is at least what was read', async () => {
  const { history } = open('/things?sort=-name', { '/api/fleet/index': OFF, '/api/things': registry })
  await screen.findByRole('link', { name: 'pump-0' })
  const names = () => screen.getAllByRole('link', { name: /^pump-\d+$/ }).map(({ textContent }) => textContent)
  expect(names().slice(0, 3)).toEqual(['pump-49', 'pump-48', 'pump-47'])
  expect(screen.getByText(/Sorted within this page: AWS sorts no things/)).toBeTruthy()
  expect(screen.getAllByText('(50+)')).not.toHaveLength(0)
  fireEvent.click(screen.getByRole('button', { name: 'As AWS gives them' }))
  await waitFor(() => expect(history.location.href).toBe('/things'))
  // The address is there before what it shows.
  await waitFor(() => expect(names().slice(0, 3)).toEqual(['pump-0', 'pump-1', 'pump-2']))
})

const SEARCHED: Routes = {
  '/api/fleet/index': ON,
  '/api/fleet/count': () => json({ about: 2 }),
  '/api/fleet/sample': () => json({ fields: [{ name: 'shadow.reported.battery', values: ['20'] }], lookedAt: 2 }),
  '/api/fleet/fields': () =>
    json({
      isIndexed: true,
      fields: [{ name: 'registry.thingTypeName', type: 'String', isCustom: false }],
    }),
  '/api/fleet/things': () => json({ things: [indexed('pump-1', true), indexed('pump-2', false)] }),
}
const fieldsShown = () => screen.getAllByRole('combobox', { name: 'Filter things' })

test('a query is one wherever it is typed, and is shown as AWS is asked', async () => {
  const { history } = open('/things', SEARCHED)
  await screen.findByRole('link', { name: 'pump-1' })
  const [field] = fieldsShown()
  if (field) {
    fireEvent.change(field, { target: { value: 'thingTypeName:pump' } })
    fireEvent.keyDown(field, { keyCode: 13, key: 'Enter' })
  }
  await waitFor(() => expect(history.location.href).toBe('/things?query=thingTypeName:pump'))
  expect(await screen.findByText('thingTypeName:pump')).toBeTruthy()
  // The keyboard goes into the text, and back into the field that takes its place.
  fireEvent.click(screen.getByRole('button', { name: 'Edit as text' }))
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Query' }))
  const back = screen.getByRole('button', { name: 'Edit as filter' })
  back.focus()
  fireEvent.click(back)
  expect(fieldsShown()).toContain(document.activeElement)
})

test('a value that no query can say is shown as it was meant, with what is found beside it', async () => {
  const { asked, history } = open('/things?a=site=hall/2', SEARCHED)
  expect(await screen.findByText(/queries have no place for \/ in a value\. Other values fit that, too/)).toBeTruthy()
  await waitFor(() => expect(asked).toContain('GET /api/fleet/things?query=attributes.site%3Ahall%3F2&maxResults=50'))
  expect(history.location.href).toBe('/things?query=attributes.site:hall%3F2&meant=attributes.site+%3D+hall/2')
  // Said so, and the token.
  expect(screen.getAllByText(/hall\/2/).length).toBeGreaterThan(1)
})

test('without the index, a value that no query can say is one that the registry filters by', async () => {
  const { asked } = open('/things?a=site=hall/2', { '/api/fleet/index': OFF, '/api/things': registry })
  await screen.findByText('pump-0')
  expect(asked).toContain('GET /api/things?maxResults=50&attributeName=site&attributeValue=hall%2F2')
  expect(screen.queryByText(/Not filtered by/)).toBeNull()
})

test('what is more than conditions is a text, and where it fails is said before it is asked', async () => {
  const { asked, history } = open('/things?query=NOT%20(thingName:a%20OR%20thingName:b)', SEARCHED)
  await screen.findByRole('link', { name: 'pump-1' })
  const field = screen.getByRole('searchbox', { name: 'Query' })
  expect(screen.queryByRole('combobox', { name: 'Filter things' })).toBeNull()
  const before = asked.filter((each) => each.startsWith('GET /api/fleet/things')).length
  fireEvent.change(field, { target: { value: 'thingName:a AND' } })
  fireEvent.keyDown(field, { keyCode: 13, key: 'Enter' })
  expect(await screen.findByText(/Unable to parse query, invalid syntax, query string: thingName:a AND/)).toBeTruthy()
  expect(asked.filter((each) => each.startsWith('GET /api/fleet/things'))).toHaveLength(before)
  fireEvent.change(field, { target: { value: 'thingName:a' } })
  fireEvent.keyDown(field, { keyCode: 13, key: 'Enter' })
  await waitFor(() => expect(history.location.href).toBe('/things?query=thingName:a'))
  await waitFor(() => expect(fieldsShown()).toHaveLength(1))
  await waitFor(() => expect(fieldsShown()).toContain(document.activeElement))
})

test('a value of the bar leads to the things that have it', async () => {
  const { history } = open('/things?by=registry.thingTypeName&query=thingName:p*', {
    ...SEARCHED,
    '/api/fleet/buckets': ({ searchParams }) => {
      expect(searchParams.get('query')).toBe('thingName:p*')
      return json({ about: 5, buckets: [{ value: 'pump', count: 3 }], distinct: 1 })
    },
  })
  const bar = await screen.findByRole('list', { name: 'Things by Type' })
  expect(
    within(bar)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(['pump 3', 'none 2'])
  expect(within(bar).getByRole('button', { name: 'none: 2 things' })).toBeTruthy()
  fireEvent.click(within(bar).getByRole('button', { name: 'pump: 3 things' }))
  await waitFor(() => expect(history.location.href).toContain('query=thingName:p*+AND+thingTypeName:pump'))
})

test('what is not indexed is said, with what turns it on; a field of a shadow is a column', async () => {
  const { asked } = open(
    '/things?query=deviceDefender.violationCount%20%3E%201&columns=name&columns=shadow.reported.battery',
    {
      ...SEARCHED,
      '/api/fleet/index': () => json({ status: 'ACTIVE', connectivity: true, shadows: true }),
      '/api/fleet/things': () =>
        json({ things: [{ ...indexed('pump-1', true), values: { 'shadow.reported.battery': '20' } }] }),
    },
  )
  const row = (await screen.findByRole('link', { name: 'pump-1' })).closest('tr')
  expect(row?.textContent?.trim()).toBe('pump-120')
  expect(asked.some((each) => each.includes('field=shadow.reported.battery'))).toBe(true)
  expect(screen.getByText('deviceDefender.violationCount is not in the fleet index:')).toBeTruthy()
  expect(screen.getByRole('button', { name: /^Index violations/ })).toBeTruthy()
})

test('all that a query finds can be chosen', async () => {
  const { history } = open('/things?query=thingName:p*&look=pump-1', SEARCHED)
  fireEvent.click(await screen.findByRole('button', { name: 'Select all about 2 things that this query finds' }))
  await waitFor(() => expect(history.location.href).toContain('all=1'))
  const change = await screen.findByRole('link', { name: 'Change in bulk (about 2)' })
  expect(change.getAttribute('href')).toBe('/bulk-changes?query=thingName:p*')
})
