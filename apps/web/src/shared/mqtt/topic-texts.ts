/** Places for topics; a topic that falls on another's place takes it. */
const PLACES = 16_384
/** AWS IoT Core takes topics of 256 bytes at most (AWS IoT quotas): a longer one is read anew each time. */
const LONGEST_BYTES = 256

interface Known {
  readonly bytes: Uint8Array
  readonly text: string
}

/**
 * Topics as text. Few topics bring most of the messages, and to compare bytes with those of before is cheaper than to
 * decode them; what is more, equal topics are the same string then, which whoever looks it up in a map has hashed already.
 */
export class TopicTexts {
  readonly #decoder: TextDecoder
  readonly #known: (Known | undefined)[] = new Array<Known | undefined>(PLACES).fill(undefined)

  constructor(decoder: TextDecoder) {
    this.#decoder = decoder
  }

  /** The text of `data` from `start` to before `end`. */
  textOf(data: Uint8Array, start: number, end: number): string {
    if (end - start > LONGEST_BYTES) return this.#decoder.decode(data.subarray(start, end))
    const place = placeOf(data, start, end)
    const known = this.#known[place]
    if (known && isAt(data, start, end, known.bytes)) return known.text
    const bytes = data.slice(start, end)
    const text = this.#decoder.decode(bytes)
    this.#known[place] = { bytes, text }
    return text
  }
}

/** FNV-1a, 32 bits, folded. */
function placeOf(data: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (data[at] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 16)) & (PLACES - 1)
}

function isAt(data: Uint8Array, start: number, end: number, bytes: Uint8Array): boolean {
  if (bytes.length !== end - start) return false
  for (let at = 0; at < bytes.length; at++) if (data[start + at] !== bytes[at]) return false
  return true
}
