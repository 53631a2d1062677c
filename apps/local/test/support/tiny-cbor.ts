/**
 * CBOR as a library for small devices writes and looks it up: a stream of heads and bytes, in the order of the calls. It
 * has nothing in common with the server's own.
 */
export class TinyCbor {
  readonly #bytes: number[] = []

  map(members: number): this {
    return this.#head(0xa0, members)
  }

  /** A map whose end is told by `end`. */
  openMap(): this {
    this.#bytes.push(0xbf)
    return this
  }

  end(): this {
    this.#bytes.push(0xff)
    return this
  }

  text(text: string): this {
    const bytes = Buffer.from(text)
    this.#head(0x60, bytes.length)
    this.#bytes.push(...bytes)
    return this
  }

  /** The same text with its length in eight bytes, as an encoder may write that does not look for the shortest form. */
  longText(text: string): this {
    const bytes = Buffer.from(text)
    const length = Buffer.alloc(8)
    length.writeBigUInt64BE(BigInt(bytes.length))
    this.#bytes.push(0x7b, ...length, ...bytes)
    return this
  }

  get bytes(): Buffer {
    return Buffer.from(this.#bytes)
  }

  #head(major: number, value: number): this {
    if (value < 24) this.#bytes.push(major | value)
    else if (value < 0x100) this.#bytes.push(major | 24, value)
    else this.#bytes.push(major | 25, value >> 8, value & 0xff)
    return this
  }
}

/** The texts and small numbers of a flat map, by their keys; a map within one is read the same way. */
export type TinyMap = Readonly<Record<string, unknown>>

export function readTinyMap(bytes: Uint8Array): TinyMap {
  const view = Buffer.from(bytes)
  let at = 0
  const argument = (first: number): number => {
    const minor = first & 31
    if (minor < 24) return minor
    const width = 2 ** (minor - 24)
    at += width
    return view.readUIntBE(at - width, width)
  }
  const value = (): unknown => {
    const first = view.readUInt8(at)
    at += 1
    const size = argument(first)
    switch (first >> 5) {
      case 0:
        return size
      case 3:
        at += size
        return view.toString('utf8', at - size, at)
      case 5:
        return Object.fromEntries(Array.from({ length: size }, () => [value(), value()]))
      default:
        throw new Error(`an item that starts with ${first.toString(16)}`)
    }
  }
  const read = value()
  if (at !== view.length || typeof read !== 'object' || read === null) throw new Error('not one map')
  return { ...read }
}
