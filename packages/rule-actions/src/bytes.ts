// As Node's Buffer has it: bytes that are no UTF-8 become U+FFFD, and a byte order mark stays.
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true })
const STRICT = new TextDecoder('utf-8', { fatal: true })
const ENCODER = new TextEncoder()

export const textOf = (bytes: Uint8Array): string => LENIENT.decode(bytes)

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => ENCODER.encode(text)

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes)
    return true
  } catch {
    return false
  }
}

const CHUNK = 8_192

export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

/**
 * Padding may be left out, or be too little.
 * @returns undefined for what is no Base64: one character alone stands for no byte
 */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const characters = /^([A-Za-z0-9+/]*)={0,2}$/.exec(text)?.[1]
  if (characters === undefined || characters.length % 4 === 1) return undefined
  return Uint8Array.from(atob(characters), (character) => character.charCodeAt(0))
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
