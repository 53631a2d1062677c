import { sharedFilterStart, validateSharePrefix } from './shared-subscription.ts'
import type { TopicProblem } from './topic-error.ts'
import { AWS_TOPIC_LIMITS, checkText, type TopicLimits, uncountedPrefixLength } from './topic-limits.ts'

/**
 * The first thing wrong with a topic filter to subscribe to, or `undefined` if there is nothing. Whether a reserved
 * topic may be subscribed to is another question: see `maySubscribe`.
 *
 * The prefix `$share/NAME/` of a shared subscription counts toward neither limit.
 * @see MQTT 5.0 §4.7.1 and §4.8.2, and AWS General Reference, "AWS IoT Core message broker quotas"
 */
export function validateTopicFilter(input: string, limits: TopicLimits = AWS_TOPIC_LIMITS): TopicProblem | undefined {
  const shareProblem = validateSharePrefix(input)
  if (shareProblem) return shareProblem
  const start = sharedFilterStart(input)
  const problem = checkText(input, start || uncountedPrefixLength(input), limits, 'allowed')
  if (problem) return problem
  const levels = input.split('/')
  for (const [level, text] of levels.entries()) {
    if (text === '#' && level < levels.length - 1) {
      return { code: 'HASH_NOT_LAST', level, message: '# can only be the last level' } // [MQTT-4.7.1-1]
    }
    if (text.length > 1 && (text.includes('+') || text.includes('#'))) {
      return { code: 'WILDCARD_IN_LEVEL', level, message: '+ and # must fill a whole level' } // [MQTT-4.7.1-2]
    }
  }
  return undefined
}

/** Whether {@link validateTopicFilter} finds nothing wrong. */
export function isTopicFilter(input: string, limits: TopicLimits = AWS_TOPIC_LIMITS): boolean {
  return validateTopicFilter(input, limits) === undefined
}

/** Of a valid topic filter: whether it matches other topics than the one of its name. */
export function hasWildcard(filter: string): boolean {
  return filter.includes('+') || filter.endsWith('#')
}
