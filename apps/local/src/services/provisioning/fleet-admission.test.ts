import { expect, test } from 'vitest'
import { AWS_ACCOUNT_LIMITS } from '../../foundation/account-limits.ts'
import { FleetAdmission } from './fleet-admission.ts'

const MIB = 1024 * 1024
const unpaced = {
  ...AWS_ACCOUNT_LIMITS,
  createKeysAndCertificatePerSecond: Number.POSITIVE_INFINITY,
  createCertificateFromCsrPerSecond: Number.POSITIVE_INFINITY,
  registerThingPerSecond: Number.POSITIVE_INFINITY,
}

test('requests that wait keep 8 MiB at most, and no more than 2,000 of them; whoever is answered makes room', () => {
  const admission = new FleetAdmission({ clock: () => 0, limits: unpaced })
  const large = Array.from({ length: 8 }, () => admission.take('RegisterThing', MIB))
  expect(large.every((done) => done !== undefined)).toBe(true)
  expect(admission.take('CreateCertificateFromCsr', 1)).toBeUndefined()
  const empty = admission.take('CreateKeysAndCertificate', 0)
  expect(empty).toBeDefined()
  large[0]?.()
  expect(admission.take('RegisterThing', MIB + 1)).toBeUndefined()
  expect(admission.take('RegisterThing', MIB)).toBeDefined()

  const small = Array.from({ length: 2_000 - 9 }, () => admission.take('CreateKeysAndCertificate', 0))
  expect(small.every((done) => done !== undefined)).toBe(true)
  expect(admission.take('CreateKeysAndCertificate', 0)).toBeUndefined()
  empty?.()
  expect(admission.take('CreateKeysAndCertificate', 0)).toBeDefined()
})
