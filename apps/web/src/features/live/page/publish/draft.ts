import { isReservedTopic, mayPublish } from '@thingdeck/topics'
import { fromHex, toHex } from '../../../../shared/bytes-text.ts'
import { textOf } from '../../../../shared/decode/text.ts'
import type { MessageProperties, Qos } from '../../../../shared/mqtt/message.ts'
import { buildMessage } from '../../protocol/build-message.ts'
import type { MessageTemplate, PayloadForm } from '../../protocol/publish.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import { payloadAsJson } from '../detail/payload.ts'

/** A message as it is being written: every field as typed, right or wrong. */
export interface Draft {
  readonly topic: string
  readonly form: PayloadForm
  readonly text: string
  readonly qos: Qos
  readonly retain: boolean
  /** What `{{thingName}}` stands for. */
  readonly thingName: string
  readonly contentType: string
  readonly responseTopic: string
  readonly correlation: string
  readonly correlationForm: 'text' | 'hex'
  /** Seconds. */
  readonly expiry: string
  readonly isUtf8: boolean
  readonly user: readonly (readonly [name: string, value: string])[]
}

export const EMPTY_DRAFT: Draft = {
  topic: '',
  form: 'json',
  text: '{\n  \n}',
  qos: 0,
  retain: false,
  thingName: '',
  contentType: '',
  responseTopic: '',
  correlation: '',
  correlationForm: 'text',
  expiry: '',
  isUtf8: false,
  user: [],
}

export const PAYLOAD_FORMS: readonly PayloadForm[] = ['json', 'text', 'hex', 'base64']

/** What is stored may be of an older release: each field counts that makes sense. */
export function readDraft(stored: unknown): Draft {
  if (typeof stored !== 'object' || stored === null) return EMPTY_DRAFT
  const fields: Record<string, unknown> = { ...stored }
  const text = (name: keyof Draft & string, fallback = '') => {
    const value = fields[name]
    return typeof value === 'string' ? value : fallback
  }
  return {
    topic: text('topic'),
    form: PAYLOAD_FORMS.find((form) => form === fields.form) ?? 'json',
    text: text('text', EMPTY_DRAFT.text),
    qos: fields.qos === 1 ? 1 : 0,
    retain: fields.retain === true,
    thingName: text('thingName'),
    contentType: text('contentType'),
    responseTopic: text('responseTopic'),
    correlation: text('correlation'),
    correlationForm: fields.correlationForm === 'hex' ? 'hex' : 'text',
    expiry: text('expiry'),
    isUtf8: fields.isUtf8 === true,
    user: Array.isArray(fields.user) ? fields.user.flatMap(readPair) : [],
  }
}

function readPair(pair: unknown): (readonly [string, string])[] {
  if (!Array.isArray(pair)) return []
  const [name, value] = pair as unknown[]
  return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : []
}

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
  if (draft.user.some(([name]) => name === '')) problems.properties = 'A user property needs a name.'
  const template: MessageTemplate = {
    topic: draft.topic,
    form: draft.form,
    text: draft.text,
    qos: draft.qos,
    retain: draft.retain,
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
  const properties: MessageProperties = {
    ...(draft.isUtf8 ? { payloadFormatIndicator: true } : {}),
    ...(expiry === undefined ? {} : { messageExpiryIntervalSeconds: expiry }),
    ...(draft.contentType === '' ? {} : { contentType: draft.contentType }),
    ...(draft.responseTopic === '' ? {} : { responseTopic: draft.responseTopic }),
    ...(correlationData ? { correlationData } : {}),
    ...(draft.user.length > 0 ? { userProperties: draft.user } : {}),
  }
  return Object.keys(properties).length > 0 ? { properties } : {}
}

/** A draft of the same message: for sending one like it. JSON is laid out, bytes that are no text are hex. */
export function draftLike(message: FullMessage): Draft {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } =
    message.properties ?? {}
  const expiry = message.properties?.messageExpiryIntervalSeconds
  const json = payloadAsJson(message.payload)
  const text = textOf(message.payload)
  const correlation = correlationData && textOf(correlationData)
  return {
    ...EMPTY_DRAFT,
    topic: message.topic,
    form: json !== undefined ? 'json' : text !== undefined ? 'text' : 'hex',
    text: json ?? text ?? toHex(message.payload),
    qos: message.qos,
    retain: message.retain,
    contentType: contentType ?? '',
    responseTopic: responseTopic ?? '',
    correlation: correlation ?? (correlationData ? toHex(correlationData) : ''),
    correlationForm: correlationData && correlation === undefined ? 'hex' : 'text',
    expiry: expiry === undefined ? '' : String(expiry),
    isUtf8: payloadFormatIndicator ?? false,
    user: userProperties ?? [],
  }
}

/** Whether `{{thingName}}` is written anywhere in it. */
export function namesThing({ topic, text, user }: Draft): boolean {
  return [topic, text, ...user.map(([, value]) => value)].some((field) => /\{\{\s*thingName\s*\}\}/.test(field))
}
