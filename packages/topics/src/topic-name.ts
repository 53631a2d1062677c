import type { TopicProblem } from './topic-error.ts'
import { AWS_TOPIC_LIMITS, checkText, type TopicLimits, uncountedPrefixLength } from './topic-limits.ts'

/**
 * The first thing wrong with a topic name to publish to, or `undefined` if there is nothing. Whether a reserved topic
 * may be published to is another question: see `mayPublish`.
 *
 * The prefix `$aws/rules/NAME/` of Basic Ingest counts toward neither limit.
 * @see MQTT 5.0 §4.7, and AWS General Reference, "AWS IoT Core message broker quotas"
 */
export function validateTopicName(input: string, limits: TopicLimits = AWS_TOPIC_LIMITS): TopicProblem | undefined {
  return checkText(input, uncountedPrefixLength(input), limits, 'refused')
}
