import { JsonParseError, parseJson } from '@thingdeck/json'
import { validateTopicName } from '@thingdeck/topics'
import { fromBase64, fromHex } from '../bytes-text.ts'
import type { MessageProperties, PublishRequest } from '../mqtt/message.ts'
import type { MessageTemplate, PayloadForm } from './message-template.ts'
import { type Expanded, expandTemplate, type TemplateContext } from './template.ts'

/** AWS IoT quotas: message size, 128 KB. */
export const MAX_PAYLOAD_BYTES = 131_072

export interface MessageProblem {
  readonly field: 'topic' | 'payload' | 'properties'
  /** A sentence. */
  readonly message: string
  /** Where in the field as it was typed, if that can be said. */
  readonly from?: number
  readonly to?: number
}

export type BuiltMessage =
  | { readonly ok: true; readonly request: PublishRequest }
  | { readonly ok: false; readonly problem: MessageProblem }

const ENCODER = new TextEncoder()

/** The message that a template makes now, or why it makes none: for the worker that sends it and the form that checks it. */
export function buildMessage(template: MessageTemplate, context: TemplateContext): BuiltMessage {
  const { thingName, replacesPlaceholders = false } = template
  const values = thingName === undefined ? context : { ...context, thingName }
  const expand = (text: string): Expanded => (replacesPlaceholders ? expandTemplate(text, values) : { ok: true, text })
  const topic = expand(template.topic)
  if (!topic.ok) return problem('topic', topic.message, topic)
  const topicProblem = validateTopicName(topic.text)
  if (topicProblem) return problem('topic', `${topicProblem.message}.`)

  const text = expand(template.text)
  if (!text.ok) return problem('payload', text.message, text)
  const payload = encodePayload(template.form, text.text)
  if (!payload.ok) return problem('payload', payload.message, text.text === template.text ? payload : {})
  const { bytes } = payload
  if (bytes.length > MAX_PAYLOAD_BYTES) {
    return problem('payload', `${bytes.length} bytes are more than the ${MAX_PAYLOAD_BYTES} that AWS IoT Core takes.`)
  }
  const properties = expandProperties(template.properties, expand)
  if (typeof properties === 'string') return problem('properties', properties)
  return {
    ok: true,
    request: {
      topic: topic.text,
      payload: bytes,
      qos: template.qos,
      retain: template.retain,
      ...(properties ? { properties } : {}),
    },
  }
}

type EncodedPayload =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly message: string; readonly from?: number; readonly to?: number }

/** The bytes that a text stands for. JSON is checked, and sent as it was written. */
function encodePayload(form: PayloadForm, text: string): EncodedPayload {
  if (form === 'hex' || form === 'base64') {
    const bytes = form === 'hex' ? fromHex(text) : fromBase64(text)
    if (bytes) return { ok: true, bytes }
    const message = form === 'hex' ? 'Write bytes as pairs of hexadecimal digits: 7b 22 0a.' : 'This is no base64.'
    return { ok: false, message }
  }
  if (form === 'json') {
    try {
      parseJson(text)
    } catch (error) {
      if (!(error instanceof JsonParseError)) throw error
      return { ok: false, message: `${error.message}.`, from: error.offset, to: error.offset + 1 }
    }
  }
  return { ok: true, bytes: ENCODER.encode(text) }
}

function expandProperties(
  properties: MessageProperties | undefined,
  expand: (text: string) => Expanded,
): MessageProperties | string | undefined {
  const user: (readonly [string, string])[] = []
  for (const [name, value] of properties?.userProperties ?? []) {
    const expanded = expand(value)
    if (!expanded.ok) return expanded.message
    user.push([name, expanded.text])
  }
  const { responseTopic } = properties ?? {}
  const responseProblem = responseTopic === undefined ? undefined : validateTopicName(responseTopic)
  if (responseProblem) return `Response topic: ${responseProblem.message}.`
  return properties && { ...properties, ...(user.length > 0 ? { userProperties: user } : {}) }
}

function problem(
  field: MessageProblem['field'],
  message: string,
  { from, to }: { readonly from?: number; readonly to?: number } = {},
): BuiltMessage {
  const place = from === undefined || to === undefined ? {} : { from, to }
  return { ok: false, problem: { field, message, ...place } }
}
