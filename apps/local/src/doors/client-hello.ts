/** What a TLS client says first, as far as it decides which certificate it is shown. All numbers are IANA's. */
export interface ClientHello {
  readonly cipherSuites: ReadonlySet<number>
  /** Empty where the client speaks TLS 1.2 at most. */
  readonly versions: ReadonlySet<number>
  /** Undefined where the client does not say. */
  readonly signatureAlgorithms: ReadonlySet<number> | undefined
  /** Of the signatures within certificates: the same, unless the client says otherwise. */
  readonly certificateSignatureAlgorithms: ReadonlySet<number> | undefined
  /** Undefined where the client does not say. */
  readonly groups: ReadonlySet<number> | undefined
  /** SNI: the host that the client wants to reach. */
  readonly serverName: string | undefined
}

const RECORD_HANDSHAKE = 22
const CLIENT_HELLO = 1
const RECORD_HEADER_BYTES = 5
const HANDSHAKE_HEADER_BYTES = 4
/** Longer ones are none that a device or SDK sends: post-quantum key shares make for some 2 KiB. */
const MAX_BYTES = 16_384

const EXTENSION = {
  server_name: 0,
  supported_groups: 10,
  signature_algorithms: 13,
  supported_versions: 43,
  signature_algorithms_cert: 50,
} as const

/**
 * Reads the ClientHello at the beginning of a connection; it may come in several records.
 * @returns `incomplete` while more bytes are needed, `unreadable` for what is none
 * @see RFC 8446 §4.1.2, §5.1; RFC 5246 §7.4.1.2
 */
export function readClientHello(bytes: Uint8Array): ClientHello | 'incomplete' | 'unreadable' {
  const message = handshakeMessage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (message === 'incomplete' || message === 'unreadable') return message
  try {
    return parse(message)
  } catch (error) {
    if (error instanceof RangeError) return 'unreadable' // a length that points beyond the message
    throw error
  }
}

/** The first handshake message without its header, put together from its records. */
function handshakeMessage(bytes: Buffer): Buffer | 'incomplete' | 'unreadable' {
  const fragments: Buffer[] = []
  let collected = 0
  let length: number | undefined // put together once, as a client may send a record for every byte
  for (let offset = 0; offset < bytes.length; ) {
    if (bytes[offset] !== RECORD_HANDSHAKE || offset > MAX_BYTES) return 'unreadable'
    if (bytes.length < offset + RECORD_HEADER_BYTES) return 'incomplete'
    const end = offset + RECORD_HEADER_BYTES + bytes.readUInt16BE(offset + 3)
    fragments.push(bytes.subarray(offset + RECORD_HEADER_BYTES, end))
    collected += Math.min(end, bytes.length) - offset - RECORD_HEADER_BYTES
    if (length === undefined && collected >= HANDSHAKE_HEADER_BYTES) {
      const header = Buffer.concat(fragments)
      length = header.readUIntBE(1, 3)
      if (header[0] !== CLIENT_HELLO || length > MAX_BYTES) return 'unreadable'
    }
    if (length !== undefined && collected >= HANDSHAKE_HEADER_BYTES + length) {
      return Buffer.concat(fragments).subarray(HANDSHAKE_HEADER_BYTES, HANDSHAKE_HEADER_BYTES + length)
    }
    offset = end
  }
  return 'incomplete'
}

const VERSION_AND_RANDOM_BYTES = 34
/** The length of the list, the kind of the first name, its length. */
const SERVER_NAME_HEADER_BYTES = 5
const HOST_NAME = 0

function parse(message: Buffer): ClientHello {
  let offset = VERSION_AND_RANDOM_BYTES
  const vector = (lengthBytes: 1 | 2): Buffer => {
    const start = offset + lengthBytes
    offset = start + message.readUIntBE(offset, lengthBytes)
    if (offset > message.length) throw new RangeError('a vector is longer than its message')
    return message.subarray(start, offset)
  }
  vector(1) // session id
  const cipherSuites = numbersIn(vector(2))
  vector(1) // compression methods
  const extensions = offset < message.length ? readExtensions(vector(2)) : new Map<number, Buffer>()
  const list = (extension: number, lengthBytes: 1 | 2): ReadonlySet<number> | undefined => {
    const body = extensions.get(extension)
    return body && numbersIn(body.subarray(lengthBytes))
  }
  const signatureAlgorithms = list(EXTENSION.signature_algorithms, 2)
  return {
    cipherSuites,
    versions: list(EXTENSION.supported_versions, 1) ?? new Set(),
    signatureAlgorithms,
    certificateSignatureAlgorithms: list(EXTENSION.signature_algorithms_cert, 2) ?? signatureAlgorithms,
    groups: list(EXTENSION.supported_groups, 2),
    serverName: readServerName(extensions.get(EXTENSION.server_name)),
  }
}

/** The first name of the list, which is all that there may be of a kind; host names are the only kind. @see RFC 6066 §3 */
function readServerName(body: Buffer | undefined): string | undefined {
  if (body === undefined || body.length < SERVER_NAME_HEADER_BYTES) return undefined
  const end = SERVER_NAME_HEADER_BYTES + body.readUInt16BE(3)
  if (body[2] !== HOST_NAME || end > body.length) return undefined
  return body.toString('latin1', SERVER_NAME_HEADER_BYTES, end)
}

function readExtensions(bytes: Buffer): Map<number, Buffer> {
  const extensions = new Map<number, Buffer>()
  for (let offset = 0; offset < bytes.length; ) {
    const end = offset + 4 + bytes.readUInt16BE(offset + 2)
    extensions.set(bytes.readUInt16BE(offset), bytes.subarray(offset + 4, end))
    offset = end
  }
  return extensions
}

function numbersIn(bytes: Buffer): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (let offset = 0; offset + 1 < bytes.length; offset += 2) numbers.add(bytes.readUInt16BE(offset))
  return numbers
}
