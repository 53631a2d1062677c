import { randomUUID } from 'node:crypto'
import type { Message } from '@thingdeck/broker'
import type { StatementRef } from '@thingdeck/policies'
import type { Logger } from 'pino'
import { Changes } from './changes.ts'
import type { Peer, Principal } from './peer.ts'

/** Who is behind a message or an operation. Of one of the server itself there is nobody. */
export interface Publisher {
  readonly principal: Principal
  /** Absent over HTTP. */
  readonly clientId?: string | undefined
  /** Of the MQTT connection, 32 hex digits, as in its lifecycle events; absent over HTTP. */
  readonly sessionIdentifier?: string | undefined
  /** The thing behind the connection when it began. */
  readonly thingName?: string | undefined
  readonly sourceIp?: string | undefined
  /** Epoch milliseconds. */
  readonly receivedAtMs: number
  /** Of this one message or operation: a UUID, over HTTP the request id. Made when somebody asks for it. */
  readonly traceId: string
}

/**
 * Who is behind one request over HTTP.
 * @param requestId by which its answer names it; without one the trace id is a new UUID
 */
export function httpPublisher({ principal, sourceIp }: Peer, receivedAtMs: number, requestId?: string): Publisher {
  return { principal, sourceIp, receivedAtMs, traceId: requestId ?? randomUUID() }
}

/** A message that was taken: it was handed to its subscribers, or consumed. */
export interface AcceptedMessage {
  readonly message: Message
  /** Undefined for messages of the server itself. */
  readonly publisher: Publisher | undefined
}

/** One thing that somebody was not allowed to do. */
export interface Refusal {
  /** Certificate id or ARN. */
  readonly principal: string
  readonly clientId?: string | undefined
  /** e.g. `iot:Publish` */
  readonly action: string
  /** ARN. */
  readonly resource: string
  /** Why: the statement that denied, or that none allowed. */
  readonly reason: string
  /** The policy and statement that denied; absent where none allowed. */
  readonly statement?: StatementRef
}

export interface RefusedOperation {
  readonly refusal: Refusal
  readonly publisher: Publisher
}

/**
 * What passed through the server and what it refused, each told once: services that follow messages, counters, the list
 * of refusals and logs all listen here, whatever door something came through. What a listener throws goes to the log: it
 * is not the fault of the client, which is answered, nor of the other listeners, which hear all the same.
 */
export class Traffic {
  /** After the distribution and before the PUBACK, one message at a time, in order of acceptance. */
  readonly accepted: Changes<AcceptedMessage>
  /** By policies, or because a topic is reserved. */
  readonly refused: Changes<RefusedOperation>

  constructor(log: Logger) {
    this.accepted = new Changes((error) => log.error({ err: error }, 'a listener to accepted messages failed'))
    this.refused = new Changes((error) => log.error({ err: error }, 'a listener to refusals failed'))
  }
}
