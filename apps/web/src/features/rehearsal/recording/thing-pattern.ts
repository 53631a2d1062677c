import { isTopicFilter, matches } from '@thingdeck/topics'
import { isThingName } from '../../../shared/things/is-thing-name.ts'

/** The level of a pattern that a thing's name stands in. */
export const THING_LEVEL = '{thing}'

export const DEFAULT_PATTERN = `dt/+/${THING_LEVEL}/#`

/**
 * What is wrong with a pattern, which is a topic filter with {@link THING_LEVEL} as one of its levels; undefined for a
 * good one.
 */
export function brokenPattern(pattern: string): string | undefined {
  if (pattern.split('/').filter((level) => level === THING_LEVEL).length !== 1)
    return `One level has to be ${THING_LEVEL}, as in ${DEFAULT_PATTERN}.`
  return isTopicFilter(filterOf(pattern)) ? undefined : `This is no topic filter, as in ${DEFAULT_PATTERN}.`
}

/** The thing that a topic names by a good pattern; undefined where the topic is none of it, or the name can be no thing's. */
export function thingInTopic(pattern: string, topic: string): string | undefined {
  if (!matches(filterOf(pattern), topic)) return undefined
  const name = topic.split('/')[pattern.split('/').indexOf(THING_LEVEL)]
  return name !== undefined && isThingName(name) ? name : undefined
}

const filterOf = (pattern: string): string => pattern.split('/').map(levelOf).join('/')

const levelOf = (level: string): string => (level === THING_LEVEL ? '+' : level)
