import { setImmediate as nextTurn } from 'node:timers/promises'
import type { MqttClient } from 'mqtt'
import { expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice, policyOf } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice, startDevice, type TestClient } from './support/mqtt-client.ts'

// What clients did and saw, what the log says of it, and what the metrics count are the same numbers.

const SEED = Number(process.env.IOT_LOG_SEED ?? Date.now() % 2 ** 31)
const STEPS = Number(process.env.IOT_LOG_STEPS ?? 400)

/** The same numbers for the same seed: mulberry32, by Tommy Ettinger, in the public domain. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** By event type and status, e.g. `Publish-In Success`. */
type Sums = Map<string, number>

const unlimited = Number.POSITIVE_INFINITY
const RATES_OFF = { inboundPublishesPerSecond: unlimited, outboundPublishesPerSecond: unlimited }

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']
const TOPICS = ['t/1', 't/2', 't/3']

const closed = (mqtt: MqttClient) => new Promise<void>((resolve) => mqtt.once('close', () => resolve()))

/** What the metrics of `AWS/IoT` call what the log says; what is refused here is so by policies. */
function metricsOf(sums: Sums): Record<string, number> {
  const metrics: Record<string, number> = {}
  for (const [what, times] of sums) {
    const [eventType = '', status] = what.split(' ')
    const isCounted = eventType !== 'Disconnect' && times > 0 // of which there is no metric
    const name = `${eventType.replace('-', '')}.${status === 'Success' ? 'Success' : 'AuthError'} MQTT`
    if (isCounted) metrics[name] = times
  }
  return metrics
}

/** A fleet that counts what its clients do and see. */
class Fleet {
  readonly #sums: Sums = new Map()
  readonly #local: Local
  readonly #good: DeviceIdentity
  readonly #bad: DeviceIdentity
  readonly #clients = new Map<string, TestClient>()
  readonly #subscribed = new Map<string, Set<string>>()
  /** Sessions that are away, by client id. */
  readonly #away = new Set<string>()
  /** Of all clients that ever were. */
  readonly #inboxes: TestClient['inbox'][] = []

  constructor(local: Local, good: DeviceIdentity, bad: DeviceIdentity) {
    this.#local = local
    this.#good = good
    this.#bad = bad
  }

  /** Everything that clients did and saw so far. */
  get sums(): Sums {
    return new Map([...this.#sums, ['Publish-Out Success', this.#received]])
  }

  get #received(): number {
    return this.#inboxes.reduce((sum, { rest }) => sum + rest.length, 0)
  }

  count(what: string, times = 1): void {
    this.#sums.set(what, (this.#sums.get(what) ?? 0) + times)
  }

  /** Those that are here. */
  get names(): readonly string[] {
    return [...this.#clients.keys()]
  }

  isHere(name: string): boolean {
    return this.#clients.has(name)
  }

  /** Comes, taking over where one of its name is here, with a session that stays. */
  async come(name: string): Promise<void> {
    const earlier = this.#clients.get(name)
    if (earlier) await this.#settle(earlier)
    const left = earlier && closed(earlier.mqtt)
    const session = { clean: false, properties: { sessionExpiryInterval: 3600 } }
    const client = await connectDevice(this.#local, this.#good, { clientId: name, ...session })
    this.count('Connect Success')
    await left
    if (earlier) this.count('Disconnect Failure')
    this.#inboxes.push(client.inbox)
    this.#clients.set(name, client)
    this.#away.delete(name)
    await this.#settle(client)
  }

  async leave(name: string): Promise<void> {
    const client = this.#clients.get(name)
    if (!client) return
    await this.#settle(client)
    this.#clients.delete(name)
    this.#away.add(name)
    await client.mqtt.endAsync()
    this.count('Disconnect Success')
  }

  /** All of it has arrived before the next step: only so it is known who was there to get it. */
  async publish(name: string, topic: string, times: number): Promise<void> {
    const client = this.#clients.get(name)
    if (!client) return
    const before = this.#received
    const [here, away] = [this.#subscribersOf(topic, true), this.#subscribersOf(topic, false)]
    await Promise.all(Array.from({ length: times }, () => client.mqtt.publishAsync(topic, 'x', { qos: 1 })))
    this.count('Publish-In Success', times)
    this.count('Queued Success', away * times)
    while (this.#received < before + here * times) await nextTurn()
  }

  /** Until the client has all that was sent to it: the answer comes behind that. */
  async #settle({ mqtt }: TestClient): Promise<void> {
    await mqtt.unsubscribeAsync('none/such')
    this.count('Unsubscribe Success')
  }

  async subscribe(name: string, topic: string): Promise<void> {
    const client = this.#clients.get(name)
    if (!client) return
    await client.mqtt.subscribeAsync(topic, { qos: 1 })
    this.count('Subscribe Success')
    this.#subscribed.set(name, (this.#subscribed.get(name) ?? new Set()).add(topic))
  }

  async unsubscribe(name: string, topic: string): Promise<void> {
    const client = this.#clients.get(name)
    if (!client) return
    await client.mqtt.unsubscribeAsync(topic)
    this.count('Unsubscribe Success')
    this.#subscribed.get(name)?.delete(topic)
  }

  /** To a topic of the server's, over MQTT 5: PUBLISH and SUBSCRIBE hear of it, the connection stays. */
  async forge(name: string): Promise<void> {
    const client = this.#clients.get(name)
    if (!client) return
    await expect(client.mqtt.publishAsync('$aws/events/forged', 'x', { qos: 1 })).rejects.toThrow()
    this.count('Publish-In Failure')
    await expect(client.mqtt.subscribeAsync('$aws/rules/x', { qos: 1 })).rejects.toThrow()
    this.count('Subscribe Failure')
  }

  /** One whose policy lets it do nothing. */
  async comeUninvited(): Promise<void> {
    const stranger = startDevice(this.#local, this.#bad, { clientId: 'stranger' })
    await new Promise<void>((resolve) => {
      stranger.once('error', () => {})
      stranger.once('close', () => resolve())
    })
    stranger.end(true)
    this.count('Connect Failure')
  }

  /** Speaks what is no MQTT, in a client of its own. */
  async misbehave(): Promise<void> {
    const client = await connectDevice(this.#local, this.#good, { clientId: 'rude' })
    this.count('Connect Success')
    const end = closed(client.mqtt)
    client.mqtt.stream.write(Buffer.from([0xf0, 0x00]))
    await end
    this.count('Disconnect Failure')
  }

  async leaveAll(): Promise<void> {
    for (const name of this.names) await this.leave(name)
  }

  #subscribersOf(topic: string, isHere: boolean): number {
    const those = isHere ? this.#clients : this.#away
    return [...those.keys()].filter((name) => this.#subscribed.get(name)?.has(topic)).length
  }
}

test(`sums of the log are those of the clients, seed ${SEED}`, { timeout: 60_000 + STEPS * 200 }, async () => {
  await using local = await startLocal({
    logEntriesPerSecond: unlimited,
    // What waited for a client is sent before it does anything else.
    limits: { ...RATES_OFF, storedMessagesPerSecond: unlimited },
  })
  const good = await makeDevice(local)
  const bad = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Publish', '*']) })
  await turnOn(local, 'INFO')
  const fleet = new Fleet(local, good, bad)
  const next = random(SEED)
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item // of a list that is not empty
  for (const name of NAMES.slice(0, 3)) await fleet.come(name)
  for (let step = 0; step < STEPS; step++) {
    const name = oneOf(NAMES)
    const topic = oneOf(TOPICS)
    const dice = next()
    if (!fleet.isHere(name)) {
      if (dice < 0.3) await fleet.come(name)
    } else if (dice < 0.6) await fleet.publish(name, topic, 1 + Math.floor(next() * 20))
    else if (dice < 0.75) await fleet.subscribe(name, topic)
    else if (dice < 0.8) await fleet.unsubscribe(name, topic)
    else if (dice < 0.87) await fleet.leave(name)
    else if (dice < 0.92) await fleet.come(name)
    else if (dice < 0.95) await fleet.forge(name)
    else if (dice < 0.98) await fleet.comeUninvited()
    else await fleet.misbehave()
  }
  await fleet.leaveAll()
  const logged = async () => {
    const sums: Sums = new Map()
    for (const { eventType, status } of await entries(local)) {
      const key = `${eventType} ${status}`
      sums.set(key, (sums.get(key) ?? 0) + 1)
    }
    return sums
  }
  const sorted = (sums: Sums) => [...sums].filter(([, times]) => times > 0).sort()
  await expect.poll(async () => sorted(await logged()), { timeout: 20_000 + STEPS * 20 }).toEqual(sorted(fleet.sums))
  expect(await metricSums(local)).toEqual(metricsOf(fleet.sums))
})
