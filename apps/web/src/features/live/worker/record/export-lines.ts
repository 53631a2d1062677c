import { parseJson } from '@thingdeck/json'
import { toBase64 } from '../../../../shared/bytes-text.ts'
import { csvField, isFormula } from '../../../../shared/csv-field.ts'
import { textOf } from '../../../../shared/decode/text.ts'
import { propertiesToJson } from '../../../../shared/recording/recording-format.ts'
import type { StoredMessage } from '../ring/message-ring.ts'

/**
 * One message as a line of JSON. `receivedNotBefore` is there where the console stood still: it came at some time from
 * then to `receivedAt`. The payload stands in `payload` when it is JSON, as it was sent and digit for digit; in
 * `payloadText` when it is other text; else in `payloadBase64`. JSON that stands not on one line, or with white space
 * around it, is in both `payload` and `payloadText`: only the latter is then what was sent, byte for byte.
 */
export function jsonLine(message: StoredMessage): string {
  const { sequence, receivedAtMs, topic, payload, qos, retain, dup, order, properties } = message
  const head = JSON.stringify({
    sequence,
    receivedAt: new Date(receivedAtMs).toISOString(),
    ...(message.notBeforeMs === undefined ? {} : { receivedNotBefore: new Date(message.notBeforeMs).toISOString() }),
    topic,
    qos,
    retain,
    dup,
    ...(order ? { order } : {}),
    ...(properties ? { properties: propertiesToJson(properties) } : {}),
  })
  return `${head.slice(0, -1)},${payloadMember(payload)}}`
}

function payloadMember(payload: Uint8Array): string {
  const text = textOf(payload)
  if (text === undefined) return `"payloadBase64":"${toBase64(payload)}"`
  const asText = `"payloadText":${JSON.stringify(text)}`
  if (!isJson(text)) return asText
  // A line break cannot stand within a JSON string, so each is white space between tokens.
  const line = text.trim().replace(/[\r\n]+/g, ' ')
  return line === text ? `"payload":${line}` : `"payload":${line},${asText}`
}

function isJson(text: string): boolean {
  try {
    parseJson(text)
    return true
  } catch {
    return false
  }
}

export const CSV_HEADER =
  'sequence,receivedAt,receivedNotBefore,topic,sizeBytes,qos,retain,dup,order,contentType,encoding,payload'

/**
 * One message as a line of CSV (RFC 4180). The column `encoding` says how to have the payload's bytes again: `text` is
 * their UTF-8 as it was sent; `text-apostrophe` the same behind an apostrophe, see {@link csvField}; `base64` the rest.
 */
export function csvLine(message: StoredMessage): string {
  const { sequence, receivedAtMs, topic, payload, qos, retain, dup, order = '', properties } = message
  const text = textOf(payload)
  const encoding = text === undefined ? 'base64' : isFormula(text) ? 'text-apostrophe' : 'text'
  const fields = [
    sequence,
    new Date(receivedAtMs).toISOString(),
    message.notBeforeMs === undefined ? '' : new Date(message.notBeforeMs).toISOString(),
    topic,
    payload.length,
    qos,
    retain,
    dup,
    order,
    properties?.contentType ?? '',
    encoding,
    text ?? toBase64(payload),
  ]
  return fields.map((field) => csvField(String(field))).join(',')
}
