import type { Message } from '@thingdeck/broker'
import { RuleInput } from '@thingdeck/rules-sql'
import type { Publisher } from '../../foundation/traffic.ts'

/**
 * A message as rules read it.
 * @param topic its own, or of Basic Ingest what is behind the rule's name
 */
export function ruleInput(message: Message, topic: string, publisher: Publisher | undefined): RuleInput {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = message.properties
  return new RuleInput({
    topic,
    payload: message.payload,
    timestampMs: message.receivedAtMs,
    clientId: publisher?.clientId,
    principal: publisher?.principal.principalId,
    sourceIp: publisher?.sourceIp,
    traceId: publisher?.traceId,
    mqtt: { payloadIsUtf8: payloadFormatIndicator === 1, contentType, responseTopic, correlationData, userProperties },
  })
}
