import type { Message, MessageProperties } from '@thingdeck/broker'

/** A message as a row of a table; {@link toRow} has the columns in this order. */
export interface MessageRow {
  topic: string
  payload: Uint8Array
  qos: 0 | 1
  retain: 0 | 1
  /** JSON of {@link StoredProperties}; null for none, which is what most messages have. */
  properties: string | null
  received_at_ms: number
  expires_at_ms: number | null
  trace_id: string | null
}

/** {@link MessageProperties} with the binary member in base64. */
type StoredProperties = Omit<MessageProperties, 'correlationData'> & { correlationData?: string }

/** Of the tables as they were made first; the trace id came later. */
export const MESSAGE_COLUMNS = `
  topic TEXT NOT NULL,
  payload BLOB NOT NULL,
  qos INTEGER NOT NULL,
  retain INTEGER NOT NULL,
  properties TEXT,
  received_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER`

export function toRow(
  message: Message,
): [string, Uint8Array, number, number, string | null, number, number | null, string | null] {
  return [
    message.topic,
    message.payload,
    message.qos,
    message.retain ? 1 : 0,
    encodeProperties(message.properties),
    message.receivedAtMs,
    message.expiresAtMs ?? null,
    message.traceId ?? null,
  ]
}

export function fromRow(row: MessageRow): Message {
  return {
    topic: row.topic,
    payload: row.payload,
    qos: row.qos,
    retain: row.retain === 1,
    properties: decodeProperties(row.properties),
    receivedAtMs: row.received_at_ms,
    ...(row.expires_at_ms === null ? {} : { expiresAtMs: row.expires_at_ms }),
    ...(row.trace_id === null ? {} : { traceId: row.trace_id }),
  }
}

function encodeProperties(properties: MessageProperties): string | null {
  const { correlationData, ...rest } = properties
  const stored: StoredProperties = rest
  if (correlationData) stored.correlationData = Buffer.from(correlationData).toString('base64')
  const json = JSON.stringify(stored)
  return json === '{}' ? null : json
}

export function decodeProperties(json: string | null): MessageProperties {
  if (json === null) return {}
  const { correlationData, ...rest } = JSON.parse(json) as StoredProperties // what encodeProperties wrote
  return correlationData === undefined
    ? rest
    : { ...rest, correlationData: new Uint8Array(Buffer.from(correlationData, 'base64')) }
}
