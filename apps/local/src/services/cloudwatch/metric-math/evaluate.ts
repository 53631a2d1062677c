import { Call, type MathContext } from './call.ts'
import { findFunction } from './functions.ts'
import { MathError } from './math-error.ts'
import { array, type MathValue, pointsIn, scalar, seriesIn } from './math-value.ts'
import { negate, operate } from './operators.ts'
import type { Expression } from './parse.ts'

/**
 * The value of an expression among the queries of a request.
 * @throws {MathError}
 */
export function evaluateMath(expression: Expression, context: MathContext): MathValue {
  const value = computed(expression, context)
  context.spend(pointsIn(value))
  return value
}

function computed(expression: Expression, context: MathContext): MathValue {
  const evaluate = (part: Expression): MathValue => evaluateMath(part, context)
  switch (expression.kind) {
    case 'number':
      return scalar(expression.value)
    case 'string':
      throw new MathError(`A text has no value: "${expression.value}"`)
    case 'name':
      return context.resolve(expression.name)
    case 'negation':
      return negate(evaluate(expression.of))
    case 'binary':
      return operate(expression.operator, evaluate(expression.left), evaluate(expression.right))
    case 'array':
      return array(expression.items.flatMap((item) => seriesIn(evaluate(item), 'An array')))
    case 'call':
      return findFunction(expression.name)(new Call(context, expression, evaluate))
  }
}

/** Ids of other queries that an expression names. */
export function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return []
    case 'name':
      return /^[a-z]/.test(expression.name) ? [expression.name] : []
    case 'negation':
      return namesIn(expression.of)
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)]
    case 'array':
      return expression.items.flatMap(namesIn)
    case 'call':
      return expression.arguments.flatMap(namesIn)
  }
}
