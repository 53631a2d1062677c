import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DeviceIssuer } from '../../foundation/authority/device-issuer.ts'
import { memoryKeyStore } from '../../foundation/authority/key-store.ts'
import { requestFor } from '../../foundation/authority/requests.test-support.ts'
import { testContext } from '../../foundation/context.test-support.ts'
import { Authorities } from './authorities.ts'
import { TestCertificate } from './authority.test-support.ts'
import { Certificates } from './certificates.ts'
import { Identifier } from './identify.ts'

const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** Up to eight bytes changed, and now and then the end cut off. */
const damage = fc.record({
  changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 }),
  cut: fc.option(fc.nat(), { freq: 5 }),
})

function damaged(bytes: Uint8Array, { changes, cut }: { changes: [number, number][]; cut: number | null }): Buffer {
  const copy = Buffer.from(bytes)
  for (const [at, difference] of changes) {
    const index = at % copy.length
    copy[index] = (copy[index] ?? 0) ^ difference
  }
  return cut === null ? copy : copy.subarray(0, cut % copy.length)
}

function setUp() {
  const { context } = testContext()
  const authorities = new Authorities(context)
  const issuer = new DeviceIssuer(memoryKeyStore(), context.clock)
  const certificates = new Certificates(context, {
    issuer,
    authorities,
    questions: { hasThings: () => false, hasPolicies: () => false, detachPolicies: () => undefined },
  })
  return { authorities, issuer, certificates, identifier: new Identifier(context, certificates, authorities) }
}

test.each([
  ['P-256', P256],
  ['RSA', RSA],
])('a damaged client certificate of a %s authority is refused and never registered', async (_, keys) => {
  const { authorities, certificates, identifier } = setUp()
  const ca = await TestCertificate.selfSigned('CN=Plant CA', { keys })
  authorities.register({
    caCertificate: ca.pem,
    certificateMode: 'SNI_ONLY',
    setAsActive: true,
    allowAutoRegistration: true,
  })
  const device = await ca.sign('CN=pump-7', { keys: P256 })
  fc.assert(
    fc.property(damage, (how) => {
      const der = damaged(device.der, how)
      fc.pre(!der.equals(device.der))
      expect(identifier.identify(der, { serverName: 'localhost' })).toMatchObject({ accepted: false })
    }),
    { numRuns: 300 },
  )
  expect(certificates.store.list({}).rows.filter(({ status }) => status === 'ACTIVE')).toEqual([])
})

test('a damaged certificate is registered or refused as invalid, nothing else', async () => {
  const { certificates } = setUp()
  const device = await TestCertificate.selfSigned('CN=pump-7', { ca: false, keys: P256 })
  fc.assert(
    fc.property(damage, (how) => {
      const body = damaged(device.der, how).toString('base64')
      const certificatePem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
      try {
        certificates.registerWithoutCa({ certificatePem })
      } catch (error) {
        expect(error).toMatchObject({
          name: expect.stringMatching(/^(CertificateValidation|ResourceAlreadyExists)Exception$/),
        })
      }
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['a public key that is no point of its curve', pointAt, 0x05],
  ['a date that is none', dateAt, 0x58],
])('a certificate with %s cannot be registered', async (_, placeOf, value) => {
  const { certificates } = setUp()
  const device = await TestCertificate.selfSigned('CN=pump-7', { ca: false, keys: P256 })
  const der = Buffer.from(device.der)
  der[placeOf(der)] = value
  const certificatePem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
  expect(() => certificates.registerWithoutCa({ certificatePem })).toThrow(
    expect.objectContaining({ name: 'CertificateValidationException' }),
  )
})

/** Where the uncompressed point begins: 04, X, Y. */
function pointAt(der: Buffer): number {
  const spki = P256.publicKey.export({ type: 'spki', format: 'der' })
  return der.indexOf(spki) + spki.length - 65
}

/** The month in the first UTCTime. */
function dateAt(der: Buffer): number {
  return der.indexOf(Buffer.from([0x17, 0x0d])) + 4
}

/** Damage may hit what no signature covers, e.g. the number of unused bits of the signature itself. */
test('a damaged signing request gets a certificate for what was signed, or is refused as invalid', async () => {
  const { issuer } = setUp()
  const pem = await requestFor(P256, 'CN=pump-7, O=Plant')
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  await fc.assert(
    fc.asyncProperty(damage, async (how) => {
      const body = damaged(der, how).toString('base64')
      const request = `-----BEGIN CERTIFICATE REQUEST-----\n${body}\n-----END CERTIFICATE REQUEST-----\n`
      const outcome = await issuer.issueForRequest(request).catch((error: unknown) => error)
      if (outcome instanceof X509Certificate) {
        expect(outcome.subject).toBe('CN=pump-7\nO=Plant')
        expect(outcome.publicKey.equals(P256.publicKey)).toBe(true)
      } else expect(outcome).toMatchObject({ name: 'InvalidRequestException' })
    }),
    { numRuns: 300 },
  )
})
