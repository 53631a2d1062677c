import { expect, test } from 'vitest'
import { readCertificateFacts } from './certificate-facts.ts'

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

const RSA_1024_WITH_SHA1 = `-----BEGIN CERTIFICATE-----
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

const EC_WITH_SHA1 = `-----BEGIN CERTIFICATE-----
MIIBcTCCARigAwIBAgIUKzJTKhjrMPC0Qn6oPn6Q55Xch9swCQYHKoZIzj0EATAP
MQ0wCwYDVQQDDARzaGExMB4XDTI2MTEyOTA5MjkxOFoXDTM2MTEyNjA5MjkxOFow
DzENMAsGA1UEAwwEc2hhMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBeOMl4a
svAy/mUfHvGyHvYaZ63SYBtTb9j9+7xLwjJlm1YXwnsJLbX2uK0RcPlk3G7KBZiL
q1cEJa7hVzZoZAyjUzBRMB0GA1UdDgQWBBRgBcBgCyDgCu2yeTsr+yHQ0NR3XzAf
BgNVHSMEGDAWgBRgBcBgCyDgCu2yeTsr+yHQ0NR3XzAPBgNVHRMBAf8EBTADAQH/
MAkGByqGSM49BAEDSAAwRQIhAIOfHu5ux0sqdMXiRucijxsFaueayGVqi3mnwTtC
JCzhAiAe+MWl93HjV0ONHnD1icw4II7NZL72p3e0/F2FLzeJkQ==
-----END CERTIFICATE-----`

test.each([
  ['EC', EC, { key: 'EC P-256', signature: 'ecdsa-with-SHA256', isWeak: false }],
  ['short RSA', RSA_1024_WITH_SHA1, { key: 'RSA 1024', signature: 'sha1WithRSAEncryption', isWeak: true }],
  ['EC signed with SHA-1', EC_WITH_SHA1, { key: 'EC P-256', signature: 'ecdsa-with-SHA1', isWeak: true }],
])('%s: key, signature, and whether it is weak', (_, pem, facts) => {
  expect(readCertificateFacts(pem)).toMatchObject(facts)
})

test('names stand in one line; what is no certificate has no facts', () => {
  expect(readCertificateFacts(EC)).toMatchObject({ subject: 'O=Example, CN=lamp-3', issuer: 'O=Example, CN=lamp-3' })
  expect(readCertificateFacts('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toBeUndefined()
})
