import type { Metrics } from '../../foundation/metrics.ts'
import type { OutcomeKind } from '../../foundation/outcome.ts'
import { outcomeOfSubscribe, type Traffic } from '../../foundation/traffic.ts'
import { OutcomeCounters, protocolCounter } from './outcome-counters.ts'

/**
 * The metrics of the message broker.
 * @see AWS IoT Core developer guide, "Message broker metrics"
 */
export function countMessages(traffic: Traffic, metrics: Metrics): void {
  const counters = (name: string, ...kinds: OutcomeKind[]) => new OutcomeCounters(metrics, name, kinds)

  const publishesIn = counters('PublishIn', 'Success', 'AuthError', 'ClientError', 'ServerError', 'Throttle')
  const retained = counters('PublishRetained', 'Success', 'AuthError', 'ServerError', 'Throttle')
  traffic.publishesIn.subscribe(({ retain }, { protocol }, { kind }) => {
    // "Not emitted for HTTP publish", of these two.
    if (protocol === 'MQTT' || (kind !== 'AuthError' && kind !== 'Throttle')) publishesIn.count(protocol, kind)
    if (retain) retained.count(protocol, kind)
  })
  const publishesOut = counters('PublishOut', 'Success', 'AuthError', 'ClientError', 'Throttle')
  traffic.publishesOut.subscribe((_message, { protocol }, { kind }) => publishesOut.count(protocol, kind))
  const queued = counters('Queued', 'Success', 'ServerError', 'Throttle')
  traffic.queued.subscribe((_message, _owner, { kind }) => queued.count('MQTT', kind))
}

/** The metrics of connections: connects, pings, subscriptions, throttling and who was not let in. */
export function countConnections(traffic: Traffic, metrics: Metrics): void {
  const counters = (name: string, ...kinds: OutcomeKind[]) => new OutcomeCounters(metrics, name, kinds)

  const connects = counters(
    'Connect',
    ...(['Success', 'AuthError', 'ClientError', 'ClientIDThrottle', 'Throttle', 'ServerError'] as const),
  )
  traffic.connects.subscribe(({ actor, outcome }) => connects.count(actor.protocol, outcome.kind))
  const pings = protocolCounter(metrics, 'Ping.Success', 'MQTT')
  traffic.pings.subscribe(() => pings.add())
  const subscribes = counters('Subscribe', 'Success', 'AuthError', 'ClientError', 'ServerError', 'Throttle')
  traffic.subscribes.subscribe((told) => subscribes.count(told.actor.protocol, outcomeOfSubscribe(told).kind))
  const unsubscribes = counters('Unsubscribe', 'Success', 'ClientError', 'ServerError', 'Throttle')
  traffic.unsubscribes.subscribe(({ actor, outcome }) => unsubscribes.count(actor.protocol, outcome.kind))
  const throttles = protocolCounter(metrics, 'Throttle.Exceeded', 'MQTT')
  traffic.throttles.subscribe(() => throttles.add())
  const strangers = {
    MQTT: protocolCounter(metrics, 'Connection.AuthNError', 'MQTT'),
    HTTP: protocolCounter(metrics, 'Connection.AuthNError', 'HTTP'),
  }
  traffic.authenticationFailures.subscribe(({ protocol }) => strangers[protocol].add())
}
