import { compactText, isJsonArray, isJsonObject, type JsonValue } from './value.ts'

export interface StringifyOptions {
  /** Spaces per level; 0, the default, for the compact form. */
  readonly indent?: number
}

/** Formats as `JSON.stringify` does, numbers as they were written. */
export function stringifyJson(value: JsonValue, options: StringifyOptions = {}): string {
  const { indent = 0 } = options
  return indent === 0 ? compactText(value) : prettyText(value, ' '.repeat(indent), '\n')
}

function prettyText(value: JsonValue, step: string, newline: string): string {
  const inner = newline + step
  if (isJsonArray(value)) {
    return bracket(
      '[',
      value.map((item) => prettyText(item, step, inner)),
      ']',
      newline,
      inner,
    )
  }
  if (!isJsonObject(value)) return compactText(value)
  const members: string[] = []
  for (const [key, member] of value) members.push(`${JSON.stringify(key)}: ${prettyText(member, step, inner)}`)
  return bracket('{', members, '}', newline, inner)
}

function bracket(open: string, items: readonly string[], close: string, newline: string, inner: string): string {
  return items.length === 0 ? open + close : open + inner + items.join(`,${inner}`) + newline + close
}

/** Bytes of a text in UTF-8; a lone surrogate counts as U+FFFD, as encoders write it. */
export function utf8ByteLength(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 0x80) continue
    if (code < 0x800) {
      bytes += 1
    } else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 2 // two code units, four bytes
      index += 1
    } else {
      bytes += 2
    }
  }
  return bytes
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000
}

/** Bytes of the compact form in UTF-8, the measure of AWS's size limits. */
export function jsonByteLength(value: JsonValue): number {
  return utf8ByteLength(stringifyJson(value))
}
