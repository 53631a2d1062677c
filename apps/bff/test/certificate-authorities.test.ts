import { CreateCertificateFromCsrCommand, DescribeCertificateCommand, IoTClient } from '@aws-sdk/client-iot'
import type {
  AuditPage,
  CertificateAuthority,
  CertificateAuthorityPage,
  OutgoingCertificatePage,
} from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { keyAndRequest, testAuthority } from './certificate-requests.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  iot = new IoTClient(console.sdk)
})
afterAll(async () => {
  iot.destroy()
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, `/api${path}`, body)

const actionsOn = async (id: string) => {
  const { body } = await call<AuditPage>('GET', '/audit?limit=100')
  return body.entries.filter(({ resource }) => resource?.id === id).map(({ action }) => action)
}

test('a CA is registered by a verification certificate, changed, and deleted once it is inactive', async () => {
  const { body: code } = await call<{ registrationCode: string }>('GET', '/certificate-registration-code')
  const ca = await testAuthority('Example CA')
  const request = { caCertificate: ca.certificatePem, mode: 'DEFAULT', setAsActive: true, allowAutoRegistration: false }
  expect(await call('POST', '/certificate-authorities', request)).toMatchObject({ status: 400 })
  const wrong = await call('POST', '/certificate-authorities', {
    ...request,
    verificationCertificate: await ca.sign('another code'),
  })
  expect(wrong).toMatchObject({ status: 400, body: { code: 'RegistrationCodeValidationException' } })
  const verificationCertificate = await ca.sign(code.registrationCode)
  const { body: made } = await call<CertificateAuthority>('POST', '/certificate-authorities', {
    ...request,
    verificationCertificate,
  })
  expect(made).toMatchObject({ status: 'ACTIVE', mode: 'DEFAULT', autoRegistration: false })
  expect(made).not.toHaveProperty('template')
  const path = `/certificate-authorities/${made.certificateId}`
  const { body: page } = await call<CertificateAuthorityPage>('GET', '/certificate-authorities')
  expect(page.authorities).toMatchObject([{ certificateId: made.certificateId, status: 'ACTIVE' }])
  expect((await call('PUT', path, { autoRegistration: true })).body).toMatchObject({ autoRegistration: true })
  expect(await call('DELETE', path)).toMatchObject({ body: { code: 'CertificateStateException' } })
  expect((await call('PUT', path, { status: 'INACTIVE' })).body).toMatchObject({ status: 'INACTIVE' })
  expect((await call('DELETE', path)).status).toBe(204)
  expect(await actionsOn(made.certificateId)).toEqual(
    expect.arrayContaining(['DeleteCACertificate', 'UpdateCACertificate', 'RegisterCACertificate']),
  )
})

test('with SNI_ONLY no verification certificate is wanted', async () => {
  const ca = await testAuthority('Many accounts')
  const { body } = await call<CertificateAuthority>('POST', '/certificate-authorities', {
    caCertificate: ca.certificatePem,
    mode: 'SNI_ONLY',
    setAsActive: false,
    allowAutoRegistration: true,
  })
  expect(body).toMatchObject({ mode: 'SNI_ONLY', status: 'INACTIVE', autoRegistration: true })
})

test('a certificate is offered, taken back, offered again, sent back, and taken', async () => {
  const { certificateSigningRequest } = await keyAndRequest('moved')
  const { certificateId = '' } = await iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest }))
  const offer = () =>
    call('POST', '/certificate-transfers', { certificateId, targetAccount: '123456789012', message: 'yours now' })
  const act = (verb: string, body?: object) => call('POST', `/certificate-transfers/${certificateId}/${verb}`, body)
  const status = async () =>
    (await iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription?.status
  expect((await offer()).status).toBe(204)
  const { body: page } = await call<OutgoingCertificatePage>('GET', '/certificate-transfers')
  expect(page.certificates).toMatchObject([{ certificateId, transferredTo: '123456789012', message: 'yours now' }])
  expect((await act('cancel')).status).toBe(204)
  expect(await status()).toBe('INACTIVE')
  await offer()
  expect((await act('reject', { reason: 'not ours' })).status).toBe(204)
  await offer()
  expect((await act('accept', { setAsActive: true })).status).toBe(204)
  expect(await status()).toBe('ACTIVE')
  expect(await offer()).toMatchObject({ body: { code: 'CertificateStateException' } })
  expect((await call<OutgoingCertificatePage>('GET', '/certificate-transfers')).body.certificates).toEqual([])
  expect(await actionsOn(certificateId)).toEqual(
    expect.arrayContaining(['AcceptCertificateTransfer', 'RejectCertificateTransfer', 'CancelCertificateTransfer']),
  )
})
