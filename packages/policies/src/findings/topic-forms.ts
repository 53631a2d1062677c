import type { PolicyResourceKind } from '../vocabulary/policy-action.ts'

/** What a resource of each kind is, with its article. */
export const KIND_WORDS: Readonly<Record<PolicyResourceKind, string>> = {
  client: 'a client id (client/…)',
  topic: 'a topic (topic/…)',
  topicfilter: 'a topic filter (topicfilter/…)',
  thing: 'a thing (thing/…)',
  rolealias: 'a role alias (rolealias/…)',
}

const VARIABLE = /(\$\{[^}]*\})/

/** Before the topic filter proper of a shared subscription; wildcards of a policy may stand for the group. */
const SHARE_PREFIX = /^\$share\/[^/]+\//

/**
 * The pattern for the topics that a topic filter brings: a star for each `+` and `#` of it, as these two are letters in
 * policies. The group of a shared subscription is no part of its topics.
 */
export const toTopicName = (filterName: string): string =>
  outsideVariables(filterName.replace(SHARE_PREFIX, ''), (text) => text.replaceAll(/[+#*]+/g, '*'))

/** Changes what is text and leaves variables alone. */
export function outsideVariables(pattern: string, change: (text: string) => string): string {
  return pattern
    .split(VARIABLE)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
}
