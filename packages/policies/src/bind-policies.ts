import { CompiledPolicies, type CompiledSelection, type CompiledStatement } from './compiled-policies.ts'
import { conditionsMismatch } from './match-statement.ts'
import { bindPattern } from './pattern.ts'
import { type ContextEntries, type PolicyContext, toPolicyContext } from './policy-context.ts'

/**
 * The policies as they are for one context: variables are replaced, conditions decided, and statements that cannot
 * match any more are gone. Made once for a connection, it leaves only comparisons of actions and resources for each
 * message:
 *
 *     fastAllows(bindPolicies(policies, context), action, resource) === fastAllows(policies, action, resource, context)
 *
 * A context that differs by request (a will exists at CONNECT only) needs its own binding. To explain a decision,
 * evaluate the policies themselves: what is gone here cannot be named as a near miss.
 */
export function bindPolicies(policies: CompiledPolicies, context: PolicyContext | ContextEntries): CompiledPolicies {
  const known = toPolicyContext(context)
  return new CompiledPolicies(
    policies.policyNames,
    policies.statements.flatMap((statement) => bindStatement(statement, known)),
  )
}

function bindStatement(statement: CompiledStatement, context: PolicyContext): CompiledStatement[] {
  if (conditionsMismatch(statement.conditions, context)) return []
  const resource = bindSelection(statement.resource, context)
  return resource ? [{ ...statement, resource, conditions: [] }] : []
}

function bindSelection(selection: CompiledSelection, context: PolicyContext): CompiledSelection | undefined {
  const patterns = selection.patterns.flatMap((pattern) => bindPattern(pattern, context) ?? [])
  const lost = patterns.length < selection.patterns.length
  if (selection.negated ? lost : patterns.length === 0) return undefined
  return { negated: selection.negated, patterns }
}
