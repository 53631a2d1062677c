import type { MqttMessage } from '../../../shared/mqtt/message.ts'
import type { MessageSource, RehearsalMessage } from './protocol.ts'

/** A message that was received, as much of it as a rehearsal looks at. */
export const receivedMessage = (
  { dup: _, notBeforeMs: __, ...message }: MqttMessage,
  source: MessageSource,
): RehearsalMessage => ({ ...message, source })
