import { malformed } from './malformed.ts'
import type { Shape, TimestampFormat } from './shape.ts'
import { formatTimestamp, parseTimestamp } from './timestamps.ts'

/** Where a value stands as text; its default timestamp format depends on it. */
export type TextLocation = 'label' | 'query' | 'header'

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a value that stands in a path, a query string or a header.
 * @throws {AwsError} SerializationException
 * @see Smithy 2.0, "HTTP binding traits"
 */
export function parseText(shape: Shape, text: string, location: TextLocation, member: string): unknown {
  switch (shape.kind) {
    case 'string':
      return shape.json && location === 'header' ? decodeJsonHeader(text, member) : text
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true'
      throw malformed(`The value of '${member}' is not a boolean`)
    case 'number':
      return parseNumber(text, member)
    case 'timestamp': {
      const date = parseTimestamp(text, formatOf(shape.format, location))
      if (!date) throw malformed(`The value of '${member}' is not a timestamp`)
      return date
    }
    case 'blob':
      return decodeBase64(text, member)
    case 'list':
      return splitHeader(text).map((item) => parseText(shape.value, item, location, member))
    default:
      throw new TypeError(`A ${shape.kind} has no text form: '${member}'`)
  }
}

/**
 * Writes a value for a header.
 * @throws {TypeError} where the value is not of the shape
 */
export function formatText(shape: Shape, value: unknown, member: string): string {
  switch (shape.kind) {
    case 'string':
      if (typeof value !== 'string') break
      return shape.json ? Buffer.from(value, 'utf8').toString('base64') : value
    case 'boolean':
      if (typeof value !== 'boolean') break
      return String(value)
    case 'number':
      if (typeof value !== 'number') break
      return String(value)
    case 'timestamp':
      if (!(value instanceof Date)) break
      return formatTimestamp(value, formatOf(shape.format, 'header'))
    case 'blob':
      if (!(value instanceof Uint8Array)) break
      return encodeBase64(value)
    case 'list':
      if (!Array.isArray(value)) break
      return value.map((item) => quote(shape.value, formatText(shape.value, item, member))).join(', ')
  }
  throw new TypeError(`'${member}' of the answer is not a ${shape.kind}`)
}

/** @throws {AwsError} SerializationException */
export function decodeBase64(text: string, member: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 === 0 && !text.includes('-') && !text.includes('_')) {
    // What is not Base64 the decoder passes over: less comes out then. An expression would take seconds of a large one.
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length === (text.length / 4) * 3 - padding) return new Uint8Array(bytes)
  }
  throw malformed(`The value of '${member}' is not base64`)
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function parseNumber(text: string, member: string): number {
  if (NUMBER.test(text) || text === 'NaN' || text === 'Infinity' || text === '-Infinity') return Number(text)
  throw malformed(`The value of '${member}' is not a number`)
}

function formatOf(format: TimestampFormat | undefined, location: TextLocation): TimestampFormat {
  return format ?? (location === 'header' ? 'http-date' : 'date-time')
}

function decodeJsonHeader(text: string, member: string): string {
  try {
    return utf8.decode(decodeBase64(text, member))
  } catch {
    throw malformed(`The value of '${member}' is not base64 of UTF-8 text`)
  }
}

/** `a, "b, \"c\"" ` → `['a', 'b, "c"']`: a list in one header, RFC 9110 §5.6.1 and §5.6.4. */
function splitHeader(text: string): string[] {
  const items: string[] = []
  let item = ''
  let isQuoted = false // the item is, or has been, within quotes: what stands around them is blank
  let isOpen = false
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index)
    if (isOpen && char === '\\') {
      index += 1
      item += text.charAt(index)
    } else if (char === '"') {
      if (!isOpen && !isQuoted) item = ''
      isOpen = !isOpen
      isQuoted = true
    } else if (char === ',' && !isOpen) {
      items.push(isQuoted ? item : item.trim())
      item = ''
      isQuoted = false
    } else if (isOpen || !isQuoted) item += char
  }
  return [...items, isQuoted ? item : item.trim()]
}

function quote(shape: Shape, text: string): string {
  if (shape.kind !== 'string' || !/[",]|^\s|\s$|^$/.test(text)) return text
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
}
