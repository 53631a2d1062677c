import { type DirectMessage, MOST_CONFIRMATION_SECONDS } from '@thingdeck/contract'
import { isReservedTopic } from '@thingdeck/topics'
import { toBase64 } from '../../shared/bytes-text.ts'
import { buildMessage } from '../../shared/message-draft/build-message.ts'
import type { Draft } from '../../shared/message-draft/draft.ts'
import { type DraftField, readTemplate } from '../../shared/message-draft/read-template.ts'

/** What is written of a direct message beside the draft that every message has. */
export interface Delivery {
  readonly confirmation: boolean
  /** Seconds, as typed. */
  readonly timeout: string
}

export type ReadDirectMessage =
  | { readonly ok: true; readonly message: DirectMessage; readonly sizeBytes: number }
  | { readonly ok: false; readonly problems: Partial<Record<DraftField | 'timeout', string>> }

/**
 * The message that a draft means, as the API takes it, or what is wrong with it, by field. Neither quality of service,
 * retention nor expiry are a direct message's: see the AWS IoT data plane API reference, SendDirectMessage.
 */
export function readDirectMessage(draft: Draft, { confirmation, timeout }: Delivery, nowMs: number): ReadDirectMessage {
  const direct: Draft = { ...draft, qos: confirmation ? 1 : 0, retain: false, expiry: '' }
  const read = readTemplate(direct, nowMs)
  const problems: Partial<Record<DraftField | 'timeout', string>> = read.ok ? {} : { ...read.problems }
  if (isReservedTopic(draft.topic)) problems.topic = 'The topic of a direct message cannot begin with $.'
  const timeoutSeconds = Number(timeout)
  if (
    confirmation &&
    !(Number.isInteger(timeoutSeconds) && timeoutSeconds >= 1 && timeoutSeconds <= MOST_CONFIRMATION_SECONDS)
  ) {
    problems.timeout = `Whole seconds from 1 to ${MOST_CONFIRMATION_SECONDS}.`
  }
  if (!read.ok || Object.keys(problems).length > 0) return { ok: false, problems }
  const built = buildMessage(read.template, { nowMs, uuid: crypto.randomUUID(), seq: 1 })
  if (!built.ok) return { ok: false, problems: { [built.problem.field]: built.problem.message } }
  const { topic, payload, properties = {} } = built.request
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties = [] } = properties
  return {
    ok: true,
    sizeBytes: payload.length,
    message: {
      topic,
      payload: toBase64(payload),
      confirmation,
      ...(confirmation && { timeoutSeconds }),
      ...(contentType && { contentType }),
      ...(responseTopic && { responseTopic }),
      ...(correlationData && correlationData.length > 0 && { correlationData: toBase64(correlationData) }),
      ...(payloadFormatIndicator !== undefined && { isUtf8: payloadFormatIndicator }),
      ...(userProperties.length > 0 && { userProperties: userProperties.map(([name, value]) => ({ name, value })) }),
    },
  }
}
