import type { POLICY_FINDING_CODES } from './policy-finding.ts'

/** What each finding says, and by which source; docs/reference/policy-findings.md is made of it. */
export const FINDING_REFERENCE: Readonly<
  Record<(typeof POLICY_FINDING_CODES)[number], { readonly when: string; readonly source: string }>
> = {
  SIZE: { when: 'More than 2,048 characters without white space: refused', source: 'API, CreatePolicy' },
  ACTION_UNKNOWN: { when: 'An action that no policy of AWS IoT decides', source: 'guide, Policy actions' },
  ACTION_TOO_WIDE: { when: '`iot:*` or `*` is allowed', source: 'guide, audit check of permissive policies' },
  ACTION_WITHOUT_RESOURCE: {
    when: 'No resource of the statement is of the kind that the action is about',
    source: 'guide, Action resources',
  },
  TOPIC_FOR_FILTER: { when: '`topic/…` for iot:Subscribe', source: 'guide, Action resources' },
  FILTER_FOR_TOPIC: { when: '`topicfilter/…` for iot:Publish or iot:Receive', source: 'guide, Action resources' },
  RESOURCE_KIND: { when: 'A resource that no action of the statement is about', source: 'guide, Action resources' },
  RESOURCE_ARN: {
    when: 'Another partition, service, region or account; no whole ARN; a kind that there is none of',
    source: 'guide, Action resources',
  },
  RESOURCE_TOO_WIDE: {
    when: 'All topics, topic filters, things or role aliases, or those of every thing',
    source: 'guide, audit check of permissive policies',
  },
  RESERVED_REACHED: { when: 'A topic that begins with a wildcard may be published to', source: 'guide, Wildcards' },
  LITERAL_WILDCARD: { when: '`+` or `#` in the name of a topic', source: 'guide, Wildcards in MQTT and policies' },
  TOPIC_DOUBT: { when: 'Blanks or characters that are not seen in a name', source: 'MQTT 5.0 §4.7.3' },
  CLIENT_ID_FREE: {
    when: 'Any client id, or any with a prefix, without iot:Connection.Thing.IsAttached',
    source: 'guide, audit check of permissive policies',
  },
  CLIENT_ID_PROVES_NOTHING: {
    when: 'Topics are parted by a client id that the policy lets everybody choose',
    source: 'guide, Basic policy variables',
  },
  CLIENT_OF_NO_THING: { when: 'A client id that no thing of the policy has', source: 'guide, Thing policy variables' },
  CONNECT_MISSING: { when: 'MQTT without iot:Connect', source: 'guide, Policy actions' },
  RECEIVE_MISSING: { when: 'iot:Subscribe without iot:Receive on its topics', source: 'guide, Policy actions' },
  PUBLISH_MISSING: { when: 'iot:RetainPublish without iot:Publish', source: 'guide, Policy actions' },
  VARIABLE_UNKNOWN: { when: 'A variable that there is none of', source: 'guide, Policy variables' },
  VARIABLE_FORMER: { when: '`iot:Thing.…`, the former spelling', source: 'guide, older examples' },
  VARIABLE_LOOKALIKE: { when: '`$(…)`, `{…}` or `$iot:…`, which are text', source: 'IAM guide, Variables' },
  VARIABLE_LIST: { when: 'A key of many values as a variable', source: 'IAM guide, Variables' },
  VARIABLE_DOOR: {
    when: 'A variable without a value at the door of its actions: of things over HTTPS, of role aliases',
    source: 'guide, Thing policy variables',
  },
  VARIABLE_PRINCIPAL: {
    when: 'A variable of certificates for Cognito identities, or the other way round',
    source: 'guide, X.509 policy variables',
  },
  VARIABLE_EMPTY: { when: 'A variable that is empty for some of the things', source: 'guide, Thing policy variables' },
  VARIABLE_IN_DENY: { when: 'A Deny that goes by where its variable is empty', source: 'IAM guide, Variables' },
  CONDITION_KEY: { when: 'A condition on a key that there is none of', source: 'guide, Policy variables' },
  CONDITION_OPERATOR_KIND: { when: 'An operator for another kind of value', source: 'IAM guide, Condition operators' },
  CONDITION_QUANTIFIER: {
    when: 'ForAllValues or ForAnyValue missing, needless, or true of nothing',
    source: 'IAM guide, Multivalued context keys',
  },
  CONDITION_WILDCARD: { when: '`*` under an operator that has no wildcards', source: 'IAM guide, Condition operators' },
  CONDITION_NEVER: { when: 'A condition without values', source: 'IAM guide, Condition operators' },
  CONDITION_ABSENT: { when: 'A key that has no value for the actions', source: 'guide, Connect policy examples' },
  NOT_RESOURCE: { when: 'Allow with NotResource', source: 'IAM guide, NotResource' },
  DENY_SHADOWS: { when: 'An Allow that a Deny takes back whole', source: 'IAM guide, Policy evaluation logic' },
  DENY_SUBSCRIBE_ALONE: {
    when: 'A Deny of iot:Subscribe without one of iot:Receive, which `#` goes past',
    source: 'guide, Pub/Sub policy examples',
  },
  STATEMENT_TWICE: { when: 'Two statements that say the same', source: 'IAM guide, Statement' },
}
