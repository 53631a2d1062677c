import type { MessageTemplate } from '../../../shared/message-draft/message-template.ts'
import type { PublishedCounts } from '../../../shared/reports/publish-tally.ts'

/** What became of one message. */
export interface PublishOutcome {
  readonly ok: boolean
  /** With its placeholders replaced. */
  readonly topic: string
  readonly sizeBytes: number
  readonly atMs: number
  /** Until PUBACK; undefined at QoS 0, of which the broker says nothing. */
  readonly roundTripMs?: number
  /** MQTT 5 reason code of the PUBACK, e.g. 0x00, 0x10 (no matching subscribers), 0x87. Undefined at QoS 0. */
  readonly reasonCode?: number
  /** In words. */
  readonly reason: string
}

export interface PublishProgress {
  readonly sent: number
  /** QoS 1: acknowledged. QoS 0: handed to the connection. */
  readonly succeeded: number
  readonly refused: number
  /** Messages per second over the last second. */
  readonly perSecond: number
  readonly last?: PublishOutcome
  readonly lastRefusal?: PublishOutcome
}

/** What a task has published so far, for a report of it. */
export interface TaskWrites {
  readonly counts: PublishedCounts
  /** When the first message was answered, and the last. Epoch ms. */
  readonly fromMs: number
  readonly toMs: number
}

export type PublishProcedures = {
  /**
   * Publishes one message. Refusals by the broker are outcomes, not errors.
   * @throws code `BAD_MESSAGE` for a topic, payload or placeholder that is not valid, with a sentence
   */
  readonly 'live.publish': (template: MessageTemplate) => Promise<PublishOutcome>
  /**
   * Publishes again and again, `perSecond` (0.1 … 100) times a second, `count` times or until stopped. A task: the call
   * returns at once. It stops by itself when the connection is gone for more than ten seconds.
   */
  readonly 'live.publishRepeatedly': (request: {
    readonly task: string
    readonly template: MessageTemplate
    readonly perSecond: number
    readonly count?: number
  }) => void
}
