import type { OutgoingMessage } from '@thingdeck/broker'
import type { Publisher } from './traffic.ts'

/** How services let messages out. */
export interface Messages {
  /**
   * Publishes a message of the server itself, at QoS 1 so that persistent sessions get it later. What goes wrong is
   * logged. From within a handler of a reserved topic or a listener of accepted messages, it follows their message in
   * every subscription.
   * @param traceId of what causes it, where that has one
   */
  publish(topic: string, payload: Uint8Array, traceId?: string): void
  /** The same with what MQTT 5 adds to a message: properties, an expiry. */
  send(message: OutgoingMessage): void
  /**
   * Publishes what somebody sent over HTTP, whose permission was checked. Resolves once it was handed to its subscribers
   * and to those who follow messages.
   * @throws {RangeError} for what is no topic name
   */
  publishFor(publisher: Publisher, message: OutgoingMessage): Promise<void>
  /**
   * Sends to one connected client at QoS 1, on a topic that it need not have subscribed to.
   * @param traceId of what causes it, where that has one
   * @returns whether there was such a connection
   */
  deliverTo(clientId: string, topic: string, payload: Uint8Array, traceId?: string): boolean
}
