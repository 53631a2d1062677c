import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AccessKey, presignMqttUrl, verifyPresignedUrl } from '../src/index.ts'
import { refusal } from './refusal.ts'

const DATE = new Date(Date.UTC(2026, 0, 2, 3, 4, 5))
const REGION = 'eu-west-1'
const CREDENTIALS = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'to/ken+with==%&' }
const KEY: AccessKey = { secretAccessKey: CREDENTIALS.secretAccessKey, sessionToken: CREDENTIALS.sessionToken }

/** What a server sees of a connection to the URL. */
function arrive(presigned: string) {
  const { pathname, search, host } = new URL(presigned)
  return { method: 'GET', url: pathname + search, headers: { host } }
}

function verify(presigned: string, nowMs: number = DATE.getTime(), key: AccessKey = KEY) {
  return verifyPresignedUrl({
    ...arrive(presigned),
    lookupSecret: (id) => (id === CREDENTIALS.accessKeyId ? key : undefined),
    nowMs,
    services: ['iotdevicegateway'],
    region: REGION,
    sessionToken: 'appended',
  })
}

test('has the form that AWS IoT wants: sorted, then the signature, then the token, which is not signed', async () => {
  const url = await presignMqttUrl({
    url: 'wss://example-ats.iot.eu-west-1.amazonaws.com/mqtt',
    region: REGION,
    credentials: CREDENTIALS,
    date: DATE,
    expiresSeconds: 86_400,
  })
  expect(url.replace(/(?<=Signature=)[0-9a-f]{64}/, 'HEX')).toBe(
    'wss://example-ats.iot.eu-west-1.amazonaws.com/mqtt' +
      '?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
      '&X-Amz-Credential=ASIAEXAMPLE%2F20260102%2Feu-west-1%2Fiotdevicegateway%2Faws4_request' +
      '&X-Amz-Date=20260102T030405Z' +
      '&X-Amz-Expires=86400' +
      '&X-Amz-SignedHeaders=host' +
      '&X-Amz-Signature=HEX' +
      '&X-Amz-Security-Token=to%2Fken%2Bwith%3D%3D%25%26',
  )
  expect(verify(url)).toMatchObject({ key: KEY, signedAtMs: DATE.getTime() })
})

test.each([
  ['wss://broker.example/mqtt', 'broker.example'],
  ['wss://broker.example:443/mqtt', 'broker.example'],
  ['wss://broker.example:8443/mqtt', 'broker.example:8443'],
  ['ws://localhost/mqtt', 'localhost'],
  ['ws://localhost:80/mqtt', 'localhost'],
  ['ws://localhost:443/mqtt', 'localhost:443'],
  ['ws://localhost:7400/mqtt', 'localhost:7400'],
  ['ws://[::1]:7400/mqtt', '[::1]:7400'],
])('the host that is signed for %s is %s, as a browser sends it', async (url, host) => {
  const presigned = await presignMqttUrl({ url, region: REGION, credentials: CREDENTIALS, date: DATE })
  expect(arrive(presigned).headers.host).toBe(host)
  expect(verify(presigned).key).toBe(KEY)
})

test('is accepted for any credentials and further parameters, and for nobody else', async () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1 }).map((value) => value.toWellFormed())
  await fc.assert(
    fc.asyncProperty(word, fc.option(word, { nil: undefined }), word, async (secretAccessKey, sessionToken, extra) => {
      const credentials = { accessKeyId: CREDENTIALS.accessKeyId, secretAccessKey, sessionToken }
      const url = `ws://localhost:7400/mqtt?x-amz-customauthorizer-name=${encodeURIComponent(extra)}&b&a=1&a=0`
      const presigned = await presignMqttUrl({ url, region: REGION, credentials, date: DATE })
      expect(verify(presigned, undefined, credentials).key).toBe(credentials)
      const other = { ...credentials, secretAccessKey: `${secretAccessKey}x` }
      expect(refusal(() => verify(presigned, undefined, other)).code).toBe('InvalidSignatureException')
    }),
  )
})

test.each([
  [300, 0, 'accepted'],
  [300, 300, 'accepted'],
  [300, 301, 'Signature expired'],
  [60, 61, 'Signature expired'],
  [86_400, 86_400, 'accepted'],
  [300, -300, 'accepted'],
  [300, -301, 'Signature not yet current'],
])('signed for %i seconds and used after %i: %s', async (expiresSeconds, afterSeconds, outcome) => {
  const options = { url: 'ws://localhost:7400/mqtt', region: REGION, credentials: CREDENTIALS, date: DATE }
  const presigned = await presignMqttUrl({ ...options, expiresSeconds })
  const use = () => verify(presigned, DATE.getTime() + afterSeconds * 1000)
  if (outcome === 'accepted') expect(use().key).toBe(KEY)
  else
    expect(refusal(use)).toMatchObject({ code: 'InvalidSignatureException', message: expect.stringMatching(outcome) })
})

test('cannot be made for longer than seven days, nor be given a longer life', async () => {
  const options = { url: 'ws://localhost:7400/mqtt', region: REGION, credentials: CREDENTIALS, date: DATE }
  await expect(presignMqttUrl({ ...options, expiresSeconds: 604_801 })).rejects.toThrow(RangeError)
  const presigned = await presignMqttUrl(options)
  for (const [expires, code] of [
    ['604801', 'IncompleteSignatureException'],
    ['-1', 'IncompleteSignatureException'],
    ['1e3', 'IncompleteSignatureException'],
    ['600', 'InvalidSignatureException'],
  ]) {
    const stretched = presigned.replace('X-Amz-Expires=300', `X-Amz-Expires=${expires}`)
    expect(refusal(() => verify(stretched)).code).toBe(code)
  }
})

/** Clients differ: some send no X-Amz-Expires, and generic presigners sign the token. */
async function presignGenerically(change: (query: Record<string, string>) => void): Promise<string> {
  const { sessionToken, ...longTerm } = CREDENTIALS
  const query: Record<string, string> = {}
  change(query)
  const signer = new SignatureV4({ service: 'iotdevicegateway', region: REGION, sha256: Sha256, credentials: longTerm })
  const request = {
    method: 'GET',
    protocol: 'ws:',
    hostname: 'localhost',
    path: '/mqtt',
    query,
    headers: { host: 'localhost' },
  }
  const signed = await signer.presign(request, { signingDate: DATE, expiresIn: 300 })
  const search = new URLSearchParams(Object.entries(signed.query ?? {}).map(([name, value]) => [name, String(value)]))
  return `ws://localhost/mqtt?${search}`
}

test('a token that was signed along is refused where it must be appended, as AWS IoT does', async () => {
  const url = await presignGenerically((query) => {
    query['X-Amz-Security-Token'] = CREDENTIALS.sessionToken
  })
  expect(refusal(() => verify(url)).code).toBe('InvalidSignatureException')
  const options = { ...arrive(url), lookupSecret: () => KEY, nowMs: DATE.getTime() }
  expect(verifyPresignedUrl({ ...options, sessionToken: 'signed' }).key).toBe(KEY)
  expect(verifyPresignedUrl(options).key).toBe(KEY)
})

test('an appended token is refused where it must be signed', async () => {
  const url = await presignMqttUrl({ url: 'ws://localhost/mqtt', region: REGION, credentials: CREDENTIALS, date: DATE })
  const options = { ...arrive(url), lookupSecret: () => KEY, nowMs: DATE.getTime() }
  expect(refusal(() => verifyPresignedUrl({ ...options, sessionToken: 'signed' })).code).toBe(
    'InvalidSignatureException',
  )
  expect(verifyPresignedUrl(options).key).toBe(KEY)
})

test.each([
  ['&X-Amz-Security-Token=other', 'UnrecognizedClientException'],
  ['', 'UnrecognizedClientException'],
])('the token must be that of the key: %j', async (end, code) => {
  const url = await presignMqttUrl({ url: 'ws://localhost/mqtt', region: REGION, credentials: CREDENTIALS, date: DATE })
  expect(refusal(() => verify(url.replace(/&X-Amz-Security-Token=.*/, end))).code).toBe(code)
})

test.each([
  ['/mqtt', 'MissingAuthenticationTokenException'],
  ['/mqtt?x=1', 'MissingAuthenticationTokenException'],
  ['/mqtt?X-Amz-Algorithm=AWS4-HMAC-SHA256', 'IncompleteSignatureException'],
  ['/mqtt?X-Amz-Signature=00', 'IncompleteSignatureException'],
])('%s is refused with %s', (url, code) => {
  const headers = { host: 'localhost' }
  const verification = () => verifyPresignedUrl({ method: 'GET', url, headers, lookupSecret: () => KEY, nowMs: 0 })
  expect(refusal(verification).code).toBe(code)
})
