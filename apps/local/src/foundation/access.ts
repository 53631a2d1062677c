import type { ContextValue, PolicyDecision } from '@thingdeck/policies'
import type { Peer } from './peer.ts'

/** Why something is refused. */
export interface Denial {
  readonly action: string
  readonly resource: string
  /** A sentence that names the statement that denied, or says that none allowed. */
  readonly reason: string
  readonly decision: PolicyDecision
}

/** What is asked for single messages, and so remembered by the topic (or topic filter) it was asked about. */
export type TopicAction = 'iot:Publish' | 'iot:RetainPublish' | 'iot:Subscribe' | 'iot:Receive'

/** What one connection may do. Decisions about topics are remembered, until something they rest on changes. */
export interface ConnectionPermissions {
  /** The decision that was made about a topic since the last change; undefined if there was none. */
  recall(action: TopicAction, topic: string): boolean | undefined
  /** @param resource the topic's ARN */
  decide(action: TopicAction, topic: string, resource: string): boolean
  /** The answer with its reason, for one request with values of its own; undefined if it is allowed. */
  denial(action: string, resource: string, extra?: Readonly<Record<string, ContextValue>>): Denial | undefined
  /** Something changed that decisions rest on: they are made anew. */
  invalidate(): void
}

/** A connection as policies see it. */
export interface ConnectionAccess {
  /** The principal's name for attachments: a certificate's ARN or an identity's id; absent where nothing can be attached. */
  readonly target: string | undefined
  /** The thing behind the connection as it begins. */
  readonly thing: { readonly thingName: string; readonly exclusive: boolean } | undefined
  readonly permissions: ConnectionPermissions
}

/** What messaging asks about those who connect. */
export interface Access {
  /** Whether a peer is still good: its certificate may have been deactivated since it connected. */
  isValid(peer: Peer): boolean
  connectionOf(peer: Peer, clientId: string): ConnectionAccess
}
