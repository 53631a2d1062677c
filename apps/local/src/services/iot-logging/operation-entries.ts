import type {
  GetRetainedMessageResponse,
  ListSubscriptionsRequest,
  SendDirectMessageRequest,
} from '@aws-sdk/client-iot-data-plane'
import type { IotLogEventType, IotLogKeeper, IotLogValue } from '../../foundation/iot-log.ts'
import type { OperationTold, Traffic } from '../../foundation/traffic.ts'
import { statusOf } from './message-entries.ts'
import { failureFields, partyFields } from './parties.ts'
import { formatTimestamp } from './timestamp.ts'

interface OperationEntry {
  readonly eventType: IotLogEventType
  readonly fields: (told: OperationTold) => { readonly [field: string]: IotLogValue }
}

/** Whom it is about, and who asked. */
const aboutClient = ({ input, publisher }: OperationTold) => {
  const { clientId } = input as { readonly clientId?: string } // of operations that are about a client
  return { ...partyFields(publisher), clientId }
}

/** What the operations' names say of their inputs and outputs. */
const ENTRIES: Readonly<Record<string, OperationEntry>> = {
  DeleteConnection: { eventType: 'DeleteConnection', fields: aboutClient },
  GetConnection: { eventType: 'GetConnection', fields: aboutClient },
  ListSubscriptions: {
    eventType: 'ListSubscriptions',
    fields: (told) => ({ ...aboutClient(told), maxResults: (told.input as ListSubscriptionsRequest).maxResults }),
  },
  SendDirectMessage: {
    eventType: 'SendDirectMessage',
    fields: (told) => {
      const { topic, confirmation = false, timeout } = told.input as SendDirectMessageRequest
      return {
        topicName: topic,
        ...aboutClient(told),
        confirmation,
        timeout: confirmation ? (timeout ?? DEFAULT_TIMEOUT_SECONDS) : undefined,
      }
    },
  },
  GetRetainedMessage: {
    eventType: 'GetRetainedMessage',
    fields: ({ input, output }) => {
      const { qos, lastModifiedTime } = (output ?? {}) as GetRetainedMessageResponse
      return {
        topicName: (input as { readonly topic?: string }).topic,
        qos: qos === undefined ? undefined : String(qos),
        lastModifiedDate: lastModifiedTime === undefined ? undefined : formatTimestamp(lastModifiedTime),
      }
    },
  },
  ListRetainedMessages: { eventType: 'ListRetainedMessage', fields: () => ({}) },
}

/** API reference, SendDirectMessage. */
const DEFAULT_TIMEOUT_SECONDS = 5

/** Entries of operations on connections, sessions and retained messages over HTTP. */
export function logOperations(traffic: Traffic, keeper: IotLogKeeper): void {
  traffic.operations.subscribe((told) => {
    const entry = ENTRIES[told.operation]
    if (!entry || !keeper.isOn) return
    const { publisher, input, outcome } = told
    const { principal, sourceIp, traceId } = publisher
    const { clientId } = input as { readonly clientId?: string } // that of the client it is about, if any
    const status = statusOf(outcome)
    if (!keeper.keeps(entry.eventType, status, { clientId, principal, sourceIp })) return
    const fields = { protocol: 'HTTP', ...entry.fields(told), ...failureFields(outcome) }
    keeper.write({ eventType: entry.eventType, status, traceId, fields })
  })
}
