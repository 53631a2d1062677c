import type { RuleMessage } from './message.ts'
import { Numbers } from './numbers.ts'
import type { FunctionContext, RuleEnvironment } from './rule-function.ts'
import type { SqlVersion } from './sql-version.ts'
import { charge, type Steps } from './steps.ts'
import type { Value } from './value.ts'

/** One run of one statement on one message. */
export class Run implements FunctionContext, Steps {
  readonly sqlVersion: SqlVersion
  readonly numbers: Numbers
  readonly message: RuleMessage
  readonly environment: RuleEnvironment
  /** Of SET, by their places in it. */
  readonly variables: readonly Value[]
  steps = 0

  constructor(sqlVersion: SqlVersion, message: RuleMessage, environment: RuleEnvironment, variables: readonly Value[]) {
    this.sqlVersion = sqlVersion
    this.numbers = Numbers.of(sqlVersion)
    this.message = message
    this.environment = environment
    this.variables = variables
  }

  spend(steps: number): void {
    charge(this, steps)
  }
}

/** What the names of an expression mean: the message, and within nested queries their elements. */
export class Frame {
  readonly run: Run
  /** What `*` is, and fields are read from. */
  row: Value
  readonly outer: Frame | undefined

  constructor(run: Run, row: Value, outer: Frame | undefined) {
    this.run = run
    this.row = row
    this.outer = outer
  }
}
