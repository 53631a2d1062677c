import type { PathWithStars } from '../../protocol/read-path.ts'
import type { TopicInterner } from '../ring/topic-interner.ts'
import type { ParsedTerm } from './parse-filter.ts'
import { topicTest } from './topic-term.ts'

/** What may be meant otherwise than it is written, or can find nothing in what is kept: for a filter that found nothing. */
export function whyNothing(terms: readonly ParsedTerm[], topics: TopicInterner): readonly string[] {
  return terms.flatMap(({ test, negated }) => {
    if (negated) return []
    if (test.kind === 'path') return doubtsOf(test.path)
    if (test.kind !== 'topic') return []
    const isThere = topics.topics().some(topicTest(test.filter))
    return isThere ? [] : [`No message was kept whose topic matches ${test.filter} when this was searched.`]
  })
}

function doubtsOf(path: PathWithStars): readonly string[] {
  return path.flatMap((step) => {
    if (typeof step === 'string' && /^\d+$/.test(step)) {
      return [`A member named ${step} was looked for: a place in a list, or a number that is a key, is [${step}].`]
    }
    if (typeof step !== 'number' || step >= 0) return []
    return [`[${step}] is a key of CBOR: places in a list are counted from its beginning, [0].`]
  })
}
