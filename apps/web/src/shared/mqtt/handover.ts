import type { MqttMessage } from './message.ts'

/**
 * Two connections with the same subscriptions, for the moment in which one replaces the other: each message comes
 * twice, once on each, in no common order. Emitting what either line has shown more often than was emitted so far
 * passes each message on once, and does not mistake two equal messages for one.
 *
 *     old: a b b c       emitted after each arrival, whichever line it came on:
 *     new:   b b c d     a, b, b, c, d
 *
 * What the old one brought before the new one's subscription was in force never comes on the new one. Should the same
 * topic bring the same payload again after the old one's end, within the handover, it is taken for its copy: nothing
 * in a message tells the two apart.
 */
export class Handover {
  readonly #emitted = new Map<string, number>()
  readonly #seen = { old: new Map<string, number>(), new: new Map<string, number>() }

  /** Whether this arrival is to be passed on. */
  admits(line: 'old' | 'new', message: Pick<MqttMessage, 'topic' | 'qos' | 'payload' | 'retain'>): boolean {
    if (line === 'new' && message.retain) return false // sent for the subscription: the old one had it long ago
    const key = keyOf(message)
    const count = (this.#seen[line].get(key) ?? 0) + 1
    this.#seen[line].set(key, count)
    if (count <= (this.#emitted.get(key) ?? 0)) return false
    this.#emitted.set(key, count)
    return true
  }
}

const BYTES = new TextDecoder('latin1') // one character for each byte, so that equal keys are equal payloads

const keyOf = ({ topic, qos, payload }: Pick<MqttMessage, 'topic' | 'qos' | 'payload'>): string =>
  `${qos} ${topic}\n${BYTES.decode(payload)}`
