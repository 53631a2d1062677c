import type { ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import { type RulePayload, textsOf } from './rule-table.ts'

interface RuleInput {
  readonly ruleName: string
  readonly topicRulePayload: RulePayload
}

/** As functions of SQL are told roles, in the statement and in templates. */
const ROLE_ARN = /arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+/g

/**
 * What a rule's actions and functions may do, whoever makes the rule hands on: each of its roles has to be one that they
 * may pass.
 * @see AWS IoT developer guide, "Pass role permissions"
 */
const needOfRule = ({ ruleName, topicRulePayload: { sql, actions, errorAction } }: RuleInput) => ({
  resources: [`rule/${ruleName}`],
  passedRoles: [
    ...new Set(
      [...textsOf({ sql, actions, errorAction })].flatMap(([name, text]) =>
        name === 'roleArn' ? [text] : (text.match(ROLE_ARN) ?? []),
      ),
    ),
  ],
})

/**
 * Who may do what with rules.
 * @param arnOfToken whose confirmation token that is
 * @see Service Authorization Reference, "AWS IoT"
 */
export const ruleNeeds = (arnOfToken: (confirmationToken: string) => string | undefined) =>
  ({
    CreateTopicRule: needOfRule,
    ReplaceTopicRule: needOfRule,
    ListTopicRules: () => ({ resources: [] }),
    // Of a token that is none: of any, so that whoever may confirm some is told that.
    ConfirmTopicRuleDestination: ({ confirmationToken }) => ({
      resources: [arnOfToken(confirmationToken) ?? 'ruledestination/*'],
    }),
    // Their ARN is not known before.
    CreateTopicRuleDestination: ({ destinationConfiguration: { vpcConfiguration } }) => ({
      resources: [],
      ...(vpcConfiguration && { passedRoles: [vpcConfiguration.roleArn] }),
    }),
    DeleteTopicRuleDestination: ({ arn }) => ({ resources: [arn] }),
    GetTopicRuleDestination: ({ arn }) => ({ resources: [arn] }),
    ListTopicRuleDestinations: () => ({ resources: [] }),
    UpdateTopicRuleDestination: ({ arn }) => ({ resources: [arn] }),
  }) satisfies ControlPlaneNeeds
