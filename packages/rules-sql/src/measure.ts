import { childrenOf, type Expression } from './syntax.ts'
import { isArray, isNumber, isObject, membersOf, type Value } from './value.ts'

/** How many characters the JSON of a value has at least; what is beyond `limit` is not looked at. */
export function measureValue(value: Value, limit: number): number {
  if (typeof value === 'string') return value.length + 2
  if (value === undefined || value === null || typeof value === 'boolean' || isNumber(value)) return 1
  let size = 1
  if (isArray(value)) {
    for (const item of value) {
      if (size > limit) break
      size += measureValue(item, limit - size)
    }
  } else if (isObject(value)) {
    for (const [key, member] of membersOf(value)) {
      if (size > limit) break
      size += 3 + key.length + measureValue(member, limit - size)
    }
  }
  return size
}

/** A message's parts that a statement may name before its values are measured: the whole of it so often is 2 MiB. */
const FEW = 16

/**
 * Whether the values of a statement could become far larger than its message: where it names parts of it very often, or
 * again for each element of a nested query.
 */
export function mayAmplify(expressions: readonly Expression[]): boolean {
  let count = 0
  let level = expressions.map((expression) => ({ expression, isNested: false }))
  while (level.length > 0) {
    for (const { expression, isNested } of level) {
      const { kind } = expression
      if (kind === 'field' || kind === 'whole' || kind === 'variable') count += 1
      if (count > FEW || (isNested && (kind === 'variable' || kind === 'query'))) return true
    }
    level = level.flatMap(({ expression, isNested }) =>
      childrenOf(expression).map((child) => ({
        expression: child,
        isNested: isNested || (expression.kind === 'query' && child !== expression.source),
      })),
    )
  }
  return false
}
