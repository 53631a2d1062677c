import { RESERVED_WORDS } from '@thingdeck/rules-sql'
import type { FilterRule } from '../../protocol/filter.ts'
import { EVERY, type PathWithStars } from '../../protocol/read-path.ts'
import type { ParsedTerm } from './parse-filter.ts'
import type { Comparison } from './read-comparison.ts'

/** What a filter asks, as a rule would; undefined where rules cannot be asked it. When something came is no matter of rules. */
export function ruleOfFilter(terms: readonly ParsedTerm[]): FilterRule | undefined {
  const asked = terms.filter(({ test }) => test.kind !== 'time' && test.kind !== 'last')
  if (asked.length === 0) return undefined
  let from: string | undefined
  const where: string[] = []
  for (const { test, negated } of asked) {
    switch (test.kind) {
      case 'topic':
        if (negated || from !== undefined) return undefined
        from = test.filter
        break
      case 'sql':
        if (negated || asked.length > 1) return undefined
        return { sql: test.term.sql, from: test.term.rule.topicFilter, where: test.term.where }
      case 'path': {
        const condition = conditionOf(test.path, test.comparison, negated)
        if (condition === undefined) return undefined
        where.push(condition)
        break
      }
      default:
        return undefined
    }
  }
  return { from, where: where.length === 0 ? undefined : where.join(' AND ') }
}

function conditionOf(path: PathWithStars, comparison: Comparison | undefined, negated: boolean): string | undefined {
  const field = fieldOf(path)
  if (field === undefined) return undefined
  if (!comparison) return negated ? `isUndefined(${field})` : `NOT isUndefined(${field})`
  // A message without the field is not found by NOT in SQL, and is by a minus here.
  if (negated) return undefined
  const { operator, value } = comparison
  if (value.kind === 'literal' && value.value === null) {
    return operator === '=' ? `isNull(${field})` : `NOT isNull(${field}) AND NOT isUndefined(${field})`
  }
  // SQL has no order of texts, and the numbers of its own have no plus.
  if (value.kind === 'string' && operator !== '=' && operator !== '!=') return undefined
  const literal =
    value.kind === 'string'
      ? quoted(value.text)
      : String(value.kind === 'number' ? value.text.replace('+', '') : value.value)
  return literal === undefined ? undefined : `${field} ${operator === '!=' ? '<>' : operator} ${literal}`
}

/** Of names alone, as a path in SQL. */
function fieldOf(path: PathWithStars): string | undefined {
  const names = path.filter((step): step is string => typeof step === 'string' && /^[A-Za-z_]\w*$/.test(step))
  const [first, ...rest] = names
  if (path.includes(EVERY) || names.length < path.length || first === undefined) return undefined
  // A word of the language is a name behind a point alone.
  return [RESERVED_WORDS.has(first.toUpperCase()) ? `get(*, '${first}')` : first, ...rest].join('.')
}

/** Strings have no escapes. */
const quoted = (text: string): string | undefined =>
  !text.includes("'") ? `'${text}'` : !text.includes('"') ? `"${text}"` : undefined
