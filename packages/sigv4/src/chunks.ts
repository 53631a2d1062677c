import { ALGORITHM, type CredentialScope, placeOf, signatureOf } from './canonical.ts'
import { SigV4Error, signatureMismatch } from './error.ts'
import { EMPTY_SHA256, equalsInConstantTime, hash, toHex, utf8 } from './hash.ts'

/** What `x-amz-content-sha256` says of a body in chunks that are signed each; the second has signed headers behind it. */
const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
const SIGNED_WITH_TRAILER = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'

/** How the body of a request of S3 was signed, beside the request itself. */
export interface ChunkedBody {
  /** Of the request: the first chunk's signature follows from it. */
  readonly seedSignature: string
  readonly amzDate: string
  readonly scope: CredentialScope
  readonly secretAccessKey: string
  readonly body: Uint8Array
  /** `x-amz-decoded-content-length` */
  readonly decodedLength: string | undefined
}

/** Whether a body comes in chunks of which each has a signature. */
export const isSignedInChunks = (claimed: string | undefined): boolean =>
  claimed === SIGNED || claimed === SIGNED_WITH_TRAILER

const CR = 13
const LF = 10

/**
 * Verifies `SIZE;chunk-signature=SIGNATURE\r\nDATA\r\n` and so on, to the chunk without data and the headers that may
 * follow it, of which `x-amz-trailer-signature` is the last.
 * @throws {SigV4Error} InvalidSignatureException
 * @see Amazon S3 API Reference, "Signature calculations for the Authorization header: transferring payload in multiple
 *   chunks (chunked upload)" and "… including trailing headers"
 */
export function checkChunks(chunked: ChunkedBody, claimed: string | undefined): void {
  const { body, decodedLength } = chunked
  let signature = chunked.seedSignature
  let length = 0
  let at = 0
  for (;;) {
    const head = lineAt(body, at)
    const [, size = '', given = ''] = /^([0-9a-fA-F]{1,8});chunk-signature=([0-9a-f]{64})$/.exec(head.text) ?? []
    if (size === '') throw malformed('a chunk does not begin with its size and its signature')
    const end = head.next + Number.parseInt(size, 16)
    if (end > body.length) throw malformed('a chunk is shorter than it says')
    const data = body.subarray(head.next, end)
    const digest = `${EMPTY_SHA256}\n${toHex(hash.sha256(data))}`
    signature = mustMatch(given, signatureBehind(chunked, 'PAYLOAD', signature, digest))
    length += data.length
    at = end
    if (data.length === 0) break
    if (body[at] !== CR || body[at + 1] !== LF) throw malformed('a chunk is longer than it says')
    at += 2
  }
  if (decodedLength !== undefined && decodedLength !== String(length)) {
    throw malformed(`its chunks have ${length} bytes, and x-amz-decoded-content-length says ${decodedLength}`)
  }
  if (claimed === SIGNED_WITH_TRAILER) checkTrailer(chunked, at, signature)
}

/** The headers behind the last chunk, each in a line. */
function checkTrailer(chunked: ChunkedBody, start: number, signature: string): void {
  let canonical = ''
  for (let at = start; at < chunked.body.length; ) {
    const { text, next } = lineAt(chunked.body, at)
    at = next
    const [, name = '', value = ''] = /^([^:]+):(.*)$/.exec(text) ?? []
    if (name.toLowerCase() === 'x-amz-trailer-signature') {
      const digest = toHex(hash.sha256(utf8(canonical)))
      mustMatch(value.trim(), signatureBehind(chunked, 'TRAILER', signature, digest))
      return
    }
    if (name !== '') canonical += `${name.toLowerCase()}:${value.trim()}\n`
  }
  throw malformed('the headers behind its chunks have no x-amz-trailer-signature')
}

function signatureBehind(
  { amzDate, scope, secretAccessKey }: ChunkedBody,
  kind: 'PAYLOAD' | 'TRAILER',
  previous: string,
  digest: string,
): string {
  const text = `${ALGORITHM}-${kind}\n${amzDate}\n${placeOf(scope)}\n${previous}\n${digest}`
  return signatureOf(secretAccessKey, scope, text)
}

function mustMatch(given: string, expected: string): string {
  if (equalsInConstantTime(given, expected)) return expected
  throw signatureMismatch()
}

/** A line of ASCII to its CRLF, or to the end of what there is. */
function lineAt(body: Uint8Array, start: number): { readonly text: string; readonly next: number } {
  // No line of this form is longer.
  const limit = Math.min(body.length, start + 8_192)
  let end = start
  while (end < limit && body[end] !== CR && body[end] !== LF) end += 1
  const text = String.fromCharCode(...body.subarray(start, end))
  const next = end + (body[end] === CR && body[end + 1] === LF ? 2 : 1)
  return { text, next }
}

const malformed = (why: string): SigV4Error =>
  new SigV4Error('InvalidSignatureException', `The body is not signed in chunks as the request says: ${why}.`)
