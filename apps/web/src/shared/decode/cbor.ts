import type { DataTree } from './data-tree.ts'
import { DecodeError } from './decode-error.ts'
import { ItemDecoder } from './item-decoder.ts'
import { float32Text, floatText } from './number-text.ts'

const BREAK = 0xff
const INDEFINITE = 31

/**
 * Decodes one CBOR data item, which must be all there is (RFC 8949). Accepts what is well-formed, also where it is not
 * the preferred encoding, and refuses the rest.
 * @throws {DecodeError}
 */
export function decodeCbor(payload: Uint8Array): DataTree {
  return new CborDecoder(payload).whole()
}

class CborDecoder extends ItemDecoder {
  protected override itemAt(depth: number, start: number): DataTree {
    const initial = this.reader.uint8()
    const major = initial >> 5
    const info = initial & 0x1f
    if (major === 7) return this.#simple(info, start)
    const isIndefinite = info === INDEFINITE
    if (isIndefinite && (major < 2 || major === 6)) throw new DecodeError('There is no such initial byte', start)
    const argument = isIndefinite ? 0n : this.#argument(info, start)
    switch (major) {
      case 0:
        return { kind: 'number', text: String(argument) }
      case 1:
        return { kind: 'number', text: String(-1n - argument) }
      case 2:
        return {
          kind: 'bytes',
          value: isIndefinite ? concat(this.#chunks(2)) : this.reader.bytes(this.#length(argument)),
        }
      case 3:
        return { kind: 'string', value: isIndefinite ? this.#textChunks() : this.reader.text(this.#length(argument)) }
      case 4:
        return { kind: 'array', items: this.items(depth, this.#endOf(isIndefinite, argument)) }
      case 5:
        return { kind: 'map', entries: this.entries(depth, this.#endOf(isIndefinite, argument)) }
      default:
        return tagged(argument, this.item(depth + 1))
    }
  }

  #argument(info: number, start: number): bigint {
    if (info < 24) return BigInt(info)
    if (info === 24) return BigInt(this.reader.uint8())
    if (info === 25) return BigInt(this.reader.uint16())
    if (info === 26) return BigInt(this.reader.uint32())
    if (info === 27) return this.reader.uint64()
    throw new DecodeError('There is no such initial byte', start)
  }

  /** Of bytes or of items, of which each has one byte at least. */
  #length(argument: bigint): number {
    if (argument > BigInt(this.reader.left)) throw new DecodeError('The payload ends too early', this.reader.offset)
    return Number(argument)
  }

  #simple(info: number, start: number): DataTree {
    switch (info) {
      case 20:
      case 21:
        return { kind: 'boolean', value: info === 21 }
      case 22:
        return { kind: 'null' }
      case 23:
        return { kind: 'undefined' }
      case 24: {
        const value = this.reader.uint8()
        if (value < 32) throw new DecodeError('A simple value is written in two bytes that has one', start)
        return { kind: 'simple', value }
      }
      case 25:
        return { kind: 'number', text: float32Text(this.reader.float16()) }
      case 26:
        return { kind: 'number', text: float32Text(this.reader.float32()) }
      case 27:
        return { kind: 'number', text: floatText(this.reader.float64()) }
      default:
        if (info < 20) return { kind: 'simple', value: info }
        throw new DecodeError(
          info === INDEFINITE ? 'There is nothing to break off' : 'There is no such initial byte',
          start,
        )
    }
  }

  #isBroken(): boolean {
    if (this.reader.peek() !== BREAK) return false
    this.reader.uint8()
    return true
  }

  /** The pieces of a text or byte string of indefinite length: strings of the same kind and of definite length. */
  #chunks(major: 2 | 3): Uint8Array[] {
    const chunks: Uint8Array[] = []
    while (!this.#isBroken()) {
      const start = this.reader.offset
      const initial = this.reader.uint8()
      if (initial >> 5 !== major || (initial & 0x1f) === INDEFINITE) {
        throw new DecodeError('A string in pieces has a piece of another kind', start)
      }
      const length = this.#length(this.#argument(initial & 0x1f, start))
      if (major === 2) chunks.push(this.reader.bytes(length))
      else chunks.push(new TextEncoder().encode(this.reader.text(length))) // each piece is UTF-8 by itself
    }
    return chunks
  }

  #textChunks(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(concat(this.#chunks(3)))
  }

  #endOf(isIndefinite: boolean, argument: bigint): (count: number) => boolean {
    if (isIndefinite) return () => this.#isBroken()
    const length = this.#length(argument)
    return (count) => count === length
  }
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

/** RFC 8949 §3.4: the meaning of the tags for big numbers and times, beside the value as it is. */
function tagged(tag: bigint, value: DataTree): DataTree {
  const label = labelOf(Number(tag), value)
  return { kind: 'tag', tag: String(tag), value, ...(label === undefined ? {} : { label }) }
}

function labelOf(tag: number, value: DataTree): string | undefined {
  if (tag === 0 && value.kind === 'string') return value.value
  if (tag === 1 && value.kind === 'number') {
    const atMs = Number(value.text) * 1_000
    return Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : undefined
  }
  if ((tag === 2 || tag === 3) && value.kind === 'bytes') {
    const hex = Array.from(value.value, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const number = BigInt(`0x${hex === '' ? '0' : hex}`)
    return String(tag === 2 ? number : -1n - number)
  }
  return undefined
}
