import {
  allRuleActions,
  type Rule,
  type RuleAction,
  type RulePayload,
  withoutActionSecrets,
  withoutRuleSecrets,
} from '@thingdeck/contract'
import { mergeLines } from '../../../shared/diff/merge-lines.ts'
import { readPayload } from './json-of-rule.tsx'

const textOf = (value: unknown) => JSON.stringify(value)

/** Whether two rules say the same, whatever secrets they have. */
export const isSameRule = (one: RulePayload, other: RulePayload): boolean =>
  textOf(normal(withoutRuleSecrets(one))) === textOf(normal(withoutRuleSecrets(other)))

/** Without what only looks different: the order of members, and a rule that is enabled by not saying so. */
function normal(payload: RulePayload): unknown {
  return sorted({
    ...payload,
    ruleDisabled: payload.ruleDisabled ?? false,
    description: payload.description || undefined,
  })
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]),
  )
}

/** A draft with the secrets of the rule in actions that otherwise are as they are there: drafts are kept without them. */
export function withSecretsOf(draft: RulePayload, { payload }: Pick<Rule, 'payload'>): RulePayload {
  const all = allRuleActions(payload)
  const whole = (action: RuleAction): RuleAction =>
    all.find((each) => textOf(sorted(withoutActionSecrets(each))) === textOf(sorted(action))) ?? action
  return {
    ...draft,
    actions: draft.actions.map(whole),
    ...(draft.errorAction && { errorAction: whole(draft.errorAction) }),
  }
}

/** What two people made of the same rule, together; undefined where both changed the same of it. */
export function mergeRules(base: RulePayload, mine: RulePayload, theirs: RulePayload): RulePayload | undefined {
  // A line for each member, and for each line of SQL.
  const linesOf = (payload: RulePayload) =>
    JSON.stringify(sorted({ ...payload, sql: payload.sql.split('\n') }), undefined, 2)
  const merged = mergeLines(linesOf(base), linesOf(mine), linesOf(theirs))
  if (merged === undefined) return undefined
  try {
    const value: unknown = JSON.parse(merged)
    const payload = readPayload(JSON.stringify(withJoinedSql(value)))
    return typeof payload === 'string' ? undefined : payload
  } catch {
    return undefined // lines that fit each by itself, and make no JSON together
  }
}

const withJoinedSql = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'sql' in value && Array.isArray(value.sql)
    ? { ...value, sql: value.sql.join('\n') }
    : value
