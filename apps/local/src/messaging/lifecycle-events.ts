import { randomBytes } from 'node:crypto'
import type { DisconnectReason } from '@thingdeck/broker'
import { presenceTopic, subscriptionEventTopic } from '@thingdeck/topics'
import type { Clock } from '../foundation/clock.ts'
import type { Messages } from '../foundation/messages.ts'

/** What the events of one connection have in common. */
export interface EventSubject {
  readonly clientId: string
  /** 32 hex digits; the same in all events of one connection. */
  readonly sessionIdentifier: string
  readonly principalIdentifier: string
  readonly versionNumber: number
  readonly ipAddress: string
  /** Only where the certificate is attached to its thing exclusively. */
  readonly thingName?: string | undefined
}

/** The identifier of a connection. */
export const newSessionIdentifier = (): string => randomBytes(16).toString('hex')

/**
 * Presence and subscription events.
 * @see AWS IoT Core developer guide, "Lifecycle events"
 */
export class LifecycleEvents {
  readonly #messages: Pick<Messages, 'publish'>
  readonly #clock: Clock

  constructor(messages: Pick<Messages, 'publish'>, clock: Clock) {
    this.#messages = messages
    this.#clock = clock
  }

  connected(subject: EventSubject): void {
    this.#tell(presenceTopic('connected', subject.clientId), {
      ...this.#head(subject, 'connected'),
      ipAddress: subject.ipAddress,
      versionNumber: subject.versionNumber,
    })
  }

  disconnected(subject: EventSubject, event: { reason: DisconnectReason; clientInitiated: boolean }): void {
    this.#tell(presenceTopic('disconnected', subject.clientId), {
      ...this.#head(subject, 'disconnected'),
      clientInitiatedDisconnect: event.clientInitiated,
      disconnectReason: event.reason,
      versionNumber: subject.versionNumber,
    })
  }

  /** A CONNECT that was not authorized. */
  connectFailed(subject: Omit<EventSubject, 'versionNumber'>): void {
    this.#tell(presenceTopic('connect_failed', subject.clientId), {
      ...this.#head(subject, 'connect_failed'),
      connectFailureReason: 'AUTHORIZATION_FAILED',
      ipAddress: subject.ipAddress,
    })
  }

  subscribed(subject: EventSubject, topics: readonly string[]): void {
    this.#tell(subscriptionEventTopic('subscribed', subject.clientId), {
      ...this.#head(subject, 'subscribed'),
      topics,
    })
  }

  unsubscribed(subject: EventSubject, topics: readonly string[]): void {
    this.#tell(subscriptionEventTopic('unsubscribed', subject.clientId), {
      ...this.#head(subject, 'unsubscribed'),
      topics,
    })
  }

  #head(subject: Omit<EventSubject, 'versionNumber'>, eventType: string) {
    return {
      clientId: subject.clientId,
      ...(subject.thingName === undefined ? {} : { thingName: subject.thingName }),
      timestamp: this.#clock(),
      eventType,
      sessionIdentifier: subject.sessionIdentifier,
      principalIdentifier: subject.principalIdentifier,
    }
  }

  #tell(topic: string, event: { readonly clientId: string; readonly [member: string]: unknown }): void {
    // "Client IDs that contain # or + do not receive lifecycle events": their topics would be filters.
    if (/[#+]/.test(event.clientId)) return
    this.#messages.publish(topic, Buffer.from(JSON.stringify(event)))
  }
}
