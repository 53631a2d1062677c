import { isJsonArray, JsonNumber, type JsonObject, type JsonValue } from './value.ts'

export interface StringifyOptions {
  /** Spaces per level; 0, the default, for the compact form. */
  readonly indent?: number
}

/** Formats as `JSON.stringify` does, numbers as they were written. */
export function stringifyJson(value: JsonValue, options: StringifyOptions = {}): string {
  return format(value, ' '.repeat(options.indent ?? 0), '\n')
}

function format(value: JsonValue, step: string, newline: string): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof JsonNumber) return value.text
  if (isJsonArray(value)) {
    const inner = newline + step
    return bracket(
      '[',
      value.map((item) => format(item, step, inner)),
      ']',
      step,
      newline,
    )
  }
  return bracket('{', members(value, step, newline + step), '}', step, newline)
}

function members(object: JsonObject, step: string, newline: string): string[] {
  const colon = step === '' ? ':' : ': '
  const texts: string[] = []
  for (const [key, member] of object) texts.push(JSON.stringify(key) + colon + format(member, step, newline))
  return texts
}

function bracket(open: string, items: readonly string[], close: string, step: string, newline: string): string {
  if (items.length === 0 || step === '') return open + items.join(',') + close
  return open + newline + step + items.join(`,${newline}${step}`) + newline + close
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
