import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers'
import { MQTT_TOPIC_LIMITS, validateTopicName } from '@thingdeck/topics'
import type {
  AcceptedConnection,
  Broker,
  BrokerOptions,
  DirectResult,
  DisconnectOptions,
  OutgoingMessage,
  SubscriptionView,
} from './broker-api.ts'
import type { Client, Clients } from './client.ts'
import { Connection } from './connection.ts'
import { Delivery, NO_MESSAGE_PROPERTIES } from './delivery.ts'
import { Engine } from './engine.ts'
import { Handlers } from './handlers/handlers.ts'
import type { Limits } from './limits.ts'
import { type PropertyLimits, validateMessageProperties } from './message-properties.ts'
import type { Failure } from './observer.ts'
import type { BrokerStore, ClientView, DisconnectReason, Message, TransportInfo } from './types.ts'

/** AWS's limits are for clients; the server's own messages only have to be MQTT. */
const NO_LIMITS: PropertyLimits = {
  contentTypeBytes: Number.POSITIVE_INFINITY,
  correlationDataBytes: Number.POSITIVE_INFINITY,
  responseTopicBytes: Number.POSITIVE_INFINITY,
  userPropertiesBytes: Number.POSITIVE_INFINITY,
}

const TOO_MANY: Failure = { kind: 'THROTTLED', message: 'Too many connections' }

/** Makes a broker: it takes over the sessions in `options.store` and waits for {@link Broker.accept}. */
export function createBroker<Context>(options: BrokerOptions<Context>): Broker<Context> {
  return new MqttBroker(options)
}

class MqttBroker<Context> implements Broker<Context> {
  readonly #engine: Engine<Context>
  readonly #clients: Clients<Context> = new Map()
  readonly #handlers: Handlers<Context>
  readonly #connections = new Set<Connection<Client<Context>>>()
  #onAllClosed: (() => void) | undefined
  #closing: Promise<void> | undefined

  constructor(options: BrokerOptions<Context>) {
    this.#engine = new Engine(options)
    this.#handlers = new Handlers(this.#engine, this.#clients)
  }

  get store(): BrokerStore {
    return this.#engine.store
  }

  get limits(): Readonly<Limits> {
    return this.#engine.limits
  }

  accept(stream: Duplex, transport: TransportInfo): AcceptedConnection {
    const connection = new Connection(this.#engine, stream, transport, this.#handlers)
    if (stream.destroyed) {
      connection.close({ reason: 'CONNECTION_LOST' })
      return connection
    }
    const isFull = this.#connections.size >= this.#engine.limits.connections
    this.#connections.add(connection)
    stream.once('close', () => {
      this.#connections.delete(connection)
      if (this.#connections.size === 0) this.#onAllClosed?.()
    })
    if (this.#closing) connection.close({ reason: 'SERVER_INITIATED_DISCONNECT' })
    else if (isFull) {
      this.#engine.observer?.connectRefused(undefined, transport, TOO_MANY)
      connection.close({ reason: 'THROTTLED' })
    }
    return connection
  }

  async publish(message: OutgoingMessage): Promise<void> {
    await this.#engine.publish(this.#deliveryOf(message), undefined)
  }

  async sendDirect(
    clientId: string,
    message: OutgoingMessage,
    options: { qos: 0 | 1; timeoutMs: number },
  ): Promise<DirectResult> {
    const client = this.#clients.get(clientId)
    if (!client) return 'not-connected'
    const delivery = this.#deliveryOf({ ...message, qos: options.qos })
    if (!client.takes(delivery.message)) return 'not-authorized'
    if (options.qos === 1) return this.#sendAndWait(client, delivery, options.timeoutMs)
    return client.sendQos0(delivery, false) ? 'delivered' : 'not-deliverable'
  }

  deliverTo(clientId: string, message: OutgoingMessage): boolean {
    const client = this.#clients.get(clientId)
    if (!client) return false
    const delivery = this.#deliveryOf(message)
    if (!client.takes(delivery.message)) return false
    if (delivery.message.qos === 0) return client.sendQos0(delivery, false)
    client.session.outbound.send(delivery, false)
    return true
  }

  disconnect(clientId: string, options: DisconnectOptions = {}): boolean {
    const client = this.#clients.get(clientId)
    if (client) {
      client.connection.disconnect(options)
      return true
    }
    const session = options.cleanSession ? this.#engine.sessions.get(clientId) : undefined
    if (session) this.#engine.sessions.end(session)
    return session !== undefined
  }

  client(clientId: string): ClientView<Context> | undefined {
    return this.#clients.get(clientId)?.view
  }

  *clients(): IterableIterator<ClientView<Context>> {
    for (const { view } of this.#clients.values()) yield view
  }

  subscriptions(clientId: string): SubscriptionView[] | undefined {
    const session = this.#engine.sessions.get(clientId)
    return session && [...session.subscriptions].map(([filter, { qos }]) => ({ filter, qos }))
  }

  reauthorize(
    stillAllowed: (client: ClientView<Context>) => boolean,
    reason: DisconnectReason = 'FORBIDDEN_ACCESS',
  ): void {
    for (const { view, connection } of [...this.#clients.values()]) {
      if (!stillAllowed(view)) connection.close({ reason })
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const { limits, sessions } = this.#engine
    for (const connection of [...this.#connections]) connection.close({ reason: 'SERVER_INITIATED_DISCONNECT' })
    await this.#waitForConnections(limits.closeTimeoutMs)
    for (const connection of [...this.#connections]) connection.destroy()
    this.#engine.flushes.flush()
    sessions.close()
  }

  /** By the machine's clock: a test that moves time does not have to move it to get rid of the broker. */
  async #waitForConnections(timeoutMs: number): Promise<void> {
    if (this.#connections.size === 0) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, timeoutMs)
    this.#onAllClosed = resolve
    await promise
    clearTimeout(timer)
  }

  #sendAndWait(client: Client<Context>, delivery: Delivery, timeoutMs: number): Promise<DirectResult> {
    const { promise, resolve } = Promise.withResolvers<DirectResult>()
    const { outbound } = client.session
    const settle = (acknowledged: boolean) => {
      cancelTimer()
      resolve(
        acknowledged ? 'acknowledged' : client.connection.state === 'closed' ? 'not-connected' : 'not-deliverable',
      )
    }
    const cancelTimer = this.#engine.clock.after(timeoutMs, () => {
      outbound.abandon(settle)
      resolve('timeout')
    })
    if (!outbound.sendNow(delivery, settle)) settle(false)
    return promise
  }

  #deliveryOf(outgoing: OutgoingMessage): Delivery {
    const problem = validateTopicName(outgoing.topic, MQTT_TOPIC_LIMITS)
    if (problem) throw new RangeError(problem.message)
    const { properties = NO_MESSAGE_PROPERTIES } = outgoing
    const wrong = validateMessageProperties(properties, NO_LIMITS)
    if (wrong !== undefined) throw new RangeError(wrong)
    const nowMs = this.#engine.clock.now()
    const message: Message = {
      topic: outgoing.topic,
      payload: outgoing.payload,
      qos: outgoing.qos ?? 0,
      retain: outgoing.retain ?? false,
      properties,
      receivedAtMs: nowMs,
    }
    if (outgoing.expiresAtMs !== undefined) message.expiresAtMs = outgoing.expiresAtMs
    if (outgoing.traceId !== undefined) message.traceId = outgoing.traceId
    return new Delivery(message, nowMs)
  }
}
