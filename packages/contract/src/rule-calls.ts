import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ProvisioningFunctionArn } from './provisioning-templates.ts'

/** So many bytes of an answer are handed on: as much as a text of a rule may have. */
export const MOST_RULE_CALL_BYTES = 1_048_576

/** What came of a call that a function of a rule's SQL would make. */
export const RuleCallAnswer = Type.Object({
  outcome: oneOf(['answered', 'failed', 'too-large', 'not-allowed', 'not-served'], {
    description:
      '`failed`: in a rule the call would have failed, too. `not-allowed`: the role of the console may not, which says nothing of the rule. `not-served`: nothing at this endpoint does it',
  }),
  answer: Type.String({
    description: "JSON, empty where there is no such item; unless `answered` AWS's name and words, or why it is none",
  }),
})
export type RuleCallAnswer = Static<typeof RuleCallAnswer>

/** As AWS has keys; whether a table has one of the name is for AWS to say. */
const KeyAttribute = Type.Union([
  Type.Object({ S: Type.String({ maxLength: 2_048 }) }),
  Type.Object({ N: Type.String({ maxLength: 1_024 }) }),
])

/** Calls of functions of SQL that are really made, for a rehearsal of a rule that need not be deployed. */
export const ruleCallEndpoints = defineEndpoints({
  callRuleFunction: {
    method: 'POST',
    path: '/api/rule-function-calls',
    summary: 'Calls a function as aws_lambda() of a rule would, and waits as long; the function really runs',
    access: 'admin',
    audit: 'InvokeFunction',
    body: Type.Object({
      functionArn: ProvisioningFunctionArn,
      payload: Type.String({ minLength: 1, description: 'JSON' }),
    }),
    mostBodyBytes: MOST_RULE_CALL_BYTES,
    answer: json(RuleCallAnswer),
  },
  readRuleItem: {
    method: 'POST',
    path: '/api/rule-item-reads',
    summary: 'Reads an item as get_dynamodb() of a rule would, by the role of the console',
    access: 'admin',
    audit: 'GetItem',
    body: Type.Object({
      tableName: Type.String({ minLength: 3, maxLength: 255, pattern: '^[a-zA-Z0-9_.-]+$' }),
      key: Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 255 }), value: KeyAttribute }), {
        minItems: 1,
        maxItems: 2,
        description: 'The partition key, and the sort key where there is one',
      }),
    }),
    answer: json(RuleCallAnswer),
  },
})
