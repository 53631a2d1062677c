// @vitest-environment node
import { createPrivateKey, createPublicKey, X509Certificate as NodeCertificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { KEY_KINDS } from './key-kinds.ts'
import { makeKeyPair } from './key-pair.ts'
import { isSignedBy, readCertificate } from './read-certificate.ts'
import { Pkcs10CertificateRequest, X509CertificateGenerator } from './x509.ts'

const EC = `-----BEGIN CERTIFICATE-----
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

const RSA = `-----BEGIN CERTIFICATE-----
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

test.each([
  ['EC', EC],
  ['RSA', RSA],
])('%s: fingerprints, serial number, and validity are those that OpenSSL reads', async (_, pem) => {
  const read = await readCertificate(pem)
  const node = new NodeCertificate(pem)
  expect(read).toMatchObject({
    serialNumber: node.serialNumber.match(/../g)?.join(':'),
    fingerprintSha256: node.fingerprint256,
    fingerprintSha1: node.fingerprint,
    notBefore: node.validFromDate,
    notAfter: node.validToDate,
  })
})

test('names, key, signature and extensions in words', async () => {
  expect(await readCertificate(EC)).toMatchObject({
    subject: 'O=Example, CN=lamp-3',
    issuer: 'O=Example, CN=lamp-3',
    key: 'EC P-256',
    signature: 'ECDSA with SHA-256',
    isWeak: false,
    isAuthority: true,
    extensions: [
      { oid: '2.5.29.14', name: 'Subject Key Identifier', isCritical: false, text: expect.stringMatching(/^04 2a 5f/) },
      { oid: '2.5.29.35', name: 'Authority Key Identifier', isCritical: false },
      { oid: '2.5.29.19', name: 'Basic Constraints', isCritical: true, text: 'CA: true' },
    ],
  })
  expect(await readCertificate(RSA)).toMatchObject({ key: 'RSA 1024', signature: 'RSA with SHA-1', isWeak: true })
})

test('who signed it is told by the signature', async () => {
  expect(await isSignedBy(EC, EC)).toBe(true)
  expect(await isSignedBy(RSA, RSA)).toBe(true)
  expect(await isSignedBy(EC, RSA)).toBe(false)
  // The same name, and another key: an authority of which there are two.
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const other = await X509CertificateGenerator.createSelfSigned({
    name: 'O=Example, CN=lamp-3',
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  })
  expect(await isSignedBy(EC, other.toString('pem'))).toBe(false)
})

test('what is no certificate is refused', async () => {
  await expect(readCertificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).rejects.toThrow()
})

test.each(KEY_KINDS)('%s: the request is signed by the private key that goes with it', async (kind) => {
  const { privateKeyPem, requestPem } = await makeKeyPair(kind, 'pump-7')
  const request = new Pkcs10CertificateRequest(requestPem)
  expect(await request.verify()).toBe(true)
  expect(request.subjectName.getField('CN')).toEqual(['pump-7'])
  const publicKey = createPublicKey(createPrivateKey(privateKeyPem)).export({ type: 'spki', format: 'der' })
  expect(Buffer.from(request.publicKey.rawData)).toEqual(publicKey)
})
