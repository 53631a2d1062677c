import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { ClaimCertificateList, ProvisioningHookAnswer, ProvisioningTemplateDetail } from '@thingdeck/contract'
import { beforeAll, expect, test } from 'vitest'
import { json, SESSION } from '../../../test/fake-api.ts'
import { loadPages } from '../../../test/load-pages.ts'
import { openApp } from '../../../test/open-app.tsx'
import { CERTIFICATE } from '../../../test/openssl-certificate.ts'

const HOOK = 'arn:aws:lambda:us-east-1:123456789012:function:let-in'
const CLAIM = 'c'.repeat(64)
const body = (prefix: string) =>
  JSON.stringify({
    Parameters: { Serial: { Type: 'String' }, Site: { Type: 'String', Default: 'north' } },
    Resources: {
      thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { 'Fn::Sub': `${prefix}-\${Serial}-\${Site}` } } },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } },
      },
    },
  })
const TEMPLATE: ProvisioningTemplateDetail = {
  templateName: 'pumps',
  templateArn: 'arn:aws:iot:us-east-1:123456789012:provisioningtemplate/pumps',
  enabled: true,
  type: 'FLEET_PROVISIONING',
  templateBody: body('pump'),
  defaultVersionId: 1,
  provisioningRoleArn: 'arn:aws:iam::123456789012:role/provisioning',
  preProvisioningHook: { targetArn: HOOK },
  versions: [
    { versionId: 2, isDefault: false },
    { versionId: 1, isDefault: true },
  ],
}
const CLAIMS: ClaimCertificateList = {
  looked: 2,
  listed: 2,
  isOver: true,
  isAll: true,
  certificates: [{ certificateId: CLAIM, status: 'INACTIVE', policyNames: ['claim-pumps-line-1'] }],
  thingGroups: [],
  wide: [{ policyName: 'all', targets: 3, hasMoreTargets: false }],
  hasMoreTargets: false,
}
const ANSWER: ProvisioningHookAnswer = {
  payload: '{"allowProvisioning":true,"parameterOverrides":{"Site":"south"}}',
  durationMs: 40,
}

const ofRole = (role: 'viewer' | 'operator' | 'admin') => () =>
  json({ ...SESSION, person: { id: role, name: role, role } })

const routes = (role: 'viewer' | 'operator' | 'admin' = 'admin') => ({
  '/api/session': ofRole(role),
  '/api/provisioning-templates': () => json({ templates: [TEMPLATE].map(rowOf) }),
  '/api/provisioning-templates/pumps': () => json(TEMPLATE),
  '/api/provisioning-templates/pumps/versions/2': () =>
    json({ versionId: 2, isDefault: false, templateBody: body('valve') }),
  '/api/provisioning-templates/pumps/claim-certificates': () => json(CLAIMS),
  'POST /api/provisioning-surroundings': (_: URL, init: RequestInit | undefined) => {
    const { thingName } = JSON.parse(String(init?.body)) as { thingName?: string } // as the contract has it
    return json({
      thing: { name: thingName ?? '', presence: 'missing' },
      thingGroups: [],
      policies: [],
      packageVersions: [],
    })
  },
  'POST /api/provisioning-hook-trials': () => json(ANSWER),
  '/api/iot-logs': () => json({ outcome: 'logging-off', entries: [], throttled: 0 }),
  '/api/logging': () => json({ status: 'off', events: [] }),
})

const rowOf = ({ templateName, templateArn, enabled, type }: ProvisioningTemplateDetail) => ({
  templateName,
  templateArn,
  enabled,
  type,
})

beforeAll(() => loadPages('/provisioning-templates', '/provisioned-devices', '/provisioning-templates/$templateName'))

test('a viewer sees the templates, and is told who may make one', async () => {
  openApp('/provisioning-templates', routes('viewer'))
  expect(await screen.findByRole('link', { name: 'pumps' })).toBeTruthy()
  expect(screen.getByText('By claim')).toBeTruthy()
  const [create] = screen.getAllByText('Create provisioning template')
  expect(create?.closest('[aria-disabled="true"]')).toBeTruthy()
})

test('who came just in time leads to the CA whose template it was, and who came by a claim to the claim', async () => {
  const at = new Date().toISOString()
  const entry = (eventId: string, principalId: string, more: object) => ({
    eventId,
    at,
    loggedAt: at,
    logStreamName: 's',
    eventType: 'ProvisionDevice',
    status: 'Success',
    principalId,
    message: JSON.stringify({ deviceCertificateId: 'd'.repeat(64), ...more }),
  })
  const entries = [entry('1', 'd'.repeat(64), { caCertificateId: 'a'.repeat(64) }), entry('2', 'c'.repeat(64), {})]
  openApp('/provisioned-devices', {
    ...routes(),
    '/api/iot-logs': (url: URL) =>
      json({ outcome: 'entries', entries: url.searchParams.has('topic') ? [] : entries, throttled: 0 }),
  })
  const ca = await screen.findByRole('link', { name: /^CA aaaaaaaaaa/ })
  expect(ca.getAttribute('href')).toBe(`/certificate-authorities/${'a'.repeat(64)}`)
  expect(screen.getByRole('link', { name: /^cccccccccc/ }).getAttribute('href')).toBe(`/certificates/${'c'.repeat(64)}`)
})

test('the rehearsal says what lacks, what would be made, and what the hook changes', async () => {
  openApp('/provisioning-templates/pumps?tab=rehearsal', routes())
  expect(await screen.findByText('Refused at the step ‘parameters’: nothing is made')).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Serial'), { target: { value: '7' } })
  expect(await screen.findByText('Thing pump-7-north')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Run the function' }))
  expect(await screen.findByText(/It sets Site, which counts below/)).toBeTruthy()
  expect(await screen.findByText('Thing pump-7-south')).toBeTruthy()
})

test('devices are rehearsed as they come live, and as Live kept them', async () => {
  const { worker } = openApp('/provisioning-templates/pumps?tab=rehearsal', routes())
  const devices = () => within(screen.getByRole('table', { name: /^Devices/ }))
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Live requests' }))
  const topic = '$aws/provisioning-templates/pumps/provision/json'
  await waitFor(() => expect(worker.calls).toContain('mqtt.openSample'))
  worker.hear(topic, '{"certificateOwnershipToken":"t","parameters":{"Serial":"live"}}')
  worker.hear(topic, '{"parameters":{"Serial":7}}') // which AWS IoT refuses: it is no text
  await screen.findByRole('table', { name: /^Devices/ })
  expect(await devices().findByText(/Thing pump-live-north is made/)).toBeTruthy()
  expect(devices().getAllByText(/, live$/)).toHaveLength(1)
  fireEvent.click(screen.getByRole('button', { name: 'Take what Live kept' }))
  expect(await screen.findByText('1 request of Live messages.')).toBeTruthy()
  expect(await devices().findByText(/, live messages$/)).toBeTruthy()
})

test('a certificate gives a just-in-time template its parameters, and what is none is said', async () => {
  const PSEUDO = 'AWS::IoT::Certificate::'
  const templateBody = JSON.stringify({
    Parameters: Object.fromEntries(
      ['CommonName', 'SerialNumber', 'Id'].map((each) => [`${PSEUDO}${each}`, { Type: 'String' }]),
    ),
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: {
          ThingName: { Ref: `${PSEUDO}CommonName` },
          AttributePayload: { serial: { Ref: `${PSEUDO}SerialNumber` } },
        },
      },
      certificate: { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: `${PSEUDO}Id` } } },
    },
  })
  const { preProvisioningHook: _, ...others } = TEMPLATE
  const JITP: ProvisioningTemplateDetail = { ...others, type: 'JITP', templateBody }
  openApp('/provisioning-templates/pumps?tab=rehearsal', {
    ...routes(),
    '/api/provisioning-templates/pumps': () => json(JITP),
  })
  const field = await screen.findByLabelText(/^Certificate of the device/)
  expect(screen.getByText('Refused at the step ‘parameters’: nothing is made')).toBeTruthy()
  fireEvent.change(field, { target: { value: CERTIFICATE.replace('MIIB0D', 'AAAAAA') } })
  expect(await screen.findByText('The certificate could not be read')).toBeTruthy()
  fireEvent.change(field, { target: { value: `what openssl says before it\n${CERTIFICATE}` } })
  expect(await screen.findByText('Thing pump-7')).toBeTruthy()
  expect(screen.getByDisplayValue('S-7')).toBeTruthy()
  expect(screen.queryByText('The certificate could not be read')).toBeNull()
})

test('another version is rehearsed beside the one that decides now', async () => {
  openApp('/provisioning-templates/pumps?tab=rehearsal&version=2', routes())
  fireEvent.change(await screen.findByLabelText('Serial'), { target: { value: '7' } })
  expect(await screen.findByText('Thing valve-7-north')).toBeTruthy()
  expect(await screen.findByText(/provisioned: Thing pump-7-north is made/)).toBeTruthy()
})

test('a disabled template, and a device that the hook refuses: nothing is said to be provisioned', async () => {
  const { worker } = openApp('/provisioning-templates/pumps?tab=rehearsal&version=2', {
    ...routes(),
    '/api/provisioning-templates/pumps': () => json({ ...TEMPLATE, enabled: false }),
  })
  fireEvent.change(await screen.findByLabelText('Serial'), { target: { value: '7' } })
  expect(await screen.findByText('Nothing: the template is disabled. Else this would happen:')).toBeTruthy()
  const byDefault = 'refused: the template is disabled (else provisioned: Thing pump-7-north is made)'
  expect(await screen.findByText(byDefault)).toBeTruthy()
  expect(screen.queryByText(/^provisioned/)).toBeNull()
  fireEvent.click(screen.getByRole('checkbox', { name: 'Live requests' }))
  await waitFor(() => expect(worker.calls).toContain('mqtt.openSample'))
  worker.hear('$aws/provisioning-templates/pumps/provision/json', '{"parameters":{"Serial":"live"}}')
  const devices = within(await screen.findByRole('table', { name: /^Devices/ }))
  expect(await devices.findByText(/^refused: the template is disabled \(else .* Thing valve-live-north/)).toBeTruthy()
  cleanup()

  openApp('/provisioning-templates/pumps?tab=rehearsal&version=2', {
    ...routes(),
    'POST /api/provisioning-hook-trials': () => json({ ...ANSWER, payload: '{"allowProvisioning":false}' }),
  })
  fireEvent.change(await screen.findByLabelText('Serial'), { target: { value: '7' } })
  fireEvent.click(screen.getByRole('button', { name: 'Run the function' }))
  expect(await screen.findByText('Nothing: the hook refuses the device. Else this would happen:')).toBeTruthy()
  expect(await screen.findByText(/^refused: the hook refuses the device \(else /)).toBeTruthy()
})

test('an operator may ask for a claim and make no claim certificate; what is not logged is not known', async () => {
  openApp('/provisioning-templates/pumps?tab=claims', routes('operator'))
  const row = (await screen.findByText('claim-pumps-line-1')).closest('tr') as HTMLElement // of the list
  expect(within(row).getByText('Inactive')).toBeTruthy()
  expect((await within(row).findAllByText('not known: turn on logging')).length).toBe(3)
  expect(screen.getByText('Others may register devices by this template, too')).toBeTruthy()
  const disabled = (name: string) => screen.getByRole('button', { name }).getAttribute('aria-disabled')
  expect(disabled('Claim for five minutes')).not.toBe('true')
  expect(disabled('Make claim certificate')).toBe('true')
})

test('a claim that is not active is told where devices are looked for', async () => {
  openApp('/provisioning-templates/pumps?tab=devices', routes())
  expect(await screen.findByText(/Who tried is not known/)).toBeTruthy()
})

test('a private key that nobody has goes with the tab of the page, or for another claim, only where that is said', async () => {
  const { asked } = openApp('/provisioning-templates/pumps?tab=claims', {
    ...routes('operator'),
    'POST /api/provisioning-templates/pumps/provisioning-claims': () =>
      json({
        certificateId: CLAIM,
        certificatePem: 'a certificate',
        publicKey: 'a public key',
        privateKey: 'a private key',
        expiresAt: new Date(Date.now() + 300_000).toISOString(),
      }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Claim for five minutes' }))
  expect(await screen.findByText('Download the private key now')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Claim for five minutes' }))
  const question = await screen.findByRole('dialog', { name: /^Replace a claim/ })
  fireEvent.click(within(question).getByRole('button', { name: 'Cancel' }))
  const made = () => asked.filter((path) => path.startsWith('POST') && path.endsWith('/provisioning-claims'))
  expect(made()).toHaveLength(1)
  fireEvent.click(screen.getByRole('button', { name: 'Claim for five minutes' }))
  fireEvent.click(screen.getByRole('button', { name: 'Make another claim' }))
  await waitFor(() => expect(made()).toHaveLength(2))
  fireEvent.click(screen.getByRole('tab', { name: 'Rehearsal' }))
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(screen.getByText('Download the private key now')).toBeTruthy()
})

test('the time of a claim is counted down, and once it is over nobody has its key', async () => {
  let endsInMs = 300_000
  openApp('/provisioning-templates/pumps?tab=claims', {
    ...routes('operator'),
    'POST /api/provisioning-templates/pumps/provisioning-claims': () =>
      json({
        certificateId: CLAIM,
        certificatePem: 'a certificate',
        publicKey: 'a public key',
        privateKey: 'a private key',
        expiresAt: new Date(Date.now() + endsInMs).toISOString(),
      }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Claim for five minutes' }))
  const timer = await screen.findByRole('timer', { name: 'Time left' })
  await waitFor(() => expect(timer.textContent).toMatch(/^4:\d\d left to connect with it/))
  endsInMs = 500
  fireEvent.click(screen.getByRole('button', { name: 'Claim for five minutes' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Make another claim' }))
  expect(await within(timer).findByText(/^It is over/)).toBeTruthy()
  expect(screen.getByText('Nobody has its key. Ask for another one.')).toBeTruthy()
  expect(screen.queryByText('Download the private key now')).toBeNull()
})

test('that there is no claim is not said before all policies were looked through', async () => {
  openApp('/provisioning-templates/pumps?tab=claims', {
    ...routes(),
    '/api/provisioning-templates/pumps/claim-certificates': () =>
      json({ ...CLAIMS, looked: 1, isOver: false, certificates: [] }),
  })
  expect(await screen.findByText('None was found yet')).toBeTruthy()
})
