import { matches } from '@thingdeck/topics'
import { checkStatement } from './check.ts'
import type { Code } from './code.ts'
import { Compiler } from './compiler.ts'
import type { SqlWarning } from './doubts.ts'
import { Frame, Run } from './frame.ts'
import { ALL_FUNCTIONS, FunctionTable } from './function-table.ts'
import { mayAmplify } from './measure.ts'
import { parseStatement } from './parse.ts'
import { isTrue } from './query-code.ts'
import { RuleFailure } from './rule-failure.ts'
import type { RuleEnvironment, RuleFunction } from './rule-function.ts'
import type { RuleInput } from './rule-input.ts'
import { DEFAULT_SQL_VERSION, type SqlVersion } from './sql-version.ts'
import { childrenOf, type Expression, rootsOf, type Select, type Statement } from './syntax.ts'
import type { Value } from './value.ts'
import { VariableBudget } from './variable-budget.ts'

/** What became of a message. Only `result` runs actions; neither of the others runs the error action. */
export type RuleOutcome =
  | {
      readonly kind: 'result'
      readonly result: Value
      /** Of SET, by their places in it: what templates need. */
      readonly variables: readonly Value[]
    }
  /** WHERE was anything but true. */
  | { readonly kind: 'no match' }
  | { readonly kind: 'failed'; readonly failure: RuleFailure }

const NO_MATCH: RuleOutcome = { kind: 'no match' }
const NO_VARIABLES: Value[] = []

export interface CompileOptions {
  /** `awsIotSqlVersion` of the rule; 2015-10-08 where it has none. */
  readonly sqlVersion?: SqlVersion
  /** Those of the language by default. */
  readonly functions?: readonly RuleFunction[]
}

/**
 * Compiles the SQL of a rule.
 * @throws {SqlError} for what is no SQL, what its version does not have, and what AWS would never run
 */
export function compileRule(sql: string, options: CompileOptions = {}): Rule {
  return new Rule(sql, options)
}

/** The SQL of a rule, ready to be run on messages. */
export class Rule {
  readonly sql: string
  readonly sqlVersion: SqlVersion
  readonly statement: Statement
  readonly functions: FunctionTable
  readonly warnings: readonly SqlWarning[]
  /** Whether it asks AWS: then {@link runAsync} is the way to run it. */
  readonly isAsync: boolean
  /** Whether the result is the payload itself, `SELECT *`: its bytes are then to be handed on as they came. */
  readonly selectsPayload: boolean
  /** Whether the result needs no look into the message, as far as it is not asked for. */
  readonly #isForwarding: boolean
  /** Whether SET or WHERE look into the message: where they do not, what WHERE turns away is not read. */
  readonly #readsBeforeSelect: boolean
  readonly #variables: readonly Code[]
  readonly #where: Code | undefined
  readonly #select: Code

  constructor(
    sql: string,
    { sqlVersion = DEFAULT_SQL_VERSION, functions }: CompileOptions,
    observe?: (expression: Expression, value: Value) => void,
  ) {
    const statement = parseStatement(sql)
    const known = functions === undefined ? ALL_FUNCTIONS : new FunctionTable(functions)
    const { errors, warnings } = checkStatement(sql, statement, { sqlVersion, functions: known })
    if (errors[0] !== undefined) throw errors[0]
    const variables = statement.variables.map(({ name }) => name)
    const compiler = new Compiler({
      sqlVersion,
      functions: known,
      variables,
      observe,
      mayAmplify: mayAmplify(rootsOf(statement)),
    })
    this.sql = sql
    this.sqlVersion = sqlVersion
    this.statement = statement
    this.functions = known
    this.warnings = warnings
    this.#variables = statement.variables.map(({ value }) => compiler.expression(value))
    this.#where = statement.where === undefined ? undefined : compiler.expression(statement.where)
    this.#select = compiler.select(statement.select)
    this.selectsPayload = isWhole(statement.select)
    this.#isForwarding = this.selectsPayload && observe === undefined
    const { where } = statement
    const before = [...statement.variables.map(({ value }) => value), ...(where === undefined ? [] : [where])]
    this.#readsBeforeSelect = before.some(readsPayload)
    this.isAsync = [...this.#variables, this.#where, this.#select].some((code) => code?.isAsync)
  }

  /** Of FROM; undefined for a rule that only basic ingest leads to. */
  get topicFilter(): string | undefined {
    return this.statement.source?.topicFilter
  }

  /** Whether a message of this topic is for this rule. */
  matchesTopic(topic: string): boolean {
    return this.topicFilter !== undefined && matches(this.topicFilter, topic)
  }

  /**
   * Runs it at once.
   * @throws {TypeError} where it asks AWS: see {@link isAsync}
   */
  run(input: RuleInput, environment: RuleEnvironment): RuleOutcome {
    const where = this.#where
    const select = this.#select
    if (this.isAsync || where?.isAsync || select.isAsync) throw new TypeError('This rule asks AWS: run it by runAsync')
    const variables: Value[] = this.#variables.length === 0 ? NO_VARIABLES : []
    const frame = this.#frame(input, environment, variables)
    try {
      if (this.#variables.length > 0) {
        const budget = new VariableBudget()
        for (const code of this.#variables) if (!code.isAsync) variables.push(budget.take(code.run(frame)))
      }
      if (where !== undefined && !isTrue(where.run(frame))) return NO_MATCH
      if (this.#isForwarding) return new ForwardedPayload(input, this.sqlVersion, variables)
      if (!this.#readsBeforeSelect) frame.row = input.payload(this.sqlVersion)
      return { kind: 'result', result: select.run(frame), variables }
    } catch (error) {
      return failed(error)
    }
  }

  /** Runs it, and waits for what it asks AWS. */
  async runAsync(input: RuleInput, environment: RuleEnvironment): Promise<RuleOutcome> {
    if (!this.isAsync) return this.run(input, environment)
    const variables: Value[] = []
    const frame = this.#frame(input, environment, variables)
    try {
      const budget = new VariableBudget()
      for (const code of this.#variables) variables.push(budget.take(await code.run(frame)))
      if (this.#where !== undefined && !isTrue(await this.#where.run(frame))) return NO_MATCH
      if (this.#isForwarding) return new ForwardedPayload(input, this.sqlVersion, variables)
      if (!this.#readsBeforeSelect) frame.row = input.payload(this.sqlVersion)
      return { kind: 'result', result: await this.#select.run(frame), variables }
    } catch (error) {
      return failed(error)
    }
  }

  #frame(input: RuleInput, environment: RuleEnvironment, variables: readonly Value[]): Frame {
    const row = this.#readsBeforeSelect ? input.payload(this.sqlVersion) : undefined
    return new Frame(new Run(this.sqlVersion, input.message, environment, variables), row, undefined)
  }
}

/** `SELECT *`: the payload is read only where somebody wants the value, and not its bytes. */
class ForwardedPayload {
  readonly kind = 'result'
  readonly variables: readonly Value[]
  readonly #input: RuleInput
  readonly #sqlVersion: SqlVersion

  constructor(input: RuleInput, sqlVersion: SqlVersion, variables: readonly Value[]) {
    this.#input = input
    this.#sqlVersion = sqlVersion
    this.variables = variables
  }

  get result(): Value {
    return this.#input.payload(this.#sqlVersion)
  }
}

function isWhole(select: Select): boolean {
  if (select.kind === 'value') return select.value.kind === 'whole'
  const [first, second] = select.items
  return first?.value.kind === 'whole' && first.alias === undefined && second === undefined
}

function readsPayload(expression: Expression): boolean {
  return expression.kind === 'field' || expression.kind === 'whole' || childrenOf(expression).some(readsPayload)
}

function failed(error: unknown): RuleOutcome {
  if (error instanceof RuleFailure) return { kind: 'failed', failure: error }
  throw error
}
