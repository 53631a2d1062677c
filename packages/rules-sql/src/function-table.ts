import { FUNCTIONS } from './functions/index.ts'
import type { RuleFunction } from './rule-function.ts'

/** Functions by their names; those of one name are told apart by how many arguments they take. */
export class FunctionTable {
  readonly #byName: ReadonlyMap<string, readonly RuleFunction[]>

  constructor(functions: readonly RuleFunction[]) {
    this.#byName = Map.groupBy(functions, ({ name }) => name)
  }

  get names(): Iterable<string> {
    return this.#byName.keys()
  }

  /** All of that name; none where there is no such function. */
  named(name: string): readonly RuleFunction[] {
    return this.#byName.get(name) ?? []
  }

  /** The one that takes so many arguments. */
  taking(name: string, count: number): RuleFunction | undefined {
    return this.named(name).find(({ minArgs, maxArgs }) => count >= minArgs && count <= maxArgs)
  }
}

/** The functions of the language. */
export const ALL_FUNCTIONS: FunctionTable = new FunctionTable(FUNCTIONS)
