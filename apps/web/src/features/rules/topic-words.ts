import type { TopicRules } from '@thingdeck/contract'
import { BASIC_INGEST_PREFIX, parseReservedTopic } from '@thingdeck/topics'

/** What a topic is to the rules of an account. */
export type TopicKind =
  | { readonly is: 'plain' }
  /** `$aws/rules/NAME/REST`. */
  | { readonly is: 'basic ingest'; readonly ruleName: string; readonly rest: string }
  /** AWS IoT's own; `jobs answer` never passes the broker. */
  | { readonly is: 'reserved' | 'jobs answer' | 'not allowed' | 'nameless ingest' }

/** @see AWS IoT developer guide, "Reserved topics", "Reducing messaging costs with Basic Ingest" */
export function topicKind(topic: string): TopicKind {
  const parsed = parseReservedTopic(topic)
  if (!parsed) return { is: 'plain' }
  if (parsed.kind === 'rule') return { is: 'basic ingest', ruleName: parsed.ruleName, rest: parsed.topic }
  if (parsed.kind === 'unknown')
    return { is: topic.startsWith(BASIC_INGEST_PREFIX) ? 'nameless ingest' : 'not allowed' }
  return { is: parsed.kind === 'jobs' && parsed.suffix !== undefined ? 'jobs answer' : 'reserved' }
}

/** Side by side: AWS promises that actions do not wait for each other, and no order (developer guide, "Rule error handling"). */
const NO_ORDER =
  'AWS IoT promises no order among rules, their actions and subscribers; an action that fails stops no other.'

/** What becomes of a message of this topic, in sentences. */
export function topicWords(kind: TopicKind, { rules, looked, isAll }: TopicRules): string {
  const acting = rules.filter(({ ruleDisabled }) => !ruleDisabled).length
  const reach = isAll ? '' : ` Only the first ${looked} rules of the account were compared with it.`
  if (kind.is === 'basic ingest') return basicIngestWords(kind, rules.length, acting) + reach
  if (kind.is === 'nameless ingest') return 'Basic Ingest needs the name of a rule: $aws/rules/NAME/TOPIC.'
  if (kind.is === 'not allowed')
    return `Nobody may publish to it: it is a topic of AWS IoT’s own, and none that is known.${reach}`
  if (kind.is === 'jobs answer') {
    return `AWS IoT sends it straight to the device that asked: it leads to no rule, whatever the filter.${reach}`
  }
  const reserved =
    kind.is === 'reserved' ? ' It is a topic of AWS IoT’s own; filters that begin with a wildcard do not match it.' : ''
  if (acting === 0) return `No rule acts on it: a message goes to its subscribers alone.${reserved}${reach}`
  const which = acting === 1 ? 'One rule acts' : `${acting} rules act`
  return `${which} on it, and subscribers get it as well. ${NO_ORDER}${reserved}${reach}`
}

function basicIngestWords(
  { ruleName, rest }: { ruleName: string; rest: string },
  found: number,
  acting: number,
): string {
  const lost = 'what is published is lost, and logged as RuleNotFound.'
  if (found === 0) return `Basic Ingest: it is for the rule ${ruleName} alone, and there is none: ${lost}`
  if (acting === 0) return `Basic Ingest: it is for the rule ${ruleName} alone, and that is disabled: ${lost}`
  const topic = rest === '' ? 'no topic at all' : rest
  return `Basic Ingest: it is for the rule ${ruleName} alone, whatever its topic filter. No subscriber and no other rule gets it. To the rule, topic() is ${topic}.`
}
