import { matches } from '@thingdeck/topics'
import type { DataTree } from '../data-tree.ts'
import { decodeProtobuf } from './decode-protobuf.ts'
import type { ProtoSchema } from './schema.ts'
import { decodeSparkplug, isSparkplugTopic, type MetricBirths } from './sparkplug.ts'

/** How the payloads of a topic are decoded that say nothing of themselves. */
export interface TopicType {
  readonly encoding: 'protobuf' | 'sparkplug'
  /** Full name of the message type. */
  readonly name: string
  /**
   * @param births what is known of Sparkplug's metrics at that place in the stream
   * @throws {DecodeError}
   */
  readonly decode: (payload: Uint8Array, births?: MetricBirths) => DataTree
}

/** A message type that somebody gave for the topics that a filter matches. */
export interface GivenType {
  readonly filter: string
  readonly name: string
  readonly schema: ProtoSchema
}

interface Given {
  readonly filter: string
  readonly type: TopicType
}

const SPARKPLUG: TopicType = { encoding: 'sparkplug', name: 'Sparkplug B payload', decode: decodeSparkplug }

/**
 * One for each of page and worker, as the types given in a browser are: whoever decodes a payload asks by its topic, and
 * would otherwise have to be handed them through every layer.
 */
let given: readonly Given[] = []

/** Makes these all types that are given. Of several whose filters match a topic the first counts. */
export function setGivenTypes(types: readonly GivenType[]): void {
  given = types.map(({ filter, name, schema }) => ({
    filter,
    type: { encoding: 'protobuf', name, decode: (payload) => decodeProtobuf(payload, schema, name) },
  }))
}

/** What a topic's payloads are by what was given, else by Sparkplug's namespace; undefined: nothing says it. */
export function topicTypeOf(topic: string): TopicType | undefined {
  if (given.length > 0) {
    const found = given.find(({ filter }) => matches(filter, topic))
    if (found) return found.type
  }
  return isSparkplugTopic(topic) ? SPARKPLUG : undefined
}
