import { knownValue } from './call-code.ts'
import { formatExpression } from './format.ts'
import type { FunctionTable } from './function-table.ts'
import type { Observation } from './observation.ts'
import type { ArgumentFault } from './rule-function.ts'
import type { SqlVersion } from './sql-version.ts'
import { childrenOf, type Expression, type Place } from './syntax.ts'
import { isBinary, typeOf, type Value } from './value.ts'

/** Where a value was missing first, and why. */
export interface UndefinedNote extends Place {
  readonly sentence: string
}

/** What there is to know of a run. */
export interface ObservedRun {
  readonly observation: Observation
  readonly payload: Value
  readonly sqlVersion: SqlVersion
  readonly functions: FunctionTable
}

/**
 * Why an expression was Undefined: the places within it that were Undefined though nothing within them was. What was
 * Undefined and did no harm, as within isUndefined(), is not named; what was so for some elements of a nested query is.
 * @param nested the nested query that it is evaluated for each element of
 */
export function undefinedNotes(
  expression: Expression,
  run: ObservedRun,
  nested?: Expression,
): readonly UndefinedNote[] {
  const { observation } = run
  const { count, missing } = observation.of(expression)
  if (missing === 0 && !KEEPERS.has(expression.kind)) return []
  const children = childrenOf(expression).flatMap((child) => {
    const isWithin = expression.kind === 'query' && child !== expression.source
    return undefinedNotes(child, run, isWithin ? expression : nested)
  })
  if (missing === 0 || children.length > 0) return children
  const { from, to } = expression
  const share = count > 1 ? `, for ${missing} of ${count} elements` : ''
  return [{ from, to, sentence: `${reason(expression, run, nested)}${share}` }]
}

/** What has a value even where something within it is Undefined, which it then leaves out. */
const KEEPERS: ReadonlySet<Expression['kind']> = new Set(['object', 'array', 'query', 'exists'])

function reason(expression: Expression, run: ObservedRun, nested: Expression | undefined): string {
  const { observation, payload } = run
  const text = formatExpression(expression)
  const typesOf = (parts: readonly Expression[]) => parts.map((part) => typeOf(observation.of(part).last)).join(' and ')
  switch (expression.kind) {
    case 'field':
      if (nested !== undefined) return `The element has no ${text}`
      return isBinary(payload) ? `The payload is not JSON, and has no ${text}` : `The message has no ${text}`
    case 'member': {
      const object = formatExpression(expression.object)
      const type = typesOf([expression.object])
      return type === 'Object'
        ? `${object} has no member ${expression.name}`
        : `${object} is of type ${type}, and has no members`
    }
    case 'binary':
      return `${expression.operator} takes no ${typesOf([expression.left, expression.right])}`
    case 'unary':
      return `${expression.operator} takes no ${typesOf([expression.operand])}`
    case 'call': {
      const fault = findFault(expression, run)
      if (fault !== undefined) return fault.message
      return expression.args.length === 0
        ? `${expression.name}() has nothing to say about this message`
        : `${expression.name}() has no value for ${typesOf(expression.args)}`
    }
    case 'cast':
      return `${formatExpression(expression.value)}, of type ${typesOf([expression.value])}, is not to be cast to ${expression.type}`
    case 'case':
      return 'No WHEN equals the value, and there is no ELSE'
    case 'query':
      return `A nested query goes over an Array or an Object: ${formatExpression(expression.source)} is of type ${typesOf([expression.source])}`
    default:
      return `${text} is Undefined`
  }
}

/** What the function itself says of the values that its arguments had. */
function findFault(
  { name, args }: Expression & { readonly kind: 'call' },
  { observation, sqlVersion, functions }: ObservedRun,
): ArgumentFault | undefined {
  const known = args.map((argument) => {
    const { count, last } = observation.of(argument)
    return count > 0 ? { value: last } : knownValue(argument, sqlVersion)
  })
  return functions.taking(name, args.length)?.findFault?.(known, sqlVersion)
}
