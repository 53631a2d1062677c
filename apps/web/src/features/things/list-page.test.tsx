import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
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

test('a link to a later page is found over the pages before it', async () => {
  open('/things?page=3', { '/api/things': registry })
  expect(await screen.findByRole('link', { name: 'pump-119' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'pump-0' })).toBeNull()
})

test('the filter of the address is what AWS is asked for', async () => {
  const { asked } = open('/things?type=pump&attr=site&value=hall-2', { '/api/things': registry })
  await screen.findByRole('link', { name: 'pump-0' })
  expect(asked).toContain('GET /api/things?maxResults=50&thingTypeName=pump&attributeName=site&attributeValue=hall-2')
})

test('a name finds one thing, or says that there is none', async () => {
  open('/things?name=nobody', {
    '/api/things/nobody': () => problem(404, 'ResourceNotFoundException', 'Thing nobody cannot be found.'),
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
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'pump-0' })).toBeTruthy()
})

test('selecting a thing opens a look at it, and the address says so', async () => {
  const { history } = open('/things', {
    '/api/things': registry,
    '/api/things/pump-1': () => json({ ...thing('pump-1'), principals: [] }),
    '/api/things/pump-1/connection': () =>
      json({
        connected: false,
        disconnectedSince: new Date(Date.now() - 180_000),
        disconnectReason: 'CONNECTION_LOST',
      }),
  })
  fireEvent.click(await screen.findByRole('radio', { name: 'Look at pump-1' }))
  await waitFor(() => expect(history.location.href).toBe('/things?look=pump-1'))
  const panel = await screen.findByRole('region', { name: 'pump-1' })
  expect(await within(panel).findByText(/the network connection was lost \(CONNECTION_LOST\)/)).toBeTruthy()
  expect(within(panel).getByRole('link', { name: 'Open shadow' }).getAttribute('href')).toBe('/things/pump-1/shadow')
})
