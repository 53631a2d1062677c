import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'

// Requests as they stand on the wire: what HTTP clients other than SDKs send, and what only attackers do.

let local: Local

beforeAll(async () => {
  local = await startLocal()
})
afterAll(() => local.close())

/** Sends lines as they are, and the end; resolves with all that comes back. */
async function send(...lines: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(local.urls.http).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.end(lines.join('\r\n'))
  return text(socket)
}

const HEALTH = 'GET /_local/health HTTP/1.1'

test.each([
  ['as Java’s HttpClient and curl --http2 ask for it', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c'],
  ['with some other protocol', 'Connection: Upgrade', 'Upgrade: TLS/1.0'],
])('an upgrade %s is ignored (RFC 9110 §7.8)', async (_, connection, upgrade) => {
  const answer = await send(HEALTH, 'Host: localhost', connection, upgrade, 'HTTP2-Settings: AAMAAABk', '', '')
  expect(answer).toMatch(/^HTTP\/1\.1 200 .*\{"status":"ok"\}/s)
})

const SMUGGLED = [HEALTH, 'Host: localhost', '', '']

test.each<[what: string, status: number, lines: readonly string[]]>([
  ['two lengths', 400, ['Content-Length: 4', 'Content-Length: 5', '', '12345']],
  ['a length and chunks', 400, ['Content-Length: 4', 'Transfer-Encoding: chunked', '', '0', '', ...SMUGGLED]],
  ['chunks, and something else last', 400, ['Transfer-Encoding: chunked, identity', '', '0', '', ...SMUGGLED]],
  ['a coding that is not chunked', 400, ['Transfer-Encoding: xchunked', '', '0', '', ...SMUGGLED]],
  ['a length with a sign', 400, ['Content-Length: +0', '', ...SMUGGLED]],
  ['a folded header', 400, ['X-A: a', ' b', '', '']],
  ['a space before a colon', 400, ['Content-Length : 0', '', ...SMUGGLED]],
  ['a NUL in a header', 400, ['X-A: a\0b', '', '']],
  ['a chunk length beyond what numbers hold', 400, ['Transfer-Encoding: chunked', '', 'ffffffffffffffffff', '', '']],
  ['a header of 100,000 bytes', 431, [`X-A: ${'a'.repeat(100_000)}`, '', '']],
  ['3,000 headers', 431, [...Array.from({ length: 3000 }, (_, index) => `X-${index}: a`), '', '']],
])('%s: %i, and nothing is read behind it', async (_, status, lines) => {
  const answer = await send('POST /topics/a HTTP/1.1', 'Host: localhost', ...lines)
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
})
