import { mayPublish, parseReservedTopic } from '@thingdeck/topics'
import type { RecordedTopic } from './recorded-topics.ts'
import { thingInTopic } from './thing-pattern.ts'

/** Who published or received the messages: a recording does not say, so a person does. */
export type Party =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'thing'; readonly thingName: string }
  /** The thing that the topic names by a pattern; a reserved topic of a thing names it by itself. */
  | { readonly kind: 'topic'; readonly pattern: string }

/** What a thing is taken to have asked for. */
export interface ThingRequest {
  /** `iot:Publish`, `iot:RetainPublish` or `iot:Receive` */
  readonly action: string
  /** A topic. */
  readonly subject: string
  readonly thingName: string
  readonly count: number
}

export interface RecordedRequests {
  readonly requests: readonly ThingRequest[]
  /** So many messages were published by AWS IoT itself: no client may publish to their topics. */
  readonly byAws: number
  /** So many messages are of nobody: their topic names no thing. */
  readonly unnamed: number
}

/**
 * What messages would have asked of policies, were they published and received by those who are said to have. A message
 * that came live does not tell whether it was to be retained; one that came as retained was published so.
 */
export function recordedRequests(
  topics: readonly RecordedTopic[],
  publisher: Party,
  receiver: Party,
): RecordedRequests {
  const requests: ThingRequest[] = []
  let [byAws, unnamed] = [0, 0]
  for (const { topic, count, retained } of topics) {
    const isAnyones = mayPublish(topic)
    const publishing = isAnyones ? thingOf(publisher, topic, isAnyones) : undefined
    const receiving = thingOf(receiver, topic, !isAnyones)
    if (publishing !== undefined) {
      requests.push({ action: 'iot:Publish', subject: topic, thingName: publishing, count })
      if (retained > 0)
        requests.push({ action: 'iot:RetainPublish', subject: topic, thingName: publishing, count: retained })
    }
    if (receiving !== undefined) requests.push({ action: 'iot:Receive', subject: topic, thingName: receiving, count })
    if (!isAnyones) byAws += count
    else if (publishing === undefined && receiving === undefined) unnamed += count
  }
  return { requests, byAws, unnamed }
}

/** @param isForThem whether a reserved topic of a thing is one that its device has this part in */
function thingOf(party: Party, topic: string, isForThem: boolean): string | undefined {
  if (party.kind === 'nobody') return undefined
  if (party.kind === 'thing') return party.thingName
  const reserved = isForThem ? parseReservedTopic(topic) : undefined
  const named = reserved && reserved.kind !== 'event' && 'thingName' in reserved ? reserved.thingName : undefined
  return named ?? thingInTopic(party.pattern, topic)
}
