import { type TopicLimits, validateTopicName } from '@thingdeck/topics'
import { malformed, protocolError } from './codec/byte-reader.ts'
import { PacketError } from './codec/packet-error.ts'
import type { ProtocolVersion } from './codec/packet-type.ts'
import type { PublishPacket } from './codec/publish.ts'
import { REASON } from './codec/reason-codes.ts'
import type { Limits } from './limits.ts'
import { rateLimit, type TokenBucket } from './token-bucket.ts'

const NO_BYTES = Buffer.alloc(0)

/** What the receiving side of a client needs of its surroundings. */
export interface InboundEnvironment {
  readonly limits: Readonly<Limits>
  readonly topicLimits: TopicLimits
}

/** What a client sends, as far as one PUBLISH has to do with those before: topics, rate, and what waits for a hook. */
export class Inbound {
  readonly #version: ProtocolVersion
  readonly #environment: InboundEnvironment
  readonly #rate: TokenBucket | undefined
  readonly #filterRate: TokenBucket | undefined
  /** By alias, from 1. */
  readonly #aliases: (string | undefined)[] = []
  /** The topic of the last PUBLISH, as bytes and as text: most clients publish to the same one again. */
  #lastTopicBytes: Buffer = NO_BYTES
  #lastTopic = ''
  /** Packet identifiers of QoS 1 messages whose PUBACK waits for a hook. */
  readonly #unacknowledged = new Set<number>()
  /** Messages that wait for a hook, whatever their QoS, and their bytes. */
  #pending = 0
  #pendingBytes = 0

  constructor(version: ProtocolVersion, environment: InboundEnvironment, nowMs: number) {
    this.#version = version
    this.#environment = environment
    this.#rate = rateLimit(environment.limits.inboundPublishesPerSecond, nowMs)
    this.#filterRate = rateLimit(environment.limits.filtersPerSecond, nowMs)
  }

  /** Whether so many messages wait for a hook that no more should be read. An MQTT 3.1.1 client knows no window. */
  get isFull(): boolean {
    const { inboundInFlight, pendingMessages, pendingBytes } = this.#environment.limits
    const isWindowFull = this.#version === 4 && this.#unacknowledged.size >= inboundInFlight
    return isWindowFull || this.#pending >= pendingMessages || this.#pendingBytes >= pendingBytes
  }

  /** Whether the PUBACK of that packet identifier is still to come. */
  isInFlight(packetId: number): boolean {
    return this.#unacknowledged.size > 0 && this.#unacknowledged.has(packetId)
  }

  /** @throws {PacketError} for one more QoS 1 message in flight than an MQTT 5 client was told [MQTT-3.3.4-9] */
  checkWindow(): void {
    if (this.#version === 4 || this.#unacknowledged.size === 0) return
    if (this.#unacknowledged.size >= this.#environment.limits.inboundInFlight) {
      throw new PacketError(REASON.RECEIVE_MAXIMUM_EXCEEDED, 'More messages in flight than the receive maximum')
    }
  }

  /** Whether the rate allows another message. */
  admit(nowMs: number): boolean {
    return !this.#rate || this.#rate.take(nowMs)
  }

  /** Counts the filters of a SUBSCRIBE or UNSUBSCRIBE. Milliseconds until the rate allows another one. */
  countFilters(nowMs: number, count: number): number {
    this.#filterRate?.take(nowMs, count)
    return this.#filterRate?.waitMs(nowMs) ?? 0
  }

  /** A message waits for a hook. `packetId`: 0 with QoS 0. */
  wait(packetId: number, sizeBytes: number): void {
    this.#pending++
    this.#pendingBytes += sizeBytes
    if (packetId > 0) this.#unacknowledged.add(packetId)
  }

  /** It does not any more. */
  settle(packetId: number, sizeBytes: number): void {
    this.#pending--
    this.#pendingBytes -= sizeBytes
    this.#unacknowledged.delete(packetId)
  }

  /**
   * The topic, by its alias if need be (MQTT 5.0 §3.3.2.3.4).
   * @throws {PacketError}
   */
  topicOf(packet: PublishPacket): string {
    const alias = packet.properties?.topicAlias
    if (alias === undefined) return this.#checkedTopic(packet)
    if (alias === 0 || alias > this.#environment.limits.topicAliases) {
      throw new PacketError(REASON.TOPIC_ALIAS_INVALID, `Topic alias ${alias} is out of range`) // [MQTT-3.3.2-8], [MQTT-3.3.2-9]
    }
    if (packet.topicStart === packet.topicEnd) {
      const topic = this.#aliases[alias]
      if (topic === undefined) throw protocolError(`Topic alias ${alias} stands for no topic`)
      return topic
    }
    const topic = this.#checkedTopic(packet)
    this.#aliases[alias] = topic // [MQTT-3.3.2-12]
    return topic
  }

  /** [MQTT-3.3.2-1], [MQTT-3.3.2-2] */
  #checkedTopic(packet: PublishPacket): string {
    const { bytes, topicStart, topicEnd } = packet
    const last = this.#lastTopicBytes
    if (topicEnd - topicStart === last.length && last.length > 0) {
      let index = 0
      while (index < last.length && bytes[topicStart + index] === last[index]) index++
      if (index === last.length) return this.#lastTopic
    }
    const topic = packet.topic()
    if (topic === '') {
      throw this.#version === 5 ? protocolError('No topic and no topic alias') : malformed('The topic is empty')
    }
    const problem = validateTopicName(topic, this.#environment.topicLimits)
    if (problem) throw new PacketError(REASON.TOPIC_NAME_INVALID, problem.message)
    this.#lastTopicBytes = Buffer.from(bytes.subarray(topicStart, topicEnd))
    this.#lastTopic = topic
    return topic
  }
}
