import type { MakeService } from '../../foundation/service.ts'
import { compileAction } from './compile-action.ts'
import { compileRule } from './compiled-rule.ts'
import { ruleHandlers } from './rule-handlers.ts'
import { RuleRoles } from './rule-roles.ts'
import { Rules } from './rules.ts'
import { RulesEngine } from './rules-engine.ts'

/** Topic rules, and the engine that runs them. */
export const rulesService: MakeService = (context) => {
  const compile = compileAction(context, new RuleRoles(context, context.roles, context.policies.rolePolicies))
  const rules = new Rules(context, context.tags, (name, payload) => compileRule(name, payload, compile))
  const engine = new RulesEngine(context, rules, compile)
  return {
    name: 'rules',
    handlers: { iot: ruleHandlers(rules) },
    resources: { ruleName: 'rule' },
    controlPlaneNeeds: { ListTopicRules: () => ({ resources: [] }) },
    reservedTopics: {
      rule: ({ topic, message, publisher }) => engine.ingest(topic.ruleName, topic.topic, message, publisher),
    },
    reset: () => engine.reset(),
  }
}
