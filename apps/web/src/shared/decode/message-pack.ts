import type { DataTree } from './data-tree.ts'
import { DecodeError } from './decode-error.ts'
import { ItemDecoder } from './item-decoder.ts'
import { float32Text, floatText } from './number-text.ts'

/**
 * Decodes one MessagePack object, which must be all there is.
 * Source: the MessagePack specification (msgpack/msgpack, spec.md), "Formats" and "Timestamp extension type".
 * @throws {DecodeError}
 */
export function decodeMessagePack(payload: Uint8Array): DataTree {
  return new MessagePackDecoder(payload).whole()
}

class MessagePackDecoder extends ItemDecoder {
  protected override itemAt(depth: number, start: number): DataTree {
    const { reader } = this
    const format = reader.uint8()
    if (format <= 0x7f) return integer(format)
    if (format <= 0x8f) return this.#map(format & 0x0f, depth)
    if (format <= 0x9f) return this.#array(format & 0x0f, depth)
    if (format <= 0xbf) return { kind: 'string', value: reader.text(format & 0x1f) }
    if (format >= 0xe0) return integer(format - 0x100)
    switch (format) {
      case 0xc0:
        return { kind: 'null' }
      case 0xc2:
      case 0xc3:
        return { kind: 'boolean', value: format === 0xc3 }
      case 0xc4:
        return { kind: 'bytes', value: reader.bytes(reader.uint8()) }
      case 0xc5:
        return { kind: 'bytes', value: reader.bytes(reader.uint16()) }
      case 0xc6:
        return { kind: 'bytes', value: reader.bytes(reader.uint32()) }
      case 0xc7:
        return this.#extension(reader.uint8())
      case 0xc8:
        return this.#extension(reader.uint16())
      case 0xc9:
        return this.#extension(reader.uint32())
      case 0xca:
        return { kind: 'number', text: float32Text(reader.float32()) }
      case 0xcb:
        return { kind: 'number', text: floatText(reader.float64()) }
      case 0xcc:
        return integer(reader.uint8())
      case 0xcd:
        return integer(reader.uint16())
      case 0xce:
        return integer(reader.uint32())
      case 0xcf:
        return integer(reader.uint64())
      case 0xd0:
        return integer(reader.int8())
      case 0xd1:
        return integer(reader.int16())
      case 0xd2:
        return integer(reader.int32())
      case 0xd3:
        return integer(reader.int64())
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(1 << (format - 0xd4))
      case 0xd9:
        return { kind: 'string', value: reader.text(reader.uint8()) }
      case 0xda:
        return { kind: 'string', value: reader.text(reader.uint16()) }
      case 0xdb:
        return { kind: 'string', value: reader.text(reader.uint32()) }
      case 0xdc:
        return this.#array(reader.uint16(), depth)
      case 0xdd:
        return this.#array(reader.uint32(), depth)
      case 0xde:
        return this.#map(reader.uint16(), depth)
      case 0xdf:
        return this.#map(reader.uint32(), depth)
      default:
        throw new DecodeError('There is no format 0xc1', start)
    }
  }

  #array(length: number, depth: number): DataTree {
    return { kind: 'array', items: this.items(depth, (count) => count === length) }
  }

  #map(length: number, depth: number): DataTree {
    return { kind: 'map', entries: this.entries(depth, (count) => count === length) }
  }

  #extension(length: number): DataTree {
    const type = this.reader.int8()
    const value = this.reader.bytes(length)
    const label = type === -1 ? timestampOf(value) : undefined
    return { kind: 'extension', type, value, ...(label === undefined ? {} : { label }) }
  }
}

const integer = (value: number | bigint): DataTree => ({ kind: 'number', text: String(value) })

/** Seconds in 32 bits; nanoseconds in 30 and seconds in 34; nanoseconds in 32 and seconds in 64 with sign. */
function timestampOf(value: Uint8Array): string | undefined {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  let seconds: bigint
  let nanoseconds = 0
  if (value.length === 4) seconds = BigInt(view.getUint32(0))
  else if (value.length === 8) {
    seconds = view.getBigUint64(0) & 0x3ffffffffn
    nanoseconds = Number(view.getBigUint64(0) >> 34n)
  } else if (value.length === 12) {
    nanoseconds = view.getUint32(0)
    seconds = view.getBigInt64(4)
  } else return undefined
  const atMs = Number(seconds) * 1_000
  if (nanoseconds > 999_999_999 || Math.abs(atMs) > 8.64e15) return undefined
  const whole = new Date(atMs).toISOString().slice(0, -5)
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
  return `${whole}${fraction}Z`
}
