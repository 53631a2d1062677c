/**
 * The number of bytes `text` takes as UTF-8. A lone surrogate counts as the three bytes of U+FFFD, which is what
 * encoders write for it. Written out because this package runs where `TextEncoder` may be missing, and because
 * counting allocates nothing.
 * @see RFC 3629 §3
 */
export function utf8ByteLength(text: string): number {
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 4
      index++
    } else bytes += 3
  }
  return bytes
}

/** Whether a UTF-16 code unit opens a surrogate pair. */
export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

/** Whether a UTF-16 code unit closes a surrogate pair; false for the `NaN` past the end of a string. */
export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
