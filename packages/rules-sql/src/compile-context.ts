import type { FunctionTable } from './function-table.ts'
import type { SqlVersion } from './sql-version.ts'
import type { Expression } from './syntax.ts'
import type { Value } from './value.ts'

/** What expressions are compiled for. */
export interface CompileContext {
  readonly sqlVersion: SqlVersion
  readonly functions: FunctionTable
  /** Names of SET, in its order. */
  readonly variables: readonly string[]
  /** Whether a short message could become a very long value: see `mayAmplify`. */
  readonly mayAmplify: boolean
  /** Is told of each value that an expression had. */
  readonly observe?: ((expression: Expression, value: Value) => void) | undefined
}
