import { type CompiledStatement, compilePolicies, type NamedPolicy, type StatementRef } from './compiled-policies.ts'
import { conditionsMismatch, mismatch } from './match-statement.ts'
import { type PatternDifference, patternDifference } from './pattern-difference.ts'
import { type ContextEntries, type ContextKey, type PolicyContext, toPolicyContext } from './policy-context.ts'
import { hasVariables, type PolicyStatement } from './policy-document.ts'
import { parseTemplate, resolveTemplate, type TemplatePart } from './template.ts'

/** A condition that does not hold, with what the request has instead. */
export interface UnmetCondition {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  /** Undefined: the request has no such key. */
  readonly actual: string | readonly string[] | undefined
}

/** An Allow statement that does not match, and all that keeps it from matching. */
export interface NearestStatement {
  readonly statement: StatementRef
  readonly coversAction: boolean
  /** As written; of `NotAction` those that are left out. */
  readonly actions: readonly string[]
  /** The entry of `Resource` that is least different; absent where the resources match, or none can. */
  readonly resource?: { readonly written: string; readonly difference: PatternDifference }
  /** `NotResource` leaves out what is asked for. */
  readonly isLeftOut: boolean
  /** Context keys that are asked for in vain, as the statement spells them. */
  readonly missing: readonly string[]
  readonly unmet: readonly UnmetCondition[]
}

/** What must be allowed, by whom it is asked for. */
export interface NearestRequest {
  readonly action: string
  readonly resource: string
  readonly context: PolicyContext | ContextEntries
}

/** In characters that would have to change: how far off a statement is for another reason than its resource. */
const COSTS = { otherAction: 8, leftOut: 6, condition: 4 } as const

/**
 * The Allow statements that come nearest to allowing what is not allowed, the nearest first: with fewest characters to
 * change in a resource, before those with a condition that does not hold, before those about another action.
 * @param most so many at most
 */
export function nearestStatements(
  policies: readonly NamedPolicy[],
  { action, resource, context }: NearestRequest,
  most = 3,
): readonly NearestStatement[] {
  const known = toPolicyContext(context)
  const found: { nearest: NearestStatement; cost: number }[] = []
  for (const policy of policies) {
    const variables = hasVariables(policy.document.version)
    const all = compilePolicies([policy])
    const covering = new Set(all.forAction(action).allow)
    for (const compiled of all.statements) {
      const statement = policy.document.statements[compiled.ref.statementIndex]
      if (statement?.effect !== 'Allow') continue
      const coversAction = covering.has(compiled)
      if (coversAction && !mismatch(compiled, resource, known, undefined)) continue
      found.push(weigh({ compiled, statement, coversAction, variables }, resource, known))
    }
  }
  return found
    .sort((one, other) => one.cost - other.cost)
    .slice(0, most)
    .map(({ nearest }) => nearest)
}

interface Weighed {
  readonly compiled: CompiledStatement
  readonly statement: PolicyStatement
  readonly coversAction: boolean
  /** The language version of the document knows variables. */
  readonly variables: boolean
}

function weigh({ compiled, statement, coversAction, variables }: Weighed, resource: string, context: PolicyContext) {
  const missing = new Map<string, string>()
  const onMissing = ({ folded, text }: ContextKey) => void missing.set(folded, text)
  const reason = mismatch({ ...compiled, conditions: [] }, resource, context, undefined, onMissing)
  const isLeftOut = reason !== undefined && statement.resource.negated
  const entry = reason === undefined || isLeftOut ? undefined : nearestEntry(statement, variables, resource, context)
  const unmet = compiled.conditions.flatMap((condition, index): UnmetCondition[] => {
    const written = statement.conditions[index]
    if (!written || !conditionsMismatch([condition], context, onMissing)) return []
    return [
      {
        operator: condition.operator.text,
        key: condition.key.text,
        values: written.values,
        actual: context.get(condition.key),
      },
    ]
  })
  const nearest: NearestStatement = {
    statement: compiled.ref,
    coversAction,
    actions: statement.action.patterns,
    ...(entry && { resource: entry }),
    isLeftOut,
    missing: [...missing.values()],
    unmet,
  }
  const cost =
    (coversAction ? 0 : COSTS.otherAction) +
    (isLeftOut ? COSTS.leftOut : 0) +
    (entry?.difference.edits ?? 0) +
    unmet.length * COSTS.condition
  return { nearest, cost }
}

function nearestEntry(
  { resource: { patterns } }: PolicyStatement,
  variables: boolean,
  text: string,
  context: PolicyContext,
) {
  const entries = patterns.map((written) => ({
    written,
    difference: patternDifference(partlyResolved(written, variables, context), text),
  }))
  return entries.sort((one, other) => one.difference.edits - other.difference.edits)[0]
}

/** Variables that have a value are replaced; the others stay. */
function partlyResolved(text: string, variables: boolean, context: PolicyContext): readonly TemplatePart[] {
  return parseTemplate(text, { wildcards: true, variables }).flatMap(
    (part) => resolveTemplate([part], context) ?? [part],
  )
}
