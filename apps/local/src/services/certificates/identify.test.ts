import { describe, expect, test } from 'vitest'
import { DeviceIssuer } from '../../foundation/authority/device-issuer.ts'
import { memoryKeyStore } from '../../foundation/authority/key-store.ts'
import { testContext } from '../../foundation/context.test-support.ts'
import { Authorities } from './authorities.ts'
import { TestCertificate } from './authority.test-support.ts'
import { Certificates } from './certificates.ts'
import { Identifier } from './identify.ts'

function setUp() {
  const { context, now } = testContext()
  const authorities = new Authorities(context)
  const certificates = new Certificates(context, {
    issuer: new DeviceIssuer(memoryKeyStore(), context.clock),
    authorities,
    questions: { hasThings: () => false, hasPolicies: () => false, detachPolicies: () => undefined },
  })
  return { now, authorities, certificates, identifier: new Identifier(context, certificates, authorities) }
}

const SNI = { serverName: 'localhost' }

describe('a known certificate', () => {
  test.each(['INACTIVE', 'REVOKED', 'ACTIVE'] as const)('%s', async (status) => {
    const { certificates, identifier } = setUp()
    const device = await TestCertificate.selfSigned('CN=pump-7', { ca: false })
    const certificate = certificates.registerWithoutCa({ certificatePem: device.pem, status })
    expect(identifier.identify(device.der, SNI)).toEqual(
      status === 'ACTIVE'
        ? { accepted: true, certificate }
        : { accepted: false, certificateId: device.id, reason: status },
    )
  })

  test('in mode SNI_ONLY the client has to name the server', async () => {
    const { certificates, identifier } = setUp()
    const device = await TestCertificate.selfSigned('CN=pump-7', { ca: false })
    certificates.registerWithoutCa({ certificatePem: device.pem, status: 'ACTIVE' })
    expect(identifier.identify(device.der)).toMatchObject({ accepted: false, reason: 'SNI_REQUIRED' })
  })

  test('is refused once it is over', async () => {
    const { now, certificates, identifier } = setUp()
    const device = await TestCertificate.selfSigned('CN=pump-7', { ca: false })
    certificates.registerWithoutCa({ certificatePem: device.pem, status: 'ACTIVE' })
    now.ms = device.certificate.validToDate.getTime()
    expect(identifier.identify(device.der, SNI)).toMatchObject({ accepted: false, reason: 'EXPIRED' })
  })
})

describe('an unknown certificate', () => {
  test('of nobody is UNKNOWN and leaves no trace; rubbish too', async () => {
    const { certificates, identifier } = setUp()
    const device = await TestCertificate.selfSigned('CN=pump-7', { ca: false })
    expect(identifier.identify(device.der, SNI)).toMatchObject({ accepted: false, reason: 'UNKNOWN' })
    expect(identifier.identify(Buffer.from('hello'), SNI)).toMatchObject({ accepted: false, reason: 'UNKNOWN' })
    expect(certificates.store.list({}).rows).toEqual([])
  })

  test('of a CA with auto-registration waits for its activation, and says so at every attempt', async () => {
    const { now, authorities, certificates, identifier } = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA')
    authorities.register({
      caCertificate: ca.pem,
      certificateMode: 'SNI_ONLY',
      setAsActive: true,
      allowAutoRegistration: true,
    })
    const device = await ca.sign('CN=pump-7')
    const registeredAt = now.ms
    const attempt = () => identifier.identify(device.der, SNI)
    const refusal = (timestamp: number) => ({
      accepted: false,
      certificateId: device.id,
      reason: 'PENDING_ACTIVATION',
      registration: {
        certificate: expect.objectContaining({ id: device.id, status: 'PENDING_ACTIVATION' }),
        registrationConfig: undefined,
        topic: `$aws/events/certificates/registered/${ca.id}`,
        event: {
          certificateId: device.id,
          caCertificateId: ca.id,
          timestamp,
          certificateStatus: 'PENDING_ACTIVATION',
          awsAccountId: '123456789012',
          certificateRegistrationTimestamp: null,
        },
      },
    })
    const handshake = () => identifier.identify(device.der, { ...SNI, connects: false })
    expect(handshake()).toMatchObject({ accepted: false, reason: 'UNKNOWN', isCandidate: true })
    expect(certificates.store.list({}).rows).toEqual([])
    expect(identifier.identify(device.der)).toMatchObject({ accepted: false, reason: 'SNI_REQUIRED' })
    expect(certificates.store.list({}).rows).toEqual([])
    expect(attempt()).toEqual(refusal(registeredAt))
    expect(handshake()).toEqual({
      accepted: false,
      certificateId: device.id,
      reason: 'PENDING_ACTIVATION',
      isCandidate: true,
    })
    now.ms += 5000
    expect(attempt()).toEqual(refusal(registeredAt + 5000))
    expect(certificates.mustFind(device.id)).toMatchObject({ mode: 'SNI_ONLY', caCertificateId: ca.id })
    certificates.update(device.id, 'ACTIVE')
    expect(attempt()).toMatchObject({ accepted: true })
  })

  test.each([
    ['auto-registration off', { setAsActive: true, allowAutoRegistration: false }],
    ['an INACTIVE CA', { setAsActive: false, allowAutoRegistration: true }],
  ])('of a registered CA, but with %s, is UNKNOWN', async (_, options) => {
    const { authorities, identifier } = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA')
    authorities.register({ caCertificate: ca.pem, certificateMode: 'SNI_ONLY', ...options })
    const device = await ca.sign('CN=pump-7')
    expect(identifier.identify(device.der, SNI)).toMatchObject({ reason: 'UNKNOWN' })
  })

  test('that only claims the CA’s name is UNKNOWN', async () => {
    const { authorities, identifier } = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA')
    const impostor = await TestCertificate.selfSigned('CN=Plant CA')
    authorities.register({
      caCertificate: ca.pem,
      certificateMode: 'SNI_ONLY',
      setAsActive: true,
      allowAutoRegistration: true,
    })
    const device = await impostor.sign('CN=pump-7')
    expect(identifier.identify(device.der, SNI)).toMatchObject({ reason: 'UNKNOWN' })
  })
})
