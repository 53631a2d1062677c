const BASE64 = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PADDING = 0x3d

/** Writes bytes as base64 (RFC 4648 §4) into `target` from `at`, which must have room. Answers where it ends. */
export function writeBase64(bytes: Uint8Array, target: Uint8Array, at: number): number {
  const whole = bytes.length - (bytes.length % 3)
  let to = at
  for (let from = 0; from < whole; from += 3) {
    to = writeGroup((byteAt(bytes, from) << 16) | (byteAt(bytes, from + 1) << 8) | byteAt(bytes, from + 2), target, to)
  }
  if (whole === bytes.length) return to
  to = writeGroup((byteAt(bytes, whole) << 16) | (byteAt(bytes, whole + 1) << 8), target, to)
  target[to - 1] = PADDING
  if (bytes.length - whole === 1) target[to - 2] = PADDING
  return to
}

function writeGroup(group: number, target: Uint8Array, to: number): number {
  target[to] = byteAt(BASE64, group >> 18)
  target[to + 1] = byteAt(BASE64, (group >> 12) & 0x3f)
  target[to + 2] = byteAt(BASE64, (group >> 6) & 0x3f)
  target[to + 3] = byteAt(BASE64, group & 0x3f)
  return to + 4
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0

const ASCII = new TextDecoder()

/** Bytes as base64 (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  writeBase64(bytes, text, 0)
  return ASCII.decode(text)
}

/** Base64, with or without padding and white space, also in the URL's alphabet; undefined for what is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const plain = text.replace(/\s+/g, '').replace(/-/g, '+').replace(/_/g, '/')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.replace(/=+$/, '').length % 4 === 1) return undefined
  try {
    return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** `7b 22`, with a space between bytes. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** Pairs of hexadecimal digits, with white space between bytes or not; undefined for what is none. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  const pairs = text.trim() === '' ? [] : text.trim().split(/\s+/)
  if (!pairs.every((each) => each.length % 2 === 0 && /^[0-9a-f]*$/i.test(each))) return undefined
  const digits = pairs.join('')
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}
