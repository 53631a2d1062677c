import { formatReservedTopic } from './reserved-topic.ts'

/** The topics of one shadow, by what they are for. */
export interface ShadowTopics {
  readonly get: string
  readonly getAccepted: string
  readonly getRejected: string
  readonly update: string
  readonly updateAccepted: string
  readonly updateRejected: string
  readonly updateDelta: string
  readonly updateDocuments: string
  readonly delete: string
  readonly deleteAccepted: string
  readonly deleteRejected: string
}

/**
 * The topics of a thing's shadow; without a shadow name, of its classic one.
 * @see AWS IoT developer guide, "Device Shadow MQTT topics"
 */
export function shadowTopics(thingName: string, shadowName?: string): ShadowTopics {
  const shadow = { kind: 'shadow', thingName, ...(shadowName === undefined ? {} : { shadowName }) } as const
  return {
    get: formatReservedTopic({ ...shadow, operation: 'get' }),
    getAccepted: formatReservedTopic({ ...shadow, operation: 'get', suffix: 'accepted' }),
    getRejected: formatReservedTopic({ ...shadow, operation: 'get', suffix: 'rejected' }),
    update: formatReservedTopic({ ...shadow, operation: 'update' }),
    updateAccepted: formatReservedTopic({ ...shadow, operation: 'update', suffix: 'accepted' }),
    updateRejected: formatReservedTopic({ ...shadow, operation: 'update', suffix: 'rejected' }),
    updateDelta: formatReservedTopic({ ...shadow, operation: 'update', suffix: 'delta' }),
    updateDocuments: formatReservedTopic({ ...shadow, operation: 'update', suffix: 'documents' }),
    delete: formatReservedTopic({ ...shadow, operation: 'delete' }),
    deleteAccepted: formatReservedTopic({ ...shadow, operation: 'delete', suffix: 'accepted' }),
    deleteRejected: formatReservedTopic({ ...shadow, operation: 'delete', suffix: 'rejected' }),
  }
}

/** Where AWS IoT tells that a client connected, disconnected or could not connect. */
export function presenceTopic(event: 'connected' | 'disconnected' | 'connect_failed', clientId: string): string {
  return formatReservedTopic({ kind: 'event', family: 'presence', event, clientId })
}

/** Where AWS IoT tells that a client subscribed or unsubscribed. */
export function subscriptionEventTopic(event: 'subscribed' | 'unsubscribed', clientId: string): string {
  return formatReservedTopic({ kind: 'event', family: 'subscriptions', event, clientId })
}
