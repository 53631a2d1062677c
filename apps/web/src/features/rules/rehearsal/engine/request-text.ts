import { bytesText } from './value-text.ts'

/** A request as JSON with its members in their order; bytes as the text that they are, or in base64. */
export const requestText = (input: object): string => JSON.stringify(readable(input), undefined, 2)

function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return bytesText(value)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(readable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member)]))
}
