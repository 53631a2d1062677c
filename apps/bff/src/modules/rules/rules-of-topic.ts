import type { RuleRow, TopicRules } from '@thingdeck/contract'
import { BASIC_INGEST_PREFIX, matches } from '@thingdeck/topics'
import type { AllRules } from './rules.ts'

/**
 * Which rules a message of a topic leads to: those whose filter matches it, or the one that Basic Ingest names. AWS's own
 * `ListTopicRules` takes a topic as well, but says nowhere whether wildcards count; what is compared here is what fires.
 * @see AWS IoT developer guide, "Reducing messaging costs with Basic Ingest"
 */
export function rulesOfTopic({ rules, isAll }: AllRules, topic: string): TopicRules {
  const isReached = topic.startsWith(BASIC_INGEST_PREFIX) ? isNamedBy(topic) : isFilteredBy(topic)
  return {
    rules: rules.filter(isReached).sort((one, other) => (one.ruleName < other.ruleName ? -1 : 1)),
    looked: rules.length,
    isAll,
  }
}

const isFilteredBy =
  (topic: string) =>
  ({ topicPattern }: RuleRow): boolean =>
    topicPattern !== undefined && matches(topicPattern, topic)

function isNamedBy(topic: string) {
  const [name] = topic.slice(BASIC_INGEST_PREFIX.length).split('/')
  return ({ ruleName }: RuleRow): boolean => ruleName === name
}
