import type { MessageProperties, MqttMessage } from './message.ts'
import { TopicTexts } from './topic-texts.ts'

/** A user property as it was sent: name and value. */
export type UserProperty = readonly [name: string, value: string]

/** [MQTT-1.5.4-3]: a byte order mark is a character of the text, and is not dropped. */
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Identifiers of the properties of a PUBLISH (MQTT 5.0 §2.2.2.2). */
const PAYLOAD_FORMAT_INDICATOR = 0x01
const MESSAGE_EXPIRY_INTERVAL = 0x02
const CONTENT_TYPE = 0x03
const RESPONSE_TOPIC = 0x08
const CORRELATION_DATA = 0x09
const SUBSCRIPTION_IDENTIFIER = 0x0b
const USER_PROPERTY = 0x26

const RETAIN = 0b1
const QOS = 0b110
const DUP = 0b1000

const topics = new TopicTexts(UTF8)

/**
 * The message of a PUBLISH packet of MQTT 5.0 (§3.3) that lies in `data` from `start`, where its flags are, to before
 * `end`; `body` is where what follows the fixed header begins. The payload is a view into `data`.
 *
 * Undefined for a packet that is not as MQTT has it, or that this console did not ask for: QoS 2, a Topic Alias.
 */
export function readPublish(
  data: Uint8Array,
  place: { readonly start: number; readonly body: number; readonly end: number },
  receivedAtMs: number,
): MqttMessage | undefined {
  const { start, body, end } = place
  const flags = data[start] ?? 0
  const qos = (flags & QOS) >> 1
  if (qos > 1) return undefined
  const topicEnd = body + 2 + uint16(data, body)
  const length = variableByteInteger(data, topicEnd + (qos === 0 ? 0 : 2), end)
  const payload = length && length.next + length.value
  if (!length || payload === undefined || payload > end || topicEnd === body + 2) return undefined
  const message: MqttMessage = {
    topic: topics.textOf(data, body + 2, topicEnd),
    payload: data.subarray(payload, end),
    qos: qos === 0 ? 0 : 1,
    retain: (flags & RETAIN) !== 0,
    dup: (flags & DUP) !== 0,
    receivedAtMs,
  }
  if (length.value === 0) return message
  const properties = readProperties(data, length.next, payload)
  if (!properties) return undefined
  return Object.keys(properties).length === 0 ? message : { ...message, properties }
}

type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] }

/** User properties in the order in which they were sent, whatever their names. */
function readProperties(data: Uint8Array, from: number, end: number): MessageProperties | undefined {
  const found: Writable<MessageProperties> = {}
  const user: UserProperty[] = []
  let at = from
  const text = () => {
    const textEnd = at + 2 + uint16(data, at)
    const value = data.subarray(at + 2, textEnd)
    at = textEnd
    return value
  }
  while (at < end) {
    const identifier = data[at]
    at += 1
    if (identifier === USER_PROPERTY) user.push([UTF8.decode(text()), UTF8.decode(text())])
    else if (identifier === CONTENT_TYPE) found.contentType = UTF8.decode(text())
    else if (identifier === RESPONSE_TOPIC) found.responseTopic = UTF8.decode(text())
    else if (identifier === CORRELATION_DATA) found.correlationData = Uint8Array.from(text())
    else if (identifier === PAYLOAD_FORMAT_INDICATOR) {
      found.payloadFormatIndicator = data[at] !== 0
      at += 1
    } else if (identifier === MESSAGE_EXPIRY_INTERVAL) {
      found.messageExpiryIntervalSeconds = uint16(data, at) * 0x1_0000 + uint16(data, at + 2)
      at += 4
    } else if (identifier === SUBSCRIPTION_IDENTIFIER) at = variableByteInteger(data, at, end)?.next ?? end + 1
    else return undefined
  }
  if (at > end) return undefined
  if (user.length > 0) found.userProperties = user
  return found
}

const uint16 = (data: Uint8Array, at: number): number => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0)

/** MQTT 5.0 §1.5.5, before `end`. Undefined when it is not all there, and when it has more than four bytes. */
export function variableByteInteger(
  data: Uint8Array,
  from: number,
  end: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0
  for (let index = 0; index < 4 && from + index < end; index++) {
    const byte = data[from + index] ?? 0
    value |= (byte & 0x7f) << (7 * index)
    if (byte < 0x80) return { value, next: from + index + 1 }
  }
  return undefined
}
