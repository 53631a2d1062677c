import { randomUUID } from 'node:crypto'
import type { DisconnectReason, Message } from '@thingdeck/broker'
import type { StatementRef } from '@thingdeck/policies'
import type { Logger } from 'pino'
import { Changes } from './changes.ts'
import { type Outcome, SUCCESS } from './outcome.ts'
import type { Peer, Principal } from './peer.ts'
import { Signal } from './signal.ts'

/** Who does something: a connection, which is one and the same object as long as it lasts, or whoever calls over HTTP. */
export interface Actor {
  readonly protocol: 'MQTT' | 'HTTP'
  readonly principal: Principal
  /** Absent over HTTP. */
  readonly clientId?: string | undefined
  /** Of the MQTT connection, 32 hex digits, as in its lifecycle events; absent over HTTP. */
  readonly sessionIdentifier?: string | undefined
  /** The thing behind the connection when it began: one of another name than the client id is attached exclusively. */
  readonly thingName?: string | undefined
  readonly sourceIp?: string | undefined
  readonly sourcePort?: number | undefined
}

/** Who is behind one message or operation. Of one of the server itself there is nobody. */
export interface Publisher extends Actor {
  /** Epoch milliseconds. */
  readonly receivedAtMs: number
  /** Of this one message or operation, and of all that it causes: a UUID, over HTTP the request id. */
  readonly traceId: string
}

/**
 * Who is behind one request over HTTP.
 * @param requestId by which its answer names it; without one the trace id is a new UUID
 */
export function httpPublisher(
  { principal, sourceIp, sourcePort }: Peer,
  receivedAtMs: number,
  requestId?: string,
): Publisher {
  return { protocol: 'HTTP', principal, sourceIp, sourcePort, receivedAtMs, traceId: requestId ?? randomUUID() }
}

/** A message that was taken: it was handed to its subscribers, or consumed. */
export interface AcceptedMessage {
  readonly message: Message
  /** Undefined for messages of the server itself. */
  readonly publisher: Publisher | undefined
}

/** One thing that somebody was not allowed to do. */
export interface Refusal {
  /** Certificate id or ARN, or what an authorizer's function said; empty for somebody whom nobody knows. */
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

/** A CONNECT that was answered. */
export interface ConnectTold {
  /** The connection, once there is one; without a client id where the packet could not be read that far. */
  readonly actor: Actor
  readonly outcome: Outcome
  /** Of a refusal, where policies told it already. */
  readonly traceId?: string | undefined
}

/** A connection that ended. */
export interface DisconnectTold {
  readonly actor: Actor
  readonly reason: DisconnectReason
  readonly clientInitiated: boolean
  /** What was wrong, where a packet was; MQTT 5 clients were told the same. */
  readonly details?: string | undefined
  /** Whether it ended because a message was too large. */
  readonly isTooLarge?: boolean | undefined
}

export interface PingTold {
  readonly actor: Actor
  /** Epoch milliseconds. */
  readonly receivedAtMs: number
}

export interface ThrottleTold {
  readonly actor: Actor
  /** As `--limit` calls it, e.g. `inboundPublishesPerSecond`. */
  readonly limit: string
}

/** What a PUBLISH said; a message is one as it is. */
export interface PublishFacts {
  /** Undefined where the packet could not be read that far. */
  readonly topic: string | undefined
  readonly retain: boolean
  traceId?: string | undefined
}

/** One SUBSCRIBE or UNSUBSCRIBE. */
export interface SubscriptionTold {
  readonly actor: Actor
  /** Whether SUBACK or UNSUBACK told the client of a reason code for each filter, as MQTT 5 has it. */
  readonly isMqtt5: boolean
  readonly filters: readonly FilterTold[]
  /** Of the packet: the first failure of one of its filters, or what was wrong with the packet itself. */
  readonly outcome: Outcome
  readonly traceId?: string | undefined
}

/**
 * How a SUBSCRIBE ended as a whole. SUBACK of MQTT 5 says of each filter how it ended, so that it is a success if one of
 * them is; MQTT 3.1.1's 0x80 says so little that a single one is a failure.
 */
export function outcomeOfSubscribe({ isMqtt5, filters, outcome }: SubscriptionTold): Outcome {
  const isAnyGranted = filters.some(({ outcome: { kind } }) => kind === 'Success')
  return isMqtt5 && isAnyGranted ? SUCCESS : outcome
}

export interface FilterTold {
  readonly filter: string
  /** As in MQTT 5's SUBACK or UNSUBACK. */
  readonly reasonCode: number
  readonly outcome: Outcome
}

/** Somebody who was not let in by a door, before any MQTT packet or HTTP operation. */
export interface AuthenticationFailure {
  readonly protocol: 'MQTT' | 'HTTP'
  readonly authenticationType: 'AWS_X509' | 'AWS_SIGV4' | 'CUSTOM_AUTH' | 'CUSTOM_AUTH_X509'
  readonly clientId?: string | undefined
  readonly principalId?: string | undefined
  readonly sourceIp: string
  readonly sourcePort: number
  readonly targetIp: string
  readonly targetPort: number
  /** What TLS named, or the `Host` of an unencrypted request. AWS tells only of those that named one of its endpoints. */
  readonly serverNameIndication?: string | undefined
  /** A code, e.g. `DEVICE_CERTIFICATE_INACTIVE`. */
  readonly reason: string
  readonly details: string
}

/** An operation of the data plane over HTTP, once it is known how it ended. */
export interface OperationTold {
  /** As the API calls it, e.g. `GetRetainedMessage`. */
  readonly operation: string
  readonly publisher: Publisher
  /** As the operation was called; its type follows from the operation. */
  readonly input: unknown
  /** Undefined where it failed. */
  readonly output?: unknown
  readonly outcome: Outcome
  /** The name of the error that it was answered with. */
  readonly errorName?: string | undefined
}

/**
 * What passed through the server and what it refused, each told once: services that follow messages, counters, the list
 * of refusals and logs all listen here, whatever door something came through. What a listener throws goes to the log: it
 * is not the fault of the client, which is answered, nor of the other listeners, which hear all the same.
 */
export class Traffic {
  /** After the distribution and before the PUBACK, one message at a time, in order of acceptance. */
  readonly accepted: Changes<AcceptedMessage>
  /** By policies, or because a topic is reserved. Whatever it was is told as failed, too. */
  readonly refused: Changes<RefusedOperation>

  /** Success, AuthError, ClientError, ClientIDThrottle, Throttle, ServerError. */
  readonly connects: Changes<ConnectTold>
  /** Of those who were connected. */
  readonly disconnects: Changes<DisconnectTold>
  /** PINGREQ, which was answered. */
  readonly pings: Changes<PingTold>
  /**
   * What clients published, over MQTT and HTTP, wills included, and how it ended: Success, AuthError, ClientError,
   * Throttle, ServerError. A message that was taken is the very object that `accepted` tells of, and told before that.
   */
  readonly publishesIn: Signal<PublishFacts, Actor, Outcome>
  /**
   * What became of a message for one connected client: Success for each PUBLISH packet that was sent to it, AuthError,
   * ClientError (larger than the client takes), Throttle (dropped because of a limit).
   */
  readonly publishesOut: Signal<Message, Actor, Outcome>
  /**
   * A QoS 1 message for an offline persistent session, or for a shared subscription: Success, Throttle, ServerError.
   * The second is the client id, or the filter, which begins with `$share/`.
   */
  readonly queued: Signal<Message, string, Outcome>
  readonly subscribes: Changes<SubscriptionTold>
  readonly unsubscribes: Changes<SubscriptionTold>
  /** A client met a limit per second and connection. */
  readonly throttles: Changes<ThrottleTold>
  readonly authenticationFailures: Changes<AuthenticationFailure>
  readonly operations: Changes<OperationTold>

  constructor(log: Logger) {
    const changes = <Change>(what: string) =>
      new Changes<Change>((error) => log.error({ err: error }, `a listener to ${what} failed`))
    const signal = <A, B, C>(what: string) =>
      new Signal<A, B, C>((error) => log.error({ err: error }, `a listener to ${what} failed`))
    this.accepted = changes('accepted messages')
    this.refused = changes('refusals')
    this.connects = changes('connects')
    this.disconnects = changes('disconnects')
    this.pings = changes('pings')
    this.publishesIn = signal('publishes')
    this.publishesOut = signal('deliveries')
    this.queued = signal('queued messages')
    this.subscribes = changes('subscribes')
    this.unsubscribes = changes('unsubscribes')
    this.throttles = changes('throttles')
    this.authenticationFailures = changes('failed authentication')
    this.operations = changes('operations of the data plane')
  }
}
