import type { RuleMessage } from './message.ts'
import type { Numbers } from './numbers.ts'
import type { RuleServices } from './services.ts'
import type { SqlVersion } from './sql-version.ts'
import type { Value } from './value.ts'

/** What a function knows beside its arguments. */
export interface FunctionContext {
  readonly sqlVersion: SqlVersion
  /** Makes and computes numbers as this version has them. */
  readonly numbers: Numbers
  readonly message: RuleMessage
  readonly environment: RuleEnvironment
  /**
   * Counts work beyond that of a call itself against the steps of the run (`SQL_LIMITS.steps`): a step stands for a
   * thousand characters read or written, or ten steps of a regular expression.
   * @throws {RuleFailure} `TOO_MANY_STEPS`
   */
  spend(steps: number): void
}

/** What is the same for all messages of an account. */
export interface RuleEnvironment {
  readonly accountId: string
  /** A number from 0 up to, not including, 1. */
  random(): number
  randomUuid(): string
  readonly services: RuleServices
}

interface FunctionShape {
  /** In lower case, as it is called: `regexp_matches`. */
  readonly name: string
  readonly minArgs: number
  /** Infinity where there is no bound. A call with fewer or more arguments than allowed is Undefined. */
  readonly maxArgs: number
  /** The first version that has it; every version where it is left out. */
  readonly since?: '2016-03-23'
  /** Arguments (0-based) for which `*` is the payload's bytes, whether they are JSON or not. */
  readonly takesBytes?: readonly number[]
  /** Arguments (0-based) that must be literals. */
  readonly constantArgs?: readonly number[]
  /** Arguments (0-based) that are Undefined, and do not end the rule, where evaluating them fails. */
  readonly failureIsUndefined?: readonly number[]
  /** Arguments (0-based) in which no service may be asked. */
  readonly withoutServices?: readonly number[]
  /** How often it may stand in one statement. */
  readonly maxCalls?: number
  /** False where it may not stand in a substitution template. */
  readonly inTemplates?: false
  /**
   * What is wrong with the arguments that are known when the rule is compiled: for whoever compiles, edits and
   * explains. A call may still be made with them; it is Undefined, or it fails where the fault is `refused`.
   */
  findFault?(known: KnownArguments, sqlVersion: SqlVersion): ArgumentFault | undefined
}

/** The arguments of a call that are literals; for the others there is `undefined`. */
export type KnownArguments = readonly ({ readonly value: Value } | undefined)[]

export interface ArgumentFault {
  /** Which argument, from 0. */
  readonly argument: number
  /** A sentence: what is wrong, and what would be right. */
  readonly message: string
  /**
   * `undefined`: the call is Undefined for every message, as in AWS. `refused`: AWS might take it, but it cannot be run
   * here, so that the rule must not be accepted.
   */
  readonly severity: 'undefined' | 'refused'
}

/** A function that is computed at once. */
export interface PureFunction extends FunctionShape {
  readonly kind: 'pure'
  /** Whether equal arguments always have an equal result. */
  readonly isConstant: boolean
  /** A fault that ends the rule is thrown as a {@link RuleFailure}; a wrong argument is not one, but Undefined. */
  call(args: readonly Value[], context: FunctionContext): Value
  /**
   * With the arguments that are known when the rule is compiled; for the others there is `undefined` in `known`.
   * What it returns is called instead of `call`: a pattern is then compiled once.
   */
  prepare?(known: KnownArguments, sqlVersion: SqlVersion): PureFunction['call'] | undefined
}

/** A function that asks AWS by {@link RuleServices}: a rule with one is run asynchronously. */
export interface ServiceFunction extends FunctionShape {
  readonly kind: 'service'
  call(args: readonly Value[], context: FunctionContext): Promise<Value>
}

export type RuleFunction = PureFunction | ServiceFunction
