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
