import { TopicNameError, type TopicProblem } from './topic-error.ts'
import { AWS_TOPIC_LIMITS, checkText, type TopicLimits, uncountedPrefixLength } from './topic-limits.ts'

/** The levels of a valid topic name, `dt/pump-7/t` → `['dt', 'pump-7', 't']`. */
export type TopicName = readonly string[]

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

/** Whether {@link validateTopicName} finds nothing wrong. */
export function isTopicName(input: string, limits: TopicLimits = AWS_TOPIC_LIMITS): boolean {
  return validateTopicName(input, limits) === undefined
}

/**
 * Splits a topic name into its levels; an empty level (`a//b`) is a level.
 * @throws {TopicNameError} for whatever {@link validateTopicName} finds.
 */
export function parseTopicName(input: string, limits: TopicLimits = AWS_TOPIC_LIMITS): TopicName {
  const problem = validateTopicName(input, limits)
  if (problem) throw new TopicNameError(problem)
  return input.split('/')
}
