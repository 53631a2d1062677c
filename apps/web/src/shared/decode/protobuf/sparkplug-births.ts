import { DecodeError } from '../decode-error.ts'
import { birthOf, type MetricBirths } from './sparkplug.ts'

/** §4: births and data of edge nodes (`N…`), and of the devices behind them (`D…`). */
const TOPIC = /^spBv1\.0\/([^/]+)\/([ND])(BIRTH|DATA|CMD)\/([^/]+)(?:\/([^/]+))?$/

/** Of those that had a birth longest ago the births are forgotten. */
const MOST_PLACES = 5_000
/** Messages from before that many births of one are shown with their aliases. */
const MOST_BIRTHS = 16

interface Birth {
  readonly sequence: number
  readonly metrics: MetricBirths
}

interface Place {
  readonly node: string
  /** The node itself, or one of its devices. */
  readonly name: string
  readonly isBirth: boolean
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
    const place = placeOf(topic)
    if (!place?.isBirth) return
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
    const place = placeOf(topic)
    const birth = place && this.#last(place.name, sequence)
    if (!place || !birth) return undefined
    const ofNode = this.#last(place.node, sequence)
    return ofNode && ofNode.sequence > birth.sequence ? undefined : birth.metrics
  }

  #last(name: string, sequence: number): Birth | undefined {
    return this.#births.get(name)?.findLast((birth) => birth.sequence < sequence)
  }
}

function placeOf(topic: string): Place | undefined {
  if (!topic.startsWith('spBv1.0/')) return undefined
  const [, group, scope, kind, edge, device] = TOPIC.exec(topic) ?? []
  if (kind === undefined || (scope === 'D') !== (device !== undefined)) return undefined
  const node = `${group}/${edge}`
  return { node, name: device === undefined ? node : `${node}/${device}`, isBirth: kind === 'BIRTH' }
}

function read(payload: Uint8Array): MetricBirths | undefined {
  try {
    return birthOf(payload)
  } catch (error) {
    if (error instanceof DecodeError) return undefined // it is shown as the bytes that it is
    throw error
  }
}
