import { toHex } from '../../../../shared/bytes-text.ts'
import { utf8Of } from '../../../../shared/decode/text.ts'
import { type Draft, EMPTY_DRAFT, type EmptyProperty } from '../../../../shared/message-draft/draft.ts'
import { isJson } from '../../../../shared/message-draft/json-text.ts'
import { canBeEdited } from '../../../../shared/message-draft/line-ends.ts'
import type { MessageProperties, Qos } from '../../../../shared/mqtt/message.ts'

/** What a draft is made like: a message as it was received, or as the broker retains it. */
export interface MessageToRepeat {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  readonly properties?: MessageProperties
}

/**
 * A draft of the same message: sent unedited, each byte of payload and properties is the same. So JSON is not laid out,
 * braces are not placeholders, and what a text field could not hold is hex.
 */
export function draftLike({ topic, payload, qos, retain, properties = {} }: MessageToRepeat): Draft {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = properties
  const { messageExpiryIntervalSeconds: expiry } = properties
  const text = editableText(payload)
  const correlation = correlationData && oneLine(correlationData)
  const sentEmpty: readonly (EmptyProperty | false)[] = [
    contentType === '' && 'contentType',
    correlationData?.length === 0 && 'correlation',
    payloadFormatIndicator === false && 'isUtf8',
  ]
  return {
    ...EMPTY_DRAFT,
    topic,
    form: text === undefined ? 'hex' : isJson(text) ? 'json' : 'text',
    text: text ?? toHex(payload),
    qos,
    retain,
    contentType: contentType ?? '',
    responseTopic: responseTopic ?? '',
    correlation: correlation ?? (correlationData ? toHex(correlationData) : ''),
    correlationForm: correlationData && correlation === undefined ? 'hex' : 'text',
    // What is left of it may be under a second, which is forwarded as 0; AWS makes 1 of it.
    expiry: expiry === undefined ? '' : String(Math.max(1, expiry)),
    isUtf8: payloadFormatIndicator ?? false,
    user: userProperties ?? [],
    sentEmpty: sentEmpty.filter((name) => name !== false),
  }
}

function editableText(payload: Uint8Array): string | undefined {
  const text = utf8Of(payload)
  return text !== undefined && canBeEdited(text) ? text : undefined
}

/** What a field of one line holds. */
function oneLine(bytes: Uint8Array): string | undefined {
  const text = utf8Of(bytes)
  return text !== undefined && /[\r\n]/.test(text) ? undefined : text
}
