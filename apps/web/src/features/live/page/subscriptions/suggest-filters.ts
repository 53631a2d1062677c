import { parseReservedTopic } from '@thingdeck/topics'
import type { TopicOffer } from '../../../../shared/feature/parts.ts'

const GENERAL: readonly TopicOffer[] = [
  { filter: '#', description: 'Every topic that does not begin with $' },
  { filter: '$aws/events/presence/#', description: 'Clients connecting and disconnecting' },
  { filter: '$aws/events/subscriptions/#', description: 'Clients subscribing and unsubscribing' },
  { filter: '$aws/events/#', description: 'All events of AWS IoT Core' },
  { filter: '$aws/things/+/shadow/#', description: 'Shadows of all things' },
  { filter: '$aws/things/+/jobs/#', description: 'Jobs of all things' },
]

/** The topics that AWS IoT Core keeps for one thing. */
function thingFilters(thingName: string): readonly TopicOffer[] {
  const own = `$aws/things/${thingName}`
  return [
    { filter: `dt/+/${thingName}/#`, description: `Telemetry of ${thingName}` },
    { filter: `${own}/shadow/#`, description: `Classic and named shadows of ${thingName}` },
    { filter: `${own}/shadow/update/delta`, description: `What ${thingName} has not obeyed yet` },
    { filter: `${own}/jobs/#`, description: `Jobs of ${thingName}` },
    { filter: `$aws/events/presence/+/${thingName}`, description: `${thingName} connecting and disconnecting` },
    { filter: `$aws/events/subscriptions/+/${thingName}`, description: `What ${thingName} subscribes to` },
  ]
}

/** The thing that a reserved topic, or the beginning of one, is about. */
export function thingOfTopic(topic: string): string | undefined {
  const parsed = parseReservedTopic(topic)
  if (parsed && 'thingName' in parsed && typeof parsed.thingName === 'string') return parsed.thingName
  return /^\$aws\/things\/([a-zA-Z0-9:_-]+)/.exec(topic)?.[1]
}

/**
 * Known filters that go with what is typed: those of the thing that is looked at or named in it, and those that serve
 * everyone. All words typed must occur in filter or description.
 * @param offers what other features know of
 */
export function suggestFilters(
  typed: string,
  thingNames: readonly string[],
  offers: readonly TopicOffer[] = [],
): readonly TopicOffer[] {
  const named = thingOfTopic(typed)
  const things = [...new Set(named === undefined ? thingNames : [...thingNames, named])]
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return [...things.flatMap(thingFilters), ...GENERAL, ...offers].filter(({ filter, description }) => {
    const text = `${filter} ${description}`.toLowerCase()
    return filter !== typed && words.every((word) => text.includes(word))
  })
}
