import type { QueryValue } from '../foundation/query-api.ts'

/**
 * The answer of an operation.
 * @see AWS Smithy, "AWS query protocol"
 */
export function formatResult(xmlns: string, action: string, requestId: string, result: QueryValue | undefined): string {
  const body = result === undefined ? '' : element(`${action}Result`, result)
  const metadata = element('ResponseMetadata', { RequestId: requestId })
  return `<${action}Response xmlns="${xmlns}">${body}${metadata}</${action}Response>`
}

export function formatError(
  xmlns: string,
  requestId: string,
  error: { code: string; message: string; status: number },
) {
  const type = error.status < 500 ? 'Sender' : 'Receiver'
  const body = element('Error', { Type: type, Code: error.code, Message: error.message })
  return `<ErrorResponse xmlns="${xmlns}">${body}${element('RequestId', requestId)}</ErrorResponse>`
}

function element(name: string, value: QueryValue): string {
  return `<${name}>${content(value)}</${name}>`
}

function content(value: QueryValue): string {
  if (typeof value !== 'object') return escapeXml(String(value))
  if (value instanceof Date) return value.toISOString()
  if (isList(value)) return value.map((item) => element('member', item)).join('')
  return Object.entries(value)
    .map(([name, member]) => (member === undefined ? '' : element(name, member)))
    .join('')
}

function isList(value: object): value is readonly QueryValue[] {
  return Array.isArray(value)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML 1.0 cannot carry are replaced, as they are in JSON of a broken encoding. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
