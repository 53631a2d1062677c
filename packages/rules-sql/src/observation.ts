import type { Expression } from './syntax.ts'
import type { Value } from './value.ts'

/** The values that expressions had in one run: within nested queries one for each element. */
export class Observation {
  readonly #values = new Map<Expression, Value[]>()

  /** For a compiler: notes a value. */
  readonly note = (expression: Expression, value: Value): void => {
    const values = this.#values.get(expression)
    if (values === undefined) this.#values.set(expression, [value])
    else values.push(value)
  }

  clear(): void {
    this.#values.clear()
  }

  /** In the order in which they were computed; none where it was not looked at. */
  valuesOf(expression: Expression): readonly Value[] {
    return this.#values.get(expression) ?? []
  }
}
