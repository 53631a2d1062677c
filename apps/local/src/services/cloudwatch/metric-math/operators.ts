import { MathError } from './math-error.ts'
import { array, eachSeries, type MathValue, scalar, single, typeOf } from './math-value.ts'
import type { BinaryOperator } from './parse.ts'
import { mapValues, type TimeSeries, timesOf } from './time-series.ts'

const OPERATIONS: Readonly<Record<BinaryOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
}

/**
 * Arithmetic, comparison and logic. "Missing values in a time series are treated as 0", where the other series has one;
 * what is divided by zero is dropped.
 * @throws {MathError}
 * @see Amazon CloudWatch User Guide, "Basic arithmetic functions", "Comparison and logical operators"
 */
export function operate(operator: BinaryOperator, left: MathValue, right: MathValue): MathValue {
  const operation = OPERATIONS[operator]
  if (left.kind === 'scalar' && right.kind === 'scalar') return scalar(operation(left.value, right.value))
  if (left.kind === 'scalar') {
    return eachSeries(right, operator, (series) => mapValues(series, (value) => operation(left.value, value)))
  }
  if (right.kind === 'scalar') {
    return eachSeries(left, operator, (series) => mapValues(series, (value) => operation(value, right.value)))
  }
  if (left.kind === 'series' && right.kind === 'series') return single(combine(left.series, right.series, operation))
  if (left.kind === 'array' && right.kind === 'series') {
    return array(left.series.map((series) => combine(series, right.series, operation)))
  }
  if (left.kind === 'series' && right.kind === 'array') {
    return array(right.series.map((series) => ({ ...combine(left.series, series, operation), label: series.label })))
  }
  throw new MathError(`Unsupported operand types for '${operator}': ${typeOf(left)} and ${typeOf(right)}`)
}

export function negate(value: MathValue): MathValue {
  if (value.kind === 'scalar') return scalar(-value.value)
  return eachSeries(value, '-', (series) => mapValues(series, (number) => -number))
}

function combine(left: TimeSeries, right: TimeSeries, operation: (left: number, right: number) => number): TimeSeries {
  const values = new Map<number, number>()
  for (const at of timesOf([left, right])) {
    const value = operation(left.values.get(at) ?? 0, right.values.get(at) ?? 0)
    if (Number.isFinite(value)) values.set(at, value)
  }
  return { label: left.label, periodSeconds: Math.max(left.periodSeconds, right.periodSeconds), values }
}
