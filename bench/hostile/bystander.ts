import type { MqttClient } from 'mqtt'
import { Finding } from './attack.ts'
import type { Identity, Victim } from './server.ts'

const TOPIC = 'bystander/alive'
/** How long a message to itself may take, whatever others do: a stall beyond this is a denial of service. */
const PATIENCE_MS = 60_000

/** A client that behaves, and notices nothing of what others do. */
export class Bystander {
  readonly #server: Victim
  readonly #mqtt: MqttClient
  #sent = 0
  #onMessage: (text: string) => void = () => {}

  private constructor(server: Victim, mqtt: MqttClient) {
    this.#server = server
    this.#mqtt = mqtt
    mqtt.on('message', (_topic, payload) => this.#onMessage(payload.toString()))
  }

  static async at(server: Victim, identity: Identity): Promise<Bystander> {
    const mqtt = await server.connect(identity, { clientId: 'bystander' })
    await mqtt.subscribeAsync(TOPIC, { qos: 1 })
    return new Bystander(server, mqtt)
  }

  /**
   * Sends itself a message, and asks the server over HTTP how it is.
   * @throws {Finding} where there is no answer, another one, or where the server said that something failed in it
   */
  async check(): Promise<void> {
    await this.#echo()
    const { status } = await fetch(`${this.#server.ready.http}/_local/health`)
    if (status !== 200) throw new Finding(`The server's health was answered ${status}`)
    this.#server.checkAlive()
  }

  async leave(): Promise<void> {
    await this.#mqtt.endAsync(true)
  }

  async #echo(): Promise<void> {
    const text = String(this.#sent++)
    const echoed = Promise.withResolvers<void>()
    this.#onMessage = (received) => {
      if (received === text) echoed.resolve()
      else echoed.reject(new Finding(`A bystander got ${received} where ${text} is due`))
    }
    const onClose = () => echoed.reject(new Finding('A bystander lost its connection'))
    this.#mqtt.once('close', onClose)
    const late = () => echoed.reject(new Finding(`A bystander's message did not come within ${PATIENCE_MS} ms`))
    const patience = setTimeout(late, PATIENCE_MS)
    try {
      this.#mqtt.publish(TOPIC, text, { qos: 1 })
      await echoed.promise
    } finally {
      clearTimeout(patience)
      this.#mqtt.off('close', onClose)
    }
  }
}
