import { isReservedTopic, mayPublish } from '@thingdeck/topics'
import { fromHex } from '../bytes-text.ts'
import type { MessageProperties } from '../mqtt/message.ts'
import { buildMessage } from './build-message.ts'
import type { Draft, EmptyProperty } from './draft.ts'
import type { MessageTemplate } from './message-template.ts'

export type DraftField = 'topic' | 'payload' | 'retain' | 'properties' | 'expiry' | 'correlation'

export type ReadTemplate =
  | { readonly ok: true; readonly template: MessageTemplate; readonly sizeBytes: number }
  | { readonly ok: false; readonly problems: Partial<Record<DraftField, string>> }

/** AWS IoT quotas: message expiry interval, seven days. */
const MAX_EXPIRY_SECONDS = 604_800

/** The message that the draft means, or what is wrong with it, by field. `nowMs` is for `{{now}}`. */
export function readTemplate(draft: Draft, nowMs: number): ReadTemplate {
  const problems: Partial<Record<DraftField, string>> = {}
  const correlation = correlationBytes(draft)
  if (correlation === 'bad') problems.correlation = 'Write bytes as pairs of hexadecimal digits: 7b 22 0a.'
  const expiry = draft.expiry.trim() === '' ? undefined : Number(draft.expiry)
  if (expiry !== undefined && !(Number.isInteger(expiry) && expiry >= 1 && expiry <= MAX_EXPIRY_SECONDS)) {
    problems.expiry = `Whole seconds from 1 to ${MAX_EXPIRY_SECONDS} (seven days, the most that AWS keeps).`
  }
  if (draft.user.some(([name, value]) => name === '' && value === ''))
    problems.properties = 'A user property needs a name or a value.'
  const template: MessageTemplate = {
    topic: draft.topic,
    form: draft.form,
    text: draft.text,
    qos: draft.qos,
    retain: draft.retain,
    ...(draft.replacesPlaceholders ? { replacesPlaceholders: true } : {}),
    ...(draft.thingName === '' ? {} : { thingName: draft.thingName }),
    ...propertiesOf(draft, expiry, correlation === 'bad' ? undefined : correlation),
  }
  const built = buildMessage(template, { nowMs, uuid: crypto.randomUUID(), seq: 1 })
  if (!built.ok) problems[built.problem.field] ??= built.problem.message
  else {
    const { topic } = built.request
    if (!mayPublish(topic)) problems.topic = 'AWS IoT Core keeps this topic for itself: clients may not publish to it.'
    if (draft.retain && isReservedTopic(topic))
      problems.retain = 'AWS IoT Core retains nothing on topics that begin with $.'
  }
  if (!built.ok || Object.keys(problems).length > 0) return { ok: false, problems }
  return { ok: true, template, sizeBytes: built.request.payload.length }
}

const NO_BYTES = new Uint8Array()

function correlationBytes({ correlation, correlationForm }: Draft): Uint8Array | 'bad' | undefined {
  if (correlation === '') return undefined
  if (correlationForm === 'text') return new TextEncoder().encode(correlation)
  return fromHex(correlation) ?? 'bad'
}

function propertiesOf(
  draft: Draft,
  expiry: number | undefined,
  correlationData: Uint8Array | undefined,
): { properties?: MessageProperties } {
  const isSent = (name: EmptyProperty, isEmpty: boolean) => !isEmpty || draft.sentEmpty.includes(name)
  const properties: MessageProperties = {
    ...(isSent('isUtf8', !draft.isUtf8) ? { payloadFormatIndicator: draft.isUtf8 } : {}),
    ...(expiry === undefined ? {} : { messageExpiryIntervalSeconds: expiry }),
    ...(isSent('contentType', draft.contentType === '') ? { contentType: draft.contentType } : {}),
    ...(draft.responseTopic === '' ? {} : { responseTopic: draft.responseTopic }),
    ...(correlationData ? { correlationData } : isSent('correlation', true) ? { correlationData: NO_BYTES } : {}),
    ...(draft.user.length > 0 ? { userProperties: draft.user } : {}),
  }
  return Object.keys(properties).length > 0 ? { properties } : {}
}
