import type { RuleAction } from '@thingdeck/contract'
import { isKnown, lackingOf } from './cloudformation.ts'
import type { ExportedRule, RuleExport } from './exported-rule.ts'

/** A construct with the rule, in TypeScript. A `${…}` is no template of TypeScript's within its quotes. */
export function asCdk({ ruleName, payload, tags }: ExportedRule): RuleExport {
  const { actions, errorAction, ...rest } = payload
  const topicRulePayload = {
    ...rest,
    actions: actions.filter(isKnown).map(toProperty),
    ...(errorAction && isKnown(errorAction) && { errorAction: toProperty(errorAction) }),
  }
  const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }))
  const properties = { ruleName, topicRulePayload, ...(pairs.length > 0 && { tags: pairs }) }
  return {
    text: [
      "import { App, aws_iot as iot, Stack } from 'aws-cdk-lib'",
      '',
      "const stack = new Stack(new App(), 'Rules')",
      `new iot.CfnTopicRule(stack, 'Rule', ${literal(properties)})`,
      '',
    ].join('\n'),
    lacks: lackingOf(payload),
  }
}

/** Of the names, CDK has one in another case (aws-cdk-lib, CfnTopicRule.ActionProperty). */
const toProperty = ({ dynamoDB, ...action }: RuleAction) => (dynamoDB ? { dynamoDb: dynamoDB } : action)

/** JSON is TypeScript, and names that are words stand without quotes. */
const literal = (value: object) => JSON.stringify(value, undefined, 2).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, '$1$2:')
