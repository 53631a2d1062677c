import { fromBase64, toBase64 } from '../bytes-text.ts'
import type { MessageProperties, MqttMessage, SubscriptionRequest } from '../mqtt/message.ts'
import type { Gap } from './gap.ts'

/**
 * A recording: gzip of JSON Lines. The first line says what it is, the last that it is whole; those between are messages
 * in the order in which they came, with the raw bytes in base64, and what happened to the session.
 *
 *     {"thingdeck":"recording","version":1,"startedAtMs":1795329900000,"subscriptions":[{"filter":"dt/#","qos":0}],
 *     "endpoint":"a1b2-ats.iot.eu-west-1.amazonaws.com"}   (one line)
 *     {"atMs":1795329900113,"topic":"dt/pump-7","payload":"e30=","qos":1}
 *     {"atMs":1795329900150,"notBeforeMs":1795329900120,"topic":"dt/pump-7","payload":"e30=","qos":1}
 *     {"gap":{"fromMs":1795329900200,"toMs":1795329900900,"reason":"keep-alive timeout (0x8d)"}}
 *     {"end":{"atMs":1795329901000,"messages":1,"gaps":1}}
 */
export interface RecordingHeader {
  readonly startedAtMs: number
  readonly subscriptions: readonly SubscriptionRequest[]
  /** Host that the messages came from, which tells the account and region; recordings of before have none. */
  readonly endpoint?: string
}

export type RecordingLine =
  | { readonly kind: 'message'; readonly message: MqttMessage }
  | { readonly kind: 'gap'; readonly gap: Gap }
  | { readonly kind: 'end'; readonly atMs: number | undefined }
  /** A message of a topic that the reader did not want. */
  | { readonly kind: 'skipped' }

const RECORDING_VERSION = 1

export function headerLine({ startedAtMs, subscriptions, endpoint }: RecordingHeader): string {
  return JSON.stringify({ thingdeck: 'recording', version: RECORDING_VERSION, startedAtMs, subscriptions, endpoint })
}

/** `notBeforeMs`: it came at some time from then to `atMs`. Flags that are off are left out: most are. */
export function messageLine(message: MqttMessage): string {
  const { receivedAtMs, notBeforeMs, topic, payload, qos, retain, dup, properties } = message
  return JSON.stringify({
    atMs: receivedAtMs,
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    topic,
    payload: toBase64(payload),
    qos,
    ...(retain ? { retain } : {}),
    ...(dup ? { dup } : {}),
    ...(properties ? { properties: propertiesToJson(properties) } : {}),
  })
}

export const gapLine = (gap: Gap) => JSON.stringify({ gap })

export const endLine = (end: { readonly atMs: number; readonly messages: number; readonly gaps: number }) =>
  JSON.stringify({ end })

/** MQTT 5 properties as JSON: Correlation Data, which is bytes, in base64. */
export function propertiesToJson(properties: MessageProperties): object {
  const { correlationData, ...rest } = properties
  return correlationData ? { ...rest, correlationData: toBase64(correlationData) } : rest
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseFields(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Answers a sentence when the line does not begin a recording that can be read. */
export function parseHeader(line: string): RecordingHeader | string {
  const fields = parseFields(line)
  if (fields?.thingdeck !== 'recording') return 'This file is no recording: its first line does not say so.'
  if (fields.version !== RECORDING_VERSION) {
    return `This recording has version ${String(fields.version)}; version ${RECORDING_VERSION} can be read.`
  }
  if (typeof fields.startedAtMs !== 'number') return 'The first line does not say when the recording began.'
  const subscriptions = Array.isArray(fields.subscriptions) ? fields.subscriptions.flatMap(subscriptionOf) : []
  const endpoint = typeof fields.endpoint === 'string' ? { endpoint: fields.endpoint } : {}
  return { startedAtMs: fields.startedAtMs, subscriptions, ...endpoint }
}

function subscriptionOf(value: unknown): SubscriptionRequest[] {
  if (!isFields(value) || typeof value.filter !== 'string') return []
  return [{ filter: value.filter, qos: value.qos === 1 ? 1 : 0 }]
}

/**
 * Undefined for a line that is none of a recording's. The payload of a message whose topic is not wanted is not
 * decoded: most of a recording is of no use to who looks for one topic.
 */
export function parseLine(line: string, wants: (topic: string) => boolean = () => true): RecordingLine | undefined {
  const fields = parseFields(line)
  if (!fields) return undefined
  if (isFields(fields.end)) {
    const { atMs } = fields.end
    return { kind: 'end', atMs: typeof atMs === 'number' ? atMs : undefined }
  }
  if (isFields(fields.gap)) {
    const gap = gapOf(fields.gap)
    return gap && { kind: 'gap', gap }
  }
  const { atMs, topic, qos } = fields
  if (typeof topic === 'string' && !wants(topic)) return { kind: 'skipped' }
  const payload = typeof fields.payload === 'string' ? fromBase64(fields.payload) : undefined
  if (!payload || typeof atMs !== 'number' || typeof topic !== 'string' || (qos !== 0 && qos !== 1)) return undefined
  const properties = isFields(fields.properties) ? propertiesOf(fields.properties) : undefined
  const message: MqttMessage = {
    topic,
    payload,
    qos,
    retain: fields.retain === true,
    dup: fields.dup === true,
    receivedAtMs: atMs,
    ...(typeof fields.notBeforeMs === 'number' ? { notBeforeMs: fields.notBeforeMs } : {}),
    ...(properties ? { properties } : {}),
  }
  return { kind: 'message', message }
}

function gapOf({ fromMs, toMs, reason, cause }: Fields): Gap | undefined {
  if (typeof fromMs !== 'number' || typeof toMs !== 'number' || typeof reason !== 'string') return undefined
  const known = cause === 'disconnected' || cause === 'broker-limit' || cause === 'paused' || cause === 'stood-still'
  return { fromMs, toMs, reason, ...(known ? { cause } : {}) }
}

function propertiesOf(fields: Fields): MessageProperties {
  const correlationData = typeof fields.correlationData === 'string' ? fromBase64(fields.correlationData) : undefined
  const { contentType, responseTopic, payloadFormatIndicator, messageExpiryIntervalSeconds, userProperties } = fields
  const user = Array.isArray(userProperties) ? userProperties.flatMap(userPropertyOf) : []
  return {
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(typeof responseTopic === 'string' ? { responseTopic } : {}),
    ...(typeof payloadFormatIndicator === 'boolean' ? { payloadFormatIndicator } : {}),
    ...(typeof messageExpiryIntervalSeconds === 'number' ? { messageExpiryIntervalSeconds } : {}),
    ...(correlationData ? { correlationData } : {}),
    ...(user.length > 0 ? { userProperties: user } : {}),
  }
}

function userPropertyOf(value: unknown): (readonly [string, string])[] {
  if (!Array.isArray(value)) return []
  const [name, text]: unknown[] = value
  return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : []
}
