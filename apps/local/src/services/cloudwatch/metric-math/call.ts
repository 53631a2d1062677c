import { MathError } from './math-error.ts'
import { type MathValue, seriesIn, typeOf } from './math-value.ts'
import type { Expression } from './parse.ts'
import type { TimeSeries } from './time-series.ts'

/** What an expression is evaluated in: the other queries of its request. */
export interface MathContext {
  /** The result of the query of an id. @throws {MathError} where there is none */
  resolve(id: string): MathValue
  /** The metrics, not the expressions, whose id contains a text. */
  metrics(part: string): readonly TimeSeries[]
  /** The metrics that a search finds, each by statistic and period. @throws {MathError} */
  search(search: string, statistic: string, periodSeconds: number): readonly TimeSeries[]
  /** Of expressions that have none of a series. */
  readonly periodSeconds: number
  /** The beginnings of all periods that the request reads, in epoch seconds. */
  times(periodSeconds: number): readonly number[]
  /** Counts what was computed, in data points. @throws {MathError} where that is more than a request may */
  spend(points: number): void
}

/** A function that is called in an expression, with what it is given. */
export class Call {
  readonly context: MathContext
  readonly #name: string
  readonly #given: readonly Expression[]
  readonly #evaluate: (expression: Expression) => MathValue

  constructor(
    context: MathContext,
    { name, arguments: given }: Extract<Expression, { kind: 'call' }>,
    evaluate: (expression: Expression) => MathValue,
  ) {
    this.context = context
    this.#name = name
    this.#given = given
    this.#evaluate = evaluate
  }

  get count(): number {
    return this.#given.length
  }

  /** @throws {MathError} where there are fewer or more arguments */
  expect(min: number, max: number): void {
    if (this.count >= min && this.count <= max) return
    const range = min === max ? `${min}` : `${min} to ${max}`
    throw new MathError(`${this.#name} takes ${range} argument${max === 1 ? '' : 's'}, not ${this.count}`)
  }

  value(index: number): MathValue {
    return this.#evaluate(this.#at(index))
  }

  /** @throws {MathError} for a scalar */
  all(index: number): readonly TimeSeries[] {
    return seriesIn(this.value(index), this.#name)
  }

  /** @throws {MathError} for anything but one time series */
  series(index: number): TimeSeries {
    const value = this.value(index)
    if (value.kind === 'series') return value.series
    throw this.#wrong(index, 'a TimeSeries', typeOf(value))
  }

  /** @throws {MathError} for anything but a scalar */
  scalar(index: number): number {
    const value = this.value(index)
    if (value.kind === 'scalar') return value.value
    throw this.#wrong(index, 'a Scalar', typeOf(value))
  }

  /** The word that stands there, such as REPEAT, where it is one of these. */
  word<Word extends string>(index: number, among: readonly Word[]): Word | undefined {
    const expression = this.#at(index)
    return expression.kind === 'name' ? among.find((word) => word === expression.name) : undefined
  }

  /** @throws {MathError} where none of these words stands there */
  expectWord<Word extends string>(index: number, among: readonly Word[]): Word {
    const word = this.word(index, among)
    if (word === undefined) throw this.#wrong(index, `one of ${among.join(', ')}`, 'something else')
    return word
  }

  /** @throws {MathError} for anything but a text in quotes */
  text(index: number): string {
    const expression = this.#at(index)
    if (expression.kind === 'string') return expression.value
    throw this.#wrong(index, 'a text in quotes', 'something else')
  }

  #at(index: number): Expression {
    const expression = this.#given[index]
    if (!expression) throw new MathError(`${this.#name} lacks its argument ${index + 1}`)
    return expression
  }

  #wrong(index: number, expected: string, found: string): MathError {
    return new MathError(`${this.#name} takes ${expected} as its argument ${index + 1}, not ${found}`)
  }
}
