const MAX_BYTES = 400
const MAX_HEX_BYTES = 64
const STRICT = new TextDecoder('utf-8', { fatal: true })

/** The text of a payload that is UTF-8 without control characters but white space, else undefined. */
export function textOf(payload: Uint8Array): string | undefined {
  try {
    const text = STRICT.decode(payload)
    return hasControlCharacters(text) ? undefined : text
  } catch {
    return undefined
  }
}

function hasControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) return true
  }
  return false
}

/** The beginning of a payload on one line, for a list. */
export function previewOf(payload: Uint8Array): { readonly preview: string; readonly isText: boolean } {
  const head = payload.subarray(0, endOfCharacter(payload))
  const text = textOf(head)
  if (text !== undefined) return { preview: text.replace(/\s+/g, ' '), isText: true }
  const bytes = Array.from(payload.subarray(0, MAX_HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0'))
  return { preview: bytes.join(' '), isText: false }
}

/** The cut may not fall inside a character: its continuation bytes are 0b10xxxxxx. */
function endOfCharacter(payload: Uint8Array): number {
  if (payload.length <= MAX_BYTES) return payload.length
  let end = MAX_BYTES
  while (end > 0 && ((payload[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return end
}
