import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { json, problem, type Routes, SESSION } from '../../../test/fake-api.ts'
import { openApp } from '../../../test/open-app.tsx'

const CERTIFICATE_ID = '0a1b2c3d'.repeat(8)
const CERTIFICATE = `arn:aws:iot:us-east-1:123456789012:cert/${CERTIFICATE_ID}`
const ROUTES: Routes = {
  '/api/session': () => json(SESSION),
  '/api/things/pump-7': () =>
    json({
      thingName: 'pump-7',
      thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7',
      thingTypeName: 'pump',
      attributes: { site: 'hall-2' },
      version: 3,
      thingGroupNames: ['north'],
      principals: [CERTIFICATE],
    }),
  [`/api/certificates/${CERTIFICATE_ID}`]: () =>
    json({
      certificateId: CERTIFICATE_ID,
      certificateArn: CERTIFICATE,
      status: 'INACTIVE',
      notAfter: new Date(Date.now() + 10.5 * 86_400_000),
      policyNames: ['telemetry'],
      groupPolicyNames: ['of-the-hall'],
    }),
  '/api/things/pump-7/connection': () =>
    json({ connected: true, connectedSince: new Date(Date.now() - 60_000), sourceIp: '198.51.100.20' }),
  '/api/things/pump-7/shadows': () => json({ classic: true, named: ['alarms'] }),
}

const open = (path: string, routes = ROUTES) => openApp(path, routes)

test('the overview says what a thing is, how its connection stands and who may act as it', async () => {
  const { worker } = open('/things/pump-7')
  expect(await screen.findByRole('heading', { name: 'pump-7', level: 1 })).toBeTruthy()
  expect(await screen.findByText(/Connected/)).toBeTruthy()
  expect(screen.getByText(/from 198\.51\.100\.20/)).toBeTruthy()
  expect(screen.getByText(`${CERTIFICATE_ID.slice(0, 16)}…`)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'pump' }).getAttribute('href')).toBe('/things?type=pump')
  expect(screen.getByRole('link', { name: 'north' }).getAttribute('href')).toBe('/things?group=north')
  expect(await screen.findByText('Inactive')).toBeTruthy()
  expect(screen.getByText('expires in 10 days')).toBeTruthy()
  expect(screen.getByText('telemetry').closest('li')?.textContent).toBe('telemetry')
  expect(screen.getByText('of-the-hall').closest('li')?.textContent).toBe('of-the-hall through a group')
  expect(screen.getByRole('button', { name: 'Copy ARN' })).toBeTruthy()
  await waitFor(() => expect(worker.calls).toContain('mqtt.openTap')) // for lifecycle events
})

test('a tab is in the address', async () => {
  const { history } = open('/things/pump-7')
  fireEvent.click(await screen.findByRole('tab', { name: 'Shadows' }))
  await waitFor(() => expect(history.location.href).toBe('/things/pump-7?tab=shadows'))
  const named = await screen.findByRole('link', { name: 'alarms' })
  expect(named.getAttribute('href')).toBe('/things/pump-7/shadow?shadowName=alarms')
})

test('a thing that the registry does not know says so', async () => {
  open('/things/ghost', {
    ...ROUTES,
    '/api/things/ghost': () => problem(404, 'ResourceNotFoundException', 'Thing ghost cannot be found.'),
  })
  expect(await screen.findByText('The registry knows no thing named ghost')).toBeTruthy()
})
