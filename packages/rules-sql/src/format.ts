import { BINARY_LEVELS, COMPARISON_LEVEL, type Expression, type Query, type Select, type Statement } from './syntax.ts'

/** A line that is longer is broken at its commas. */
const WIDTH = 100

/**
 * The usual layout of a statement: a clause a line, keywords in capitals, functions in small letters, parentheses where
 * they are needed. It parses to the same statement.
 */
export function formatStatement({ variables, select, source, where }: Statement): string {
  const clauses: string[] = []
  if (variables.length > 0) {
    clauses.push(
      clause(
        'SET',
        variables.map(({ name, value }) => `@${name} = ${formatExpression(value)}`),
      ),
    )
  }
  clauses.push(formatSelect(select, true))
  if (source !== undefined) clauses.push(`FROM '${source.topicFilter}'`)
  if (where !== undefined) clauses.push(`WHERE ${formatExpression(where)}`)
  return clauses.join('\n')
}

export function formatExpression(expression: Expression): string {
  return written(expression, 0)
}

function formatSelect(select: Select, mayBreak: boolean): string {
  if (select.kind === 'value') {
    const value = written(select.value, 0)
    // `value * 2` is a product of a field of that name.
    const isPlain = !value.startsWith('*') || /^\*(?:\.\w+)*$/.test(value)
    return `SELECT VALUE ${isPlain ? value : `(${value})`}`
  }
  const items = select.items.map(({ value, alias, isSpread }, index) => {
    const text = written(value, 0)
    // VALUE right behind SELECT would be the keyword where what follows could be its expression.
    const safe = index === 0 && /^value\b/i.test(text) ? `(${text})` : text
    if (isSpread) return `${safe}.*`
    return alias === undefined ? safe : `${safe} AS ${alias.join('.')}`
  })
  return mayBreak ? clause('SELECT', items) : `SELECT ${items.join(', ')}`
}

function clause(keyword: string, items: readonly string[]): string {
  const line = `${keyword} ${items.join(', ')}`
  return line.length <= WIDTH || items.length === 1 ? line : `${keyword}\n  ${items.join(',\n  ')}`
}

/** How tightly what is behind it holds together: an operator's level, and beyond them all others. */
const UNARY = BINARY_LEVELS.length
const PRIMARY = UNARY + 1

function levelOf(expression: Expression): number {
  if (expression.kind === 'binary') {
    return BINARY_LEVELS.findIndex((operators) => operators.includes(expression.operator))
  }
  if (expression.kind !== 'unary') return PRIMARY
  return expression.operator === 'NOT' ? COMPARISON_LEVEL : UNARY
}

/** @param level the loosest operator that may stand here without parentheses */
function written(expression: Expression, level: number): string {
  const text = bare(expression)
  return levelOf(expression) < level ? `(${text})` : text
}

function bare(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.text
    case 'string':
      return quoted(expression.text)
    case 'constant':
      return expression.value === null ? 'NULL' : expression.value ? 'TRUE' : 'FALSE'
    case 'whole':
      return '*'
    case 'field':
      return expression.name
    case 'variable':
      return `@${expression.name}`
    case 'member':
      return `${written(expression.object, PRIMARY)}.${expression.name}`
    case 'call':
      return `${expression.name}(${list(expression.args)})`
    case 'cast':
      return `cast(${written(expression.value, 0)} AS ${expression.type})`
    case 'case': {
      const branches = expression.branches.map(
        ({ when, result }) => `WHEN ${written(when, 0)} THEN ${written(result, 0)}`,
      )
      const otherwise = expression.otherwise === undefined ? '' : ` ELSE ${written(expression.otherwise, 0)}`
      return `CASE ${written(expression.value, 0)} ${branches.join(' ')}${otherwise} END`
    }
    case 'unary': {
      if (expression.operator === 'NOT') return `NOT ${written(expression.operand, COMPARISON_LEVEL)}`
      const operand = written(expression.operand, UNARY)
      // `--` would begin a comment.
      return operand.startsWith('-') ? `-(${operand})` : `-${operand}`
    }
    case 'binary': {
      const { operator, left, right } = expression
      const level = levelOf(expression)
      const isComparison = level === COMPARISON_LEVEL
      return `${written(left, isComparison ? level + 1 : level)} ${operator} ${written(right, level + 1)}`
    }
    case 'exists':
      return `EXISTS (${query(expression.query)})`
    case 'query':
      return `(${query(expression)})`
    case 'object': {
      const members = expression.members.map(({ key, value }) => `${quoted(key)}: ${written(value, 0)}`)
      return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
    }
    case 'array':
      return `[${list(expression.items)}]`
  }
}

function list(expressions: readonly Expression[]): string {
  return expressions.map((expression) => written(expression, 0)).join(', ')
}

function query({ select, source, alias, where }: Query): string {
  const named = alias === undefined ? '' : ` AS ${alias}`
  const filtered = where === undefined ? '' : ` WHERE ${written(where, 0)}`
  return `${formatSelect(select, false)} FROM ${written(source, PRIMARY)}${named}${filtered}`
}

/** A string holds one kind of quotes at most, as there are no escapes. */
function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`
}
