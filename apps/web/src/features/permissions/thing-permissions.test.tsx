import { screen, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { authorizationRoutes, factsFor, policyText } from '../../../test/authorization-routes.ts'
import { json } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { paths } from '../../shared/paths.ts'

const NAME = '${iot:Connection.Thing.ThingName}'
const DEVICE = policyText(
  ['Allow', 'iot:Connect', `client/${NAME}`],
  ['Allow', 'iot:Publish', `topic/dt/${NAME}/*`],
  ['Deny', 'iot:Publish', 'topic/dt/pump-7/secret'],
  ['Allow', 'iot:Subscribe', 'topicfilter/cmd/${iot:Connection.Thing.Attributes[site]}/#'],
)
const REST = {
  '/api/things/pump-7/connection': () => json({ connected: false, toldBy: 'nobody' }),
}
const tab = paths.thing('pump-7', { tab: 'permissions' })
const rowOf = async (title: string) => {
  const row = (await screen.findByRole('rowheader', { name: title })).closest('tr')
  if (!row) throw new Error(`No row is named ${title}`)
  return within(row)
}

beforeAll(() => loadPages('/things/$thingName'))

test('what it may do, with variables filled in, exceptions, and what comes to nothing', async () => {
  openApp(tab, { ...authorizationRoutes(factsFor(DEVICE)), ...REST })
  expect((await rowOf('Connect as')).getByText('pump-7')).toBeTruthy()
  const publish = await rowOf('Publish to')
  expect(publish.getByText('dt/pump-7/‹anything›')).toBeTruthy()
  expect(publish.getByText('dt/pump-7/secret')).toBeTruthy()
  expect((await rowOf('Subscribe to')).getByText(/a variable in it has no value/)).toBeTruthy()
  expect((await rowOf('Receive from')).getByText('nothing')).toBeTruthy()
  expect((await rowOf('Its classic shadow')).getAllByText(/no statement allows it/).length).toBeGreaterThan(0)
})

test('beside another version, only what differs', async () => {
  openApp(`${tab}&instead=device:2`, {
    ...authorizationRoutes(factsFor(DEVICE)),
    ...REST,
    '/api/policies/device/versions/2': () =>
      json({
        versionId: '2',
        policyDocument: policyText(
          ['Allow', 'iot:Connect', `client/${NAME}`],
          ['Allow', 'iot:Publish', `topic/dt/${NAME}/*`],
          ['Allow', 'iot:Subscribe', 'topicfilter/cmd/${iot:Connection.Thing.Attributes[site]}/#'],
        ),
      }),
  })
  await screen.findByRole('columnheader', { name: /with device version 2/ })
  const publish = await rowOf('Publish to')
  expect(publish.queryByText('dt/pump-7/‹anything›')).toBeNull()
  expect(publish.getByText('dt/pump-7/secret')).toBeTruthy()
  expect(screen.queryByRole('rowheader', { name: 'Connect as' })).toBeNull()
})

test('a certificate that is not active may do nothing, which is said first', async () => {
  openApp(tab, { ...authorizationRoutes(factsFor(DEVICE, { status: 'REVOKED' })), ...REST })
  await screen.findByText(/it may do nothing/)
})
