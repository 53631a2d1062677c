import type { RuleCase } from '@thingdeck/contract'
import { fromBase64, toBase64 } from '../../../../shared/bytes-text.ts'
import type { RehearsalMessage, ServiceAnswer } from '../protocol.ts'

/** A message as that of a case; what is expected of it is to be told. */
export function caseOf(
  name: string,
  message: RehearsalMessage,
  answers: readonly ServiceAnswer[],
): Omit<RuleCase, 'expected'> {
  const { topic, payload, receivedAtMs, clientId, principal, sourceIp, properties = {} } = message
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = properties
  const { text, isBase64 } = textAs(payload)
  return {
    name,
    topic,
    payload: text,
    ...(isBase64 && { isBase64 }),
    receivedAtMs: Math.round(receivedAtMs),
    ...(clientId !== undefined && { clientId }),
    ...(principal !== undefined && { principal }),
    ...(sourceIp !== undefined && { sourceIp }),
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData && { correlationData: toBase64(correlationData) }),
    ...(payloadFormatIndicator && { payloadIsUtf8: true }),
    ...(userProperties && { userProperties: userProperties.map(([key, value]) => ({ name: key, value })) }),
    ...(answers.length > 0 && { answers: answers.map(answerOf) }),
  }
}

const answerOf = ({ functionName, pattern, answer, isFailure }: ServiceAnswer) => ({
  functionName,
  answer,
  ...(pattern !== undefined && pattern !== '' && { pattern }),
  ...(isFailure && { isFailure }),
})

/** The message of a case, to be rehearsed on. */
export function messageOfCase(testCase: RuleCase): RehearsalMessage {
  const { topic, payload, isBase64, receivedAtMs, clientId, principal, sourceIp } = testCase
  const { contentType, responseTopic, correlationData, payloadIsUtf8, userProperties } = testCase
  const correlation = correlationData === undefined ? undefined : fromBase64(correlationData)
  return {
    source: 'typed',
    topic,
    payload: (isBase64 ? fromBase64(payload) : undefined) ?? new TextEncoder().encode(isBase64 ? '' : payload),
    qos: 0,
    retain: false,
    receivedAtMs,
    clientId,
    principal,
    sourceIp,
    properties: {
      ...(contentType !== undefined && { contentType }),
      ...(responseTopic !== undefined && { responseTopic }),
      ...(correlation && { correlationData: correlation }),
      ...(payloadIsUtf8 && { payloadFormatIndicator: true }),
      ...(userProperties && { userProperties: userProperties.map(({ name, value }) => [name, value] as const) }),
    },
  }
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textAs(bytes: Uint8Array): { readonly text: string; readonly isBase64: boolean } {
  try {
    return { text: DECODER.decode(bytes), isBase64: false }
  } catch {
    return { text: toBase64(bytes), isBase64: true }
  }
}
