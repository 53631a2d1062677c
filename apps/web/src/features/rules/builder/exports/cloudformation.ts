import { allRuleActions, type RuleAction, type RulePayload } from '@thingdeck/contract'
import { isObject } from '../../../../shared/json-object-in.ts'
import { actionTitle } from './action-title.ts'
import type { ExportedRule, RuleExport } from './exported-rule.ts'

/** CloudFormation has no words for these (AWS CloudFormation, AWS::IoT::TopicRule, Action). */
const LACKING: ReadonlySet<string> = new Set(['salesforce', 'influxDB'])

/** Whether CloudFormation, and CDK with it, has words for an action. */
export const isKnown = (action: RuleAction): boolean => Object.keys(action).every((name) => !LACKING.has(name))

/** Titles of the actions of a rule that there are no words for. */
export const lackingOf = (payload: RulePayload): readonly string[] =>
  allRuleActions(payload)
    .filter((action) => !isKnown(action))
    .map(actionTitle)

/** Members whose names are the user's own. */
const MAPS: ReadonlySet<string> = new Set(['clientProperties'])

/**
 * A template with the rule; JSON, which CloudFormation takes as well as YAML. A `${…}` stands in it as it is: only
 * Fn::Sub would resolve it, and there is none.
 */
export function asCloudFormation({ ruleName, payload, tags }: ExportedRule): RuleExport {
  const { actions, errorAction, ...rest } = payload
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      Rule: {
        Type: 'AWS::IoT::TopicRule',
        Properties: {
          RuleName: ruleName,
          TopicRulePayload: {
            ...toProperties(rest),
            Actions: actions.filter(isKnown).map(toProperties),
            ...(errorAction && isKnown(errorAction) && { ErrorAction: toProperties(errorAction) }),
          },
          ...(pairs.length > 0 && { Tags: pairs }),
        },
      },
    },
  }
  return {
    text: JSON.stringify(template, undefined, 2),
    lacks: lackingOf(payload),
  }
}

/** CloudFormation's names begin with a capital letter. */
function toProperties(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      MAPS.has(name) ? member : deeper(member),
    ]),
  )
}

function deeper(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deeper)
  return isObject(value) ? toProperties(value) : value
}
