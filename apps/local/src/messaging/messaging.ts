import { type Broker, createBroker, type Limits } from '@thingdeck/broker'
import type { Peer } from '../access/principal.ts'
import type { Refusals } from '../access/refusals.ts'
import type { AdjustableClock } from '../foundation/clock.ts'
import type { LocalContext } from '../foundation/context.ts'
import type { RegistryChange } from '../services/registry/changes.ts'
import { ShadowService } from '../services/shadows/shadow-service.ts'
import type { Services } from '../services.ts'
import { GatewayHooks } from './broker-hooks.ts'
import { SqliteBrokerStore } from './broker-store.ts'
import { ConnectionLog } from './connection-log.ts'
import { LifecycleEvents } from './lifecycle-events.ts'
import { type LiveSession, LiveSessions } from './live-sessions.ts'
import { reservedMessages } from './reserved-topics.ts'

/** The message broker with all of AWS IoT that stands around it. */
export interface Gateway {
  readonly broker: Broker<LiveSession>
  readonly shadows: ShadowService
  readonly connections: ConnectionLog
  /** Publishes a message of the server itself, at QoS 1 so that persistent sessions get it later. */
  readonly publish: (topic: string, payload: Uint8Array) => void
  /** Ends all connections and sessions; no will is published. */
  clear(): void
}

export interface GatewayOptions {
  readonly context: LocalContext
  readonly clock: AdjustableClock
  readonly services: Services
  readonly refusals: Refusals
  /** Those that differ from AWS's. */
  readonly limits: Partial<Limits>
}

export function createGateway({ context, clock, services, refusals, limits }: GatewayOptions): Gateway {
  const { log } = context
  const publish = (topic: string, payload: Uint8Array): void => {
    broker
      .publish({ topic, payload, qos: 1 })
      .catch((error: unknown) => log.error({ err: error, topic }, 'publish failed'))
  }
  const connections = new ConnectionLog(context.database, context.clock)
  const sessions = new LiveSessions()
  const shadows = new ShadowService(context, publish)
  const hooks = new GatewayHooks({
    context,
    registry: services.registry,
    policies: services.policies,
    events: new LifecycleEvents(publish, context.clock),
    connections,
    sessions,
    refusals,
    isValid: services.isValid,
    onReserved: reservedMessages(shadows, publish, log),
  })
  const store = new SqliteBrokerStore(context.database)
  const broker: Broker<LiveSession> = createBroker<LiveSession>({
    hooks,
    store,
    limits,
    clock,
    onError: (error) => log.error({ err: error }, 'the broker failed'),
  })
  watchChanges(services, sessions, broker)
  return {
    broker,
    shadows,
    connections,
    publish,
    clear: () => {
      const sessions = [...store.sessions(), ...broker.clients()].map(({ clientId }) => clientId)
      for (const clientId of new Set(sessions)) {
        broker.disconnect(clientId, { reason: 'SERVER_INITIATED_DISCONNECT', cleanSession: true, preventWill: true })
      }
      store.forget()
    },
  }
}

/** Changes of policies and of what they are attached to act on live connections at once. */
function watchChanges(
  { registry, security: { policies, roles, certificates } }: Services,
  sessions: LiveSessions,
  broker: Broker<LiveSession>,
) {
  registry.onChanged((change) => invalidate(sessions, change))
  policies.onChanged((targets) => {
    for (const target of targets) {
      // What a group holds concerns the things in it and below it.
      if (target.includes(':thinggroup/')) sessions.invalidateAll()
      else sessions.invalidateTarget(target)
    }
  })
  roles.onChanged(() => sessions.invalidateAll())
  certificates.onChanged((certificateId, status) => {
    if (status !== 'ACTIVE') broker.reauthorize(({ context }) => !isCertificate(context.peer, certificateId))
  })
}

const isCertificate = ({ principal }: Peer, certificateId: string): boolean =>
  principal.kind === 'certificate' && principal.certificateId === certificateId

function invalidate(sessions: LiveSessions, change: RegistryChange): void {
  switch (change.type) {
    case 'thing':
      if (change.operation !== 'created') sessions.invalidateThing(change.thing.thingName)
      return
    case 'membership':
      sessions.invalidateThing(change.thingName)
      return
    case 'principal':
      sessions.invalidateTarget(change.principal)
      return
    case 'thingGroup':
      if (change.operation === 'deleted') sessions.invalidateAll()
      return
    default:
      return
  }
}
