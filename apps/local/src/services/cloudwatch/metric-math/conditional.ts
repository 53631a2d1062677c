import { MathError } from './math-error.ts'
import { type MathValue, single, typeOf } from './math-value.ts'
import type { TimeSeries } from './time-series.ts'

/**
 * `IF(condition, whenTrue, whenFalse)`: of a time series for every value of its own, true being all but 0. A true one
 * that has no value to take is 0, a false one is dropped.
 * @throws {MathError}
 * @see Amazon CloudWatch User Guide, "Using IF expressions"
 */
export function conditional(condition: MathValue, whenTrue: MathValue, whenFalse: MathValue | undefined): MathValue {
  if (condition.kind === 'array')
    throw new MathError('IF takes a TimeSeries or a Scalar as its condition, not TimeSeries[]')
  if (condition.kind === 'scalar') {
    const chosen = condition.value === 0 ? whenFalse : whenTrue
    if (chosen) return chosen
    const like = whenTrue.kind === 'series' ? whenTrue.series : undefined
    return single({ label: like?.label ?? 'IF', periodSeconds: like?.periodSeconds ?? 60, values: new Map() })
  }
  const { series } = condition
  const values = new Map<number, number>()
  for (const [at, isTrue] of series.values) {
    const value = isTrue === 0 ? whenFalse && valueAt(whenFalse, at) : (valueAt(whenTrue, at) ?? 0)
    if (value !== undefined && Number.isFinite(value)) values.set(at, value)
  }
  const named: TimeSeries = whenTrue.kind === 'series' ? whenTrue.series : series
  return single({ label: named.label, periodSeconds: series.periodSeconds, values })
}

function valueAt(value: MathValue, at: number): number | undefined {
  if (value.kind === 'scalar') return value.value
  if (value.kind === 'series') return value.series.values.get(at)
  throw new MathError(`IF takes a TimeSeries or a Scalar as its values, not ${typeOf(value)}`)
}
