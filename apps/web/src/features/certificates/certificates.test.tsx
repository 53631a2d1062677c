import { X509Certificate } from 'node:crypto'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { CertificateDetail, CertificateRow, FoundCertificates } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, problem, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'

const ID = '5f2c9a01be'.padEnd(64, '0')
const OTHER = 'ab'.repeat(32)
const arnOf = (id: string) => `arn:aws:iot:us-east-1:123456789012:cert/${id}`

const ROW: CertificateRow = {
  certificateId: ID,
  certificateArn: arnOf(ID),
  status: 'ACTIVE',
  look: {
    notBefore: '2020-01-01T00:00:00Z',
    notAfter: '2020-06-01T00:00:00Z',
    subject: 'CN=pump-7',
    issuer: 'CN=Example CA',
    key: 'EC P-256',
    things: [{ thingName: 'pump-7', type: 'EXCLUSIVE_THING', connected: true, clientId: 'pump-7' }],
    thingCount: 1,
    policyNames: ['device'],
    toldBy: 'index',
    whys: ['expired'],
  },
}
const DETAIL: CertificateDetail = { ...ROW, certificatePem: 'PEM', mode: 'DEFAULT' }

const FOUND: FoundCertificates = {
  outcome: 'read',
  looked: 1,
  listed: 4,
  isOver: false,
  isAll: true,
  counts: [{ why: 'expired', count: 1 }],
  months: [{ month: '2020-06', count: 1 }],
  certificates: [ROW],
  leftOut: 0,
}

const ROUTES = {
  '/api/session': () => json({ ...SESSION, person: { ...SESSION.person, role: 'admin' } }),
  '/api/certificates': () =>
    json({
      certificates: [
        ROW,
        { certificateId: OTHER, certificateArn: arnOf(OTHER), status: 'INACTIVE', unread: 'Throttled' },
      ],
    }),
  '/api/found-certificates': () => json(FOUND),
  '/api/iot-logs': () => json({ outcome: 'logging-off', entries: [], throttled: 0 }),
  [`/api/certificates/${ID}/details`]: () => json(DETAIL),
  [`/api/certificates/${ID}`]: () =>
    json({
      certificateId: ID,
      certificateArn: arnOf(ID),
      status: 'ACTIVE',
      policyNames: ['device'],
      groupPolicyNames: ['of-the-hall'],
    }),
}

beforeAll(() => loadPages('/certificates', '/certificates/$certificateId', '/create-certificate'))

test('the list says what is the matter with each, and why one could not be read', async () => {
  openApp('/certificates', ROUTES)
  const row = within((await screen.findByText('5f2c9a01be…')).closest('tr') ?? document.body)
  expect(row.getByText('Expired')).toBeTruthy()
  expect(row.getByText(/^expired \d+ years ago$/)).toBeTruthy()
  expect(row.getByRole('link', { name: 'pump-7' })).toBeTruthy()
  const other = screen.getByText('ababababab…').closest('tr') ?? document.body
  expect(within(other).getByText('Throttled')).toBeTruthy()
})

test('a reason is a filter in the address, and how far it was looked is said; links of before lead there', async () => {
  const { asked, history } = openApp('/overview/certificates?why=expired', ROUTES)
  expect(await screen.findByText(/1 of 4 active ones were looked at so far/)).toBeTruthy()
  expect(asked).toContain('GET /api/found-certificates?why=expired')
  expect(history.location.href).toBe('/certificates?why=expired')
})

test('the calendar leads to the certificates of a month', async () => {
  openApp('/certificates?view=calendar', ROUTES)
  const link = await screen.findByRole('link', { name: '1 certificate expired in Jun 2020' })
  expect(link.getAttribute('href')).toBe('/certificates?month=2020-06&view=calendar')
})

test.each([
  ['5f2c', 'AWS finds a certificate by its whole id, 64 hexadecimal digits.'],
  [OTHER, 'The account has no certificate of this id.'],
])('one by its id: %s', async (id, words) => {
  openApp(`/certificates?id=${id}`, {
    ...ROUTES,
    [`/api/certificates/${OTHER}/details`]: () => problem(404, 'ResourceNotFoundException', 'None.'),
  })
  expect(await screen.findByText(words)).toBeTruthy()
})

test('what deleting does to whom is said before, and done in the order that AWS demands', async () => {
  const { asked, history } = openApp(`/certificates/${ID}`, {
    ...ROUTES,
    [`DELETE /api/certificates/${ID}/policies/device`]: () => new Response(null, { status: 204 }),
    [`DELETE /api/certificates/${ID}/things/pump-7`]: () => new Response(null, { status: 204 }),
    [`PUT /api/certificates/${ID}/status`]: () => new Response(null, { status: 204 }),
    [`DELETE /api/certificates/${ID}`]: () => new Response(null, { status: 204 }),
  })
  expect(await screen.findByText('of-the-hall')).toBeTruthy() // a policy of a group of its thing
  fireEvent.click(await screen.findByRole('button', { name: 'Delete certificate' }))
  const dialog = within(await screen.findByRole('dialog', { name: /^Delete the certificate/ }))
  expect(await dialog.findByText(/1 device is connected as its things now/)).toBeTruthy()
  fireEvent.change(dialog.getByRole('textbox'), { target: { value: '5f2c9a01' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Delete certificate' }))
  expect(await screen.findByText('The certificate 5f2c9a01be… was deleted')).toBeTruthy()
  expect(asked.filter((each) => !each.startsWith('GET'))).toEqual([
    `DELETE /api/certificates/${ID}/policies/device`,
    `DELETE /api/certificates/${ID}/things/pump-7`,
    `PUT /api/certificates/${ID}/status`,
    `DELETE /api/certificates/${ID}`,
  ])
  await waitFor(() => expect(history.location.pathname).toBe('/certificates'))
})

test('who is connected with it under ids of no thing is told before anything is done, and it was seen', async () => {
  const at = new Date().toISOString()
  const connect = (clientId: string) => ({
    eventId: clientId,
    at,
    loggedAt: at,
    logStreamName: 's',
    message: '',
    eventType: 'Connect',
    status: 'Success',
    clientId,
  })
  const entries = ['tablet-1', 'tablet-2'].map(connect)
  const look = { ...DETAIL.look, things: [{ thingName: 'pump-7', connected: false }], whys: ['expired', 'neverSeen'] }
  openApp(`/certificates/${ID}`, {
    ...ROUTES,
    '/api/iot-logs': () => json({ outcome: 'entries', entries, throttled: 0 }),
    [`/api/certificates/${ID}/details`]: () => json({ ...DETAIL, look }),
  })
  const whys = (await screen.findByText('On many clients')).closest('ul')
  expect(whys?.firstElementChild?.textContent).toMatch(/^Expired/) // the worst first
  expect(screen.queryByText('Never seen')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Deactivate certificate' }))
  const dialog = within(await screen.findByRole('dialog', { name: /^Deactivate the certificate/ }))
  expect(await dialog.findByText(/2 clients are connected with it by AWS IoT’s log/)).toBeTruthy()
  expect(dialog.getByText(/log of the last day, as far as its latest 500 connects/)).toBeTruthy()
  expect(dialog.queryByText(/No device of its things/)).toBeNull()
  expect(dialog.getByRole('textbox')).toBeTruthy() // it hurts: its id is typed
})

test('detached and attached again by undoing, exclusively as it was', async () => {
  const { asked } = openApp(`/certificates/${ID}`, {
    ...ROUTES,
    [`DELETE /api/certificates/${ID}/things/pump-7`]: () => new Response(null, { status: 204 }),
    [`PUT /api/certificates/${ID}/things/pump-7`]: () => new Response(null, { status: 204 }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Actions for pump-7' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Detach from thing' }))
  const dialog = within(await screen.findByRole('dialog', { name: /^Detach the certificate/ }))
  fireEvent.click(dialog.getByRole('button', { name: 'Detach from thing' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(asked).toContain(`PUT /api/certificates/${ID}/things/pump-7?type=EXCLUSIVE_THING`))
})

test('what is pasted in the wrong field is said in its own words, a private key above all', async () => {
  openApp('/create-certificate', { ...ROUTES, '/api/policies': () => json({ policies: [] }) })
  fireEvent.click(await screen.findByRole('radio', { name: /From your own signing request/ }))
  const field = screen.getByRole('textbox', { name: 'Certificate signing request' })
  for (const [kind, words] of [
    ['EC PRIVATE KEY', 'This is a private key. It stays where it is: nobody here needs it.'],
    ['CERTIFICATE', 'This is PEM of a certificate. What is wanted is a certificate signing request (PKCS #10).'],
  ]) {
    fireEvent.change(field, { target: { value: `-----BEGIN ${kind}-----\nAA==\n-----END ${kind}-----` } })
    fireEvent.blur(field)
    expect(await screen.findByText(words ?? '')).toBeTruthy()
  }
})

test('keys that AWS made are shown to be lost with the page until they were downloaded', async () => {
  const { history, asked } = openApp('/create-certificate?thing=pump-7', {
    ...ROUTES,
    '/api/policies': () => json({ policies: [] }),
    '/api/overview/device-endpoint': () =>
      json({ host: 'iot.example', port: 8883, rootCaUrl: 'https://example.com/root.pem', region: 'us-east-1' }),
    '/api/device-root-ca': () => problem(502, 'ROOT_CA_UNAVAILABLE', 'No way there.'),
    'POST /api/certificates/keys': () =>
      json({ certificateId: ID, certificateArn: arnOf(ID), certificatePem: 'PEM', privateKey: 'KEY' }),
    [`PUT /api/certificates/${ID}/things/pump-7`]: () => new Response(null, { status: 204 }),
  })
  fireEvent.click(await screen.findByRole('radio', { name: /Keys made by AWS IoT/ }))
  fireEvent.click(screen.getByRole('checkbox', { name: 'Attach exclusively' }))
  fireEvent.click(screen.getByRole('button', { name: 'Create certificate' }))
  expect(await screen.findByText('Download the private key now')).toBeTruthy()
  expect(await screen.findByText(/the archive will say where it is/)).toBeTruthy()
  expect(asked).toContain(`PUT /api/certificates/${ID}/things/pump-7?type=EXCLUSIVE_THING`)
  fireEvent.click(screen.getByRole('link', { name: 'Show certificate' }))
  expect(await screen.findByText('Leaving this page loses the private key, which is nowhere else.')).toBeTruthy()
  expect(history.location.pathname).toBe('/create-certificate')
})

test('a signing request is taken from a file, and a private key is not', async () => {
  openApp('/create-certificate', { ...ROUTES, '/api/policies': () => json({ policies: [] }) })
  fireEvent.click(await screen.findByRole('radio', { name: /From your own signing request/ }))
  const choose = (kind: string) => {
    const file = new File([`-----BEGIN ${kind}-----\nAA==\n-----END ${kind}-----\n`], 'device.pem')
    fireEvent.change(screen.getByLabelText('File of Certificate signing request'), { target: { files: [file] } })
  }
  choose('PRIVATE KEY')
  expect(await screen.findByText(/This is a private key. It stays where it is/)).toBeTruthy()
  choose('CERTIFICATE REQUEST')
  await waitFor(() => expect(screen.queryByText(/This is a private key/)).toBeNull())
})

/** Signed by itself, with SHA-1 and a key of 1024 bits. */
const WEAK = `-----BEGIN CERTIFICATE-----
MIIB+DCCAWGgAwIBAgIUFuD5sc9D/DUdgIri0dyP1+Xwk+MwDQYJKoZIhvcNAQEF
BQAwDjEMMAoGA1UEAwwDb2xkMB4XDTI2MTEyOTA5MjkxOFoXDTM2MTEyNjA5Mjkx
OFowDjEMMAoGA1UEAwwDb2xkMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCZ
um+rInIg47fQoob/A5oOGHY+AshSn60L/OjkJPdeDQXXgfG6LkbDR7pcE2hwPN5n
8qGXIUHVDW9TM0+Dj2pD8ubsEGjuaiO4YQ+6khEAk8mlSbneDdIci06B64jPHc0e
UVoHp+phEOnyLiSo0XOE4G6MpxZalSwAo98qGKWUswIDAQABo1MwUTAdBgNVHQ4E
FgQUNJVT/35rCFliIgr9+64MwG37smYwHwYDVR0jBBgwFoAUNJVT/35rCFliIgr9
+64MwG37smYwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQUFAAOBgQA7X157
6t5LNW8bEK9HYz6soIstTSNC78S625uf1i7tczTpkIixliTrSFOHn5hgEqobFXHS
68H7FeQHazzG3axWJxX584Y2XxS5O2TlO8oNk4nnCsMxKWXpcCqxgs5T/lHoHq0H
yjwDO0p45NuPVkByZZRMsus/pnyPd8fB0d8x3Q==
-----END CERTIFICATE-----`

test('a certificate that is pasted is shown as it says itself, and what AWS would refuse it for, before it is registered', async () => {
  const id = new X509Certificate(WEAK).fingerprint256.replaceAll(':', '').toLowerCase()
  openApp('/create-certificate', {
    ...ROUTES,
    '/api/policies': () => json({ policies: [] }),
    [`/api/certificates/${id}/details`]: () => problem(404, 'ResourceNotFoundException', 'None.'),
    '/api/certificate-authorities': () => json({ authorities: [] }),
  })
  fireEvent.click(await screen.findByRole('radio', { name: /Register one of your registered CA/ }))
  const field = screen.getByRole('textbox', { name: 'Certificate' })
  fireEvent.change(field, { target: { value: WEAK } })
  expect(await screen.findByText(/Its key or signature is weak \(RSA 1024, RSA with SHA-1\)/)).toBeTruthy()
  expect(await screen.findByText('It is not registered in this account and region yet.')).toBeTruthy()
  expect(await screen.findByText(/No registered CA signed it/)).toBeTruthy()
  expect(screen.getAllByText('CN=old').length).toBeGreaterThan(0)

  // Nobody asks for a CA here.
  fireEvent.click(screen.getByRole('radio', { name: /Register one without a CA/ }))
  expect(screen.queryByText(/No registered CA signed it/)).toBeNull()
})

test('text that only looks like a certificate is told to be none', async () => {
  openApp('/create-certificate', { ...ROUTES, '/api/policies': () => json({ policies: [] }) })
  fireEvent.click(await screen.findByRole('radio', { name: /Register one of your registered CA/ }))
  fireEvent.change(screen.getByRole('textbox', { name: 'Certificate' }), {
    target: { value: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
  })
  expect(await screen.findByText(/This cannot be decoded as a certificate/)).toBeTruthy()
})

test('who signed a certificate that is pasted, and that it is registered already, is told', async () => {
  const id = new X509Certificate(WEAK).fingerprint256.replaceAll(':', '').toLowerCase()
  const authority = { certificateId: OTHER, certificateArn: arnOf(OTHER), status: 'INACTIVE' }
  openApp('/create-certificate', {
    ...ROUTES,
    '/api/policies': () => json({ policies: [] }),
    [`/api/certificates/${id}/details`]: () => json({ ...DETAIL, certificateId: id, certificateArn: arnOf(id) }),
    '/api/certificate-authorities': () => json({ authorities: [authority] }),
    [`/api/certificate-authorities/${OTHER}`]: () =>
      json({ ...authority, certificatePem: WEAK, autoRegistration: false, mode: 'DEFAULT' }),
  })
  fireEvent.click(await screen.findByRole('radio', { name: /Register one of your registered CA/ }))
  fireEvent.change(screen.getByRole('textbox', { name: 'Certificate' }), { target: { value: WEAK } })
  expect(await screen.findByText(/It is registered already, and ACTIVE/)).toBeTruthy()
  expect(await screen.findByText(/signed it, and is INACTIVE: it has to be active/)).toBeTruthy()
})
