import type { CompiledPolicies, CompiledStatement, StatementRef } from './compiled-policies.ts'
import { type MismatchReason, mismatch, type RequestPrincipal } from './match-statement.ts'
import {
  type ContextEntries,
  type ContextKey,
  NO_CONTEXT,
  type PolicyContext,
  toPolicyContext,
} from './policy-context.ts'

/** May this be done? */
export interface PolicyRequest {
  /** Such as `iot:Publish`. */
  readonly action: string
  /** Such as `arn:aws:iot:eu-central-1:123456789012:topic/dt/pump-7`. */
  readonly resource: string
  readonly context?: PolicyContext | ContextEntries
  /** Needed only for policies with a `Principal`. */
  readonly principal?: RequestPrincipal
}

/** The answer, and all that led to it. The words are those of AWS IoT's TestAuthorization. */
export interface PolicyDecision {
  readonly decision: 'ALLOWED' | 'EXPLICIT_DENY' | 'IMPLICIT_DENY'
  readonly action: string
  readonly resource: string
  /** The Allow statements that match, also where a Deny overrides them. */
  readonly allowed: readonly StatementRef[]
  /** The Deny statements that match. */
  readonly denied: readonly StatementRef[]
  /** The statements that speak of the action and yet do not match. */
  readonly nearMisses: readonly NearMiss[]
  /** Context keys that those statements asked for in vain. */
  readonly missingContextValues: readonly string[]
}

export interface NearMiss {
  readonly statement: StatementRef
  readonly reason: MismatchReason
}

/**
 * Decides by AWS's order: without a matching statement the answer is no; a matching Deny overrides every Allow.
 * @see IAM user guide, "Policy evaluation logic"; AWS IoT API reference, TestAuthorization
 */
export function evaluate(policies: CompiledPolicies, request: PolicyRequest): PolicyDecision {
  const context = toPolicyContext(request.context ?? NO_CONTEXT)
  const missing = new Map<string, string>()
  const nearMisses: NearMiss[] = []
  const onMissing = (key: ContextKey) => {
    if (!missing.has(key.folded)) missing.set(key.folded, key.text)
  }
  const matching = (statements: readonly CompiledStatement[]) =>
    statements.flatMap((statement) => {
      const reason = mismatch(statement, request.resource, context, request.principal, onMissing)
      if (!reason) return [statement.ref]
      nearMisses.push({ statement: statement.ref, reason })
      return []
    })
  const speaking = policies.forAction(request.action)
  const denied = matching(speaking.deny)
  const allowed = matching(speaking.allow)
  return {
    decision: denied.length > 0 ? 'EXPLICIT_DENY' : allowed.length > 0 ? 'ALLOWED' : 'IMPLICIT_DENY',
    action: request.action,
    resource: request.resource,
    allowed,
    denied,
    nearMisses,
    missingContextValues: [...missing.values()],
  }
}

/**
 * Whether {@link evaluate} would answer ALLOWED, without the reasons: the way to ask for every message. A `context`
 * that is asked with more than once should be a {@link PolicyContext}, and policies that are asked with the same
 * context for long are cheaper after `bindPolicies`.
 */
export function fastAllows(
  policies: CompiledPolicies,
  action: string,
  resource: string,
  context: PolicyContext | ContextEntries = NO_CONTEXT,
): boolean {
  const { deny, allow } = policies.forAction(action)
  if (allow.length === 0) return false
  const known = toPolicyContext(context)
  for (const statement of deny) if (!mismatch(statement, resource, known, undefined)) return false
  for (const statement of allow) if (!mismatch(statement, resource, known, undefined)) return true
  return false
}
