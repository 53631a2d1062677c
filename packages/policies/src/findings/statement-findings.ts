import { isJsonArray, isJsonObject, JsonObject, type JsonValue, jsonEquals } from '@thingdeck/json'
import { patternCovers } from '../pattern-relations.ts'
import { removeItem } from './mend.ts'
import type { PolicyFinding } from './policy-finding.ts'
import { finding, type PolicyLook, type StatementLook } from './policy-look.ts'

/** Statements that make no difference beside the others. */
export function statementFindings(look: PolicyLook): PolicyFinding[] {
  return look.statements.flatMap((statement) => {
    const twin = look.statements.slice(0, statement.index).find((other) => saysTheSame(other, statement))
    if (twin) return [repeated(look, statement, twin)]
    if (statement.statement.effect !== 'Allow') return []
    const deny = look.statements.find((other) => other.statement.effect === 'Deny' && takesAll(other, statement))
    return deny ? [shadowed(look, statement, deny)] : []
  })
}

function saysTheSame(one: StatementLook, other: StatementLook): boolean {
  return jsonEquals(meaningOf(one.place.node.value), meaningOf(other.place.node.value))
}

/** Without the Sid; one text and a list of one are the same. */
function meaningOf(statement: JsonValue): JsonValue {
  if (!isJsonObject(statement)) return statement
  return JsonObject.from(
    [...statement]
      .filter(([key]) => key !== 'Sid')
      .map(([key, value]) => [key, isJsonArray(value) && value.length === 1 ? (value[0] ?? null) : value]),
  )
}

const nameOf = ({ index, statement: { sid } }: StatementLook): string =>
  `statement ${index + 1}${sid ? ` (${JSON.stringify(sid)})` : ''}`

function repeated(look: PolicyLook, statement: StatementLook, twin: StatementLook): PolicyFinding {
  const removal = removeItem(look.placed.list, statement.place)
  return finding(
    look,
    'STATEMENT_TWICE',
    'warning',
    statement.effect,
    `It says the same as ${nameOf(twin)}.`,
    removal ? [{ words: 'Remove it', edits: [removal] }] : [],
  )
}

/** Whether a Deny takes everything that an Allow gives: then nothing of it is left. */
function takesAll(deny: StatementLook, { statement: allow }: StatementLook): boolean {
  const { statement } = deny
  if (statement.conditions.length > 0 || statement.action.negated || statement.resource.negated) return false
  if (allow.action.negated || allow.resource.negated) return false
  // A variable that stands for nothing lets the Deny go by, and the Allow too where it has the same one.
  return (
    allow.action.patterns.every((one) =>
      statement.action.patterns.some((other) => patternCovers(other.toLowerCase(), one.toLowerCase())),
    ) && allow.resource.patterns.every((one) => statement.resource.patterns.some((other) => patternCovers(other, one)))
  )
}

function shadowed(look: PolicyLook, statement: StatementLook, deny: StatementLook): PolicyFinding {
  const removal = removeItem(look.placed.list, statement.place)
  return finding(
    look,
    'DENY_SHADOWS',
    'warning',
    statement.effect,
    `Nothing of it is left: ${nameOf(deny)} denies all that it allows, and a Deny always wins.`,
    removal ? [{ words: 'Remove what is without effect', edits: [removal] }] : [],
  )
}
