import { nearestName } from '@thingdeck/json'

/** How the values of a condition are compared. */
export type ConditionFamily =
  | 'string'
  | 'stringIgnoreCase'
  | 'like'
  | 'numeric'
  | 'date'
  | 'bool'
  | 'binary'
  | 'ip'
  | 'arn'
  | 'null'

/** The order that a numeric or date operator asks for: the value of the request stands left of it. */
export type Comparison = '=' | '<' | '<=' | '>' | '>='

/** The operator of a condition, taken apart. */
export interface ConditionOperator {
  /** As written: `ForAllValues:StringLikeIfExists`. */
  readonly text: string
  readonly family: ConditionFamily
  /** For `numeric` and `date`; elsewhere `=`. */
  readonly comparison: Comparison
  /** True for operators with `Not`: they hold if none of the values fits. */
  readonly negated: boolean
  /** How the values of a multivalued key count. */
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined
  /** Whether the condition holds for want of the key. */
  readonly ifExists: boolean
}

interface Base {
  readonly family: ConditionFamily
  readonly comparison: Comparison
  readonly negated: boolean
}

const BASES: ReadonlyMap<string, Base> = new Map([
  ['StringEquals', base('string')],
  ['StringNotEquals', base('string', 'Not')],
  ['StringEqualsIgnoreCase', base('stringIgnoreCase')],
  ['StringNotEqualsIgnoreCase', base('stringIgnoreCase', 'Not')],
  ['StringLike', base('like')],
  ['StringNotLike', base('like', 'Not')],
  ...ordered('Numeric', 'numeric'),
  ...ordered('Date', 'date'),
  ['Bool', base('bool')],
  ['BinaryEquals', base('binary')],
  ['IpAddress', base('ip')],
  ['NotIpAddress', base('ip', 'Not')],
  ['ArnEquals', base('arn')],
  ['ArnLike', base('arn')],
  ['ArnNotEquals', base('arn', 'Not')],
  ['ArnNotLike', base('arn', 'Not')],
  ['Null', base('null')],
])

const QUANTIFIERS = ['ForAllValues', 'ForAnyValue'] as const
const IF_EXISTS = 'IfExists'

/**
 * Takes an operator apart; `undefined` if there is none of that name. Names are case-sensitive. `Null` has no
 * `IfExists`, and no `ForAllValues` or `ForAnyValue`.
 * @see IAM user guide, "IAM JSON policy elements: Condition operators"
 */
export function parseConditionOperator(text: string): ConditionOperator | undefined {
  const quantifier = QUANTIFIERS.find((each) => text.startsWith(`${each}:`))
  const rest = quantifier ? text.slice(quantifier.length + 1) : text
  const ifExists = rest.endsWith(IF_EXISTS)
  const found = BASES.get(ifExists ? rest.slice(0, -IF_EXISTS.length) : rest)
  if (!found || (found.family === 'null' && (ifExists || quantifier))) return undefined
  return { text, ...found, quantifier, ifExists }
}

/** Whether policy variables are replaced in the values. IAM user guide, as above. */
export function allowsVariables(family: ConditionFamily): boolean {
  return ['string', 'stringIgnoreCase', 'like', 'arn', 'bool'].includes(family)
}

function base(family: ConditionFamily, not?: 'Not', comparison: Comparison = '='): Base {
  return { family, comparison, negated: not === 'Not' }
}

function ordered(prefix: string, family: ConditionFamily): [string, Base][] {
  return [
    [`${prefix}Equals`, base(family)],
    [`${prefix}NotEquals`, base(family, 'Not')],
    [`${prefix}LessThan`, base(family, undefined, '<')],
    [`${prefix}LessThanEquals`, base(family, undefined, '<=')],
    [`${prefix}GreaterThan`, base(family, undefined, '>')],
    [`${prefix}GreaterThanEquals`, base(family, undefined, '>=')],
  ]
}

/** All operators without prefix and suffix, as they are written. */
export const CONDITION_OPERATOR_NAMES: readonly string[] = [...BASES.keys()]

/** The operator that was probably meant by a text that is none. */
export function nearestConditionOperator(text: string): string | undefined {
  const quantifier = QUANTIFIERS.find((each) => text.toLowerCase().startsWith(`${each.toLowerCase()}:`))
  const rest = quantifier ? text.slice(quantifier.length + 1) : text
  const lower = new Map(
    CONDITION_OPERATOR_NAMES.flatMap((name) => [name, name + IF_EXISTS]).map((name) => [name.toLowerCase(), name]),
  )
  const nearest = nearestName(rest.toLowerCase(), lower.keys())
  const meant = nearest === undefined ? undefined : `${quantifier ? `${quantifier}:` : ''}${lower.get(nearest)}`
  return meant === undefined ? undefined : parseConditionOperator(meant)?.text
}
