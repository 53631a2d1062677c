import type {
  BrokerObserver,
  ClientView,
  Failure,
  FilterResult,
  Message,
  RateLimit,
  RefusedPublish,
  TransportInfo,
} from '@thingdeck/broker'
import { AUTHORIZATION_FAILURE, type Outcome, SUCCESS } from '../foundation/outcome.ts'
import type { SubscriptionTold, Traffic } from '../foundation/traffic.ts'
import { type LiveSession, takeRefusal } from './live-sessions.ts'
import { actorAt, type RefusedConnects } from './refused-connects.ts'

type View = ClientView<LiveSession>

export interface TrafficObserverParts {
  readonly traffic: Traffic
  readonly refused: RefusedConnects
}

/** Tells traffic what the broker says became of packets and deliveries. */
export class TrafficObserver implements BrokerObserver<LiveSession> {
  readonly #traffic: Traffic
  readonly #refused: RefusedConnects

  constructor({ traffic, refused }: TrafficObserverParts) {
    this.#traffic = traffic
    this.#refused = refused
  }

  connectRefused(clientId: string | undefined, transport: TransportInfo, failure: Failure): void {
    const { connects } = this.#traffic
    if (!connects.isHeard) return
    const session = this.#refused.take(transport)
    const actor = session ?? actorAt(transport, clientId)
    if (actor) connects.tell({ actor, outcome: outcomeOf(failure), traceId: session && takeRefusal(session)?.traceId })
  }

  pinged({ context: actor }: View, receivedAtMs: number): void {
    const { pings } = this.#traffic
    if (pings.isHeard) pings.tell({ actor, receivedAtMs })
  }

  publishRefused({ context: session }: View, { topic, retain }: RefusedPublish, failure: Failure): void {
    const { publishesIn } = this.#traffic
    const refusal = failure.kind === 'NOT_AUTHORIZED' ? takeRefusal(session) : undefined
    if (!publishesIn.isHeard) return
    publishesIn.tell({ topic, retain, traceId: refusal?.traceId }, session, outcomeOf(failure))
  }

  sent({ context: session }: View, message: Message): void {
    const { publishesOut } = this.#traffic
    if (publishesOut.isHeard) publishesOut.tell(message, session, SUCCESS)
  }

  notSent({ context: session }: View, message: Message, failure: Failure): void {
    const { publishesOut } = this.#traffic
    takeRefusal(session)
    if (publishesOut.isHeard) publishesOut.tell(message, session, outcomeOf(failure))
  }

  queued(owner: string, message: Message): void {
    const { queued } = this.#traffic
    if (queued.isHeard) queued.tell(message, owner, SUCCESS)
  }

  notQueued(owner: string, message: Message): void {
    const { queued } = this.#traffic
    if (queued.isHeard) queued.tell(message, owner, NOT_STORED)
  }

  subscribed({ context: session, protocolVersion }: View, filters: readonly FilterResult[], failure?: Failure): void {
    const traceId = takeRefusal(session)?.traceId
    if (!this.#traffic.subscribes.isHeard) return
    this.#traffic.subscribes.tell(subscriptionTold(session, protocolVersion, filters, failure, traceId))
  }

  unsubscribed({ context: session, protocolVersion }: View, filters: readonly FilterResult[], failure?: Failure): void {
    if (!this.#traffic.unsubscribes.isHeard) return
    this.#traffic.unsubscribes.tell(subscriptionTold(session, protocolVersion, filters, failure, undefined))
  }

  throttled({ context: actor }: View, limit: RateLimit): void {
    const { throttles } = this.#traffic
    if (throttles.isHeard) throttles.tell({ actor, limit })
  }
}

function subscriptionTold(
  actor: LiveSession,
  protocolVersion: 4 | 5,
  filters: readonly FilterResult[],
  failure: Failure | undefined,
  traceId: string | undefined,
): SubscriptionTold {
  const whole = failure && outcomeOf(failure)
  const told = filters.map(({ filter, reasonCode, failure: own }) => ({
    filter,
    reasonCode,
    outcome: whole ?? (own ? outcomeOf(own) : SUCCESS),
  }))
  const outcome = whole ?? told.find(({ outcome: { kind } }) => kind !== 'Success')?.outcome ?? SUCCESS
  return { actor, isMqtt5: protocolVersion === 5, filters: told, outcome, traceId }
}

/** "Queued" of the guide's log entries has details alone. */
const NOT_STORED: Outcome = { kind: 'ServerError', details: 'Server Error' }

/** What AWS does not tell the codes of has those of its own metrics. */
function outcomeOf({ kind, message: details }: Failure): Outcome {
  switch (kind) {
    case 'NOT_AUTHORIZED':
      return AUTHORIZATION_FAILURE
    case 'CLIENT_ERROR':
      return { kind: 'ClientError', reason: 'CLIENT_ERROR', details }
    case 'THROTTLED':
      return { kind: 'Throttle', reason: 'THROTTLED', details }
    case 'CLIENT_ID_THROTTLED':
      return { kind: 'ClientIDThrottle', reason: 'CLIENT_ID_THROTTLED', details }
    case 'SERVER_ERROR':
      return { kind: 'ServerError', reason: 'INTERNAL_SERVER_ERROR', details }
  }
}
