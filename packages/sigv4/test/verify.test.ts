import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { signatureOf } from '../src/canonical.ts'
import {
  type AccessKey,
  isPresigned,
  parseAuthorizationHeader,
  type SigV4ErrorCode,
  type VerifyOptions,
  verifyPresignedUrl,
  verifySignedRequest,
} from '../src/index.ts'
import { refusal } from './refusal.ts'

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5)
const KEY: AccessKey = { secretAccessKey: 'local' }
const TEMPORARY = { secretAccessKey: 'secret', sessionToken: 'to/ken+==', expiresAtMs: NOW_MS + 3_600_000 }
const keys = new Map<string, AccessKey>([
  ['local', KEY],
  ['temporary', TEMPORARY],
])
const lookupSecret = (accessKeyId: string) => keys.get(accessKeyId)

interface Request {
  readonly method: string
  readonly path: string
  readonly query?: Record<string, string | string[]>
  readonly headers?: Record<string, string>
  readonly body?: string
}

function signer(accessKeyId: string, service = 'iot') {
  const { secretAccessKey, sessionToken } = lookupSecret(accessKeyId) ?? KEY
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
  return new SignatureV4({ service, region: 'eu-west-1', sha256: Sha256, credentials })
}

function target({ path, query = {} }: { path: string; query?: Record<string, string | string[] | null> }): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  )
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

async function sign(request: Request, accessKeyId = 'local', signedAtMs = NOW_MS) {
  const http = {
    protocol: 'http:',
    hostname: 'localhost',
    query: {},
    ...request,
    headers: { host: 'localhost:7400', ...request.headers },
  }
  const signed = await signer(accessKeyId).sign(http, { signingDate: new Date(signedAtMs) })
  return { method: request.method, url: target(request), headers: signed.headers, body: request.body }
}

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'az09-._~ %/+:;,=&?#!\'()*@$~\\"[]{}|^`'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 8,
})
const wellFormed = text.map((value) => value.toWellFormed())
const requests: fc.Arbitrary<Request> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  path: fc.array(wellFormed.map(encodeURIComponent), { maxLength: 4 }).map((segments) => `/${segments.join('/')}`),
  query: fc.dictionary(wellFormed, fc.oneof(wellFormed, fc.array(wellFormed, { minLength: 1, maxLength: 3 })), {
    maxKeys: 3,
  }),
  headers: fc.constantFrom({}, { 'X-Amz-Meta': '  a   b ' }, { 'content-type': 'application/json', 'x-z': '' }),
  body: fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme' })),
})

test("verifies whatever AWS's own signer signs", async () => {
  await fc.assert(
    fc.asyncProperty(requests, fc.constantFrom('local', 'temporary'), async (request, accessKeyId) => {
      const signed = await sign(request, accessKeyId)
      expect(verifySignedRequest({ ...signed, lookupSecret, nowMs: NOW_MS }).key).toBe(lookupSecret(accessKeyId))
    }),
  )
})

test("verifies whatever AWS's own signer presigns", async () => {
  await fc.assert(
    fc.asyncProperty(requests, fc.constantFrom('local', 'temporary'), async (request, accessKeyId) => {
      const http = {
        protocol: 'http:',
        hostname: 'localhost',
        query: {},
        ...request,
        headers: { host: 'localhost:7400' },
      }
      const presigned = await signer(accessKeyId).presign(http, { signingDate: new Date(NOW_MS), expiresIn: 60 })
      const url = target({ path: presigned.path, query: presigned.query ?? {} })
      const options = { method: request.method, headers: { host: 'localhost:7400' }, body: request.body, lookupSecret }
      expect(verifyPresignedUrl({ ...options, url, nowMs: NOW_MS + 60_000 }).key).toBe(lookupSecret(accessKeyId))
      expect(isPresigned(url)).toBe(true)
    }),
  )
})

test('notices any change', async () => {
  const changes: ((request: VerifyOptions<AccessKey>) => Partial<VerifyOptions<AccessKey>>)[] = [
    ({ method }) => ({ method: method === 'PUT' ? 'GET' : 'PUT' }),
    ({ url }) => ({ url: url.replace(/^\/[^?]*/, '$&/x') }),
    ({ url }) => ({ url: `${url}${url.includes('?') ? '&' : '?'}x=` }),
    ({ body }) => ({ body: `${body} ` }),
    ({ headers }) => ({ headers: { ...headers, host: 'localhost:7401' } }),
    ({ headers }) => ({ headers: { ...headers, 'x-amz-date': '20260102T030406Z' } }),
    ({ headers }) => ({
      headers: { ...headers, authorization: String(headers.authorization).replace('/eu-west-1/', '/eu-west-2/') },
    }),
    () => ({ lookupSecret: () => ({ secretAccessKey: 'another' }) }),
  ]
  await fc.assert(
    fc.asyncProperty(requests, fc.nat({ max: changes.length - 1 }), async (request, index) => {
      const options = { ...(await sign(request)), lookupSecret, nowMs: NOW_MS }
      const change = changes[index]?.(options)
      expect(refusal(() => verifySignedRequest({ ...options, ...change })).code).toBe('InvalidSignatureException')
    }),
  )
})

test('hostile text in the header or the query ends in a SigV4Error and nothing else', () => {
  const scraps = fc.constantFrom(
    'AWS4-HMAC-SHA256',
    ' ',
    'Credential=',
    'a/b/c/d/aws4_request',
    ',',
    'Signature=',
    '%',
    '=',
    '%zz',
  )
  const hostile = fc.array(fc.oneof(scraps, text), { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(hostile, (value) => {
      const headers = { host: 'h', authorization: value, 'x-amz-date': value }
      refusal(() => verifySignedRequest({ method: 'GET', url: value, headers, lookupSecret, nowMs: NOW_MS }))
      const url = `/mqtt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${value}&X-Amz-Signature=${value}&${value}`
      refusal(() => verifyPresignedUrl({ method: 'GET', url, headers, lookupSecret, nowMs: NOW_MS }))
    }),
  )
})

let signed: VerifyOptions<AccessKey>
beforeAll(async () => {
  signed = { ...(await sign({ method: 'POST', path: '/things/a%3Ab', body: '{}' })), lookupSecret, nowMs: NOW_MS }
})

function refused(change: Partial<VerifyOptions<AccessKey>>) {
  return refusal(() => verifySignedRequest({ ...signed, ...change }))
}

function withHeaders(change: Record<string, string | undefined>) {
  return { headers: { ...signed.headers, ...change } }
}

test.each<[name: string, code: SigV4ErrorCode, message: string, () => Partial<VerifyOptions<AccessKey>>]>([
  [
    'an unsigned request',
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
    () => withHeaders({ authorization: undefined }),
  ],
  [
    'another algorithm',
    'IncompleteSignatureException',
    "Unsupported AWS 'algorithm': 'Bearer'.",
    () => withHeaders({ authorization: 'Bearer x' }),
  ],
  [
    'a header without its parts',
    'IncompleteSignatureException',
    "Authorization header requires 'SignedHeaders' parameter. Authorization header requires 'Signature' parameter.",
    () => withHeaders({ authorization: 'AWS4-HMAC-SHA256 Credential=a/20260102/r/iot/aws4_request' }),
  ],
  [
    'a credential without its parts',
    'IncompleteSignatureException',
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'local'",
    () => withHeaders({ authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=0' }),
  ],
  [
    'another terminator',
    'InvalidSignatureException',
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3'.",
    () =>
      withHeaders({
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260102/r/iot/aws3, SignedHeaders=host, Signature=0',
      }),
  ],
  [
    'no date',
    'IncompleteSignatureException',
    "Authorization requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    () => withHeaders({ 'x-amz-date': undefined }),
  ],
  [
    'a date that is none',
    'IncompleteSignatureException',
    "Date must be in ISO-8601 'basic format'. Got '20261302T030405Z'.",
    () => withHeaders({ 'x-amz-date': '20261302T030405Z' }),
  ],
  [
    'a scope of another day',
    'InvalidSignatureException',
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260102' != '20260103', from '20260103T030405Z'.",
    () => withHeaders({ 'x-amz-date': '20260103T030405Z' }),
  ],
  [
    'another service',
    'InvalidSignatureException',
    "Credential should be scoped to correct service: 'iotdata'. ",
    () => ({ services: ['iotdata', 'iotdevicegateway'] }),
  ],
  [
    'another region',
    'InvalidSignatureException',
    "Credential should be scoped to a valid region, not 'eu-west-1'. ",
    () => ({ region: 'us-east-1' }),
  ],
  [
    'a request of six minutes ago',
    'InvalidSignatureException',
    'Signature expired: 20260102T030405Z is now earlier than 20260102T030505Z (20260102T031005Z - 5 min.)',
    () => ({ nowMs: NOW_MS + 360_000 }),
  ],
  [
    'a request from the future',
    'InvalidSignatureException',
    'Signature not yet current: 20260102T030405Z is still later than 20260102T030305Z (20260102T025805Z + 5 min.)',
    () => ({ nowMs: NOW_MS - 360_000 }),
  ],
  [
    'an unknown key',
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    () => ({ lookupSecret: () => undefined }),
  ],
  [
    'a token with a long-term key',
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    () => withHeaders({ 'x-amz-security-token': 'x' }),
  ],
  [
    'temporary credentials without their token',
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    () => ({ lookupSecret: () => TEMPORARY }),
  ],
  [
    'another body',
    'InvalidSignatureException',
    'The request signature we calculated does not match',
    () => ({ body: '{ }' }),
  ],
  [
    'a claimed hash that is not the body’s',
    'InvalidSignatureException',
    'does not match',
    () => ({
      body: '{ }',
      ...withHeaders({ 'x-amz-content-sha256': '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' }),
    }),
  ],
  [
    'a hash that was not signed',
    'InvalidSignatureException',
    'does not match',
    () => withHeaders({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
  ],
])('%s is refused with %s: %s', (_, code, message, change) => {
  expect(refused(change())).toMatchObject({ code, statusCode: 403, message: expect.stringContaining(message) })
})

test('clocks may differ by five minutes, or by what is allowed', () => {
  for (const nowMs of [NOW_MS - 300_000, NOW_MS + 300_000]) {
    expect(verifySignedRequest({ ...signed, nowMs }).signedAtMs).toBe(NOW_MS)
  }
  expect(verifySignedRequest({ ...signed, nowMs: NOW_MS + 900_000, maxSkewMs: 900_000 }).signedAtMs).toBe(NOW_MS)
})

test('temporary credentials end', async () => {
  const request = await sign({ method: 'GET', path: '/' }, 'temporary', TEMPORARY.expiresAtMs - 1000)
  const options = { ...request, lookupSecret }
  expect(verifySignedRequest({ ...options, nowMs: TEMPORARY.expiresAtMs - 1 }).key).toBe(TEMPORARY)
  expect(refusal(() => verifySignedRequest({ ...options, nowMs: TEMPORARY.expiresAtMs }))).toMatchObject({
    code: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  })
})

test('the session token may stand in a header that is not signed', async () => {
  const request = { method: 'GET', path: '/', protocol: 'http:', hostname: 'h', query: {}, headers: { host: 'h' } }
  const options = { signingDate: new Date(NOW_MS), unsignableHeaders: new Set(['x-amz-security-token']) }
  const { headers } = await signer('temporary').sign(request, options)
  expect(parseAuthorizationHeader(headers.authorization ?? '').signedHeaders).not.toContain('x-amz-security-token')
  expect(verifySignedRequest({ method: 'GET', url: '/', headers, lookupSecret, nowMs: NOW_MS }).key).toBe(TEMPORARY)
})

test('an unsigned payload may be anything, if that was signed', async () => {
  const request = { method: 'PUT', path: '/', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }
  const unsigned = await sign(request)
  expect(verifySignedRequest({ ...unsigned, body: 'anything', lookupSecret, nowMs: NOW_MS }).key).toBe(KEY)
})

test('a signature that leaves out the host could be replayed elsewhere', async () => {
  const options = { signingDate: new Date(NOW_MS), unsignableHeaders: new Set(['host']) }
  const request = { method: 'GET', path: '/', protocol: 'http:', hostname: 'h', query: {}, headers: { host: 'h' } }
  const { headers } = await signer('local').sign(request, options)
  expect(
    refusal(() => verifySignedRequest({ method: 'GET', url: '/', headers, lookupSecret, nowMs: NOW_MS })),
  ).toMatchObject({
    code: 'InvalidSignatureException',
    message: expect.stringContaining("'Host'"),
  })
})

test('the Date header of HTTP will do where there is no X-Amz-Date', () => {
  const headers = {
    host: 'h',
    date: new Date(NOW_MS).toUTCString(),
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260102/eu-west-1/iot/aws4_request, SignedHeaders=date;host, Signature=00',
  }
  const options = { method: 'GET', url: '/', headers, lookupSecret, nowMs: NOW_MS }
  const { expected } = refusal(() => verifySignedRequest(options))
  expect(expected?.stringToSign).toContain('\n20260102T030405Z\n')
  const signature = signatureOf(
    KEY.secretAccessKey,
    parseAuthorizationHeader(headers.authorization).scope,
    expected?.stringToSign ?? '',
  )
  const authorization = headers.authorization.replace(/00$/, signature)
  expect(verifySignedRequest({ ...options, headers: { ...headers, authorization } }).signedAtMs).toBe(NOW_MS)
})
