import { DecodeError } from './decode-error.ts'

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads big-endian numbers from bytes, as CBOR and MessagePack write them. Throws a {@link DecodeError} at the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get isAtEnd(): boolean {
    return this.offset >= this.#bytes.length
  }

  /** How many bytes are left: a length beyond it is a lie, found before anything is allocated. */
  get left(): number {
    return this.#bytes.length - this.offset
  }

  peek(): number {
    this.#need(1)
    return this.#bytes[this.offset] ?? 0
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2))
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4))
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#take(8))
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1))
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2))
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4))
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8))
  }

  /** IEEE 754 binary16, which `DataView` reads only in newer browsers. RFC 8949 Appendix D. */
  float16(): number {
    const bits = this.uint16()
    const sign = bits & 0x8000 ? -1 : 1
    const exponent = (bits >> 10) & 0x1f
    const fraction = bits & 0x3ff
    if (exponent === 0) return sign * fraction * 2 ** -24
    if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
    return sign * (1 + fraction / 1_024) * 2 ** (exponent - 15)
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4))
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8))
  }

  /** A copy. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    const start = this.#take(length)
    return Uint8Array.from(this.#bytes.subarray(start, start + length))
  }

  text(length: number): string {
    const start = this.#take(length)
    try {
      return UTF8.decode(this.#bytes.subarray(start, start + length))
    } catch {
      throw new DecodeError('A text is not UTF-8', start)
    }
  }

  #take(length: number): number {
    this.#need(length)
    const start = this.offset
    this.offset += length
    return start
  }

  #need(length: number): void {
    if (length > this.left) throw new DecodeError('The payload ends too early', this.#bytes.length)
  }
}
