import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls'
import { type KafkaRecord, Reader, readRecordsBatches, Writer } from '@platformatic/kafka'
import { Inbox } from './inbox.ts'

/** A record as the broker was given it, texts as UTF-8. */
export interface ReceivedRecord {
  readonly topic: string
  readonly partition: number
  readonly acks: number
  readonly key: string | undefined
  readonly value: Buffer
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Of the client certificate. */
  readonly clientSubject: string | undefined
}

export interface KafkaBroker extends AsyncDisposable {
  readonly port: number
  readonly records: Inbox<ReceivedRecord>
  /** Of Kafka's own error codes; what producers are answered with, one after the other. */
  readonly errors: number[]
}

export interface KafkaBrokerOptions {
  readonly tls?: TlsOptions
  readonly sasl?: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-512'
    readonly username: string
    readonly password: string
  }
}

/** Numbers of Kafka's protocol. @see Apache Kafka, "Protocol", "API Keys" */
const API = { produce: 0, metadata: 3, saslHandshake: 17, apiVersions: 18, saslAuthenticate: 36 } as const
const SERVED = [
  [API.produce, 3, 7],
  [API.metadata, 0, 7],
  [API.saslHandshake, 1, 1],
  [API.apiVersions, 0, 3],
  [API.saslAuthenticate, 1, 1],
] as const
const AUTHENTICATION_FAILED = 58
const PARTITIONS = 3
const ITERATIONS = 4096

/**
 * As much of one broker as a producer needs, which speaks by the protocol code of the client's own library: there is no
 * broker of Kafka that runs in Node. Every topic has three partitions; requests without a log-in are not answered.
 */
export async function startKafkaBroker({ tls, sasl }: KafkaBrokerOptions = {}): Promise<KafkaBroker> {
  const records = new Inbox<ReceivedRecord>()
  const errors: number[] = []
  const sockets = new Set<Socket>()
  const serve = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    new Connection(socket, { records, errors, sasl, port: () => port })
  }
  const server = tls ? createTlsServer(tls, serve) : createServer(serve)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return {
    port,
    records,
    errors,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

interface ConnectionParts {
  readonly records: Inbox<ReceivedRecord>
  readonly errors: number[]
  readonly sasl: KafkaBrokerOptions['sasl']
  readonly port: () => number
}

class Connection {
  readonly #socket: Socket
  readonly #parts: ConnectionParts
  #isLoggedIn: boolean
  #scram: { readonly authMessage: string; readonly salted: Buffer } | undefined
  #rest = Buffer.alloc(0)

  constructor(socket: Socket, parts: ConnectionParts) {
    this.#socket = socket
    this.#parts = parts
    this.#isLoggedIn = parts.sasl === undefined
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    while (this.#rest.length >= 4 && this.#rest.length >= 4 + this.#rest.readInt32BE(0)) {
      const end = 4 + this.#rest.readInt32BE(0)
      this.#answer(Reader.from(this.#rest.subarray(4, end)))
      this.#rest = this.#rest.subarray(end)
    }
  }

  #answer(reader: Reader): void {
    const api = reader.readInt16()
    const version = reader.readInt16()
    const correlationId = reader.readInt32()
    reader.readNullableString(false) // client id
    const answer = Writer.create().appendInt32(correlationId)
    const body = this.#bodyOf(api, version, reader)
    if (body) this.#socket.write(answer.appendFrom(body).prependLength().buffer)
  }

  #bodyOf(api: number, version: number, reader: Reader): Writer | undefined {
    if (api === API.apiVersions) return apiVersions(version)
    if (api === API.saslHandshake) return this.#handshake(reader.readString(false))
    if (api === API.saslAuthenticate) return this.#authenticate(reader.readBytes(false))
    if (!this.#isLoggedIn) return undefined
    if (api === API.metadata) return this.#metadata(reader)
    if (api === API.produce) return this.#produce(reader)
    throw new Error(`the broker has no API ${api}`)
  }

  #handshake(mechanism: string): Writer {
    const { sasl } = this.#parts
    const isKnown = mechanism === sasl?.mechanism
    return Writer.create()
      .appendInt16(isKnown ? 0 : 33)
      .appendArray(sasl ? [sasl.mechanism] : [], (writer, each) => writer.appendString(each, false), false, false)
  }

  #authenticate(bytes: Buffer): Writer {
    const answer = this.#parts.sasl?.mechanism === 'PLAIN' ? this.#plain(bytes) : this.#scramStep(bytes.toString())
    return Writer.create()
      .appendInt16(answer === undefined ? AUTHENTICATION_FAILED : 0)
      .appendString(answer === undefined ? 'Authentication failed: Invalid username or password' : null, false)
      .appendBytes(Buffer.from(answer ?? ''), false)
      .appendInt64(0n)
  }

  #plain(bytes: Buffer): string | undefined {
    const { username, password } = this.#parts.sasl ?? {}
    this.#isLoggedIn = bytes.toString() === `\0${username}\0${password}`
    return this.#isLoggedIn ? '' : undefined
  }

  /** @see RFC 5802, "SCRAM Authentication Exchange" */
  #scramStep(message: string): string | undefined {
    const { username, password = '' } = this.#parts.sasl ?? {}
    const hmac = (key: Buffer, text: string) => createHmac('sha512', key).update(text).digest()
    if (!this.#scram) {
      const bare = message.slice('n,,'.length)
      const [, user, nonce] = /^n=([^,]*),r=(.*)$/.exec(bare) ?? []
      if (user !== username) return undefined
      const salt = Buffer.from('salt of the test')
      const first = `r=${nonce}server,s=${salt.toString('base64')},i=${ITERATIONS}`
      const authMessage = `${bare},${first},c=biws,r=${nonce}server`
      this.#scram = { authMessage, salted: pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512') }
      return first
    }
    const { authMessage, salted } = this.#scram
    const clientKey = hmac(salted, 'Client Key')
    const signature = hmac(createHash('sha512').update(clientKey).digest(), authMessage)
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))).toString('base64')
    this.#isLoggedIn = message.endsWith(`,p=${proof}`)
    return this.#isLoggedIn ? `v=${hmac(hmac(salted, 'Server Key'), authMessage).toString('base64')}` : undefined
  }

  #metadata(reader: Reader): Writer {
    const topics = reader.readNullableArray((each) => each.readString(false), false, false) ?? []
    const none = <Item>(writer: Writer, items: Item[]) => writer.appendArray(items, () => undefined, false, false)
    return Writer.create()
      .appendInt32(0)
      .appendArray(
        [this.#parts.port()],
        (writer, port) =>
          writer.appendInt32(1).appendString('localhost', false).appendInt32(port).appendString(null, false),
        false,
        false,
      )
      .appendString('test', false)
      .appendInt32(1)
      .appendArray(
        topics,
        (writer, topic) =>
          writer
            .appendInt16(0)
            .appendString(topic, false)
            .appendBoolean(false)
            .appendArray(
              Array.from({ length: PARTITIONS }, (_, index) => index),
              (partition, index) => {
                partition.appendInt16(0).appendInt32(index).appendInt32(1).appendInt32(0)
                none(none(none(partition, []), []), [])
              },
              false,
              false,
            ),
        false,
        false,
      )
  }

  #produce(reader: Reader): Writer | undefined {
    reader.readNullableString(false) // transactional id
    const acks = reader.readInt16()
    reader.readInt32() // time-out
    const errorCode = this.#parts.errors.shift() ?? 0
    const topics = reader.readArray(
      (each) => {
        const topic = each.readString(false)
        const partitions = each.readArray(
          (one) => {
            const partition = one.readInt32()
            const bytes = one.readBytes(false)
            for (const { records } of errorCode === 0 ? readRecordsBatches(Reader.from(bytes)) : []) {
              for (const record of records) this.#take(record, topic, partition, acks)
            }
            return partition
          },
          false,
          false,
        )
        return { topic, partitions }
      },
      false,
      false,
    )
    if (acks === 0) return undefined
    return Writer.create()
      .appendArray(
        topics,
        (writer, { topic, partitions }) =>
          writer
            .appendString(topic, false)
            .appendArray(
              partitions,
              (one, partition) =>
                one.appendInt32(partition).appendInt16(errorCode).appendInt64(0n).appendInt64(-1n).appendInt64(0n),
              false,
              false,
            ),
        false,
        false,
      )
      .appendInt32(0)
  }

  #take({ key, value, headers }: KafkaRecord, topic: string, partition: number, acks: number): void {
    const socket = this.#socket
    this.#parts.records.put({
      topic,
      partition,
      acks,
      key: key?.toString(),
      value: value ?? Buffer.alloc(0),
      headers: headers.map(([name, text]) => [name?.toString() ?? '', text?.toString() ?? ''] as const),
      clientSubject: socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject?.CN) : undefined,
    })
  }
}

/** As of version 3 in the compact form, as of version 1 with how long a client is throttled. */
function apiVersions(version: number): Writer {
  const isCompact = version >= 3
  const answer = Writer.create()
    .appendInt16(0)
    .appendArray(
      [...SERVED],
      (writer, [api, from, to]) => writer.appendInt16(api).appendInt16(from).appendInt16(to),
      isCompact,
      isCompact,
    )
  if (version >= 1) answer.appendInt32(0)
  return isCompact ? answer.appendTaggedFields() : answer
}
