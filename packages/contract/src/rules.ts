import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { RULE_ACTION_NAMES, RuleAction } from './rule-actions.ts'
import { ReadTags, Tags } from './tags.ts'
import { NextToken } from './things.ts'

/** AWS IoT API reference, CreateTopicRule. */
export const RuleName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_]+$' })

/** "Maximum number of actions per rule" (AWS IoT Core quotas). */
export const MOST_RULE_ACTIONS = 10

/** "Maximum size of a rule payload", as JSON (AWS IoT Core quotas). */
export const MOST_RULE_BYTES = 131_072

/** A rule as AWS takes it and gives it back (AWS IoT API reference, TopicRulePayload). */
export const RulePayload = Type.Object({
  sql: Type.String(),
  description: Type.Optional(Type.String()),
  actions: Type.Array(RuleAction, { maxItems: MOST_RULE_ACTIONS }),
  ruleDisabled: Type.Optional(Type.Boolean()),
  awsIotSqlVersion: Type.Optional(Type.String({ description: 'Absent: 2015-10-08' })),
  errorAction: Type.Optional(RuleAction),
})
export type RulePayload = Static<typeof RulePayload>

/** All actions of a rule, the error action last. */
export const allRuleActions = ({
  actions,
  errorAction,
}: Pick<RulePayload, 'actions' | 'errorAction'>): readonly RuleAction[] =>
  errorAction ? [...actions, errorAction] : actions

/** What AWS lists of a rule. */
export const RuleRow = Type.Object({
  ruleName: Type.String(),
  ruleArn: Type.String(),
  topicPattern: Type.Optional(Type.String({ description: 'Absent: only Basic Ingest leads to it' })),
  ruleDisabled: Type.Boolean(),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type RuleRow = Static<typeof RuleRow>

export const RulePage = Type.Object({ rules: Type.Array(RuleRow), nextToken: Type.Optional(Type.String()) })
export type RulePage = Static<typeof RulePage>

/** What a list says of a rule beyond what AWS lists. Secrets are hidden in it, see {@link withoutRuleSecrets}. */
export const RuleLook = Type.Object({ ruleName: Type.String(), payload: RulePayload })
export type RuleLook = Static<typeof RuleLook>

export const Rule = Type.Object({
  ruleName: Type.String(),
  ruleArn: Type.String(),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  payload: RulePayload,
  tags: ReadTags,
})
export type Rule = Static<typeof Rule>

/** Which rules a message of a topic leads to, of all that the account has. */
export const TopicRules = Type.Object({
  rules: Type.Array(RuleRow, { description: 'Enabled and disabled ones, by name' }),
  looked: Type.Integer({ description: 'So many rules were compared with the topic' }),
  isAll: Type.Boolean({ description: 'Whether the account has no more than these' }),
})
export type TopicRules = Static<typeof TopicRules>

/** Of a request's body, with what was seen before beside the payload. */
const MOST_BODY_BYTES = 3 * MOST_RULE_BYTES

const params = Type.Object({ ruleName: RuleName })

export const ruleEndpoints = defineEndpoints({
  listRules: {
    method: 'GET',
    path: '/api/rules',
    summary: 'A page of rules; with `name`, those whose name or topic filter contains it',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
      name: Type.Optional(Type.String({ maxLength: 256, description: 'Upper and lower case are the same' })),
      ruleDisabled: Type.Optional(Type.Boolean()),
      action: Type.Optional(
        oneOf(RULE_ACTION_NAMES, { description: 'Rules that have one, also as their error action' }),
      ),
    }),
    answer: json(RulePage),
  },
  listRuleLooks: {
    method: 'GET',
    path: '/api/rule-looks',
    summary: 'What a few rules do, without their secrets; those that are gone are left out',
    access: 'viewer',
    query: Type.Object({ ruleName: Type.Array(RuleName, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ looks: Type.Array(RuleLook) })),
  },
  rulesOfTopic: {
    method: 'GET',
    path: '/api/rules-of-topic',
    summary: 'Which rules a message of this topic leads to',
    access: 'viewer',
    query: Type.Object({ topic: Type.String({ minLength: 1, maxLength: 2_048 }) }),
    answer: json(TopicRules),
  },
  createRule: {
    method: 'POST',
    path: '/api/rules',
    summary: 'Makes a rule',
    access: 'admin',
    audit: 'CreateTopicRule',
    body: Type.Object({ ruleName: RuleName, payload: RulePayload, tags: Type.Optional(Tags) }),
    mostBodyBytes: MOST_BODY_BYTES,
    answer: json(Rule),
  },
  getRule: {
    method: 'GET',
    path: '/api/rules/:ruleName',
    summary: 'A rule with its tags; its secrets are for those who may write it',
    access: 'viewer',
    params,
    answer: json(Rule),
  },
  replaceRule: {
    method: 'PUT',
    path: '/api/rules/:ruleName',
    summary: 'Replaces a rule, unless it is not what was seen before',
    access: 'admin',
    audit: 'ReplaceTopicRule',
    params,
    body: Type.Object({ payload: RulePayload, expected: RulePayload }),
    mostBodyBytes: MOST_BODY_BYTES,
    answer: json(Rule),
  },
  deleteRule: {
    method: 'DELETE',
    path: '/api/rules/:ruleName',
    summary: 'Deletes a rule',
    access: 'admin',
    audit: 'DeleteTopicRule',
    params,
    answer: EMPTY,
  },
  enableRule: {
    method: 'POST',
    path: '/api/rules/:ruleName/enable',
    summary: 'Lets a rule act on messages',
    access: 'admin',
    audit: 'EnableTopicRule',
    params,
    answer: EMPTY,
  },
  disableRule: {
    method: 'POST',
    path: '/api/rules/:ruleName/disable',
    summary: 'Lets a rule act on no message until it is enabled',
    access: 'admin',
    audit: 'DisableTopicRule',
    params,
    answer: EMPTY,
  },
})
