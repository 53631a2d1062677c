import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import { paginateBySeq } from '../../foundation/paging.ts'
import type { Rule } from './rule-table.ts'
import type { Rules } from './rules.ts'
import { topicFilterOf } from './topic-filter-of.ts'
import { isListenedTo } from './topic-filter-of.ts'

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
      return {
        ruleArn: rules.arnOf(name),
        rule: {
          ruleName: name,
          ...payload,
          ruleDisabled: payload.ruleDisabled ?? false,
          createdAt: new Date(createdAtMs),
        },
      }
    },
    ListTopicRules: ({ topic, ruleDisabled, ...page }) => {
      const isWanted = ({ payload }: Rule) =>
        (topic === undefined || isListenedTo(payload, topic)) &&
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
