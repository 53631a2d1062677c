import type { StatementRef } from './compiled-policies.ts'
import type { NearMiss, PolicyDecision } from './evaluate.ts'
import type { MismatchReason } from './match-statement.ts'

/** How many near misses a sentence names. */
const NAMED = 3

const REASONS: Readonly<Record<MismatchReason, string>> = {
  RESOURCE: 'its resources do not match',
  PRINCIPAL: 'its principal does not match',
  CONDITION: 'its condition does not hold',
  UNRESOLVED_VARIABLE: 'a variable in it has no value here',
}

/** Says in a sentence or two why a request is allowed or denied, for a person who has to do something about it. */
export function explain(decision: PolicyDecision): string {
  const what = `${decision.action} on ${decision.resource}`
  switch (decision.decision) {
    case 'ALLOWED':
      return `${what} is allowed by ${list(decision.allowed.map(describe))}.`
    case 'EXPLICIT_DENY': {
      const overridden = decision.allowed.length > 0 ? ', which overrides the statements that allow it' : ''
      return `${what} is denied by ${list(decision.denied.map(describe))}${overridden}.`
    }
    case 'IMPLICIT_DENY':
      return `${what} is denied because no statement allows it.${describeNearMisses(decision)}`
  }
}

/** `statement 2 ("Telemetry") of policy fleet`, counted from 1 as people do. */
function describe(statement: StatementRef): string {
  const sid = statement.sid ? ` (${JSON.stringify(statement.sid)})` : ''
  return `statement ${statement.statementIndex + 1}${sid} of policy ${statement.policyName}`
}

function describeNearMisses({ action, nearMisses, missingContextValues }: PolicyDecision): string {
  const allowing = nearMisses.filter(({ statement }) => statement.effect === 'Allow')
  if (allowing.length === 0) return ` No Allow statement covers ${action}.`
  const named = allowing.slice(0, NAMED).map(describeNearMiss)
  const more = allowing.length > NAMED ? `; ${allowing.length - NAMED} more do not match either` : ''
  const missing = missingContextValues.length > 0 ? ` Without a value: ${missingContextValues.join(', ')}.` : ''
  return ` Covering the action: ${named.join('; ')}${more}.${missing}`
}

function describeNearMiss({ statement, reason }: NearMiss): string {
  return `${describe(statement)}, but ${REASONS[reason]}`
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
