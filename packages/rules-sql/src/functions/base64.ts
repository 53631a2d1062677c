const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** By character code: its six bits, 0xff for what is not in the alphabet. */
const BITS = new Uint8Array(128).fill(0xff)
for (const [bits, character] of Array.from(ALPHABET).entries()) BITS[character.charCodeAt(0)] = bits

/** RFC 4648 §4, padded. ECMAScript has no such thing that all browsers have. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [one = 0, two = 0, three = 0] = bytes.subarray(index, index + 3)
    const left = bytes.length - index
    text += character(one >> 2) + character(((one & 3) << 4) | (two >> 4))
    text += left > 1 ? character(((two & 15) << 2) | (three >> 6)) : '='
    text += left > 2 ? character(three & 63) : '='
  }
  return text
}

/** @returns undefined for what is not Base64: spaces, other letters, wrong padding. None at all is taken, as in Java. */
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

function character(bits: number): string {
  return ALPHABET.charAt(bits)
}
