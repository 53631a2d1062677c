export { BASIC_INGEST_PREFIX } from './basic-ingest.ts'
export { covers, overlaps } from './filter-relations.ts'
export { KeptByTopic } from './kept-by-topic.ts'
export { type MatchOptions, matches } from './matches.ts'
export {
  type EventTopic,
  formatReservedTopic,
  type JobEvent,
  type JobExecutionEvent,
  type JobsTopic,
  type MemberEvent,
  type OtherServiceTopic,
  type PayloadFormat,
  type ProvisioningTopic,
  type RegistryEvent,
  type ReplySuffix,
  type ReservedTopic,
  type ShadowTopic,
} from './reserved-topic.ts'
export { isReservedTopic, mayPublish, maySubscribe, parseReservedTopic } from './reserved-topic-parser.ts'
export {
  formatSharedSubscription,
  matchedFilter,
  parseSharedSubscription,
  type SharedSubscription,
} from './shared-subscription.ts'
export { presenceTopic, type ShadowTopics, shadowTopics, subscriptionEventTopic } from './topic-builders.ts'
export { doubtTopic, type TopicDoubt, type TopicDoubtCode } from './topic-doubt.ts'
export { TopicFilterError, type TopicProblem, type TopicProblemCode } from './topic-error.ts'
export { isTopicFilter, validateTopicFilter } from './topic-filter.ts'
export { TopicFilterTrie } from './topic-filter-trie.ts'
export { AWS_TOPIC_LIMITS, MQTT_TOPIC_LIMITS, type TopicLimits } from './topic-limits.ts'
export { validateTopicName } from './topic-name.ts'
