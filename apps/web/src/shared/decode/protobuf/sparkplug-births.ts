import { DecodeError } from '../decode-error.ts'
import { birthOf, type MetricBirths } from './sparkplug.ts'

/** §4: of edge nodes (`N…`), and of the devices behind them (`D…`). */
const TOPIC = /^spBv1\.0\/([^/]+)\/([ND])(BIRTH|DEATH|DATA|CMD)\/([^/]+)(?:\/([^/]+))?$/

/** Of those that had a birth longest ago the births are forgotten. */
const MOST_PLACES = 5_000
/** Messages from before that many births of one are shown with their aliases. */
const MOST_BIRTHS = 16

interface Birth {
  readonly sequence: number
  readonly metrics: MetricBirths
}

/** Of whom a topic of Sparkplug is, and what kind of message. */
export interface SparkplugPlace {
  readonly node: string
  /** The node itself, or one of its devices. */
  readonly name: string
  readonly kind: 'BIRTH' | 'DEATH' | 'DATA' | 'CMD'
}

/**
 * The births that a stream brought. Data that follows a birth may name its metrics by the aliases that the birth gave
 * them, and leave out their types (Eclipse Sparkplug Specification 3.0.0, §6.4.6). A birth holds until the next one of
 * the same place; that of an edge node ends those of its devices.
 */
export class SparkplugBirths {
  readonly #births = new Map<string, readonly Birth[]>()

  /** @param sequence of the message in its stream, higher than of all before it */
  observe(topic: string, payload: Uint8Array, sequence: number): void {
    const place = sparkplugPlaceOf(topic)
    if (place?.kind !== 'BIRTH') return
    const metrics = read(payload)
    if (!metrics) return
    const before = this.#births.get(place.name) ?? []
    this.#births.delete(place.name) // to be the latest
    this.#births.set(place.name, [...before.slice(1 - MOST_BIRTHS), { sequence, metrics }])
    if (this.#births.size > MOST_PLACES) {
      const [oldest] = this.#births.keys()
      if (oldest !== undefined) this.#births.delete(oldest)
    }
  }

  /** What the birth says that held for a message of this topic. Undefined where the stream has not brought it. */
  before(topic: string, sequence: number): MetricBirths | undefined {
    if (this.#births.size === 0) return undefined
    const place = sparkplugPlaceOf(topic)
    const birth = place && this.#last(place.name, sequence)
    if (!place || !birth) return undefined
    const ofNode = this.#last(place.node, sequence)
    return ofNode && ofNode.sequence > birth.sequence ? undefined : birth.metrics
  }

  #last(name: string, sequence: number): Birth | undefined {
    return this.#births.get(name)?.findLast((birth) => birth.sequence < sequence)
  }
}

/** Undefined for a topic that is none of an edge node or a device. */
export function sparkplugPlaceOf(topic: string): SparkplugPlace | undefined {
  if (!topic.startsWith('spBv1.0/')) return undefined
  const [, group, scope, kind, edge, device] = TOPIC.exec(topic) ?? []
  if (kind === undefined || (scope === 'D') !== (device !== undefined)) return undefined
  const node = `${group}/${edge}`
  const name = device === undefined ? node : `${node}/${device}`
  return { node, name, kind: kind as SparkplugPlace['kind'] } // the pattern has no others
}

function read(payload: Uint8Array): MetricBirths | undefined {
  try {
    return birthOf(payload)
  } catch (error) {
    if (error instanceof DecodeError) return undefined // it is shown as the bytes that it is
    throw error
  }
}
