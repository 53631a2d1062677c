import { fireEvent, screen } from '@testing-library/react'
import type { RoleAlias, RoleAliasTrial, RoleAliasUsers } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const CERTIFICATE = 'a'.repeat(64)
const ALIAS: RoleAlias = {
  roleAlias: 'uploads',
  roleAliasArn: 'arn:aws:iot:us-east-1:123456789012:rolealias/uploads',
  roleArn: 'arn:aws:iam::123456789012:role/devices-upload',
  credentialDurationSeconds: 3_600,
}
const TRIAL: RoleAliasTrial = {
  decision: 'ALLOWED',
  why: 'iot:AssumeRoleWithCertificate is allowed by statement 1 of policy may-upload.',
  certificateStatus: 'ACTIVE',
  policyNames: ['may-upload'],
  endpoint: {
    url: 'https://c1.credentials.iot.us-east-1.amazonaws.com/role-aliases/uploads/credentials',
    rootCaUrl: 'https://www.amazontrust.com/repository/AmazonRootCA1.pem',
  },
}
const USERS: RoleAliasUsers = {
  looked: 1,
  listed: 1,
  isOver: true,
  isAll: true,
  policies: [
    {
      policyName: 'may-upload',
      effect: 'allows',
      targets: [`arn:aws:iot:us-east-1:123456789012:cert/${CERTIFICATE}`],
      hasMoreTargets: false,
    },
  ],
}
const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }

const routes = (trial: RoleAliasTrial = TRIAL) => ({
  '/api/session': () => json(ADMIN),
  '/api/role-aliases': () => json({ roleAliases: ['uploads'] }),
  '/api/role-aliases/uploads': () => json(ALIAS),
  '/api/role-aliases/uploads/users': () => json(USERS),
  '/api/role-aliases/uploads/trial': () => json(trial),
  'POST /api/role-aliases': () => json(ALIAS),
})

beforeAll(() => loadPages('/role-aliases', '/role-aliases/$roleAlias', '/create-role-alias'))

test('the list says of each which role it stands for', async () => {
  openApp('/role-aliases', routes())
  expect(await screen.findByRole('link', { name: 'uploads' })).toBeTruthy()
  expect(await screen.findByText('devices-upload')).toBeTruthy()
  expect(await screen.findByText('1 hour')).toBeTruthy()
})

test('a certificate that may get credentials is told so, with the command to run', async () => {
  openApp(`/role-aliases/uploads?tab=try&certificate=${CERTIFICATE}`, routes())
  expect(await screen.findByText('It gets credentials')).toBeTruthy()
  expect(screen.getByText(/^curl --output root-ca.pem/).textContent).toContain(TRIAL.endpoint.url)
})

test('the certificates of a thing are offered, and one of them is tried', async () => {
  openApp('/role-aliases/uploads?tab=try', {
    ...routes(),
    '/api/fleet/registry': () => json({ things: [] }),
    '/api/certificates': () => json({ certificates: [] }),
    '/api/things/pump-7': () =>
      json({
        thingName: 'pump-7',
        thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/pump-7',
        attributes: {},
        version: 1,
        thingGroupNames: [],
        principals: [`arn:aws:iot:us-east-1:123456789012:cert/${CERTIFICATE}`],
      }),
  })
  fireEvent.change(await screen.findByRole('combobox', { name: /^Thing/ }), { target: { value: 'pump-7' } })
  const certificate = screen.getByRole('combobox', { name: /^Certificate id/ })
  fireEvent.focus(certificate)
  fireEvent.mouseUp(await screen.findByText('Of pump-7'))
  fireEvent.click(screen.getByRole('button', { name: 'Try the role alias' }))
  expect(await screen.findByText('It gets credentials')).toBeTruthy()
})

test.each<[Partial<RoleAliasTrial>, RegExp]>([
  [{ certificateStatus: 'INACTIVE' }, /is INACTIVE/],
  [{ isThingAttached: false }, /not attached to pump-7/],
  [{ decision: 'IMPLICIT_DENY', why: 'No Allow statement covers it.' }, /No Allow statement covers it/],
])('of %j the reason is said', async (trial, reason) => {
  openApp(`/role-aliases/uploads?tab=try&certificate=${CERTIFICATE}&thing=pump-7`, routes({ ...TRIAL, ...trial }))
  expect(await screen.findByText('It gets no credentials')).toBeTruthy()
  expect(screen.getByText(reason)).toBeTruthy()
})

test('who is about to delete it is told who uses it', async () => {
  openApp('/role-aliases/uploads', routes())
  await screen.findByText('1 hour')
  fireEvent.click(screen.getByRole('button', { name: 'Delete role alias' }))
  expect(await screen.findByText('1 certificate may use it, by 1 policy.')).toBeTruthy()
})

test('an ARN that is none and a duration that AWS does not take are said at their fields', async () => {
  const { asked } = openApp('/create-role-alias', routes())
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'uploads' } })
  fireEvent.change(screen.getByLabelText('Role'), { target: { value: 'devices-upload' } })
  const duration = screen.getByLabelText('Credentials are good for, in seconds')
  fireEvent.change(duration, { target: { value: '60' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create role alias' }))
  expect(await screen.findByText(/^Only the ARN of a role/)).toBeTruthy()
  expect(screen.getByText('From 900 (15 minutes) to 43200 (12 hours) seconds.')).toBeTruthy()
  expect(asked).not.toContain('POST /api/role-aliases')
})
