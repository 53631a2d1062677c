import type { ConditionOperator } from './condition-operator.ts'
import { type ConditionValue, compileConditionValue } from './condition-value.ts'
import { compilePattern, matchesPattern, type Pattern } from './pattern.ts'
import { type ContextKey, contextKey, NO_CONTEXT } from './policy-context.ts'
import { hasVariables, type PolicyDocument, type PolicyStatement, type Principal } from './policy-document.ts'

/** A policy by its name, for explanations. */
export interface NamedPolicy {
  readonly policyName: string
  readonly document: PolicyDocument
}

/** Which statement of which policy. */
export interface StatementRef {
  readonly policyName: string
  /** From 0. */
  readonly statementIndex: number
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
}

export interface CompiledStatement {
  readonly ref: StatementRef
  readonly action: CompiledSelection
  readonly resource: CompiledSelection
  readonly principals: readonly Principal[] | undefined
  readonly conditions: readonly CompiledCondition[]
}

export interface CompiledSelection {
  readonly negated: boolean
  readonly patterns: readonly Pattern[]
}

export interface CompiledCondition {
  readonly operator: ConditionOperator
  readonly key: ContextKey
  readonly values: readonly ConditionValue[]
}

/** The statements that speak of one action. */
export interface ActionStatements {
  readonly deny: readonly CompiledStatement[]
  readonly allow: readonly CompiledStatement[]
}

/** Actions come from callers' constants; the bound is for a caller that passes on a user's text. */
const MAX_INDEXED_ACTIONS = 64

/** All policies of a principal, ready to decide. Made by `compilePolicies` and `bindPolicies`. */
export class CompiledPolicies {
  readonly policyNames: readonly string[]
  readonly statements: readonly CompiledStatement[]
  readonly #byAction = new Map<string, ActionStatements>()

  constructor(policyNames: readonly string[], statements: readonly CompiledStatement[]) {
    this.policyNames = policyNames
    this.statements = statements
  }

  /** The statements whose `Action` covers an action such as `iot:Publish`; without regard to case, as in IAM. */
  forAction(action: string): ActionStatements {
    const known = this.#byAction.get(action)
    if (known) return known
    const folded = action.toLowerCase()
    const speaking = this.statements.filter((statement) => selects(statement.action, folded))
    const found = {
      deny: speaking.filter((statement) => statement.ref.effect === 'Deny'),
      allow: speaking.filter((statement) => statement.ref.effect === 'Allow'),
    }
    if (this.#byAction.size < MAX_INDEXED_ACTIONS) this.#byAction.set(action, found)
    return found
  }
}

/**
 * Compiles all policies of a principal into one set: AWS pools the statements of all documents, and so the order and
 * the grouping do not matter.
 */
export function compilePolicies(policies: readonly NamedPolicy[]): CompiledPolicies {
  return new CompiledPolicies(
    policies.map(({ policyName }) => policyName),
    policies.flatMap(({ policyName, document }) =>
      document.statements.map((statement, index) => compileStatement(policyName, document, statement, index)),
    ),
  )
}

/** The statements of both, as if all their documents had been compiled together. */
export function poolPolicies(some: CompiledPolicies, others: CompiledPolicies): CompiledPolicies {
  return new CompiledPolicies([...some.policyNames, ...others.policyNames], [...some.statements, ...others.statements])
}

function compileStatement(
  policyName: string,
  document: PolicyDocument,
  statement: PolicyStatement,
  statementIndex: number,
): CompiledStatement {
  const variables = hasVariables(document.version)
  const { sid, effect } = statement
  return {
    ref: { policyName, statementIndex, ...(sid === undefined ? {} : { sid }), effect },
    action: {
      negated: statement.action.negated,
      patterns: statement.action.patterns.map((text) =>
        compilePattern(text.toLowerCase(), { wildcards: true, variables: false }),
      ),
    },
    resource: {
      negated: statement.resource.negated,
      patterns: statement.resource.patterns.map((text) => compilePattern(text, { wildcards: true, variables })),
    },
    principals: statement.principals,
    conditions: statement.conditions.map(({ operator, key, values }) => ({
      operator,
      key: contextKey(key),
      values: values.map((text) => compileConditionValue(operator, text, variables)),
    })),
  }
}

function selects(selection: CompiledSelection, foldedAction: string): boolean {
  const found = selection.patterns.some((pattern) => matchesPattern(pattern, foldedAction, NO_CONTEXT))
  return found !== selection.negated
}
