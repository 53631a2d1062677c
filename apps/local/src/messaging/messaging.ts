import { type Broker, createBroker, type Limits } from '@thingdeck/broker'
import type { Access } from '../foundation/access.ts'
import type { Admissions } from '../foundation/admissions.ts'
import type { CertificateChange } from '../foundation/certificates.ts'
import type { Changes } from '../foundation/changes.ts'
import type { AdjustableClock } from '../foundation/clock.ts'
import type { ConnectionHistory } from '../foundation/connections.ts'
import type { LocalContext } from '../foundation/context.ts'
import type { Messages } from '../foundation/messages.ts'
import type { RegistryChange } from '../foundation/registry-change.ts'
import type { ReservedTopicHandlers } from '../foundation/reserved-topics.ts'
import type { ThingDirectory } from '../foundation/thing-directory.ts'
import type { Publisher, Traffic } from '../foundation/traffic.ts'
import { MessagingHooks } from './broker-hooks.ts'
import { SqliteBrokerStore } from './broker-store.ts'
import type { ConnectionLog } from './connection-log.ts'
import { DropLog } from './drop-log.ts'
import { LifecycleEvents } from './lifecycle-events.ts'
import { type LiveSession, LiveSessions } from './live-sessions.ts'
import { MessageEnrichment } from './message-enrichment.ts'
import { MessageSeam } from './message-seam.ts'
import { Outbox } from './outbox.ts'
import { RefusedConnects } from './refused-connects.ts'
import { Renewals } from './renewals.ts'
import { ReservedTopics } from './reserved-topics.ts'
import { TrafficObserver } from './traffic-observer.ts'

/** The message broker with all of AWS IoT that stands around it. */
export interface Messaging {
  readonly broker: Broker<LiveSession>
  readonly messages: Messages
  readonly connections: ConnectionHistory
  /** Says which services answer on reserved topics; before that nobody does. */
  serve(handlers: ReservedTopicHandlers): void
  /** What connections rest on, and was written last, may not be there: it is found out anew. */
  reread(): void
  /** Ends all connections and sessions; no will is published. */
  clear(): void
  /** Says goodbye to every client. */
  close(): Promise<void>
}

/** What live connections rest on. */
export interface PermissionChanges {
  readonly registry: Changes<RegistryChange>
  /** Targets whose IoT policies changed. */
  readonly policies: Changes<readonly string[]>
  /** Names of roles whose policies changed. */
  readonly roles: Changes<string>
  /** Ids of users whose policies changed. */
  readonly users: readonly Changes<string>[]
  /** Ids of users' access keys that are not good any more. */
  readonly endedKeys: Changes<string>
  readonly certificates: Changes<CertificateChange>
}

export interface MessagingOptions {
  readonly context: LocalContext
  readonly clock: AdjustableClock
  readonly access: Access
  /** Asked about strangers, when all services are there. */
  readonly admissions: Pick<Admissions, 'admit'>
  readonly things: ThingDirectory
  readonly traffic: Traffic
  readonly connections: ConnectionLog
  readonly changes: PermissionChanges
  /** Those that differ from AWS's. */
  readonly limits: Partial<Limits>
}

export function createMessaging(options: MessagingOptions): Messaging {
  const { context, clock, access, traffic, connections, limits } = options
  const { log } = context
  const outbox = new Outbox(context)
  const sessions = new LiveSessions()
  const isConnected = ({ clientId = '', sessionIdentifier }: Publisher) =>
    sessions.get(clientId)?.sessionIdentifier === sessionIdentifier
  const reserved = new ReservedTopics(outbox, isConnected, log)
  const seam = new MessageSeam({ context, traffic, reserved, outbox })
  const refused = new RefusedConnects()
  const events = new LifecycleEvents(outbox, context.clock)
  const drops = new DropLog(log, (delayMs, callback) => clock.after(delayMs, callback))
  const renewals = new Renewals({
    after: (delayMs, callback) => clock.after(delayMs, callback),
    end: (session, reason) => {
      if (sessions.get(session.clientId) === session) broker.disconnect(session.clientId, { reason })
    },
    onFault: (error) => log.error({ err: error }, 'an authorizer could not be asked again'),
  })
  const store = new SqliteBrokerStore(context.database)
  const enrichment = new MessageEnrichment(access, options.things)
  const broker = createBroker<LiveSession>({
    hooks: new MessagingHooks({
      ...{ context, access, events, connections, drops, sessions, seam, refused, traffic, renewals },
      admissions: options.admissions,
      enrichment,
    }),
    observer: new TrafficObserver({ traffic, refused }),
    store,
    limits,
    clock,
    onError: (error) => log.error({ err: error }, 'the broker failed'),
  })
  outbox.open(broker)
  watchChanges(options.changes, sessions, broker)
  return {
    broker,
    messages: {
      publish: (topic, payload, traceId) => outbox.publish(topic, payload, traceId),
      send: (message) => outbox.publishMessage({ qos: 1, ...message }),
      deliverTo: (clientId, topic, payload, traceId) => outbox.deliverTo(clientId, topic, payload, traceId),
      publishFor: (publisher, message) => outbox.send(seam.announced(publisher, message)),
    },
    connections,
    serve: (handlers) => reserved.serve(handlers),
    reread: () => {
      sessions.invalidateAll()
      enrichment.forget()
    },
    clear: () => {
      const clientIds = [...store.sessions(), ...broker.clients()].map(({ clientId }) => clientId)
      for (const clientId of new Set(clientIds)) {
        broker.disconnect(clientId, { reason: 'SERVER_INITIATED_DISCONNECT', cleanSession: true, preventWill: true })
      }
      store.forget()
    },
    close: async () => {
      await broker.close()
      store.stop()
    },
  }
}

/** Changes of policies and of what they are attached to act on live connections at once. */
function watchChanges(changes: PermissionChanges, sessions: LiveSessions, broker: Broker<LiveSession>): void {
  changes.registry.subscribe((change) => invalidate(sessions, change))
  changes.policies.subscribe((targets) => {
    for (const target of targets) {
      // What a group holds concerns the things in it and below it.
      if (target.includes(':thinggroup/')) sessions.invalidateAll()
      else sessions.invalidateTarget(target)
    }
  })
  for (const told of [changes.roles, ...changes.users]) told.subscribe(() => sessions.invalidateAll())
  changes.endedKeys.subscribe((accessKeyId) => broker.reauthorize(({ context }) => !isSignedBy(context, accessKeyId)))
  changes.certificates.subscribe(({ certificateId, status }) => {
    if (status !== 'ACTIVE') broker.reauthorize(({ context }) => !isCertificate(context, certificateId))
  })
}

const isCertificate = ({ peer: { principal } }: LiveSession, certificateId: string): boolean =>
  principal.kind === 'certificate' && principal.certificateId === certificateId

const isSignedBy = ({ peer: { principal } }: LiveSession, accessKeyId: string): boolean =>
  principal.kind === 'user' && principal.accessKeyId === accessKeyId

function invalidate(sessions: LiveSessions, change: RegistryChange): void {
  switch (change.type) {
    case 'thing':
      if (change.operation !== 'created') sessions.invalidateThing(change.thing.thingName)
      return
    case 'membership':
      sessions.invalidateThing(change.thing.thingName)
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
