import { resourcePart } from '../arn.ts'
import { compilePattern, matchesPattern } from '../pattern.ts'
import { type ContextEntries, NO_CONTEXT, type PolicyContext, toPolicyContext } from '../policy-context.ts'
import { hasVariables, type PolicyDocument, type PolicyStatement } from '../policy-document.ts'
import { parseTemplate, resolveTemplate } from '../template.ts'
import { POLICY_ACTIONS, type PolicyAction } from '../vocabulary/policy-action.ts'
import { ANY } from '../wildcard.ts'

/** A request that stands for all that one resource of a statement says of one action. */
export interface ProbeRequest {
  readonly action: string
  readonly resource: string
  /** The resource as the policy writes it. */
  readonly pattern: string
  readonly context: PolicyContext
}

/** What is asked of a client that has these values; over HTTPS those of its connection are not there. */
export interface ProbeContexts {
  readonly mqtt: PolicyContext | ContextEntries
  readonly https: PolicyContext | ContextEntries
}

/** In the place of `*`: a word that no fleet uses, so that what is allowed of it is allowed of any. */
const ANY_TEXT = 'any-other'

/**
 * Requests by which one sees what differs between policies, for one client: of each action and each resource that any
 * of the documents names, one that the resource matches. What a variable stands for nothing of asks nothing.
 * @param arnPrefix `arn:aws:iot:REGION:ACCOUNT`
 */
export function probeRequests(
  documents: readonly PolicyDocument[],
  arnPrefix: string,
  contexts: ProbeContexts,
): readonly ProbeRequest[] {
  const [mqtt, https] = [toPolicyContext(contexts.mqtt), toPolicyContext(contexts.https)]
  const probes = new Map<string, ProbeRequest>()
  for (const { version, statements } of documents) {
    for (const statement of statements) {
      for (const action of actionsOf(statement)) {
        const context = action.door === 'https' || action.door === 'credentials provider' ? https : mqtt
        for (const pattern of patternsOf(statement)) {
          const resource = sampleOf(pattern, hasVariables(version), action, arnPrefix, context)
          const key = `${action.name} ${resource}`
          if (resource === undefined || probes.has(key)) continue
          probes.set(key, { action: action.name, resource, pattern, context })
        }
      }
    }
  }
  return [...probes.values()]
}

function actionsOf({ action: { patterns, negated } }: PolicyStatement): readonly PolicyAction[] {
  const compiled = patterns.map((text) => compilePattern(text.toLowerCase(), { wildcards: true, variables: false }))
  return POLICY_ACTIONS.filter(({ name }) => {
    const isNamed = compiled.some((pattern) => matchesPattern(pattern, name.toLowerCase(), NO_CONTEXT))
    return isNamed !== negated
  })
}

/** What a `NotResource` leaves out is asked for, and everything else. */
const patternsOf = ({ resource: { patterns, negated } }: PolicyStatement) => (negated ? ['*', ...patterns] : patterns)

/**
 * A resource that the pattern matches; undefined: it is of another kind than the action's, or a variable has no value.
 */
function sampleOf(
  pattern: string,
  variables: boolean,
  { resource: kind }: PolicyAction,
  arnPrefix: string,
  context: PolicyContext,
): string | undefined {
  if (kind === undefined) return '*'
  const resolved = resolveTemplate(parseTemplate(pattern, { wildcards: true, variables }), context)
  if (!resolved) return undefined
  const text = resolved
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'wildcard' && part.unit === ANY ? ANY_TEXT : 'x'))
    .join('')
  const resource = text.startsWith('arn:') ? resourcePart(text) : text
  if (resource === '' || resource.startsWith(ANY_TEXT)) return `${arnPrefix}:${kind}/${ANY_TEXT}`
  return resource.startsWith(`${kind}/`) ? `${arnPrefix}:${resource}` : undefined
}
