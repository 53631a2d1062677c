import type { Expression } from './syntax.ts'
import type { Value } from './value.ts'

/** The values that an expression had in one run: within a nested query one for each element. */
export interface Observed {
  readonly count: number
  /** How many of them were Undefined. */
  readonly missing: number
  readonly last: Value
}

const NOTHING: Observed = { count: 0, missing: 0, last: undefined }

/** What came of each expression in one run; however many elements there were, it keeps three facts of each. */
export class Observation {
  readonly #observed = new Map<Expression, Observed>()

  /** For a compiler: notes a value. */
  readonly note = (expression: Expression, value: Value): void => {
    const { count, missing } = this.of(expression)
    this.#observed.set(expression, {
      count: count + 1,
      missing: missing + (value === undefined ? 1 : 0),
      last: value,
    })
  }

  clear(): void {
    this.#observed.clear()
  }

  of(expression: Expression): Observed {
    return this.#observed.get(expression) ?? NOTHING
  }
}
