import type { Message } from '@thingdeck/broker'
import type { ReservedTopic } from '@thingdeck/topics'
import type { Publisher } from './traffic.ts'

/** Where the answer to a message on a reserved topic goes. It is sent after the message that asked for it. */
export interface ReservedTopicAnswer {
  /** To everybody who subscribed to the topic. */
  publish(topic: string, payload: Uint8Array): void
  /**
   * To the client that asked, subscribed or not, as long as the connection lasts by which it did. Of a message over HTTP or
   * of the server itself: to everybody.
   */
  toAsker(topic: string, payload: Uint8Array): void
  /** Whether the connection is there still by which a client asked; always true of others. */
  isAskerThere(): boolean
}

/** A message on a reserved topic, as it was handed to its subscribers. */
export interface ReservedTopicRequest<Kind extends ReservedTopic['kind']> {
  readonly topic: Extract<ReservedTopic, { kind: Kind }>
  readonly message: Message
  /** Undefined for messages of the server itself. */
  readonly publisher: Publisher | undefined
  readonly answer: ReservedTopicAnswer
}

/**
 * What a service does with messages on the reserved topics it answers, by kind of topic; wills are none of them. It is
 * synchronous, and what it stores is durable before the publisher's PUBACK.
 */
export type ReservedTopicHandlers = {
  readonly [Kind in ReservedTopic['kind']]?: (request: ReservedTopicRequest<Kind>) => void
}
