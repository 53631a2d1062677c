import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { CertificateAuthority, CertificateAuthorityRow } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { toPem } from '../../shared/certificate/pem.ts'
import { X509CertificateGenerator } from '../../shared/certificate/x509.ts'

const ADMIN = { ...SESSION, person: { id: 'grace', name: 'Grace', role: 'admin' as const } }
const ID = 'c'.repeat(64)
const ROW: CertificateAuthorityRow = {
  certificateId: ID,
  certificateArn: `arn:aws:iot:us-east-1:123456789012:cacert/${ID}`,
  status: 'ACTIVE',
}
const CA: CertificateAuthority = {
  ...ROW,
  certificatePem: '-----BEGIN CERTIFICATE-----',
  autoRegistration: false,
  mode: 'DEFAULT',
  notAfter: '2046-03-04T05:06:07.000Z',
}

function routes(bodies: string[] = []) {
  const noting = (answer: () => Response) => (_: URL, init?: RequestInit) => {
    bodies.push(String(init?.body))
    return answer()
  }
  return {
    '/api/session': () => json(ADMIN),
    '/api/certificate-authorities': () => json({ authorities: [ROW] }),
    [`/api/certificate-authorities/${ID}`]: () => json(CA),
    [`PUT /api/certificate-authorities/${ID}`]: noting(() => json({ ...CA, status: 'INACTIVE' })),
    [`DELETE /api/certificate-authorities/${ID}`]: () => new Response(null, { status: 204 }),
    'POST /api/certificate-authorities': noting(() => json(CA)),
    '/api/provisioning-templates': () =>
      json({
        templates: [
          { templateName: 'by-ca', templateArn: 'arn', enabled: true, type: 'JITP' },
          { templateName: 'by-claim', templateArn: 'arn', enabled: true, type: 'FLEET_PROVISIONING' },
        ],
      }),
    '/api/iot-roles': () => json({ roles: [], looked: 0, isAll: true }),
    '/api/certificate-registration-code': () => json({ registrationCode: 'f3a9' }),
    '/api/certificate-transfers': () =>
      json({ certificates: [{ certificateId: ID, certificateArn: 'arn', transferredTo: '210987654321' }] }),
    [`POST /api/certificate-transfers/${ID}/cancel`]: () => new Response(null, { status: 204 }),
    [`POST /api/certificate-transfers/${ID}/reject`]: noting(() => new Response(null, { status: 204 })),
  }
}

/** That of the type JITP: another one cannot be chosen. */
async function pickTemplate({ getByRole, findByRole }: Pick<typeof screen, 'getByRole' | 'findByRole'>): Promise<void> {
  fireEvent.click(getByRole('radio', { name: /of the type JITP/ }))
  fireEvent.mouseDown(await findByRole('button', { name: /^Template/ }))
  fireEvent.mouseUp(await within(await screen.findByRole('listbox')).findByRole('option')) // the only one
}

beforeAll(() =>
  loadPages(
    '/register-certificate-authority',
    '/certificate-authorities/$certificateId',
    '/certificate-authorities',
    '/certificate-transfers',
  ),
)

test('the proof is signed in the page, and the key of the CA is not sent', async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Example CA',
    keys,
    signingAlgorithm: algorithm,
  })
  const key = toPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const bodies: string[] = []
  openApp('/register-certificate-authority', routes(bodies))
  fireEvent.change(await screen.findByRole('textbox', { name: 'CA certificate' }), {
    target: { value: certificate.toString('pem') },
  })
  fireEvent.change(screen.getByRole('textbox', { name: 'Private key of the CA' }), { target: { value: key } })
  await pickTemplate(screen)
  expect(screen.getByText(/No device is provisioned by the template/)).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: /register certificates by itself/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Register CA certificate' }))
  await waitFor(() => expect(bodies).toHaveLength(1), { timeout: 15_000 })
  const body = JSON.parse(bodies[0] ?? '')
  expect(body).toMatchObject({
    mode: 'DEFAULT',
    setAsActive: true,
    allowAutoRegistration: true,
    template: { templateName: 'by-ca' },
  })
  expect(body.verificationCertificate).toContain('-----BEGIN CERTIFICATE-----')
  expect(bodies.join()).not.toContain('PRIVATE KEY')
})

test('a template of its own needs a role, and is said to be wrong where it is', async () => {
  const bodies: string[] = []
  openApp(`/certificate-authorities/${ID}`, routes(bodies))
  fireEvent.click(await screen.findByRole('button', { name: 'Set template' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Template of the CA certificate' }))
  expect(dialog.queryByRole('radio', { name: /^None/ })).toBeNull()
  fireEvent.click(dialog.getByRole('radio', { name: /A text of this CA/ }))
  const text = (value: string) =>
    fireEvent.change(dialog.getByRole('textbox', { name: 'Template' }), { target: { value } })
  text('{"Resources":')
  fireEvent.click(dialog.getByRole('button', { name: 'Set template' }))
  expect(await dialog.findByText(/^Line 1, column/)).toBeTruthy()
  expect(dialog.getByText(/^The ARN of a role/)).toBeTruthy()
  const templateBody = JSON.stringify({
    Parameters: { 'AWS::IoT::Certificate::Id': { Type: 'String' } },
    Resources: {
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
      },
    },
  })
  text(templateBody)
  const roleArn = 'arn:aws:iam::123456789012:role/jitp'
  fireEvent.change(dialog.getByRole('combobox', { name: 'Role' }), { target: { value: roleArn } })
  fireEvent.click(dialog.getByRole('checkbox', { name: /by itself/ }))
  fireEvent.click(dialog.getByRole('button', { name: 'Set template' }))
  await waitFor(() => expect(bodies).toHaveLength(1))
  expect(JSON.parse(bodies[0] ?? '')).toEqual({ autoRegistration: true, template: { templateBody, roleArn } })
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Template of the CA certificate' })).toBeNull())
})

test('an active CA is deactivated before it is deleted, and it is said what stays', async () => {
  const { asked } = openApp(`/certificate-authorities/${ID}`, routes())
  await screen.findByText(/this account alone has it/)
  fireEvent.click(screen.getByRole('button', { name: 'Delete CA certificate' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Delete the CA certificate/ }))
  expect(dialog.getByText(/registered already go on working: they stay/)).toBeTruthy()
  fireEvent.change(dialog.getByRole('textbox'), { target: { value: ID.slice(0, 8) } })
  fireEvent.click(dialog.getByRole('button', { name: 'Delete CA certificate' }))
  const path = `/api/certificate-authorities/${ID}`
  await waitFor(() => expect(asked).toContain(`DELETE ${path}`))
  expect(asked.indexOf(`PUT ${path}`)).toBeLessThan(asked.indexOf(`DELETE ${path}`))
})

test('what is offered to others is listed, and what others offer is sent back', async () => {
  const bodies: string[] = []
  openApp('/certificate-transfers', routes(bodies))
  expect(await screen.findByText('210987654321')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Accept or reject a certificate' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Accept or reject/ }))
  fireEvent.change(dialog.getByRole('textbox', { name: 'Certificate id' }), { target: { value: ID } })
  fireEvent.click(dialog.getByRole('radio', { name: /Reject it/ }))
  fireEvent.change(dialog.getByRole('textbox', { name: 'Reason' }), { target: { value: 'not ours' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Reject certificate' }))
  await waitFor(() => expect(bodies).toEqual(['{"reason":"not ours"}']))
})
