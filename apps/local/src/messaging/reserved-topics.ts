import type { Message } from '@thingdeck/broker'
import { parseReservedTopic } from '@thingdeck/topics'
import type { Logger } from 'pino'
import type { PublishDocument, ShadowService } from '../services/shadows/shadow-service.ts'
import { answerShadowMessage } from '../services/shadows/shadow-topics.ts'

/**
 * What the server itself does with a message on a `$aws` topic, before it goes to subscribers. A topic of a service
 * that is not there is an ordinary topic, and the log says so.
 */
export function reservedMessages(shadows: ShadowService, publish: PublishDocument, log: Logger) {
  const told = new Set<string>()
  return (topic: string, message: Message): 'deliver' | 'consume' => {
    const reserved = parseReservedTopic(topic)
    switch (reserved?.kind) {
      case 'shadow':
        answerShadowMessage(shadows, reserved, message.payload, publish)
        return 'deliver'
      case 'rule':
        // Basic Ingest goes to rules only; one for a rule that does not exist goes nowhere.
        log.warn({ topic, ruleName: reserved.ruleName }, 'no rule took this message of Basic Ingest')
        return 'consume'
      case 'jobs':
      case 'certificates':
      case 'provisioning':
      case 'defenderMetrics':
      case 'stream':
      case 'command':
      case 'deviceLocation':
        if (!('suffix' in reserved) && !told.has(reserved.kind)) {
          told.add(reserved.kind)
          log.warn({ topic }, `the service behind "${reserved.kind}" topics is not implemented: nobody will answer`)
        }
        return 'deliver'
      default:
        return 'deliver'
    }
  }
}
