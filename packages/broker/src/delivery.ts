import type { Shareable } from './byte-budget.ts'
import type { ProtocolVersion } from './codec/packet-type.ts'
import { encodeProperties, type Properties } from './codec/properties.ts'
import { encodePublish, type PublishFrame } from './codec/publish.ts'
import { messageBytes, ownCopy, ownMessage } from './own-message.ts'
import type { Message } from './types.ts'

const NO_PROPERTIES = Buffer.of(0)

/** An encoded message that waits for the streams of the connections that share it. */
export interface KeptFrame extends Shareable {
  readonly frame: PublishFrame
}

/** A message that waits for the windows of the connections that share it. */
export interface KeptDelivery extends Shareable {
  readonly delivery: Delivery
  readonly retain: boolean
}

/** A message on its way to subscribers. Encoded at most once per version, QoS and RETAIN, however many they are. */
export class Delivery {
  readonly message: Message
  readonly #nowMs: number
  readonly #frames: (PublishFrame | undefined)[] = []
  readonly #keptFrames: (KeptFrame | undefined)[] = []
  /** As it is, and with RETAIN. */
  readonly #kept: (KeptDelivery | undefined)[] = []
  #own: Delivery | undefined
  #properties: Buffer | undefined

  /** `nowMs`: from which the rest of its life is counted. */
  constructor(message: Message, nowMs: number) {
    this.message = message
    this.#nowMs = nowMs
  }

  frame(version: ProtocolVersion, qos: 0 | 1, retain: boolean): PublishFrame {
    const index = frameIndex(version, qos, retain)
    let frame = this.#frames[index]
    if (!frame) {
      const { topic, payload } = this.message
      frame = encodePublish(topic, payload, qos, retain, version === 5 ? this.#propertyBlock() : undefined)
      this.#frames[index] = frame
    }
    return frame
  }

  /** The same for those that have to wait: bytes that keep nothing else in memory, one copy for all. */
  keptFrame(version: ProtocolVersion, qos: 0 | 1, retain: boolean): KeptFrame {
    const index = frameIndex(version, qos, retain)
    const kept = this.#keptFrames[index] ?? keep(this.frame(version, qos, retain))
    this.#keptFrames[index] = kept
    return kept
  }

  /**
   * The whole message for those that have to wait: one copy for all, and one object for each `retain`. An object for
   * each of them would be what most of the garbage collector's pauses are about while many clients do not read.
   */
  kept(retain: boolean): KeptDelivery {
    const index = retain ? 1 : 0
    let kept = this.#kept[index]
    if (!kept) {
      this.#own ??= new Delivery(ownMessage(this.message), this.#nowMs)
      kept = { delivery: this.#own, retain, sizeBytes: messageBytes(this.message), holders: 0 }
      this.#kept[index] = kept
    }
    return kept
  }

  /** The same message later: what is left of its life is counted from then. */
  at(nowMs: number): Delivery {
    return this.message.expiresAtMs === undefined ? this : new Delivery(this.message, nowMs)
  }

  /** Says that these bytes, as a publisher sent them, are what subscribers of that version and QoS get. */
  adopt(version: ProtocolVersion, qos: 0 | 1, frame: PublishFrame): void {
    this.#frames[frameIndex(version, qos, false)] = frame
  }

  /** The message has other properties now than those that a publisher sent. */
  forgetFrames(): void {
    this.#frames.length = 0
  }

  /** For one MQTT 5 connection: `topic` is empty where the connection knows the alias already. */
  aliasedFrame(topic: string, topicAlias: number, qos: 0 | 1, retain: boolean): PublishFrame {
    const properties = encodeProperties({ ...toProperties(this.message, this.#nowMs), topicAlias })
    return encodePublish(topic, this.message.payload, qos, retain, properties)
  }

  #propertyBlock(): Buffer {
    if (!this.#properties) {
      const { message } = this
      const none = message.properties === NO_MESSAGE_PROPERTIES && message.expiresAtMs === undefined
      this.#properties = none ? NO_PROPERTIES : encodeProperties(toProperties(message, this.#nowMs))
    }
    return this.#properties
  }
}

/** A frame to wait with, in bytes of its own. */
export function keep(frame: PublishFrame): KeptFrame {
  const bytes = ownCopy(frame.bytes.subarray(frame.start, frame.end))
  const own = { bytes, start: 0, end: bytes.length, packetIdOffset: frame.packetIdOffset }
  return { frame: own, sizeBytes: bytes.length, holders: 0 }
}

/** Of every message that has none, so that this can be told by identity. */
export const NO_MESSAGE_PROPERTIES: Message['properties'] = {}

function frameIndex(version: ProtocolVersion, qos: 0 | 1, retain: boolean): number {
  return (version === 5 ? 4 : 0) + qos * 2 + (retain ? 1 : 0)
}

function toProperties(message: Message, nowMs: number): Properties {
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, userProperties } = message.properties
  const properties: Properties = {}
  if (payloadFormatIndicator !== undefined) properties.payloadFormatIndicator = payloadFormatIndicator
  if (message.expiresAtMs !== undefined) {
    // Whole seconds that are left, 0 in the last one. [MQTT-3.3.2-6]
    properties.messageExpiryInterval = Math.max(0, Math.floor((message.expiresAtMs - nowMs) / 1000))
  }
  if (contentType !== undefined) properties.contentType = contentType
  if (responseTopic !== undefined) properties.responseTopic = responseTopic
  if (correlationData !== undefined) properties.correlationData = Buffer.from(correlationData)
  if (userProperties !== undefined) properties.userProperties = [...userProperties]
  return properties
}
