import { isNumber, type Query } from './query.ts'
import { parseQuery } from './query-parser.ts'
import { unescaped } from './query-tokens.ts'
import { formatValue, patternOf, unsupportedIn } from './words.ts'

export type Operator = '=' | '!=' | '^' | '!^' | ':' | '!:' | '<' | '<=' | '>' | '>='

/**
 * One term of a query as a person chooses it. `=` a whole value, or `*`: the field is there, or a range `[a TO b]`; `^` its
 * beginning; `:` a part of it, or what the wildcards in it say.
 */
export interface Condition {
  /** Undefined: of any field. */
  readonly field: string | undefined
  readonly operator: Operator
  readonly value: string
}

/** All of them, or any. Groups within a group are of the other operation, and hold conditions alone. */
export interface ConditionGroup {
  readonly operation: 'and' | 'or'
  readonly conditions: readonly (Condition | ConditionGroup)[]
}

export const isGroup = (part: Condition | ConditionGroup): part is ConditionGroup => 'conditions' in part

/** No condition: everything is found. */
export const NO_CONDITION: ConditionGroup = { operation: 'and', conditions: [] }

/**
 * A query as conditions, where it is no more than that: `thingTypeName:pump NOT attributes.site:hall*` is two.
 * Undefined for what has to stay a text, as groups three deep or the negation of one.
 * @throws {QueryError} for what is no query
 */
export function readConditions(queryString: string): ConditionGroup | undefined {
  if (queryString.trim() === '') return NO_CONDITION
  return groupOf(parseQuery(queryString))
}

function groupOf(query: Query): ConditionGroup | undefined {
  if (query.type === 'everything') return NO_CONDITION
  if (query.type !== 'and' && query.type !== 'or') {
    const condition = conditionOf(query)
    return condition && { operation: 'and', conditions: [condition] }
  }
  const conditions = query.queries.map((part) =>
    part.type === 'and' || part.type === 'or' ? innerGroup(part) : conditionOf(part),
  )
  return conditions.every((part) => part !== undefined) ? { operation: query.type, conditions } : undefined
}

function innerGroup(query: Extract<Query, { type: 'and' | 'or' }>): ConditionGroup | undefined {
  const conditions = query.queries.map(conditionOf)
  return conditions.every((part) => part !== undefined) ? { operation: query.type, conditions } : undefined
}

const NEGATED: Readonly<Record<string, Operator | undefined>> = { '=': '!=', '^': '!^', ':': '!:' }

function conditionOf(query: Query): Condition | undefined {
  switch (query.type) {
    case 'not': {
      const negated = conditionOf(query.query)
      const operator = negated && NEGATED[negated.operator]
      return operator && { ...negated, operator }
    }
    case 'exists':
      return { field: query.field, operator: '=', value: '*' }
    case 'word':
      return wordCondition(query.field, query.raw)
    case 'phrase':
      return isOwnSyntax(query.written) ? undefined : { field: query.field, operator: '=', value: query.written }
    case 'range':
      return rangeCondition(query)
    default:
      return undefined
  }
}

/** Texts that mean something else as the value of `=`. */
const isOwnSyntax = (text: string) => text === '*' || RANGE.test(text)

function wordCondition(field: string | undefined, raw: string): Condition | undefined {
  const [, wild = '', middle = '', end = ''] = /^(\*?)((?:[^*?\\]|\\.)*)(\*?)$/su.exec(raw) ?? []
  if (middle !== '') {
    const value = unescaped(middle)
    if (wild === '' && end === '') return isOwnSyntax(value) ? undefined : { field, operator: '=', value }
    // A part that holds a wildcard of its own would be taken for a pattern.
    if (/[*?]/u.test(value)) return undefined
    if (wild === '') return { field, operator: '^', value }
    if (end !== '') return { field, operator: ':', value }
  }
  const pattern = patternOf(raw)
  return pattern === undefined ? undefined : { field, operator: ':', value: pattern }
}

function rangeCondition({ field, low, high }: Extract<Query, { type: 'range' }>): Condition | undefined {
  if (low && high) {
    const texts = [low.written, high.written]
    if (texts.some((text) => /["\s\]}]/u.test(text) || text === '*' || text === 'TO')) return undefined
    const value = `${low.inclusive ? '[' : '{'}${low.written} TO ${high.written}${high.inclusive ? ']' : '}'}`
    return { field, operator: '=', value }
  }
  if (field === undefined) return undefined
  if (low) return { field, operator: low.inclusive ? '>=' : '>', value: low.written }
  return high && { field, operator: high.inclusive ? '<=' : '<', value: high.written }
}

/** Between two ends without blanks: `[75 TO 80]`, `{a TO b]`. */
const RANGE = /^[[{][^\s\]}"]+ TO [^\s\]}"]+[\]}]$/u

/** The query that conditions say, `''` for none: everything. {@link readConditions} of it gives them back. */
export function formatConditions({ operation, conditions }: ConditionGroup): string {
  const terms = conditions
    .flatMap((part) => (isGroup(part) && part.conditions.length < 2 ? part.conditions : [part]))
    .map(formatPart)
  return terms.join(operation === 'and' ? ' AND ' : ' OR ')
}

const formatPart = (part: Condition | ConditionGroup): string =>
  isGroup(part) ? `(${formatConditions(part)})` : formatCondition(part)

const COMPARISON = /^[<>]=?$/

export function formatCondition({ field, operator, value }: Condition): string {
  const name = field === undefined ? '' : formatField(field)
  if (COMPARISON.test(operator)) return `${name} ${operator} ${formatBound(value)}`
  const term = `${field === undefined ? '' : `${name}:`}${formatTerm(operator, value)}`
  return operator.startsWith('!') ? `NOT ${term}` : term
}

/**
 * The characters of a condition's value that a query has no place for: where there are some, {@link formatCondition} says
 * only about what is meant. Of `attributes.site = hall/2` it makes `attributes.site:hall?2`.
 */
export const withoutPlace = ({ operator, value }: Condition): readonly string[] =>
  /^!?=$/.test(operator) && isOwnSyntax(value) ? [] : unsupportedIn(value)

function formatTerm(operator: Operator, value: string): string {
  const kind = operator.replace('!', '')
  if (kind === '=' && isOwnSyntax(value)) return value
  return formatValue(kind === '=' ? 'whole' : kind === '^' ? 'beginning' : 'part', value)
}

const formatBound = (value: string): string =>
  isNumber(value) && !value.startsWith('-') ? value : formatValue('whole', value)

/** Letters, digits, `_`, `-`, `.` and `$` stand for themselves; all else behind a backslash. */
export const formatField = (field: string): string => field.replaceAll(/[^\p{L}\p{N}_.$-]/gu, '\\$&')
