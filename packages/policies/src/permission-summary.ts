import { resourcePart } from './arn.ts'
import { type CompiledStatement, compilePolicies, type NamedPolicy, type StatementRef } from './compiled-policies.ts'
import { conditionsMismatch } from './match-statement.ts'
import { type ContextEntries, type PolicyContext, toPolicyContext } from './policy-context.ts'
import { type Condition, hasVariables, type PolicyStatement } from './policy-document.ts'
import { parseTemplate, resolveTemplate } from './template.ts'
import { ANY } from './wildcard.ts'

/** What one entry of a statement's resources says about an action. */
export interface PermissionEntry {
  readonly statement: StatementRef
  /**
   * What stands behind `topic/`, variables replaced: `dt/pump-7/*`; `*` is everything. A `*` that a variable stood for
   * is `${*}`.
   */
  readonly pattern: string
  /** `NotResource`: everything but the pattern. */
  readonly isNegated: boolean
  /** Conditions that each request decides for itself, such as whether it has a last will. */
  readonly conditions: readonly Condition[]
}

/** An entry that says nothing on this connection, and why. */
export interface IdleEntry {
  readonly statement: StatementRef
  /** As written. */
  readonly written: string
  readonly why: 'UNRESOLVED_VARIABLE' | 'CONDITION'
}

/** What policies say of one action, for one context. */
export interface ActionSummary {
  readonly allowed: readonly PermissionEntry[]
  /** They override what is allowed. */
  readonly denied: readonly PermissionEntry[]
  readonly idle: readonly IdleEntry[]
}

/** Keys that a request brings along, and a connection does not have. */
const OF_REQUESTS: ReadonlySet<string> = new Set(['iot:connectattributes', 'iot:lastwilltopic'])

/**
 * What policies allow and deny of one action, as far as a connection decides it: resources of the action's own kind
 * with their variables replaced, and what comes to nothing.
 * @param kind of resource: `topic`, `topicfilter`, `client`, `thing`
 */
export function summarizeAction(
  policies: readonly NamedPolicy[],
  { action, kind }: { readonly action: string; readonly kind: string },
  context: PolicyContext | ContextEntries,
): ActionSummary {
  const known = toPolicyContext(context)
  const allowed: PermissionEntry[] = []
  const denied: PermissionEntry[] = []
  const idle: IdleEntry[] = []
  for (const policy of policies) {
    const compiled = compilePolicies([policy])
    const { allow, deny } = compiled.forAction(action)
    const speaking = new Set([...allow, ...deny])
    for (const each of compiled.statements.filter((statement) => speaking.has(statement))) {
      const statement = policy.document.statements[each.ref.statementIndex]
      if (!statement) continue
      const found = entriesOf(each, statement, hasVariables(policy.document.version), kind, known)
      ;(statement.effect === 'Allow' ? allowed : denied).push(...found.entries)
      idle.push(...found.idle)
    }
  }
  return { allowed, denied, idle }
}

function entriesOf(
  compiled: CompiledStatement,
  statement: PolicyStatement,
  variables: boolean,
  kind: string,
  context: PolicyContext,
): { entries: PermissionEntry[]; idle: IdleEntry[] } {
  const { ref } = compiled
  const isOpen = ({ key }: Condition) => OF_REQUESTS.has(key.toLowerCase())
  const decided = compiled.conditions.filter((_, index) => {
    const condition = statement.conditions[index]
    return condition !== undefined && !isOpen(condition)
  })
  const { negated, patterns } = statement.resource
  const missed = conditionsMismatch(decided, context)
  if (missed) {
    const written = patterns.filter((text) => tailOf(text, kind) !== undefined)
    const why = missed === 'UNRESOLVED_VARIABLE' ? missed : 'CONDITION'
    return { entries: [], idle: written.map((text) => ({ statement: ref, written: text, why })) }
  }
  const entries: PermissionEntry[] = []
  const idle: IdleEntry[] = []
  for (const written of patterns) {
    const bound = resolved(written, variables, context)
    if (bound === undefined) {
      if (tailOf(written, kind) !== undefined) idle.push({ statement: ref, written, why: 'UNRESOLVED_VARIABLE' })
      continue
    }
    const pattern = tailOf(bound, kind)
    if (pattern === undefined) continue
    entries.push({ statement: ref, pattern, isNegated: negated, conditions: statement.conditions.filter(isOpen) })
  }
  // Where one of them is not known, everything but these is not known either.
  if (negated && idle.length > 0) return { entries: [], idle }
  return { entries, idle }
}

function resolved(text: string, variables: boolean, context: PolicyContext): string | undefined {
  return resolveTemplate(parseTemplate(text, { wildcards: true, variables }), context)
    ?.map((part) =>
      part.kind === 'text' ? escapedText(part.text) : part.kind === 'wildcard' ? (part.unit === ANY ? '*' : '?') : '',
    )
    .join('')
}

/** As a policy would have to write it, so that it is no wildcard. */
const escapedText = (text: string): string => text.replaceAll(/[*?]/g, (sign) => `\${${sign}}`)

/** What is behind `topic/` of an ARN; undefined where it can be no resource of that kind. */
function tailOf(arn: string, kind: string): string | undefined {
  if (arn === '*') return '*'
  const tail = resourcePart(arn)
  if (tail.startsWith(`${kind}/`)) return tail.slice(kind.length + 1)
  // A `*` before the resource's kind takes in all of them.
  const star = arn.indexOf('*')
  return star >= 0 && (tail === '' || tail.startsWith('*')) ? '*' : undefined
}
