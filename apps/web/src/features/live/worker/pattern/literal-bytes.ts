/** Whether something occurs in bytes of UTF-8 from `start` to before `end`. */
export interface ByteTest {
  test(bytes: Uint8Array, start?: number, end?: number): boolean
}

/**
 * Looks for an ASCII text in bytes, as Horspool does: the byte under the text's end says how far it can be moved, so
 * that most bytes are never looked at. R. N. Horspool, "Practical fast searching in strings".
 */
export class LiteralBytes implements ByteTest {
  readonly #lower: Uint8Array
  readonly #upper: Uint8Array
  readonly #shift: Uint16Array

  /** @param text of ASCII, at least one character and at most 65,535 */
  constructor(text: string, ignoreCase: boolean) {
    const bytesOf = (each: string) => Uint8Array.from(each, (character) => character.charCodeAt(0))
    this.#lower = bytesOf(ignoreCase ? text.toLowerCase() : text)
    this.#upper = bytesOf(ignoreCase ? text.toUpperCase() : text)
    const last = text.length - 1
    this.#shift = new Uint16Array(256).fill(text.length)
    for (let index = 0; index < last; index++) {
      this.#shift[this.#lower[index] ?? 0] = last - index
      this.#shift[this.#upper[index] ?? 0] = last - index
    }
  }

  static accepts(text: string): boolean {
    return text.length > 0 && text.length <= 0xffff && /^[\0-\x7f]*$/.test(text)
  }

  test(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    const lower = this.#lower
    const upper = this.#upper
    const shift = this.#shift
    const last = lower.length - 1
    const lastLower = lower[last]
    const lastUpper = upper[last]
    for (let at = start + last; at < end; ) {
      const byte = bytes[at] as number
      if (byte === lastLower || byte === lastUpper) {
        let index = last - 1
        let place = at - 1
        while (index >= 0 && (bytes[place] === lower[index] || bytes[place] === upper[index])) {
          index -= 1
          place -= 1
        }
        if (index < 0) return true
      }
      at += shift[byte] as number
    }
    return false
  }
}
