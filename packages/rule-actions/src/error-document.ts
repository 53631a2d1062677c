import type { ActionFailure } from './action-error.ts'
import { base64Of } from './bytes.ts'

/** What is known of a message and of who sent it. */
export interface MessageFacts {
  /** Undefined where it has none, as in a rehearsal. */
  readonly traceId?: string | undefined
  readonly clientId?: string | undefined
  readonly sourceIp?: string | undefined
  /** As it came. */
  readonly payload: Uint8Array
}

/** A message as the document of an error action tells of it. */
export const messageFacts = ({ traceId, clientId, sourceIp, payload }: MessageFacts) => ({
  cloudwatchTraceId: traceId ?? null,
  clientId: clientId ?? 'N/A',
  sourceIp: sourceIp ?? null,
  base64OriginalPayload: base64Of(payload),
})

/** An action that failed, as the same document has it. @param label `SqsAction` */
export const failedAction = (label: string, { resource, message }: Pick<ActionFailure, 'resource' | 'message'>) => ({
  failedAction: label,
  failedResource: resource,
  errorMessage: message,
})

/** What an error action is given for a message. @see AWS IoT developer guide, "Error handling (error action)" */
export const errorDocument = (
  ruleName: string,
  topic: string,
  message: MessageFacts,
  failures: readonly ReturnType<typeof failedAction>[],
) => ({ ruleName, topic, ...messageFacts(message), failures })
