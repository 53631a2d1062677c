import { matchedFilter, matches } from '@thingdeck/topics'

/** Asks topics whether they are of the topic filter of a `topic:` term; of a shared subscription, of its filter. */
export function topicTest(filter: string): (topic: string) => boolean {
  const topicFilter = matchedFilter(filter)
  return (topic) => matches(topicFilter, topic)
}
