import 'reflect-metadata' // @peculiar/x509 needs it and does not bring it
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'
import { expect, onTestFinished, test } from 'vitest'
import { DeviceFiles } from './device-files.ts'
import { DeviceIdentity } from './device-identity.ts'
import { createSigningRequest } from './signing-request.ts'

/** A certificate of the key that a request is of. */
async function certify(requestPem: string): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=pump-1',
    issuer: 'CN=CA',
    publicKey: await new x509.Pkcs10CertificateRequest(requestPem).publicKey.export(),
    signingKey: keys.privateKey,
    signingAlgorithm: algorithm,
  })
  return certificate.toString('pem')
}

const pemOf = (csr: string) => `-----BEGIN CERTIFICATE REQUEST-----\n${csr}\n-----END CERTIFICATE REQUEST-----\n`

test('the key of a rotation is made once, waits for its certificate, and replaces the old one when it was let in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thingdeck-identity-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const files = new DeviceFiles(folder, 'pump-1')
  const { privateKey, request } = await createSigningRequest('pump-1')
  const old = await files.putCurrent(privateKey, { certificateId: 'old', certificatePem: await certify(request) })
  const identity = new DeviceIdentity('pump-1', files, old)

  await expect(identity.install(await certify((await createSigningRequest('x')).request))).rejects.toThrow(
    /was not asked/,
  )
  // A job that is begun anew while it goes on asks again.
  const [csr, again] = await Promise.all([identity.signingRequest('r'), identity.signingRequest('r')])
  expect(again).toBe(csr)
  expect(csr.length).toBeLessThan(1_024) // of a status detail
  await expect(identity.install('no PEM')).rejects.toThrow(/no certificate in PEM/)
  await expect(identity.install(await certify(request))).rejects.toThrow(/another key/)
  expect(identity.toConnectWith).toBe(old)

  const certificate = await certify(pemOf(csr))
  const certificateId = await identity.install(certificate)
  expect(certificateId).toMatch(/^[0-9a-f]{64}$/)
  expect(identity.toConnectWith.certificate).toBe(certificate)
  identity.refused() // it is not active yet
  expect(identity.toConnectWith).toBe(old)
  await identity.accepted()
  expect(identity.isBehind).toBe(true)
  // One that was started anew goes on with what was brought.
  const restarted = new DeviceIdentity('pump-1', files, old, await files.next())
  expect(restarted.toConnectWith.certificate).toBe(certificate)
  await restarted.accepted()
  expect(await files.current()).toMatchObject({ certificateId, certificate })
  expect([await files.next(), await files.awaited()]).toEqual([undefined, undefined])
  expect(await restarted.install(certificate), 'it may be brought twice').toBe(certificateId)
  expect(await restarted.signingRequest('r')).not.toBe(csr)
})
