import { expect, test } from 'vitest'
import { type Headers, verifyPresignedUrl, verifySignedRequest } from '../src/index.ts'
import { refusal } from './refusal.ts'

/**
 * Requests and signatures that AWS has published: the Signature Version 4 test suite (in the form kept by
 * awslabs/aws-c-auth, all cases that normalise the path, as every service but S3 does) and the worked example of the
 * IAM User Guide. Their key is an example and opens nothing.
 */
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const NOW = { nowMs: Date.UTC(2015, 7, 30, 12, 36) }
const TOKEN =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwt' +
  'hAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVX' +
  'AkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=='

interface Vector {
  readonly name: string
  readonly method?: string
  readonly target?: string
  readonly headers?: Headers
  readonly body?: string
  readonly token?: string
  /** Whether the token is signed along. */
  readonly signsToken?: boolean
  readonly header: string
  readonly query: string
}

const VANILLA = {
  header: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  query: 'e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d',
}
const POST = {
  method: 'POST',
  header: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  query: '2ce6e6d2e0cf2f9d1b55fafec88cd20574c31dc2e7631979f71ba2310083e95b',
}
const FORM = {
  method: 'POST',
  body: 'Param1=value1',
  hash: '9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e',
}
const UNRESERVED = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const VECTORS: readonly Vector[] = [
  { name: 'get-vanilla', ...VANILLA },
  { name: 'get-relative-normalized', target: '/example/..', ...VANILLA },
  { name: 'get-relative-relative-normalized', target: '/example1/example2/../..', ...VANILLA },
  { name: 'get-slash-dot-slash-normalized', target: '/./', ...VANILLA },
  { name: 'get-slash-normalized', target: '//', ...VANILLA },
  {
    name: 'get-slash-pointless-dot-normalized',
    target: '/./example',
    header: 'ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5',
    query: '35034b1a0bdd969f346975386daf8aedfd4976573b8348cf4f67eaa41c5857de',
  },
  {
    name: 'get-slashes-normalized',
    target: '//example//',
    header: '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
    query: 'c1834e8fb0307243711f0f907f6ab7311ed300d87f13792d7ee4da89ab93e082',
  },
  {
    name: 'get-space-normalized',
    target: '/example space/',
    header: '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741',
    query: '7a1f416954786484c9824d93c1f26ef64acb9b1b6c9154d08c9f07d0e394abf6',
  },
  {
    name: 'get-unreserved',
    target: `/${UNRESERVED}`,
    header: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
    query: '95968482db1b9e0fadef6efc1bd24689f77c77d9ef56919c96a28cc92e0d6005',
  },
  {
    name: 'get-utf8',
    target: '/ሴ',
    header: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
    query: '10eae3f14a260bd3911cc6d008d3c576d143b05b62f09782a7a4b37f52178e44',
  },
  {
    name: 'get-vanilla-empty-query-key',
    target: '/?Param1=value1',
    header: 'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
    query: '49096700cbbaa5753443850f40df10f904fc2fdb544dc9512203cc77c471a9de',
  },
  {
    name: 'get-vanilla-query-order-encoded',
    target: '/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1',
    header: '371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac',
    query: 'c5f1848ceec943ac2ca68ee720460c23aaae30a2300586597ada94c4a65e4787',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    target: '/?Param2=value2&Param1=value1',
    header: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    query: '86012e2c9ad4d77369f5d81c11f75158aae4f895a085212cc6d3f923d300bed5',
  },
  {
    name: 'get-vanilla-query-unreserved',
    target: `/?${UNRESERVED}=${UNRESERVED}`,
    header: '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
    query: '8e76a88a7433637b12778d5592799b29ad21ecd6cf6325051c21d86f0acda2bf',
  },
  {
    name: 'get-vanilla-utf8-query',
    target: '/?ሴ=bar',
    header: '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
    query: '0bdd809b1519ac4f0c1dc3540e2cc46bd0c7f778eda408b2ebf3b913d21ff600',
  },
  {
    name: 'get-header-key-duplicate',
    headers: { 'My-Header1': ['value2', 'value2', 'value1'] },
    header: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    query: '3349ee0b81b4b589da0ff28a395c3591e04de515651dd74f298fa992d1507a97',
  },
  {
    name: 'get-header-value-multiline',
    headers: { 'My-Header1': 'value1\n  value2\n     value3' },
    header: 'cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd',
    query: 'e6f5def831211aca02987a44b96826706278c7bc078112ae0263659c5b2f2d56',
  },
  {
    name: 'get-header-value-order',
    headers: { 'My-Header1': ['value4', 'value1', 'value3', 'value2'] },
    header: '08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01',
    query: '313720e71ca6202fdcfa9b20f88de01a4eb0638a83c833b1c184359a4eda864e',
  },
  {
    name: 'get-header-value-trim',
    headers: { 'My-Header1': ' value1', 'My-Header2': ' "a   b   c"' },
    header: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    query: 'e7bb0fd515e125e1aec2ecc4c0c17484fb06f6846b927c35e46005dd3df3acd4',
  },
  {
    name: 'get-vanilla-with-session-token',
    token: '6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267',
    signsToken: true,
    header: '07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8',
    query: '7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c',
  },
  { name: 'post-vanilla', ...POST },
  { name: 'post-sts-header-after', token: TOKEN, ...POST },
  {
    name: 'post-sts-header-before',
    method: 'POST',
    token: TOKEN,
    signsToken: true,
    header: '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    query: '46c2e3c63c1dbe7d39f8ada16fe7f001c1f56c5791441565323677f96308871c',
  },
  {
    name: 'post-header-key-sort',
    method: 'POST',
    headers: { 'My-Header1': 'value1' },
    header: 'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    query: 'c09d07e0d55871f10f2a6d350d994acf6825a3cae70673d7def55616e6119dd7',
  },
  {
    name: 'post-header-value-case',
    method: 'POST',
    headers: { 'My-Header1': 'VALUE1' },
    header: 'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
    query: '0698bc9e4f7f9139065ba2909c0e99da257e8e2a42492a097bcd46d792391fed',
  },
  {
    name: 'post-vanilla-query',
    method: 'POST',
    target: '/?Param1=value1',
    header: '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
    query: 'a9ef26247f293bffe40eeff86a0480ba8c14d31503b2e0c3399e3a16bf1a3682',
  },
]

const FORM_VECTORS = [
  ['application/x-www-form-urlencoded', 'd3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b'],
  [
    'application/x-www-form-urlencoded; charset=utf-8',
    '328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422',
  ],
] as const

const SCOPE = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request'

function authorization(signedHeaders: readonly string[], signature: string, scope = SCOPE): string {
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
}

function key(token: string | undefined) {
  return {
    lookupSecret: (id: string) => (id === 'AKIDEXAMPLE' ? { secretAccessKey: SECRET, sessionToken: token } : undefined),
  }
}

test.each(VECTORS)(
  '$name, signed in the header',
  ({ method = 'GET', target = '/', headers = {}, token, signsToken, header }) => {
    const all = {
      Host: 'example.amazonaws.com',
      'X-Amz-Date': '20150830T123600Z',
      ...headers,
      ...(token === undefined ? {} : { 'X-Amz-Security-Token': token }),
    }
    const signed = Object.keys(all).map((name) => name.toLowerCase())
    const names = signed.filter((name) => signsToken || name !== 'x-amz-security-token').sort()
    const request = { method, url: target, headers: { ...all, Authorization: authorization(names, header) } }
    expect(verifySignedRequest({ ...request, ...NOW, ...key(token) }).scope.service).toBe('service')
  },
)

test.each(VECTORS)('$name, presigned', ({ method = 'GET', target = '/', headers = {}, token, signsToken, query }) => {
  const all = { Host: 'example.amazonaws.com', ...headers }
  const names = Object.keys(all).map((name) => name.toLowerCase())
  const parameters = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': SCOPE,
    'X-Amz-Date': '20150830T123600Z',
    'X-Amz-SignedHeaders': names.sort().join(';'),
    'X-Amz-Expires': '3600',
    ...(token === undefined ? {} : { 'X-Amz-Security-Token': token }),
    'X-Amz-Signature': query,
  })
  const url = `${target}${target.includes('?') ? '&' : '?'}${parameters}`
  const sessionToken = signsToken ? 'signed' : 'appended'
  expect(verifyPresignedUrl({ method, url, headers: all, sessionToken, ...NOW, ...key(token) }).key).toBeDefined()
})

test.each(FORM_VECTORS)('post-x-www-form-urlencoded, %s', (contentType, signature) => {
  const names = ['content-length', 'content-type', 'host', 'x-amz-content-sha256', 'x-amz-date']
  const headers = {
    'content-length': '13',
    'content-type': contentType,
    host: 'example.amazonaws.com',
    'x-amz-content-sha256': FORM.hash,
    'x-amz-date': '20150830T123600Z',
    authorization: authorization(names, signature),
  }
  const request = { method: 'POST', url: '/', headers, ...NOW, ...key(undefined) }
  expect(verifySignedRequest({ ...request, body: FORM.body }).scope.region).toBe('us-east-1')
  expect(verifySignedRequest({ ...request, bodyHash: FORM.hash }).scope.region).toBe('us-east-1')
  expect(() => verifySignedRequest({ ...request, body: 'Param1=value2' })).toThrow('does not match')
})

test('the worked example of the IAM User Guide, and what should have been signed where it fails', () => {
  const names = ['content-type', 'host', 'x-amz-date']
  const signature = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7'
  const headers = (value: string) => ({
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: 'iam.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization: authorization(names, value, 'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request'),
  })
  const request = { method: 'GET', url: '/?Action=ListUsers&Version=2010-05-08', ...NOW, ...key(undefined) }
  expect(verifySignedRequest({ ...request, headers: headers(signature) })).toMatchObject({
    scope: { accessKeyId: 'AKIDEXAMPLE', date: '20150830', region: 'us-east-1', service: 'iam' },
    signedAtMs: NOW.nowMs,
  })
  const error = refusal(() => verifySignedRequest({ ...request, headers: headers(signature.replace('5', '6')) }))
  expect(error.expected?.stringToSign.split('\n')).toEqual([
    'AWS4-HMAC-SHA256',
    '20150830T123600Z',
    '20150830/us-east-1/iam/aws4_request',
    'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
  ])
})
