import { isUtf8 } from 'node:buffer'
import { PacketError } from './packet-error.ts'
import { REASON } from './reason-codes.ts'

/**
 * Reads MQTT's data types (MQTT 5.0 §1.5) from a part of a buffer, left to right.
 * Every method throws a {@link PacketError} 0x81 where the part ends too early or a value is ill-formed.
 */
export class ByteReader {
  readonly #bytes: Buffer
  readonly #end: number
  #at: number

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
  }

  /** Index in the buffer of the next byte to be read. */
  get position(): number {
    return this.#at
  }

  get remaining(): number {
    return this.#end - this.#at
  }

  byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at++] : undefined
    if (byte === undefined) throw malformed('The packet ends inside a field')
    return byte
  }

  uint16(): number {
    return (this.byte() << 8) | this.byte()
  }

  uint32(): number {
    return this.uint16() * 0x10000 + this.uint16()
  }

  /** One to four bytes, in the least that suffice [MQTT-1.5.5-1]. */
  variableByteInteger(): number {
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) {
        if (byte === 0 && shift > 0) throw malformed('A variable byte integer is longer than needed')
        return value
      }
    }
    throw malformed('A variable byte integer has more than four bytes')
  }

  /** A view, not a copy. */
  bytes(length: number): Buffer {
    if (length > this.remaining) throw malformed('The packet ends inside a field')
    const start = this.#at
    this.#at += length
    return this.#bytes.subarray(start, this.#at)
  }

  binary(): Buffer {
    return this.bytes(this.uint16())
  }

  string(): string {
    const length = this.uint16()
    if (length > this.remaining) throw malformed('The packet ends inside a string')
    const start = this.#at
    this.#at += length
    return decodeString(this.#bytes, start, this.#at)
  }

  /** What is left. A view, not a copy. */
  rest(): Buffer {
    return this.bytes(this.remaining)
  }

  /** @throws when something is left. */
  end(): void {
    if (this.#at !== this.#end) throw malformed('Bytes follow the end of the packet')
  }
}

/**
 * Decodes an MQTT string.
 * @throws {PacketError} 0x81 for ill-formed UTF-8, surrogates included [MQTT-1.5.4-1], and for U+0000 [MQTT-1.5.4-2].
 */
export function decodeString(bytes: Buffer, start: number, end: number): string {
  for (let index = start; index < end; index++) {
    const byte = bytes[index] ?? 0
    if (byte === 0) throw malformed('A string contains U+0000')
    if (byte >= 0x80) return decodeNonAscii(bytes, start, end)
  }
  return bytes.toString('latin1', start, end)
}

function decodeNonAscii(bytes: Buffer, start: number, end: number): string {
  const part = bytes.subarray(start, end)
  if (!isUtf8(part)) throw malformed('A string is not well-formed UTF-8')
  if (part.includes(0)) throw malformed('A string contains U+0000')
  return bytes.toString('utf8', start, end)
}

export function malformed(message: string): PacketError {
  return new PacketError(REASON.MALFORMED_PACKET, message)
}

export function protocolError(message: string): PacketError {
  return new PacketError(REASON.PROTOCOL_ERROR, message)
}
