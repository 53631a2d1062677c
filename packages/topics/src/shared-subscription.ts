import { TopicFilterError, type TopicProblem } from './topic-error.ts'

/** A shared subscription taken apart. Share name and topic filter together name the group. */
export interface SharedSubscription {
  readonly shareName: string
  /** The filter that messages are matched against, without the `$share/NAME/` before it. */
  readonly topicFilter: string
}

const PREFIX = '$share/'

/** AWS's limit for a share name, in characters. */
const MAX_SHARE_NAME_LENGTH = 128

/**
 * Takes `$share/workers/dt/+` apart into `workers` and `dt/+`; `undefined` for an ordinary filter. The topic filter
 * inside is not looked at: `validateTopicFilter` judges the whole.
 * @throws {TopicFilterError} `SHARE_NAME` or `SHARE_FILTER_MISSING` where the prefix itself is wrong.
 * @see MQTT 5.0 §4.8.2; AWS IoT developer guide, "Shared subscriptions"
 */
export function parseSharedSubscription(input: string): SharedSubscription | undefined {
  const problem = validateSharePrefix(input)
  if (problem) throw new TopicFilterError(problem)
  const start = sharedFilterStart(input)
  if (start === 0) return undefined
  return { shareName: input.slice(PREFIX.length, start - 1), topicFilter: input.slice(start) }
}

/**
 * The filter that messages are matched against: `dt/+` of `$share/workers/dt/+`, an ordinary filter as it is.
 * @throws {TopicFilterError} as {@link parseSharedSubscription}
 */
export function matchedFilter(filter: string): string {
  return parseSharedSubscription(filter)?.topicFilter ?? filter
}

/** The filter a shared subscription is written with: the inverse of {@link parseSharedSubscription}. */
export function formatSharedSubscription(subscription: SharedSubscription): string {
  return `${PREFIX}${subscription.shareName}/${subscription.topicFilter}`
}

/** The index at which the topic filter proper begins: 0 for an ordinary filter. */
export function sharedFilterStart(input: string): number {
  return input.startsWith(PREFIX) ? input.indexOf('/', PREFIX.length) + 1 : 0
}

/** What is wrong with the `$share/NAME/` of a filter, if it has one. */
export function validateSharePrefix(input: string): TopicProblem | undefined {
  if (!input.startsWith(PREFIX)) return undefined
  const start = sharedFilterStart(input)
  const shareName = input.slice(PREFIX.length, start === 0 ? undefined : start - 1)
  if (shareName === '' || shareName.includes('+') || shareName.includes('#')) {
    return { code: 'SHARE_NAME', level: 1, message: 'A share name has at least one character and no + or #' } // [MQTT-4.8.2-2]
  }
  if (shareName.length > MAX_SHARE_NAME_LENGTH) {
    return { code: 'SHARE_NAME', level: 1, message: `A share name has at most ${MAX_SHARE_NAME_LENGTH} characters` }
  }
  if (start === 0 || start === input.length) {
    return { code: 'SHARE_FILTER_MISSING', level: 2, message: 'A topic filter must follow the share name' } // [MQTT-4.8.2-1]
  }
  return undefined
}
