import { matches, parseSharedSubscription } from '@thingdeck/topics'

/** Whether a topic is of the topic filter of a `topic:` term; of a shared subscription, of its filter. */
export const matchesTopicTerm = (filter: string, topic: string): boolean =>
  matches(parseSharedSubscription(filter)?.topicFilter ?? filter, topic)
