import type { MqttClient } from 'mqtt'
import { Finding } from './attack.ts'
import type { Identity, Victim } from './server.ts'

export const PERSISTENT = { clean: false, properties: { sessionExpiryInterval: 3600 } } as const

/** How long a message may take that was promised: then it is lost. */
const PATIENCE_MS = 60_000

/** A client with a persistent session, and what it received in all its connections. */
export class Receiver {
  readonly clientId: string
  readonly filter: string
  /** Payloads, up to their first colon. */
  readonly received = new Set<string>()
  #onMessage = () => {}

  constructor(clientId: string, filter: string) {
    this.clientId = clientId
    this.filter = filter
  }

  /** Begins the session. */
  async subscribe(server: Victim, identity: Identity): Promise<void> {
    const mqtt = await this.resume(server, identity)
    await mqtt.subscribeAsync(this.filter, { qos: 1 })
    await mqtt.endAsync()
  }

  async resume(server: Victim, identity: Identity): Promise<MqttClient> {
    // Stored messages follow CONNACK at once, and may be there before the promise of the connection settles.
    const handle = (payload: Buffer) => {
      this.received.add(payload.toString().split(':', 1)[0] ?? '')
      this.#onMessage()
    }
    return server.connect(identity, { clientId: this.clientId, ...PERSISTENT }, (_topic, payload) => handle(payload))
  }

  /**
   * Connects again and takes messages in until all that were promised are there.
   * @throws {Finding} with those that do not come
   */
  async catchUp(server: Victim, identity: Identity, promised: ReadonlySet<string>): Promise<void> {
    const mqtt = await this.resume(server, identity)
    const complete = Promise.withResolvers<void>()
    this.#onMessage = () => {
      if (promised.isSubsetOf(this.received)) complete.resolve()
    }
    this.#onMessage()
    const patience = setTimeout(() => {
      const missing = [...promised.difference(this.received)]
      complete.reject(
        new Finding(
          `${this.clientId} lost ${missing.length} acknowledged messages, as ${missing.slice(0, 5).join(', ')}`,
        ),
      )
    }, PATIENCE_MS)
    try {
      await complete.promise
    } finally {
      clearTimeout(patience)
      this.#onMessage = () => {}
      await mqtt.endAsync(true)
    }
  }
}
