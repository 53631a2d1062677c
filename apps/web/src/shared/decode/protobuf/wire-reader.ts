import { ByteReader } from '../byte-reader.ts'
import { DecodeError } from '../decode-error.ts'

/**
 * A field as it stands on the wire.
 * @see Protocol Buffers documentation, "Encoding"
 */
export type WireField = {
  readonly number: number
  /** Where its value begins in the payload, behind its length. */
  readonly offset: number
} & (
  | { readonly wire: 'varint' | 'fixed64'; readonly value: bigint }
  | { readonly wire: 'fixed32'; readonly value: number }
  | { readonly wire: 'bytes'; readonly value: Uint8Array }
  | { readonly wire: 'group'; readonly value: readonly WireField[] }
)

const END_GROUP = 4
/** Deeper nesting than any device sends would overflow the stack. */
const MAX_DEPTH = 100
const MAX_FIELD_NUMBER = 0x1fff_ffff

/**
 * The fields of a message in their order, without knowing what they are.
 * @param base where the message begins in the payload
 * @throws {DecodeError}
 */
export function readFields(bytes: Uint8Array, base = 0): WireField[] {
  return within(base, () => new WireReader(bytes, base).fields(undefined, 0))
}

type NumberWire = 'varint' | 'fixed32' | 'fixed64'

/** The numbers that a packed field holds. @throws {DecodeError} */
export function readPacked(bytes: Uint8Array, wire: NumberWire, base: number): readonly (bigint | number)[] {
  return within(base, () => {
    const reader = new WireReader(bytes, base)
    const values: (bigint | number)[] = []
    while (!reader.isAtEnd) values.push(reader.number(wire))
    return values
  })
}

/** What is wrong within a part is told by where it is in the payload. */
function within<Read>(base: number, read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    if (error instanceof DecodeError && base > 0) throw new DecodeError(error.reason, base + error.offset)
    throw error
  }
}

class WireReader {
  readonly #reader: ByteReader

  readonly #base: number

  constructor(bytes: Uint8Array, base: number) {
    this.#reader = new ByteReader(bytes)
    this.#base = base
  }

  get isAtEnd(): boolean {
    return this.#reader.isAtEnd
  }

  /** @param group number of the group that is read, which ends it */
  fields(group: number | undefined, depth: number): WireField[] {
    if (depth > MAX_DEPTH) throw new DecodeError(`There are more than ${MAX_DEPTH} levels`, this.#reader.offset)
    const fields: WireField[] = []
    while (group !== undefined || !this.#reader.isAtEnd) {
      const start = this.#reader.offset
      const tag = Number(this.#varint())
      const number = Math.floor(tag / 8)
      const wireType = tag % 8
      if (number === 0 || number > MAX_FIELD_NUMBER) throw new DecodeError('There is no such field number', start)
      if (wireType === END_GROUP) {
        if (number !== group) throw new DecodeError('A group ends that did not begin', start)
        return fields
      }
      fields.push(this.#field(number, wireType, start, depth))
    }
    return fields
  }

  number(wire: NumberWire): bigint | number {
    if (wire === 'varint') return this.#varint()
    return wire === 'fixed32' ? this.#fixed32() : this.#fixed64()
  }

  #field(number: number, wireType: number, start: number, depth: number): WireField {
    const at = () => this.#base + this.#reader.offset
    switch (wireType) {
      case 0:
        return { number, offset: at(), wire: 'varint', value: this.#varint() }
      case 1:
        return { number, offset: at(), wire: 'fixed64', value: this.#fixed64() }
      case 2: {
        const value = this.#bytes()
        return { number, offset: at() - value.length, wire: 'bytes', value }
      }
      case 3:
        return { number, offset: at(), wire: 'group', value: this.fields(number, depth + 1) }
      case 5:
        return { number, offset: at(), wire: 'fixed32', value: this.#fixed32() }
      default:
        throw new DecodeError(`There is no wire type ${wireType}`, start)
    }
  }

  /** At most ten bytes; what is beyond 64 bits is dropped, as every implementation does. */
  #varint(): bigint {
    const start = this.#reader.offset
    let value = 0n
    for (let index = 0n; index < 10n; index++) {
      const byte = this.#reader.uint8()
      value |= BigInt(byte & 0x7f) << (7n * index)
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new DecodeError('A number has more than ten bytes', start)
  }

  #bytes(): Uint8Array {
    const length = this.#varint()
    if (length > BigInt(this.#reader.left)) throw new DecodeError('The payload ends too early', this.#reader.offset)
    return this.#reader.bytes(Number(length))
  }

  /** Little-endian, where `ByteReader` reads the other way around. */
  #fixed32(): number {
    const bytes = this.#reader.bytes(4)
    return new DataView(bytes.buffer).getUint32(0, true)
  }

  #fixed64(): bigint {
    const bytes = this.#reader.bytes(8)
    return new DataView(bytes.buffer).getBigUint64(0, true)
  }
}
