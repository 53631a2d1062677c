import { malformed } from './malformed.ts'
import { fromEpochSeconds } from './timestamps.ts'

/** Deeper than any model nests, far less deep than the call stack. */
const MAX_DEPTH = 100

/** The three upper bits of an item's first byte, RFC 8949 §3.1. */
const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6, simple: 7 } as const

/** The five lower bits, where no length follows but items up to a break. */
const INDEFINITE = 31
const BREAK = 0xff
const EPOCH_TAG = 1

const utf8 = new TextDecoder('utf-8', { fatal: true })

export interface CborOptions {
  /** Levels of lists and maps; `[[1]]` has two. Default and at most {@link MAX_DEPTH}. */
  readonly maxDepth?: number
  /** Whether a map with two members of one key is refused. By default the last counts. */
  readonly uniqueKeys?: boolean
  /** Whether the item may begin with the tag that says that it is CBOR, as encoders of devices may write it. */
  readonly maySayThatItIs?: boolean
}

/** Tag 55799: what is behind it means the same without (RFC 8949 §3.4.6). */
const SELF_DESCRIBED = [0xd9, 0xd9, 0xf7] as const

/**
 * Reads one CBOR item: maps as objects without a prototype, byte strings as bytes, moments (tag 1) as dates, the rest
 * as in JSON. Numbers become JavaScript's, which are exact up to 2^53.
 * @throws {AwsError} SerializationException, also for what the protocol does not have: other tags, keys that are no
 * text
 * @see RFC 8949; Smithy 2.0, "Smithy RPC v2 CBOR protocol"
 */
export function decodeCbor(bytes: Uint8Array, options: CborOptions = {}): unknown {
  const isMarked = options.maySayThatItIs === true && SELF_DESCRIBED.every((byte, at) => bytes[at] === byte)
  const reader = new CborReader(isMarked ? bytes.subarray(SELF_DESCRIBED.length) : bytes, options)
  const value = reader.item(0)
  reader.end()
  return value
}

class CborReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #maxDepth: number
  readonly #uniqueKeys: boolean
  #at = 0

  constructor(bytes: Uint8Array, { maxDepth = MAX_DEPTH, uniqueKeys = false }: CborOptions) {
    this.#maxDepth = Math.min(maxDepth, MAX_DEPTH)
    this.#uniqueKeys = uniqueKeys
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  end(): void {
    if (this.#at !== this.#bytes.byteLength) throw malformed('The request body goes on behind its CBOR item')
  }

  item(depth: number): unknown {
    if (depth > this.#maxDepth) throw malformed('The request body is nested too deeply')
    const first = this.#byte()
    const major = first >> 5
    const minor = first & 31
    switch (major) {
      case MAJOR.unsigned:
        return this.#argument(minor)
      case MAJOR.negative:
        return -1 - this.#argument(minor)
      case MAJOR.bytes:
        return Uint8Array.from(this.#string(major, minor))
      case MAJOR.text:
        return this.#text(minor)
      case MAJOR.list: {
        const items: unknown[] = []
        for (const _ of this.#entries(minor)) items.push(this.item(depth + 1))
        return items
      }
      case MAJOR.map:
        return this.#map(minor, depth)
      case MAJOR.tag:
        return this.#tagged(minor, depth)
      default:
        return this.#simple(minor)
    }
  }

  #map(minor: number, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = Object.create(null)
    for (const _ of this.#entries(minor)) {
      const first = this.#byte()
      if (first >> 5 !== MAJOR.text) throw malformed('A key of a CBOR map is not text')
      const key = this.#text(first & 31)
      if (this.#uniqueKeys && key in map) throw malformed(`The CBOR map has two members ${JSON.stringify(key)}`)
      map[key] = this.item(depth + 1)
    }
    return map
  }

  #tagged(minor: number, depth: number): Date {
    const tag = this.#argument(minor)
    const value = this.item(depth + 1)
    const date = tag === EPOCH_TAG && typeof value === 'number' ? fromEpochSeconds(value) : undefined
    if (!date) throw malformed(`CBOR tag ${tag} does not mark a moment here: tag 1 with epoch seconds does`)
    return date
  }

  /** As many steps as there are entries; a length is not believed, but read until the bytes end. */
  *#entries(minor: number): Generator<void> {
    if (minor === INDEFINITE) {
      while (this.#bytes[this.#at] !== BREAK) yield
      this.#at += 1
      return
    }
    for (let left = this.#argument(minor); left > 0; left -= 1) yield
  }

  #text(minor: number): string {
    try {
      return utf8.decode(this.#string(MAJOR.text, minor))
    } catch (error) {
      if (error instanceof TypeError) throw malformed('A CBOR text is not UTF-8')
      throw error
    }
  }

  #string(major: number, minor: number): Uint8Array {
    if (minor !== INDEFINITE) return this.#take(this.#argument(minor))
    const chunks: Uint8Array[] = []
    for (;;) {
      const first = this.#byte()
      if (first === BREAK) return Buffer.concat(chunks)
      if (first >> 5 !== major || (first & 31) === INDEFINITE)
        throw malformed('A CBOR string has a part of another type')
      chunks.push(this.#take(this.#argument(first & 31)))
    }
  }

  #simple(minor: number): unknown {
    if (minor === 20 || minor === 21) return minor === 21
    if (minor === 22 || minor === 23) return null // undefined means nothing else in this protocol
    if (minor === 25) return half(this.#viewOf(2).getUint16(0))
    if (minor === 26) return this.#viewOf(4).getFloat32(0)
    if (minor === 27) return this.#viewOf(8).getFloat64(0)
    throw malformed('The request body is not CBOR')
  }

  #argument(minor: number): number {
    if (minor < 24) return minor
    if (minor === 24) return this.#byte()
    if (minor === 25) return this.#viewOf(2).getUint16(0)
    if (minor === 26) return this.#viewOf(4).getUint32(0)
    if (minor === 27) return Number(this.#viewOf(8).getBigUint64(0))
    throw malformed('The request body is not CBOR')
  }

  #viewOf(count: number): DataView {
    const at = this.#at
    this.#take(count)
    return new DataView(this.#view.buffer, this.#view.byteOffset + at, count)
  }

  #byte(): number {
    const [byte] = this.#take(1)
    return byte ?? 0 // `take` throws where there is none
  }

  #take(count: number): Uint8Array {
    const end = this.#at + count
    if (end > this.#bytes.byteLength) throw malformed('The request body ends within a CBOR item')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}

/** A number of 16 bits, RFC 8949, appendix D. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
