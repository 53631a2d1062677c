import { positionAt } from '@thingdeck/json'
import { compilePattern, matchesPattern, type Pattern } from '../pattern.ts'
import type { Place, TextSpan } from '../place.ts'
import type { PlacedPolicyDocument, PlacedStatement } from '../placed-policy.ts'
import { NO_CONTEXT } from '../policy-context.ts'
import type { PolicyHome } from '../policy-home.ts'
import { parseResourceArn, type ResourceArn } from '../resource-arn.ts'
import type { ThingFacts } from '../thing-context.ts'
import { actionsOf, type PolicyAction } from '../vocabulary/policy-action.ts'
import type { PolicyFinding, PolicyFindingCode, PolicyFindingSeverity, PolicyFix } from './policy-finding.ts'

/** What is known around a document. Whatever is absent is not looked at. */
export interface PolicySurroundings {
  readonly home?: PolicyHome | undefined
  /** The kinds of principal that have the policy. */
  readonly principals?: readonly ('certificate' | 'cognito')[] | undefined
  /** The things of those principals. */
  readonly things?: readonly ThingFacts[] | undefined
  /** There are more of these things than `things` has. */
  readonly hasMoreThings?: boolean | undefined
}

/** A document and its text, read once for all that is said of it. */
export interface PolicyLook extends PolicySurroundings {
  readonly text: string
  readonly placed: PlacedPolicyDocument
  readonly statements: readonly StatementLook[]
}

export interface StatementLook extends PlacedStatement {
  /** From 0. */
  readonly index: number
  /** Whether it allows what it names: neither Deny, nor everything but what it names. */
  readonly isAllow: boolean
  /** By pattern of `Action`. */
  readonly actions: readonly ActionLook[]
  /** By pattern of `Resource`. */
  readonly resources: readonly ResourceLook[]
}

export interface ActionLook {
  readonly pattern: string
  readonly place: Place
  /** None: AWS IoT has no such action. */
  readonly covered: readonly PolicyAction[]
}

export interface ResourceLook {
  readonly pattern: string
  readonly place: Place
  /** Undefined for `*` and what is no whole ARN. */
  readonly arn: ResourceArn | undefined
  /** Whether it stands for resources of any kind. */
  readonly isEverything: boolean
}

export function lookAt(text: string, placed: PlacedPolicyDocument, around: PolicySurroundings): PolicyLook {
  return { ...around, text, placed, statements: placed.statements.map(lookAtStatement) }
}

function lookAtStatement(placed: PlacedStatement, index: number): StatementLook {
  const { statement, action, resource } = placed
  return {
    ...placed,
    index,
    isAllow: statement.effect === 'Allow' && !statement.resource.negated,
    actions: action.places.map((place, at) => {
      const pattern = action.selection.patterns[at] ?? ''
      return { pattern, place, covered: actionsOf(pattern) }
    }),
    resources: resource.places.map((place, at) => {
      const pattern = resource.selection.patterns[at] ?? ''
      const arn = parseResourceArn(pattern)
      return { pattern, place, arn, isEverything: arn ? arn.kind === '*' : /^(?:arn:)?[*:]*$/.test(pattern) }
    }),
  }
}

/** The actions that a statement covers, by all of its patterns. */
export const actionsOfStatement = ({ actions }: StatementLook): readonly PolicyAction[] => [
  ...new Set(actions.flatMap(({ covered }) => covered)),
]

/** Whether a statement covers an action by its name. */
export const coversAction = (statement: StatementLook, name: string): boolean =>
  statement.actions.some(({ covered }) => covered.some((action) => action.name === name))

/**
 * What a wildcard in the kind of a resource leaves open counts as fitting: `topic*` may be a topic or a topic filter.
 */
export function fitsKind({ arn, isEverything }: ResourceLook, kind: string): boolean {
  if (isEverything || !arn) return true
  return matchesPattern(kindPattern(arn.kind), kind, NO_CONTEXT) ?? true
}

const kindPattern = (kind: string): Pattern => compilePattern(kind, { wildcards: true, variables: true })

/** Whether the connection must have a thing for a statement to match: the condition of the guide's own examples. */
export const needsAttachedThing = ({ conditions }: StatementLook): boolean =>
  conditions.some(
    ({ condition: { key, operator, values } }) =>
      /^iot:(?:connection\.)?thing\.isattached$/i.test(key) &&
      !operator.ifExists &&
      !operator.negated &&
      operator.quantifier !== 'ForAllValues' &&
      operator.family !== 'null' &&
      values.length > 0 &&
      values.every((value) => value.toLowerCase() === 'true'),
  )

/** What is said about a place; `within` narrows it to a part of what stands there. */
export function finding(
  { text }: PolicyLook,
  code: PolicyFindingCode,
  severity: PolicyFindingSeverity,
  place: Place,
  words: string,
  fixes: readonly PolicyFix[] = [],
  within: TextSpan = place.node,
): PolicyFinding {
  const { from, to } = within
  return { code, severity, words, path: place.path, from, to, ...positionAt(text, from), fixes }
}

/** Where a part of a string's text stands; the whole string where it is written with escapes. */
export function spanWithin({ text }: PolicyLook, { node }: Place, at: number, length: number): TextSpan {
  const isPlain = text.slice(node.from + 1, node.to - 1) === node.value
  return isPlain ? { from: node.from + 1 + at, to: node.from + 1 + at + length } : node
}
