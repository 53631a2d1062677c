import type { Clock } from '../../../shared/mqtt/clock.ts'
import type { MqttMessage } from '../../../shared/mqtt/message.ts'
import type { Gap } from '../../../shared/recording/gap.ts'
import type { LiveProcedures } from '../protocol/procedures.ts'
import type { Outlet } from './publish/outbox.ts'
import { Publisher } from './publish/publisher.ts'
import { recordProcedures } from './record/record-procedures.ts'
import { LiveStreams, type StreamSource } from './stream/streams.ts'
import { Tasks } from './tasks/tasks.ts'
import { eventLoopTurns } from './turns.ts'

/** What live messages need of the MQTT session. */
export interface LiveSession extends StreamSource, Outlet {
  /** Host of the broker, once it is known. */
  endpoint(): string | undefined
}

/** What lies between the MQTT session and the page: told what the session receives, asked by the page. */
export interface LiveWorker {
  /** A message, and for whom of those that called {@link StreamSource.setSubscriptions} it is. */
  onMessage(message: MqttMessage, consumers: readonly string[]): void
  onGap(gap: Gap): void
  /** The session's state changed, and with it perhaps that of subscriptions. */
  onStatus(): void
  /** The newest messages of a topic filter, of the stream that has most of them; the oldest first. */
  kept(filter: string, count: number): readonly MqttMessage[]
  /** Resolves when all that recordings took in so far is where they are kept. */
  settled(): Promise<void>
  readonly procedures: LiveProcedures
}

/** Puts the parts of the feature together that run in the worker. */
export function createLiveWorker(session: LiveSession, clock: Clock): LiveWorker {
  const turns = eventLoopTurns()
  const tasks = new Tasks(clock)
  const streams = new LiveStreams(clock, turns, session)
  const publisher = new Publisher({ outlet: session, clock, tasks, uuid: () => crypto.randomUUID() })
  return {
    onMessage: (message, consumers) => streams.onMessage(message, consumers),
    onGap: (gap) => streams.onGap(gap),
    onStatus: () => streams.onStatus(),
    kept: (filter, count) => streams.kept(filter, count),
    settled: () => streams.settled(),
    procedures: {
      ...streams.procedures(),
      ...publisher.procedures(),
      ...recordProcedures({ clock, turns, tasks, outlet: session, endpoint: () => session.endpoint(), streams }),
      ...tasks.procedures(),
    },
  }
}
