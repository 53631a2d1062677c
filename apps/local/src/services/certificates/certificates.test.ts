import { generateKeyPairSync } from 'node:crypto'
import type { CertificateStatus } from '@aws-sdk/client-iot'
import { describe, expect, test } from 'vitest'
import { DeviceIssuer } from '../../foundation/authority/device-issuer.ts'
import { memoryKeyStore } from '../../foundation/authority/key-store.ts'
import { requestFor } from '../../foundation/authority/requests.test-support.ts'
import { testContext } from '../../foundation/context.test-support.ts'
import { Authorities } from './authorities.ts'
import { TestCertificate } from './authority.test-support.ts'
import { CertificateStore } from './certificate-store.ts'
import { Certificates } from './certificates.ts'
import { Transfers } from './transfers.ts'

function setUp() {
  const { context, now } = testContext()
  const attached = { things: new Set<string>(), policies: new Set<string>() }
  const questions = {
    hasThings: (principal: string) => attached.things.has(principal),
    hasPolicies: (principal: string) => attached.policies.has(principal),
    detachPolicies: (principal: string) => void attached.policies.delete(principal),
  }
  const authorities = new Authorities(context)
  const issuer = new DeviceIssuer(memoryKeyStore(), context.clock)
  const certificates = new Certificates(context, { issuer, authorities, questions })
  const transfers = new Transfers(certificates, (account) =>
    account === context.account.id ? certificates : undefined,
  )
  const changes: [string, CertificateStatus | undefined][] = []
  certificates.changes.subscribe(({ certificateId, status }) => changes.push([certificateId, status]))
  /** A certificate in that status, quickly made. */
  const make = async (status: CertificateStatus) => {
    const request = await requestFor(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'CN=pump')
    return certificates.createFromRequest(request, status)
  }
  return { context, now, attached, authorities, certificates, transfers, changes, make }
}

const thrown = (name: string) => expect.objectContaining({ name })

describe('issued here', () => {
  test('the id is the SHA-256 of the DER, the ARN holds it, the mode is DEFAULT', async () => {
    const { certificates } = setUp()
    const { record } = await certificates.createKeys('ACTIVE')
    expect(record.id).toMatch(/^[0-9a-f]{64}$/)
    expect(record.arn).toBe(`arn:aws:iot:eu-central-1:123456789012:cert/${record.id}`)
    expect(record).toMatchObject({ status: 'ACTIVE', mode: 'DEFAULT', customerVersion: 1, caCertificateId: null })
    expect(certificates.mustFind(record.id.toUpperCase())).toEqual(record)
  })

  test('a claim certificate is found but never listed', async () => {
    const { certificates } = setUp()
    const { certificate } = await certificates.createClaim('pumps', 1_000)
    expect(certificates.mustFind(certificate.id)).toMatchObject({ status: 'ACTIVE', claimTemplate: 'pumps' })
    expect(certificates.store.list({}).rows).toEqual([])
  })
})

test('certificates of an earlier release are the account’s own', () => {
  const { context } = testContext()
  context.database.migrate('certificates', [
    `CREATE TABLE certificates (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
      mode TEXT NOT NULL, pem TEXT NOT NULL, ca_certificate_id TEXT, listed INTEGER NOT NULL, generation_id TEXT NOT NULL,
      customer_version INTEGER NOT NULL, not_before_ms INTEGER NOT NULL, not_after_ms INTEGER NOT NULL,
      created_at_ms INTEGER NOT NULL, modified_at_ms INTEGER NOT NULL, transfer TEXT) STRICT`,
  ])
  context.database.run(
    `INSERT INTO certificates VALUES (7, 'abc', 'ACTIVE', 'DEFAULT', 'pem', NULL, 1, 'g', 1, 2, 3, 4, 5, NULL)`,
  )
  const store = new CertificateStore(context)
  expect(store.find('abc')).toMatchObject({ seq: 7, status: 'ACTIVE', ownedBy: context.account.id, modifiedAtMs: 5 })
  expect(store.list({}).rows).toHaveLength(1)
})

describe('status', () => {
  test.each<[CertificateStatus, CertificateStatus, string | undefined]>([
    ['INACTIVE', 'ACTIVE', undefined],
    ['ACTIVE', 'INACTIVE', undefined],
    ['ACTIVE', 'REVOKED', undefined],
    ['INACTIVE', 'REVOKED', undefined],
    ['PENDING_ACTIVATION', 'ACTIVE', undefined],
    ['REVOKED', 'REVOKED', undefined], // UpdateCertificate is idempotent
    ['REVOKED', 'ACTIVE', 'CertificateStateException'], // guide, "Transfer a certificate": Revoke is irreversible
    ['REVOKED', 'INACTIVE', 'CertificateStateException'],
    ['PENDING_TRANSFER', 'ACTIVE', 'CertificateStateException'],
    ['INACTIVE', 'PENDING_TRANSFER', 'InvalidRequestException'], // API reference, UpdateCertificate
    ['INACTIVE', 'PENDING_ACTIVATION', 'InvalidRequestException'],
    ['INACTIVE', 'REGISTER_INACTIVE', 'InvalidRequestException'],
  ])('%s → %s: %s', async (from, to, refusal) => {
    const { certificates, changes, make } = setUp()
    const { id } = await make(from)
    if (refusal) {
      expect(() => certificates.update(id, to)).toThrow(thrown(refusal))
      expect(certificates.mustFind(id).status).toBe(from)
      expect(changes).toEqual([])
    } else {
      certificates.update(id, to)
      expect(certificates.mustFind(id).status).toBe(to)
      expect(changes).toEqual(from === to ? [] : [[id, to]])
    }
  })

  test('a change moves the time of the last modification', async () => {
    const { certificates, now, make } = setUp()
    const { id, createdAtMs } = await make('INACTIVE')
    now.ms += 60_000
    certificates.update(id, 'ACTIVE')
    expect(certificates.mustFind(id)).toMatchObject({ createdAtMs, modifiedAtMs: createdAtMs + 60_000 })
  })
})

describe('delete', () => {
  test('an ACTIVE certificate stays, even by force', async () => {
    const { certificates, make } = setUp()
    const { id } = await make('ACTIVE')
    expect(() => certificates.delete(id, true)).toThrow(thrown('CertificateStateException'))
  })

  test('an attached thing keeps it, even by force; an attached policy only without force', async () => {
    const { certificates, attached, changes, make } = setUp()
    const { id, arn } = await make('INACTIVE')
    attached.things.add(arn)
    attached.policies.add(arn)
    expect(() => certificates.delete(id, true)).toThrow(thrown('DeleteConflictException'))
    attached.things.clear()
    expect(() => certificates.delete(id)).toThrow(thrown('DeleteConflictException'))
    certificates.delete(id, true)
    expect(attached.policies.size).toBe(0)
    expect(changes).toEqual([[id, undefined]])
    expect(() => certificates.delete(id)).toThrow(thrown('ResourceNotFoundException'))
  })
})

describe('list', () => {
  test('pages in both directions reach every certificate once; the newest first unless asked', async () => {
    const { certificates, make } = setUp()
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) made.push((await make('INACTIVE')).id)
    const walk = (ascendingOrder?: boolean) => {
      const ids: string[] = []
      let marker: string | undefined
      do {
        const page = certificates.store.list({ pageSize: 2, marker, ascendingOrder })
        ids.push(...page.rows.map(({ id }) => id))
        marker = page.nextMarker
      } while (marker)
      return ids
    }
    expect(walk(true)).toEqual(made)
    expect(walk()).toEqual(made.toReversed())
  })

  test.each(['x', 'bnVsbA', Buffer.from('["policies",1]').toString('base64url')])('refuses the marker %s', (marker) => {
    const { certificates } = setUp()
    expect(() => certificates.store.list({ marker })).toThrow(thrown('InvalidRequestException'))
  })
})

describe('register with a CA', () => {
  const setUpCa = async (setAsActive = true) => {
    const all = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA, O=Plant')
    const { id } = all.authorities.register({ caCertificate: ca.pem, certificateMode: 'SNI_ONLY', setAsActive })
    return { ...all, ca, caId: id }
  }

  test('it is INACTIVE, knows its CA and has its mode', async () => {
    const { certificates, ca, caId } = await setUpCa()
    const device = await ca.sign('CN=pump-7')
    const record = certificates.register({ certificatePem: device.pem })
    expect(record).toMatchObject({ id: device.id, status: 'INACTIVE', mode: 'SNI_ONLY', caCertificateId: caId })
    expect(certificates.store.listByCa(caId, {}).rows).toEqual([record])
  })

  test.each([
    [{ setAsActive: true }, 'ACTIVE'],
    [{ status: 'ACTIVE' }, 'ACTIVE'],
    [{ status: 'REVOKED' }, 'REVOKED'],
    [{ status: 'INACTIVE', setAsActive: true }, 'INACTIVE'],
  ] as const)('with %j it is %s', async (request, status) => {
    const { certificates, ca } = await setUpCa()
    const { pem } = await ca.sign('CN=pump-7')
    expect(certificates.register({ certificatePem: pem, ...request }).status).toBe(status)
  })

  test('twice: the second time names the first', async () => {
    const { certificates, ca } = await setUpCa()
    const device = await ca.sign('CN=pump-7')
    const { id, arn } = certificates.register({ certificatePem: device.pem })
    expect(() => certificates.register({ certificatePem: device.pem })).toThrow(
      expect.objectContaining({
        name: 'ResourceAlreadyExistsException',
        members: { resourceId: id, resourceArn: arn },
      }),
    )
  })

  test('an INACTIVE CA registers nothing', async () => {
    const { certificates, ca } = await setUpCa(false)
    const { pem } = await ca.sign('CN=pump-7')
    expect(() => certificates.register({ certificatePem: pem })).toThrow(thrown('CertificateStateException'))
  })

  test('a CA of the same name but another key is not the issuer', async () => {
    const { certificates } = await setUpCa()
    const impostor = await TestCertificate.selfSigned('CN=Plant CA, O=Plant')
    const { pem } = await impostor.sign('CN=pump-7')
    expect(() => certificates.register({ certificatePem: pem })).toThrow(thrown('CertificateValidationException'))
  })

  test('two CAs of one name: the CA has to be given', async () => {
    const { certificates, authorities, ca } = await setUpCa()
    const twin = await TestCertificate.selfSigned('CN=Plant CA, O=Plant')
    authorities.register({ caCertificate: twin.pem, certificateMode: 'SNI_ONLY', setAsActive: true })
    const { pem } = await ca.sign('CN=pump-7')
    expect(() => certificates.register({ certificatePem: pem })).toThrow(thrown('CertificateConflictException'))
    expect(() => certificates.register({ certificatePem: pem, caCertificatePem: twin.pem })).toThrow(
      thrown('CertificateValidationException'),
    )
    expect(certificates.register({ certificatePem: pem, caCertificatePem: ca.pem }).status).toBe('INACTIVE')
  })

  test.each([
    ['no certificate', async () => 'hello'],
    ['an expired one', async (ca: TestCertificate) => (await ca.sign('CN=a', { notAfterMs: Date.now() - 1000 })).pem],
    ['SHA-1', async (ca: TestCertificate) => (await ca.sign('CN=a', { hash: 'SHA-1' })).pem],
    [
      'RSA-1024',
      async (ca: TestCertificate) =>
        (await ca.sign('CN=a', { keys: generateKeyPairSync('rsa', { modulusLength: 1024 }) })).pem,
    ],
  ])('refuses %s', async (_, pemOf) => {
    const { certificates, ca } = await setUpCa()
    const certificatePem = await pemOf(ca)
    expect(() => certificates.register({ certificatePem })).toThrow(thrown('CertificateValidationException'))
  })
})

describe('register without a CA', () => {
  test('it is SNI_ONLY and INACTIVE, whoever signed it', async () => {
    const { certificates } = setUp()
    const device = await TestCertificate.selfSigned('CN=pump-7', { ca: false })
    expect(certificates.registerWithoutCa({ certificatePem: device.pem })).toMatchObject({
      id: device.id,
      mode: 'SNI_ONLY',
      status: 'INACTIVE',
      caCertificateId: null,
    })
  })

  test.each(['PENDING_TRANSFER', 'PENDING_ACTIVATION', 'REGISTER_INACTIVE'] as const)('not as %s', async (status) => {
    const { certificates } = setUp()
    const { pem } = await TestCertificate.selfSigned('CN=pump-7', { ca: false })
    expect(() => certificates.registerWithoutCa({ certificatePem: pem, status })).toThrow(
      thrown('CertificateStateException'),
    )
  })
})

describe('transfer within the account', () => {
  const ACCOUNT = '123456789012'

  test('accept makes it INACTIVE, or ACTIVE when asked', async () => {
    const { certificates, transfers, make } = setUp()
    const { id } = await make('INACTIVE')
    transfers.start(id, ACCOUNT, 'please')
    expect(certificates.mustFind(id)).toMatchObject({ status: 'PENDING_TRANSFER', transfer: { message: 'please' } })
    expect(certificates.store.listInTransfer({}).rows.map((row) => row.id)).toEqual([id])
    expect(() => certificates.delete(id)).toThrow(thrown('CertificateStateException'))
    transfers.accept(id, true)
    expect(certificates.mustFind(id).status).toBe('ACTIVE')
    expect(() => transfers.accept(id, true)).toThrow(thrown('TransferAlreadyCompletedException'))
    expect(() => transfers.cancel(id)).toThrow(thrown('TransferAlreadyCompletedException'))
  })

  test('reject keeps the reason; cancel just ends it', async () => {
    const { certificates, transfers, make } = setUp()
    const { id } = await make('INACTIVE')
    transfers.start(id, ACCOUNT, undefined)
    transfers.reject(id, 'not ours')
    expect(certificates.mustFind(id)).toMatchObject({ status: 'INACTIVE', transfer: { rejectReason: 'not ours' } })
    transfers.start(id, ACCOUNT, undefined)
    transfers.cancel(id)
    expect(certificates.mustFind(id).status).toBe('INACTIVE')
  })

  test.each([
    ['ACTIVE', 'CertificateStateException'],
    ['REVOKED', 'CertificateStateException'],
  ] as const)('not while %s', async (status, name) => {
    const { transfers, make } = setUp()
    const { id } = await make(status)
    expect(() => transfers.start(id, ACCOUNT, undefined)).toThrow(thrown(name))
  })

  test('not while a policy is attached, and not to an account that is not here', async () => {
    const { transfers, attached, make } = setUp()
    const { id, arn } = await make('INACTIVE')
    expect(() => transfers.start(id, '999999999999', undefined)).toThrow(thrown('InvalidRequestException'))
    attached.policies.add(arn)
    expect(() => transfers.start(id, ACCOUNT, undefined)).toThrow(thrown('TransferConflictException'))
  })
})
