import { decodeUtf8 } from '@thingdeck/json'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** By character code: its six bits, 0xff for what is not in the alphabet. */
const BITS = new Uint8Array(128).fill(0xff)
for (const [bits, character] of Array.from(ALPHABET).entries()) BITS[character.charCodeAt(0)] = bits

/** By six bits, the character's code. */
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0))
const PADDING = 0x3d

/** RFC 4648 §4, padded. ECMAScript has no such thing that all browsers have. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING)
  let written = 0
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index
    const one = bytes[index] ?? 0
    const two = bytes[index + 1] ?? 0
    const three = bytes[index + 2] ?? 0
    codes[written] = CODES[one >> 2] ?? 0
    codes[written + 1] = CODES[((one & 3) << 4) | (two >> 4)] ?? 0
    if (left > 1) codes[written + 2] = CODES[((two & 15) << 2) | (three >> 6)] ?? 0
    if (left > 2) codes[written + 3] = CODES[three & 63] ?? 0
    written += 4
  }
  return decodeUtf8(codes) ?? '' // ASCII is UTF-8
}

/**
 * @returns undefined for what is not Base64: spaces, other letters, wrong padding. None at all is taken, as in Java.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const length = text.length % 4 === 0 && text.endsWith('=') ? text.length - (text.endsWith('==') ? 2 : 1) : text.length
  if (length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  let pending = 0
  let pendingBits = 0
  let written = 0
  for (let index = 0; index < length; index += 1) {
    const bits = BITS[text.charCodeAt(index)] ?? 0xff
    if (bits === 0xff) return undefined
    pending = ((pending << 6) | bits) & 0xffff
    pendingBits += 6
    if (pendingBits >= 8) {
      pendingBits -= 8
      bytes[written] = (pending >> pendingBits) & 0xff
      written += 1
    }
  }
  return bytes
}
