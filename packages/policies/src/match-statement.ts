import type { CompiledCondition, CompiledSelection, CompiledStatement } from './compiled-policies.ts'
import { matchesPattern } from './pattern.ts'
import type { ContextKey, PolicyContext } from './policy-context.ts'
import type { Principal } from './policy-document.ts'

/** The caller, for statements with a `Principal`. */
export type RequestPrincipal = Principal

/** Why a statement that covers the action does not match the request. */
export type MismatchReason = 'RESOURCE' | 'PRINCIPAL' | 'CONDITION' | 'UNRESOLVED_VARIABLE'

/** Told of each context key that was wanted and not there. */
export type OnMissing = (key: ContextKey) => void

/**
 * Why a statement does not match, or `undefined` if it does. Its action is taken as covered.
 *
 * A variable that stands for nothing matches nothing. In a list where one entry is enough, the other entries still
 * count; in a list where no entry may match (`NotResource`, `StringNotEquals`), the statement does not match, lest
 * what is unknown be taken for what is different.
 */
export function mismatch(
  statement: CompiledStatement,
  resource: string,
  context: PolicyContext,
  principal: RequestPrincipal | undefined,
  onMissing?: OnMissing,
): MismatchReason | undefined {
  if (statement.principals && !includesPrincipal(statement.principals, principal)) return 'PRINCIPAL'
  const selected = selectsResource(statement.resource, resource, context, onMissing)
  if (selected !== true) return selected === undefined ? 'UNRESOLVED_VARIABLE' : 'RESOURCE'
  return conditionsMismatch(statement.conditions, context, onMissing)
}

/** The same for the conditions alone. */
export function conditionsMismatch(
  conditions: readonly CompiledCondition[],
  context: PolicyContext,
  onMissing?: OnMissing,
): MismatchReason | undefined {
  let reason: MismatchReason | undefined
  for (const condition of conditions) {
    const holds = conditionHolds(condition, context, onMissing)
    if (holds === true) continue
    reason ??= holds === undefined ? 'UNRESOLVED_VARIABLE' : 'CONDITION'
    if (!onMissing) break // the others can only tell of more missing keys
  }
  return reason
}

function includesPrincipal(wanted: readonly Principal[], principal: RequestPrincipal | undefined): boolean {
  return wanted.some(
    ({ type, value }) => type === '*' || (principal?.type === type && (value === '*' || value === principal.value)),
  )
}

/** `undefined` if a variable that stands for nothing might have made the difference. */
function selectsResource(
  selection: CompiledSelection,
  resource: string,
  context: PolicyContext,
  onMissing?: OnMissing,
): boolean | undefined {
  let unresolved = false
  for (const pattern of selection.patterns) {
    const matched = matchesPattern(pattern, resource, context, onMissing)
    if (matched) return !selection.negated
    unresolved ||= matched === undefined
  }
  return unresolved ? undefined : selection.negated
}

/** As in {@link selectsResource}. Source for missing keys: IAM user guide, "Condition operators". */
function conditionHolds(
  condition: CompiledCondition,
  context: PolicyContext,
  onMissing?: OnMissing,
): boolean | undefined {
  const { operator, key } = condition
  const actual = context.get(key)
  if (operator.family === 'null') return fitsAny(condition, String(actual === undefined), context)
  if (actual === undefined) {
    const holds = operator.ifExists || (operator.quantifier ? operator.quantifier === 'ForAllValues' : operator.negated)
    if (!operator.ifExists && operator.quantifier !== 'ForAllValues') onMissing?.(key)
    if (!holds) return false
    return fitsAny(condition, '', context, onMissing) === undefined ? undefined : true
  }
  const values = typeof actual === 'string' ? [actual] : actual
  // Without a quantifier a multivalued key counts as ForAnyValue; negated, that means that none of its values fits.
  const needAll = operator.quantifier ? operator.quantifier === 'ForAllValues' : operator.negated
  let unresolved = false
  for (const value of values) {
    const fits = fitsAny(condition, value, context, onMissing)
    if (fits === undefined) unresolved = true
    else if ((fits !== operator.negated) !== needAll) return !needAll
  }
  return unresolved ? undefined : needAll
}

function fitsAny(
  condition: CompiledCondition,
  actual: string,
  context: PolicyContext,
  onMissing?: OnMissing,
): boolean | undefined {
  let unresolved = false
  for (const value of condition.values) {
    const fits = value.fits(actual, context, onMissing)
    if (fits) return true
    unresolved ||= fits === undefined
  }
  return unresolved ? undefined : false
}
