import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'

/** What actions of rules send to, as far as AWS can list it. */
export const RULE_TARGET_KINDS = [
  'queue',
  'topic',
  'table',
  'bucket',
  'stream',
  'delivery-stream',
  'function',
  'state-machine',
  'log-group',
] as const
export const RuleTargetKind = oneOf(RULE_TARGET_KINDS)
export type RuleTargetKind = Static<typeof RuleTargetKind>

const RuleTarget = Type.Object({
  value: Type.String({
    description: 'As the action names it: a URL of a queue, an ARN of a topic or a function, a name',
  }),
  name: Type.String({ description: 'What people call it' }),
})
export type RuleTarget = Static<typeof RuleTarget>

export const RuleTargets = Type.Object({
  ...readOutcome,
  targets: Type.Array(RuleTarget),
  isAll: Type.Boolean({ description: 'Whether the account has no more' }),
})
export type RuleTargets = Static<typeof RuleTargets>

export const ruleTargetEndpoints = defineEndpoints({
  listRuleTargets: {
    method: 'GET',
    path: '/api/rule-targets',
    summary: 'What there is of a kind that rules send to; the console need not be allowed to list it',
    access: 'admin',
    query: Type.Object({ kind: RuleTargetKind }),
    answer: json(RuleTargets),
  },
})
