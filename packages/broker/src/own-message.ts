import type { Message, MessageProperties } from './types.ts'

/** Bytes in a buffer of just their size. */
export function ownCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  copy.set(bytes)
  return copy
}

/** The same message without views on what was read with it, which it would keep in memory. */
export function ownMessage(message: Message): Message {
  const { correlationData } = message.properties
  const properties = correlationData
    ? { ...message.properties, correlationData: ownCopy(correlationData) }
    : message.properties
  return { ...message, properties, payload: ownCopy(message.payload) }
}

/** What budgets count for a message: the bytes of its payload, topic and properties. */
export function messageBytes({ topic, payload, properties }: Message): number {
  return payload.length + Buffer.byteLength(topic) + propertiesBytes(properties)
}

/** Of all text and binary properties. */
export function propertiesBytes(properties: MessageProperties): number {
  const { contentType = '', responseTopic = '', correlationData, userProperties } = properties
  let bytes = Buffer.byteLength(contentType) + Buffer.byteLength(responseTopic) + (correlationData?.length ?? 0)
  if (userProperties) {
    for (const [name, value] of userProperties) bytes += Buffer.byteLength(name) + Buffer.byteLength(value)
  }
  return bytes
}
