import type { Action } from '@aws-sdk/client-iot'
import { parseStatement } from '@thingdeck/rules-sql'
import { matches } from '@thingdeck/topics'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import { paginateBySeq } from '../../foundation/paging.ts'
import type { Rule, RulePayload } from './rule-table.ts'
import type { Rules } from './rules.ts'

/** FROM; absent for a rule that only Basic Ingest leads to. */
const topicFilterOf = ({ sql }: RulePayload): string | undefined => parseStatement(sql).source?.topicFilter

/** Whether messages of this topic are for the rule, or it listens to that very filter. */
function isFor(payload: RulePayload, topic: string): boolean {
  const filter = topicFilterOf(payload)
  return filter !== undefined && (filter === topic || matches(filter, topic))
}

/** The control plane's operations on topic rules. */
export function ruleHandlers(rules: Rules) {
  return {
    CreateTopicRule: ({ ruleName, topicRulePayload, tags }) => {
      rules.create(ruleName, topicRulePayload, tags)
      return {}
    },
    ReplaceTopicRule: ({ ruleName, topicRulePayload }) => {
      rules.replace(ruleName, topicRulePayload)
      return {}
    },
    GetTopicRule: ({ ruleName }) => {
      const { name, payload, createdAtMs } = rules.mustFind(ruleName)
      const { actions, errorAction, ...settings } = payload
      return {
        ruleArn: rules.arnOf(name),
        rule: {
          ruleName: name,
          ...settings,
          // As they were received: the types differ in what callers may leave undefined.
          actions: actions as Action[],
          ...(errorAction && { errorAction: errorAction as Action }),
          ruleDisabled: payload.ruleDisabled ?? false,
          createdAt: new Date(createdAtMs),
        },
      }
    },
    ListTopicRules: ({ topic, ruleDisabled, ...page }) => {
      const isWanted = ({ payload }: Rule) =>
        (topic === undefined || isFor(payload, topic)) &&
        (ruleDisabled === undefined || (payload.ruleDisabled ?? false) === ruleDisabled)
      const { items, nextToken } = paginateBySeq(page, 'rules', (after, count) =>
        rules
          .all()
          .filter((rule) => rule.seq > after && isWanted(rule))
          .slice(0, count),
      )
      return {
        nextToken,
        rules: items.map(({ name, payload, createdAtMs }) => ({
          ruleArn: rules.arnOf(name),
          ruleName: name,
          topicPattern: topicFilterOf(payload),
          createdAt: new Date(createdAtMs),
          ruleDisabled: payload.ruleDisabled ?? false,
        })),
      }
    },
    EnableTopicRule: ({ ruleName }) => {
      rules.setDisabled(ruleName, false)
      return {}
    },
    DisableTopicRule: ({ ruleName }) => {
      rules.setDisabled(ruleName, true)
      return {}
    },
    DeleteTopicRule: ({ ruleName }) => {
      rules.delete(ruleName)
      return {}
    },
  } satisfies IotHandlers
}
