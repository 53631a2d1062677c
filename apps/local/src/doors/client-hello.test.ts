import { once } from 'node:events'
import { connect as connectTcp, createServer } from 'node:net'
import { type ConnectionOptions, connect } from 'node:tls'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readClientHello } from './client-hello.ts'

/** What OpenSSL says first. */
async function helloOf(options: ConnectionOptions): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const accepted = once(server, 'connection')
  const socket = connectTcp(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  const client = connect({ socket, ...options }).on('error', () => {})
  const [peer] = await accepted
  const [hello] = await once(peer, 'data')
  client.destroy()
  peer.destroy()
  server.close()
  return hello
}

/** The same message in records of `size` bytes. */
function inRecordsOf(size: number, record: Buffer): Buffer {
  const records: Buffer[] = []
  for (let at = 5; at < record.length; at += size) {
    const part = record.subarray(at, at + size)
    records.push(Buffer.from([22, 3, 1, part.length >> 8, part.length & 0xff]), part)
  }
  return Buffer.concat(records)
}

test.each([
  [
    { ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2', sigalgs: 'RSA+SHA256' },
    { cipherSuites: new Set([0x00_2f]), versions: new Set(), signatureAlgorithms: new Set([0x04_01]) },
  ],
  [
    { ciphers: 'TLS_AES_256_GCM_SHA384', minVersion: 'TLSv1.3', ecdhCurve: 'P-384', servername: 'iot.example' },
    { cipherSuites: new Set([0x13_02]), versions: new Set([0x03_04]), groups: new Set([24]) },
  ],
] as const)('%j', async (options, expected) => {
  const hello = await helloOf(options)
  expect(readClientHello(hello)).toMatchObject(expected)
  for (const size of [1, 7, 100]) expect(readClientHello(inRecordsOf(size, hello))).toEqual(readClientHello(hello))
  for (let length = 0; length < hello.length; length += 1) {
    expect(readClientHello(hello.subarray(0, length))).toBe('incomplete')
  }
})

/** Put together anew with every record, 500 of these take minutes, in which nobody else is served. */
test('a long hello in records of one byte costs little each time that it is looked at', () => {
  const begun = inRecordsOf(1, Buffer.concat([Buffer.alloc(5), Buffer.from([1, 0, 0x3e, 0x80]), Buffer.alloc(2_700)]))
  for (let cut = 0; cut < 500; cut += 1) {
    expect(readClientHello(begun.subarray(0, begun.length - cut))).toBe('incomplete')
  }
})

test.each([
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
  ['MQTT without TLS', Buffer.from([0x10, 0x0c, 0, 4, 0x4d, 0x51, 0x54, 0x54])],
  ['another handshake message', Buffer.from([22, 3, 3, 0, 4, 2, 0, 0, 0])],
  ['a message longer than any hello', Buffer.from([22, 3, 3, 0, 4, 1, 1, 0, 0])],
  ['a vector that is longer than its message', Buffer.from([22, 3, 3, 0, 41, 1, 0, 0, 37, ...Buffer.alloc(36), 9])],
])('%s is none', (_, bytes) => {
  expect(readClientHello(bytes)).toBe('unreadable')
})

test('a hello with any bytes of it changed never throws', async () => {
  const hello = await helloOf({ servername: 'localhost' })
  fc.assert(
    fc.property(fc.nat(hello.length - 1), fc.uint8Array({ minLength: 1, maxLength: 4 }), (at, bytes) => {
      const changed = Buffer.from(hello)
      changed.set(bytes.subarray(0, changed.length - at), at)
      readClientHello(changed)
    }),
    { numRuns: 500 },
  )
})
