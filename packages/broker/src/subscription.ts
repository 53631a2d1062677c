import type { Session, Subscription } from './session.ts'
import type { SharedGroup } from './shared-group.ts'

/** What the filter trie holds. */
export type Subscriber = Subscription | SharedGroup

/** Who gets a message: a session once, whatever number of its filters match. */
export interface Target {
  session: Session
  /** The highest of its matching subscriptions. [MQTT-3.3.4-2] */
  qos: 0 | 1
  noLocal: boolean
  retainAsPublished: boolean
}

/** Everyone who gets the messages of a topic. */
export interface Route {
  targets: Target[]
  groups: SharedGroup[]
}

/** Makes one target per session out of all matching subscriptions. */
export function routeOf(subscribers: readonly Subscriber[]): Route {
  const targets = new Map<Session, Target>()
  const groups: SharedGroup[] = []
  for (const subscriber of subscribers) {
    if (subscriber.kind === 'group') {
      groups.push(subscriber)
      continue
    }
    const { session, qos, noLocal, retainAsPublished } = subscriber
    const target = targets.get(session)
    if (!target) targets.set(session, { session, qos, noLocal, retainAsPublished })
    else {
      if (qos > target.qos) target.qos = qos
      target.noLocal &&= noLocal
      target.retainAsPublished ||= retainAsPublished
    }
  }
  return { targets: [...targets.values()], groups }
}
