import { connectAsync, type MqttClient } from 'mqtt'
import { type Credentials, presignMqttUrl } from '../../packages/sigv4/src/index.ts'
import { median } from '../measure/statistics.ts'

/** AWS takes 100 publishes a second of one connection; below it, no update waits for the next second. */
const CONNECTIONS = 8

interface Target {
  /** `http://localhost:7400`: MQTT is at the same port. */
  readonly endpoint: string
  readonly region: string
  readonly credentials: Credentials
  readonly thingName: string
}

/**
 * Reports of a device on its shadow's own topic, QoS 1, over few connections: signing an HTTP request for each update
 * would take more of the machine than the update does.
 */
export class DeviceFlood {
  readonly #clients: readonly MqttClient[]
  readonly #topic: string

  private constructor(clients: readonly MqttClient[], thingName: string) {
    this.#clients = clients
    this.#topic = `$aws/things/${thingName}/shadow/update`
  }

  static async connect({ endpoint, region, credentials, thingName }: Target): Promise<DeviceFlood> {
    const url = `${endpoint.replace(/^http/, 'ws')}/mqtt`
    const connect = async (_: unknown, index: number) =>
      connectAsync(await presignMqttUrl({ url, region, credentials }), {
        clientId: `bench-shadow-${index}`,
        protocolVersion: 5,
      })
    return new DeviceFlood(await Promise.all(Array.from({ length: CONNECTIONS }, connect)), thingName)
  }

  /** Sends at an even pace, whatever the answers do. `acknowledgedMs`: the median from sending to PUBACK. */
  async run({ perSecond, seconds }: { readonly perSecond: number; readonly seconds: number }) {
    const beginMs = performance.now()
    const delays: number[] = []
    let refused = 0
    const answers: Promise<void>[] = []
    for (let number = 0; number < perSecond * seconds; number += 1) {
      const waitMs = beginMs + (number * 1_000) / perSecond - performance.now()
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
      answers.push(
        this.#report(number, delays).catch(() => {
          refused += 1 // in MQTT 5 the broker says so; in 3.1.1 it would be silent
        }),
      )
    }
    await Promise.all(answers)
    const tookMs = performance.now() - beginMs
    return { sent: answers.length, refused, seconds: tookMs / 1_000, acknowledgedMs: median(delays) }
  }

  async #report(number: number, delays: number[]): Promise<void> {
    const sentMs = performance.now()
    const payload = JSON.stringify({ state: { reported: { k000: `v${number % 1_000}` } } })
    await this.#clients[number % CONNECTIONS]?.publishAsync(this.#topic, payload, { qos: 1 })
    delays.push(performance.now() - sentMs)
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.endAsync()))
  }
}
