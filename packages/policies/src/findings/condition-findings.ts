import { parseConditionOperator } from '../condition-operator.ts'
import type { PlacedCondition } from '../placed-policy.ts'
import { findPolicyKey, nearestPolicyKey, type PolicyKey, type PolicyKeyKind } from '../vocabulary/policy-key.ts'
import { replaceText } from './mend.ts'
import type { PolicyFinding, PolicyFix } from './policy-finding.ts'
import { actionsOfStatement, finding, type PolicyLook, type StatementLook } from './policy-look.ts'

/**
 * Conditions that hold never, or always, or mean another thing.
 * @see IAM user guide, "Condition operators" and "Multivalued context keys"; AWS IoT guide, "Connect policy examples"
 */
export function conditionFindings(look: PolicyLook): PolicyFinding[] {
  return look.statements.flatMap((statement) =>
    statement.conditions.flatMap((placed) => aboutCondition(look, statement, placed)),
  )
}

/** The families that suit a kind of key, beside `null`, which suits all. */
const FAMILIES: Readonly<Record<PolicyKeyKind, readonly string[]>> = {
  text: ['string', 'stringIgnoreCase', 'like', 'numeric', 'date', 'binary'],
  list: ['string', 'stringIgnoreCase', 'like'],
  bool: ['bool', 'string', 'stringIgnoreCase', 'like'],
  ip: ['ip'],
  arn: ['arn', 'like', 'string'],
}
const SUITABLE: Readonly<Record<PolicyKeyKind, string>> = {
  text: 'StringEquals',
  list: 'StringEquals',
  bool: 'Bool',
  ip: 'IpAddress',
  arn: 'ArnLike',
}
const KIND_WORDS: Readonly<Record<PolicyKeyKind, string>> = {
  text: 'a text',
  list: 'a list of texts',
  bool: 'true or false',
  ip: 'an IP address',
  arn: 'an ARN',
}

function aboutCondition(look: PolicyLook, statement: StatementLook, placed: PlacedCondition): PolicyFinding[] {
  const { condition, element } = placed
  const { operator, key: name, values } = condition
  // `ForAllValues` with no value is how the guide says that a key must have none.
  if (values.length === 0 && operator.family !== 'null' && operator.quantifier !== 'ForAllValues') {
    const holds = operator.negated
      ? 'always holds'
      : operator.ifExists
        ? 'holds for want of the key alone'
        : 'never holds'
    return [finding(look, 'CONDITION_NEVER', 'warning', element, `A condition without values ${holds}.`)]
  }
  const key = findPolicyKey(name)
  if (!key) return [unknownKey(look, placed)]
  const absent = whyAbsent(look, statement, placed, key)
  if (absent !== undefined) return [finding(look, 'CONDITION_ABSENT', 'warning', element, absent, [], element.key)]
  if (operator.family !== 'null' && !FAMILIES[key.kind].includes(operator.family))
    return [unsuitable(look, placed, key)]
  return [...quantifier(look, statement, placed, key), ...literalWildcards(look, placed)]
}

function unknownKey(look: PolicyLook, { condition, element }: PlacedCondition): PolicyFinding {
  const nearest = nearestPolicyKey(condition.key)
  const meant = nearest === undefined ? '' : ` ${nearest} is probably meant.`
  const so = condition.operator.negated || condition.operator.ifExists ? 'always holds' : 'never holds'
  const fixes: PolicyFix[] =
    nearest === undefined || !element.key
      ? []
      : [{ words: `Use ${nearest}`, edits: [{ ...element.key, insert: JSON.stringify(nearest) }] }]
  const words = `AWS IoT's guide knows no key ${condition.key}; for want of it the condition ${so}.${meant}`
  return finding(look, 'CONDITION_KEY', 'warning', element, words, fixes, element.key)
}

/** Why the key has no value for whatever the statement is about. */
function whyAbsent(
  look: PolicyLook,
  statement: StatementLook,
  { condition }: PlacedCondition,
  key: PolicyKey,
): string | undefined {
  const { operator } = condition
  if (operator.family === 'null') return undefined
  const holds =
    operator.ifExists || operator.negated || operator.quantifier === 'ForAllValues' ? 'always holds' : 'never holds'
  const actions = actionsOfStatement(statement)
  if (key.source === 'role')
    return `${key.name} is a key of IAM policies of roles, not of AWS IoT's; the condition ${holds}.`
  const others = actions.filter(({ name }) => name !== 'iot:Connect').map(({ name }) => name)
  if (key.source === 'connect' && others.length > 0 && others.length < 6) {
    return `${key.name} has a value at a CONNECT only; for ${others.join(', ')} the condition ${holds}. Give iot:Connect a statement of its own.`
  }
  const isHttpsOnly = actions.length > 0 && actions.every(({ door }) => door === 'https')
  if ((key.source === 'thing' || key.source === 'connection') && isHttpsOnly) {
    return `${key.name} has a value over MQTT only, and these actions come over HTTPS: the condition ${holds}.`
  }
  if (
    look.principals?.length &&
    (key.source === 'certificate' || key.source === 'cognito') &&
    !look.principals.includes(key.source)
  ) {
    return `${key.name} has no value for whom this policy is attached to; the condition ${holds}.`
  }
  return undefined
}

function unsuitable(look: PolicyLook, placed: PlacedCondition, key: PolicyKey): PolicyFinding {
  const { operator } = placed.condition
  const better = operatorLike(placed, SUITABLE[key.kind])
  return finding(
    look,
    'CONDITION_OPERATOR_KIND',
    'warning',
    placed.operator,
    `${key.name} is ${KIND_WORDS[key.kind]}, and ${operator.text} compares another kind of value.`,
    better === undefined ? [] : [renameOperator(placed, better)],
    placed.operator.key,
  )
}

/** Another base under the same prefix, negation and `IfExists`; undefined where there is none of that name. */
function operatorLike({ condition: { operator } }: PlacedCondition, base: string): string | undefined {
  const NEGATED: Readonly<Record<string, string>> = {
    StringEquals: 'StringNotEquals',
    StringLike: 'StringNotLike',
    IpAddress: 'NotIpAddress',
    ArnLike: 'ArnNotLike',
  }
  const named = operator.negated ? NEGATED[base] : base
  if (named === undefined) return undefined
  const whole = `${operator.quantifier ? `${operator.quantifier}:` : ''}${named}${operator.ifExists ? 'IfExists' : ''}`
  return parseConditionOperator(whole)?.text
}

/** Edits the operator where it stands; where it has several keys, all of them get it. */
const renameOperator = ({ operator: { key } }: PlacedCondition, text: string): PolicyFix => ({
  words: `Use ${text}`,
  edits: key ? [{ ...key, insert: JSON.stringify(text) }] : [],
})

function quantifier(
  look: PolicyLook,
  statement: StatementLook,
  placed: PlacedCondition,
  key: PolicyKey,
): PolicyFinding[] {
  const { operator } = placed.condition
  if (operator.family === 'null') return []
  if (key.kind === 'list' && !operator.quantifier) {
    return [
      finding(
        look,
        'CONDITION_QUANTIFIER',
        'warning',
        placed.operator,
        `${key.name} has any number of values: say by ForAllValues: or ForAnyValue: whether all or one of them must fit.`,
        [
          renameOperator(placed, `ForAnyValue:${operator.text}`),
          renameOperator(placed, `ForAllValues:${operator.text}`),
        ],
        placed.operator.key,
      ),
    ]
  }
  if (
    key.kind === 'list' &&
    operator.quantifier === 'ForAllValues' &&
    key.source === 'certificate' &&
    statement.isAllow
  ) {
    const words = `ForAllValues holds as well where there is no value at all, as for a certificate without ${key.name}.`
    return [
      finding(
        look,
        'CONDITION_QUANTIFIER',
        'info',
        placed.operator,
        words,
        [renameOperator(placed, operator.text.replace('ForAllValues', 'ForAnyValue'))],
        placed.operator.key,
      ),
    ]
  }
  if (key.kind !== 'list' && operator.quantifier) {
    const words = `${key.name} has one value: ${operator.quantifier} says nothing more${
      operator.quantifier === 'ForAllValues' ? ', and lets the condition hold where the key is absent' : ''
    }.`
    return [
      finding(
        look,
        'CONDITION_QUANTIFIER',
        operator.quantifier === 'ForAllValues' ? 'warning' : 'info',
        placed.operator,
        words,
        [renameOperator(placed, operator.text.slice(operator.quantifier.length + 1))],
        placed.operator.key,
      ),
    ]
  }
  return []
}

/** Stars that are letters. */
function literalWildcards(look: PolicyLook, placed: PlacedCondition): PolicyFinding[] {
  const { operator, values } = placed.condition
  if (operator.family !== 'string' && operator.family !== 'stringIgnoreCase') return []
  return placed.places.flatMap((place, index) => {
    const value = values[index] ?? ''
    if (!value.replaceAll(/\$\{[^}]*\}/g, '').includes('*')) return []
    const better = operatorLike(placed, 'StringLike')
    const words = `${operator.text} compares whole texts, in which * is a letter.`
    const fixes = better === undefined ? [] : [renameOperator(placed, better)]
    return [
      finding(look, 'CONDITION_WILDCARD', 'warning', place, words, [
        ...fixes,
        { words: 'Take the * out', edits: [replaceText(place, value.replaceAll('*', ''))] },
      ]),
    ]
  })
}
