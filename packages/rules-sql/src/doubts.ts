import { knownValue } from './call-code.ts'
import { toBoolean, toNumber } from './convert.ts'
import { formatExpression } from './format.ts'
import { Numbers } from './numbers.ts'
import type { SqlVersion } from './sql-version.ts'
import { BINARY_LEVELS, type BinaryOperator, COMPARISON_LEVEL, type Expression, type Place } from './syntax.ts'

/** What AWS takes, and what is surely not meant. */
export interface SqlWarning extends Place {
  readonly message: string
}

const NUMERIC: ReadonlySet<BinaryOperator> = new Set(['<', '<=', '>', '>=', '-', '*', '/', '%'])

/** What is odd about an operator with its two sides. */
export function doubtsAbout(
  expression: Expression & { readonly kind: 'binary' },
  text: string,
  sqlVersion: SqlVersion,
): readonly SqlWarning[] {
  return [...doubtHyphen(expression, text), ...doubtLiterals(expression, sqlVersion)]
}

/** `device-id`, without spaces, is a name to whoever writes it, and a difference to AWS. */
function* doubtHyphen(
  { operator, left, right, from, to }: Expression & { readonly kind: 'binary' },
  text: string,
): Iterable<SqlWarning> {
  if (operator !== '-' || right.kind !== 'field' || left.to + 1 !== right.from) return
  if (left.kind !== 'field' && left.kind !== 'member') return
  if (text[left.from] === '(') return
  const written = text.slice(from, to)
  const [object, name] =
    left.kind === 'field' ? ['*', written] : [formatExpression(left.object), `${left.name}-${right.name}`]
  yield { from, to, message: `${written} is a difference; a field of this name is get(${object}, '${name}')` }
}

/** An operator that takes numbers is always Undefined with a text that is none; so is AND with what is no Boolean. */
function* doubtLiterals(
  { operator, left, right }: Expression & { readonly kind: 'binary' },
  sqlVersion: SqlVersion,
): Iterable<SqlWarning> {
  const numbers = Numbers.of(sqlVersion)
  for (const side of [left, right]) {
    const known = knownValue(side, sqlVersion)
    if (known === undefined) continue
    const { from, to } = side
    const text = formatExpression(side)
    if (NUMERIC.has(operator) && toNumber(known.value, numbers) === undefined) {
      const order = BINARY_LEVELS[COMPARISON_LEVEL]?.includes(operator) ? ': there is no order but that of numbers' : ''
      yield {
        from,
        to,
        message: `${operator} takes numbers, and ${text} is none, so that it is always Undefined${order}`,
      }
    }
    if ((operator === 'AND' || operator === 'OR') && toBoolean(known.value) === undefined) {
      yield { from, to, message: `${operator} takes Booleans, and ${text} is none, so that it is always Undefined` }
    }
  }
}
