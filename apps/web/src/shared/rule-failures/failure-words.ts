import type { Failure, FailureKind, FailureWords } from './failure.ts'
import { messageIn, RULES, type Rule } from './failure-rules.ts'

/**
 * A failure in words, with its cure. What no row knows keeps AWS's own text.
 * @param failure of an entry whose status is Failure
 */
export function failureWords(failure: Failure): FailureWords {
  const text = failure.details ?? ''
  for (const rule of RULES) {
    const found = matched(rule, failure, text)
    if (found) return { kind: rule.kind, place: rule.place, ...rule.words(found, failure) }
  }
  const said = messageIn(text)
  return {
    kind: 'not known',
    place: 'rule',
    why: said === '' ? 'It failed, and the log does not say why.' : said,
    cure: 'Read what the service said, and compare the action with it. Rehearsing the message shows the request that was made.',
  }
}

function matched(rule: Rule, failure: Failure, text: string): RegExpExecArray | undefined {
  if (rule.eventType !== undefined && rule.eventType !== failure.eventType) return undefined
  if (rule.actions && !rule.actions.includes(failure.ruleAction ?? '')) return undefined
  if (rule.resource) {
    const found = Object.entries(failure.resources).find(([, value]) => rule.resource?.test(value))
    if (!found) return undefined
  }
  return (rule.text ?? /^/).exec(text) ?? undefined
}

/** What kind of failure it was, in two or three words. */
export const KIND_WORDS: Readonly<Record<FailureKind, string>> = {
  permission: 'access denied',
  role: 'role not assumed',
  throttled: 'throttled',
  gone: 'target is not there',
  destination: 'destination not enabled',
  key: 'wrong key',
  template: 'template undefined',
  function: 'function refused',
  'too large': 'too large',
  'not json': 'not JSON',
  loop: 'loop',
  topic: 'no such topic',
  endpoint: 'endpoint failed',
  value: 'wrong value',
  sql: 'SQL failed',
  'no rule': 'disabled or not there',
  dropped: 'dropped',
  service: 'service failed',
  'not known': 'failed',
}
