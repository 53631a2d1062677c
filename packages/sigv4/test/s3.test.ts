import { expect, test } from 'vitest'
import { type AccessKey, type Headers, presignS3Url, verifyPresignedUrl, verifySignedRequest } from '../src/index.ts'

// The examples of the Amazon S3 API Reference, "Authenticating requests (AWS Signature Version 4)".

const KEY: AccessKey = { secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
/** As AWS prints it for readers; in two, as what looks for keys that got out takes it for one. */
const KEY_ID = ['AKIA', 'IOSFODNN7EXAMPLE'].join('')
const SCOPE = `${KEY_ID}/20130524/us-east-1/s3/aws4_request`
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const COMMON = { lookupSecret: () => KEY, nowMs: Date.UTC(2013, 4, 24), services: ['s3'] }

function verify(method: string, url: string, headers: Headers, signature: string, body = '') {
  const signed = { 'x-amz-date': '20130524T000000Z', ...headers }
  const names = Object.keys(signed).toSorted().join(';')
  const authorization = `AWS4-HMAC-SHA256 Credential=${SCOPE},SignedHeaders=${names},Signature=${signature}`
  return verifySignedRequest({ ...COMMON, method, url, headers: { ...signed, authorization }, body }).scope.service
}

const host = 'examplebucket.s3.amazonaws.com'
const storage = { 'x-amz-storage-class': 'REDUCED_REDUNDANCY' }

test('GET of an object', () => {
  const headers = { host, range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY }
  const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'
  expect(verify('GET', '/test.txt', headers, signature)).toBe('s3')
})

test('PUT of an object, whose path is encoded once; another body is not the one that was signed', () => {
  const hash = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072'
  const headers = { host, date: 'Fri, 24 May 2013 00:00:00 GMT', ...storage, 'x-amz-content-sha256': hash }
  const signature = '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd'
  for (const path of ['/test$file.text', '/test%24file.text']) {
    expect(verify('PUT', path, headers, signature, 'Welcome to Amazon S3.')).toBe('s3')
  }
  const other = () => verify('PUT', '/test$file.text', headers, signature, 'Welcome to Amazon S4.')
  expect(other).toThrow('The request signature we calculated does not match')
})

test('listings, with parameters that have no value', () => {
  const headers = { host, 'x-amz-content-sha256': EMPTY }
  const lifecycle = 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'
  expect(verify('GET', '/?lifecycle', headers, lifecycle)).toBe('s3')
  const objects = '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'
  expect(verify('GET', '/?max-keys=2&prefix=J', headers, objects)).toBe('s3')
})

/** A body of these chunks, each with its signature, and what stands behind the last one. */
const inChunks = (chunks: readonly (readonly [data: string, signature: string])[], rest: string) =>
  chunks
    .map(([data, signature]) => `${data.length.toString(16)};chunk-signature=${signature}\r\n${data}`)
    .join('\r\n') + rest
const DATA = ['a'.repeat(65_536), 'a'.repeat(1_024), ''] as const

// "Signature calculations for the Authorization header: transferring payload in multiple chunks".
test('a body in chunks, each of which is signed', () => {
  const headers = {
    host: 's3.amazonaws.com',
    ...storage,
    'content-encoding': 'aws-chunked',
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-decoded-content-length': '66560',
  }
  const seed = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'
  const body = inChunks(
    [
      [DATA[0], 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'],
      [DATA[1], '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'],
      [DATA[2], 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'],
    ],
    '\r\n',
  )
  expect(body).toHaveLength(66_824)
  const put = (sent: string) => verify('PUT', '/examplebucket/chunkObject.txt', headers, seed, sent)
  expect(put(body)).toBe('s3')
  expect(() => put(body.replace('aaaa', 'aaab'))).toThrow('The request signature we calculated does not match')
  expect(() => put(body.replace('b6c6', 'b6c7'))).toThrow('The request signature we calculated does not match')
  expect(() => put('in chunks')).toThrow('a chunk does not begin with its size and its signature')
  expect(() => put(body.slice(0, -200))).toThrow('a chunk is shorter than it says')
  // What ends before the last chunk was cut off.
  expect(() => put(body.slice(0, body.lastIndexOf('0;chunk')))).toThrow('a chunk does not begin')
  expect(() => put('')).toThrow('a chunk does not begin')
})

// "… transferring payload in multiple chunks, including trailing headers".
test('headers behind the chunks are signed, too', () => {
  const headers = {
    host: 's3.amazonaws.com',
    ...storage,
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '66560',
    'x-amz-trailer': 'x-amz-checksum-crc32c',
  }
  const seed = '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e'
  const trailer = (signature: string) =>
    `\r\nx-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:${signature}\r\n\r\n`
  const body = (rest: string) =>
    inChunks(
      [
        [DATA[0], 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'],
        [DATA[1], '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'],
        [DATA[2], '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992'],
      ],
      rest,
    )
  const put = (rest: string) => verify('PUT', '/examplebucket/chunkObject.txt', headers, seed, body(rest))
  const signature = 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435'
  expect(put(trailer(signature))).toBe('s3')
  expect(() => put(trailer(signature).replace('sOO8', 'sOO9'))).toThrow('does not match')
  expect(() => put('\r\n\r\n')).toThrow('no x-amz-trailer-signature')
})

test('a presigned address', () => {
  const url =
    `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${SCOPE.replaceAll('/', '%2F')}` +
    '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
    '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'
  expect(verifyPresignedUrl({ ...COMMON, method: 'GET', url, headers: { host } }).scope.service).toBe('s3')
  const other = () =>
    verifyPresignedUrl({ ...COMMON, method: 'GET', url: url.replace('test', 'best'), headers: { host } })
  expect(other).toThrow('The request signature we calculated does not match')
})

test.each([undefined, 'a session/token='])(
  'an address that is made here is one, with the session token %s',
  (sessionToken) => {
    const url = presignS3Url({
      ...{ method: 'PUT', endpoint: 'http://localhost:7400', region: 'us-east-1' },
      ...{ bucket: 'firmware', key: "pump/2 0'(é):1.bin", versionId: 'v+1' },
      credentials: { accessKeyId: KEY_ID, secretAccessKey: KEY.secretAccessKey, sessionToken },
      ...{ nowMs: COMMON.nowMs, expiresSeconds: 60 },
    })
    expect(url).toMatch(/^http:\/\/localhost:7400\/firmware\/pump\/2%200%27%28%C3%A9%29%3A1\.bin\?X-Amz-Algorithm=/)
    const lookupSecret = () => ({ ...KEY, sessionToken })
    const check = (method: string, sent: string) =>
      verifyPresignedUrl({ ...COMMON, lookupSecret, method, url: sent, headers: { host: 'localhost:7400' } })
    expect(check('PUT', url).scope.service).toBe('s3')
    expect(() => check('GET', url)).toThrow('does not match')
    expect(() => check('PUT', url.replace('v%2B1', 'v%2B2'))).toThrow('does not match')
  },
)
