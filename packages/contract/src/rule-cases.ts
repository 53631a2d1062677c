import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { HIDDEN_RULE_SECRET } from './rule-secrets.ts'
import { RuleName } from './rules.ts'

/** Of a rule; with the longest payloads they are more than are kept of it. */
export const MOST_RULE_CASES = 50

/** All cases of a rule together, as JSON. */
export const MOST_RULE_CASES_BYTES = 1_048_576

const Outcome = Type.Object({
  outcome: Type.Union([Type.Literal('matched'), Type.Literal('not matched'), Type.Literal('failed')]),
  output: Type.Optional(Type.String({ description: 'What the actions get, of what matches' })),
  isBase64: Type.Optional(Type.Boolean({ description: 'The output is no text' })),
})

/** A message, and what the rule is to make of it; `packages/rules-sql` runs it. */
export const RuleCase = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 128 }),
  topic: Type.String({ minLength: 1, maxLength: 2_048 }),
  payload: Type.String({ description: 'Text, or Base64 of bytes that are none' }),
  isBase64: Type.Optional(Type.Boolean({ description: 'The payload is no text' })),
  receivedAtMs: Type.Integer({ minimum: 0, description: 'What timestamp() says' }),
  clientId: Type.Optional(Type.String({ maxLength: 128 })),
  principal: Type.Optional(Type.String({ maxLength: 2_048 })),
  sourceIp: Type.Optional(Type.String({ maxLength: 64 })),
  contentType: Type.Optional(Type.String({ maxLength: 256 })),
  responseTopic: Type.Optional(Type.String({ maxLength: 2_048 })),
  correlationData: Type.Optional(Type.String({ description: 'Base64' })),
  payloadIsUtf8: Type.Optional(Type.Boolean()),
  userProperties: Type.Optional(Type.Array(Type.Object({ name: Type.String(), value: Type.String() }))),
  answers: Type.Optional(
    Type.Array(
      Type.Object({
        functionName: Type.String({ description: 'As SQL calls it: get_thing_shadow' }),
        pattern: Type.Optional(Type.String({ description: 'Its arguments, * standing for anything' })),
        answer: Type.String(),
        isFailure: Type.Optional(Type.Boolean({ description: 'The call fails, and the answer says why' })),
      }),
      { maxItems: 50, description: 'Of functions that ask AWS' },
    ),
  ),
  expected: Outcome,
})
export type RuleCase = Static<typeof RuleCase>

export const KeptRuleCases = Type.Object({
  cases: Type.Array(RuleCase, { maxItems: MOST_RULE_CASES, description: 'In the order in which they were kept' }),
  revision: Type.Integer({ description: 'Counts up with each change; 0 where none were kept yet' }),
})
export type KeptRuleCases = Static<typeof KeptRuleCases>

/** Answers of functions that are secrets. */
const isSecret = ({ functionName }: { readonly functionName: string }): boolean => functionName === 'get_secret'

/** The same cases with {@link HIDDEN_RULE_SECRET} for what `get_secret()` is to answer: for those who may not keep them. */
export const withoutCaseSecrets = (kept: KeptRuleCases): KeptRuleCases => ({
  ...kept,
  cases: kept.cases.map((each) => ({
    ...each,
    ...(each.answers && {
      answers: each.answers.map((one) => (isSecret(one) ? { ...one, answer: HIDDEN_RULE_SECRET } : one)),
    }),
  })),
})

/** Whether an answer of a case is not there, but hidden: then it cannot be run, and not be kept. */
export const hasHiddenAnswer = ({ answers = [] }: RuleCase): boolean =>
  answers.some((one) => isSecret(one) && one.answer === HIDDEN_RULE_SECRET)

const params = Type.Object({ ruleName: RuleName })

/** Test cases of a rule, which people share. They need no rule of that name, so that one can be written by them. */
export const ruleCaseEndpoints = defineEndpoints({
  getRuleCases: {
    method: 'GET',
    path: '/api/rule-cases/:ruleName',
    summary: 'The test cases that people keep of a rule; who may not keep some sees no answer of get_secret()',
    access: 'viewer',
    params,
    answer: json(KeptRuleCases),
  },
  putRuleCases: {
    method: 'PUT',
    path: '/api/rule-cases/:ruleName',
    summary: 'Keeps these test cases of a rule, unless somebody changed them meanwhile: RULE_CASES_CHANGED',
    access: 'operator',
    audit: 'PutRuleCases',
    params,
    body: KeptRuleCases,
    mostBodyBytes: MOST_RULE_CASES_BYTES,
    answer: json(KeptRuleCases),
  },
})
