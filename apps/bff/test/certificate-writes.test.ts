import {
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  IoTClient,
  ListThingPrincipalsV2Command,
} from '@aws-sdk/client-iot'
import type { AuditPage, CertificateDetail, MadeCertificate } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
const grace = new Browser()
beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)

/** Of `CN=pump-7, O=Example`, with an EC key. */
const CSR = `-----BEGIN CERTIFICATE REQUEST-----
MIHeMIGFAgEAMCMxDzANBgNVBAMMBnB1bXAtNzEQMA4GA1UECgwHRXhhbXBsZTBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABI8+QRqVMhAMV3aIlq2eVU8dSK2IsxAb
LKb4MRFSaEaBRRzspkJ5PSkU+CsxILd7/+zdnHTwuUmP26xIkfyT7WegADAKBggq
hkjOPQQDAgNIADBFAiEAzr0GZ+PAIA44JBqR6Ati77f2J5ZClC01O301C2l9gU8C
IF8hR5+muJdK/mUNEs8AqBJpf1iXo9ROGXf6jGxGs+av
-----END CERTIFICATE REQUEST-----`

const SELF_SIGNED = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUfj1mbNDhgohzpP6Eg4VNUqkElh0wCgYIKoZIzj0EAwIw
IzEQMA4GA1UECgwHRXhhbXBsZTEPMA0GA1UEAwwGbGFtcC0zMB4XDTI2MTEyOTA5
MjkxOFoXDTI2MTIwOTA5MjkxOFowIzEQMA4GA1UECgwHRXhhbXBsZTEPMA0GA1UE
AwwGbGFtcC0zMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENkOXH5M7JqJX6e3f
u89gsW5HkyEAwaXItKfQM7Lul1uapcvAbcOlYUO6RcZ55PogjTF9NYDd+4Xhoiuh
LTPcW6NTMFEwHQYDVR0OBBYEFAQqX5lfkRfl7OA2ZeiGWznhhwfAMB8GA1UdIwQY
MBaAFAQqX5lfkRfl7OA2ZeiGWznhhwfAMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
zj0EAwIDSAAwRQIgRDu4JolXnxjap3anA8axRZF5i9h4Mg+DEu6yOYqkGyACIQCe
9iO78JzcTzWanqlm8FP8/nH7buI6JKdI3F8Z1E0TOg==
-----END CERTIFICATE-----`

test('made of a request, attached, and taken apart in the order that AWS demands; the trail has all of it', async () => {
  const made = await call<MadeCertificate>('POST', '/api/certificates', {
    certificateSigningRequest: CSR,
    setAsActive: true,
  })
  expect(made.body).not.toHaveProperty('privateKey')
  const { certificateId: id, certificatePem } = made.body
  await iot.send(new CreateThingCommand({ thingName: 'pump-7' }))
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }],
  })
  await iot.send(new CreatePolicyCommand({ policyName: 'device', policyDocument }))
  const path = `/api/certificates/${id}`
  expect((await call('PUT', `${path}/things/pump-7?type=EXCLUSIVE_THING`)).status).toBe(204)
  expect((await call('PUT', `${path}/policies/device`)).status).toBe(204)
  const { thingPrincipalObjects } = await iot.send(new ListThingPrincipalsV2Command({ thingName: 'pump-7' }))
  expect(thingPrincipalObjects?.[0]?.thingPrincipalType).toBe('EXCLUSIVE_THING')
  expect((await call<CertificateDetail>('GET', `${path}/details`)).body).toMatchObject({
    status: 'ACTIVE',
    certificatePem,
    look: {
      things: [{ thingName: 'pump-7', type: 'EXCLUSIVE_THING' }],
      policyNames: ['device'],
      subject: 'CN=pump-7, O=Example',
      key: 'EC P-256',
    },
  })

  const early = await call('DELETE', path)
  expect({ status: early.status, code: early.body.code }).toEqual({ status: 406, code: 'CertificateStateException' })
  await call('DELETE', `${path}/policies/device`)
  await call('DELETE', `${path}/things/pump-7`)
  // Who saw it inactive, and would activate it, does not undo a revocation.
  const setStatus = (status: string, expectedStatus?: string) =>
    call('PUT', `${path}/status`, { status, ...(expectedStatus && { expectedStatus }) })
  const revoked = await setStatus('REVOKED', 'INACTIVE')
  expect([revoked.status, revoked.body.code]).toEqual([409, 'CERTIFICATE_CHANGED'])
  expect(revoked.body.detail).toContain('It is ACTIVE by now, and was INACTIVE')
  expect((await setStatus('INACTIVE')).status).toBe(204)
  expect((await setStatus('INACTIVE', 'ACTIVE')).status).toBe(204) // asked for again, as no answer came
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId: id }))
  expect(certificateDescription?.status).toBe('INACTIVE')
  expect((await call('DELETE', path)).status).toBe(204)

  const trail = await call<AuditPage>('GET', `/api/audit?resourceType=certificate&resourceId=${id}`)
  expect(
    trail.body.entries.map(({ action, outcome, changes }) => [
      action,
      outcome.code ?? 'done',
      (changes ?? []).map(({ path: at, beforeText, afterText }) => [at, beforeText, afterText]),
    ]),
  ).toEqual([
    [
      'DeleteCertificate',
      'done',
      [
        ['$.status', '"INACTIVE"', undefined],
        ['$.certificatePem', JSON.stringify(certificatePem), undefined],
      ],
    ],
    ['UpdateCertificate', 'done', []],
    ['UpdateCertificate', 'done', [['$.status', '"ACTIVE"', '"INACTIVE"']]],
    ['UpdateCertificate', 'CERTIFICATE_CHANGED', []],
    ['DetachThingPrincipal', 'done', [['$.things["pump-7"]', '"attached"', undefined]]],
    ['DetachPolicy', 'done', [['$.policies.device', '"attached"', undefined]]],
    ['DeleteCertificate', 'CertificateStateException', expect.anything()],
    ['AttachPolicy', 'done', [['$.policies.device', undefined, '"attached"']]],
    ['AttachThingPrincipal', 'done', [['$.things["pump-7"]', undefined, '"EXCLUSIVE_THING"']]],
    [
      'CreateCertificateFromCsr',
      'done',
      [
        ['$.status', undefined, '"ACTIVE"'],
        ['$.certificatePem', undefined, JSON.stringify(certificatePem)],
      ],
    ],
  ])
})

test('a private key that AWS made is answered once, and is neither in the trail nor in the log', async () => {
  const { body } = await call<MadeCertificate>('POST', '/api/certificates/keys', { setAsActive: false })
  const { privateKey = '' } = body
  expect(privateKey).toMatch(/^-{5}BEGIN RSA PRIVATE KEY-{5}/)
  const line = privateKey.split('\n')[3] ?? ''
  expect(line.length).toBeGreaterThan(40)
  expect(JSON.stringify((await call('GET', '/api/audit')).body)).not.toContain(line)
  expect(console.logged()).not.toContain(line)
})

test('registered without a CA; with one that is not registered it is refused in AWS’s words', async () => {
  const refused = await call('POST', '/api/certificates/registered', { certificatePem: SELF_SIGNED, status: 'ACTIVE' })
  expect(refused.status).toBe(400)
  expect(refused.body.code).toMatch(/Exception$/)
  const made = await call<MadeCertificate>('POST', '/api/certificates/registered-without-ca', {
    certificatePem: SELF_SIGNED,
    status: 'INACTIVE',
  })
  expect(made.body.certificatePem).toBe(SELF_SIGNED)
  const details = await call<CertificateDetail>('GET', `/api/certificates/${made.body.certificateId}/details`)
  expect(details.body).toMatchObject({ status: 'INACTIVE', mode: 'SNI_ONLY', look: { issuer: 'O=Example, CN=lamp-3' } })
})

test('the root certificate that devices trust', async () => {
  expect((await call<{ pem: string }>('GET', '/api/device-root-ca')).body.pem).toContain('-----BEGIN CERTIFICATE-----')
})
