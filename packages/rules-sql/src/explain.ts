import { formatExpression } from './format.ts'
import { Observation } from './observation.ts'
import { type CompileOptions, Rule, type RuleOutcome } from './rule.ts'
import type { RuleEnvironment } from './rule-function.ts'
import type { RuleInput } from './rule-input.ts'
import {
  BINARY_LEVELS,
  type BinaryOperator,
  COMPARISON_LEVEL,
  type Expression,
  expressionsOf,
  type Place,
} from './syntax.ts'
import { type UndefinedNote, undefinedNotes } from './undefined-reason.ts'
import { isBinary, type Value } from './value.ts'

/** Why a rule did what it did with one message. */
export interface Explanation {
  readonly outcome: RuleOutcome
  /** Whether FROM takes the message's topic; undefined without FROM. WHERE is explained whatever it says. */
  readonly topicMatches: boolean | undefined
  /** Whether the payload is a JSON object or array: without it, fields are Undefined. */
  readonly isJson: boolean
  readonly variables: readonly ExplainedVariable[]
  /** Undefined without WHERE. */
  readonly where: ExplainedTerm | undefined
  /** What was Undefined, in WHERE, SET and SELECT, and why; the outermost causes only. */
  readonly undefinedNotes: readonly UndefinedNote[]
}

export interface ExplainedVariable {
  readonly name: string
  readonly value: Value
}

/** A part of WHERE with the value that it had. */
export interface ExplainedTerm extends Place {
  /** In the usual layout. */
  readonly text: string
  /** Undefined is a value too; `isEvaluated` tells it from what nobody looked at. */
  readonly value: Value
  readonly isEvaluated: boolean
  /** `AND`, `OR`, `NOT` or a comparison's; undefined for a term that is none of them. */
  readonly operator: 'NOT' | BinaryOperator | undefined
  /** Of AND, OR and NOT the terms that they join; of a comparison its two sides. */
  readonly terms: readonly ExplainedTerm[]
}

/** Runs the SQL on one message, and says what came of each part of it. */
export class Explainer {
  readonly rule: Rule
  readonly #observation = new Observation()

  /** @throws {SqlError} */
  constructor(sql: string, options: CompileOptions = {}) {
    this.rule = new Rule(sql, options, this.#observation.note)
  }

  /** @throws {TypeError} for a rule that asks AWS: see {@link explainAsync} */
  explain(input: RuleInput, environment: RuleEnvironment): Explanation {
    this.#observation.clear()
    return this.#explanation(input, this.rule.run(input, environment))
  }

  /** One message at a time: the next only when this is done. */
  async explainAsync(input: RuleInput, environment: RuleEnvironment): Promise<Explanation> {
    this.#observation.clear()
    return this.#explanation(input, await this.rule.runAsync(input, environment))
  }

  #explanation(input: RuleInput, outcome: RuleOutcome): Explanation {
    const { statement, sqlVersion } = this.rule
    const { variables, where, select, source } = statement
    const payload = input.payload(sqlVersion)
    const run = { observation: this.#observation, payload, sqlVersion, functions: this.rule.functions }
    const roots = [...variables.map(({ value }) => value), ...(where ? [where] : []), ...expressionsOf(select)]
    return {
      outcome,
      topicMatches: source === undefined ? undefined : this.rule.matchesTopic(input.message.topic),
      isJson: !isBinary(payload),
      variables: variables.map(({ name, value }) => ({ name, value: this.#observation.of(value).last })),
      where: where === undefined ? undefined : this.#term(where),
      undefinedNotes: roots.flatMap((root) => undefinedNotes(root, run)),
    }
  }

  #term(expression: Expression): ExplainedTerm {
    const { last, count } = this.#observation.of(expression)
    return {
      from: expression.from,
      to: expression.to,
      text: formatExpression(expression),
      value: last,
      isEvaluated: count > 0,
      operator: operatorOf(expression),
      terms: partsOf(expression).map((part) => this.#term(part)),
    }
  }
}

function operatorOf(expression: Expression): ExplainedTerm['operator'] {
  if (expression.kind === 'unary' && expression.operator === 'NOT') return 'NOT'
  if (expression.kind !== 'binary') return undefined
  const { operator } = expression
  return operator === 'AND' || operator === 'OR' || isComparison(operator) ? operator : undefined
}

const isComparison = (operator: BinaryOperator): boolean => BINARY_LEVELS[COMPARISON_LEVEL]?.includes(operator) ?? false

function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'unary' && expression.operator === 'NOT') return [expression.operand]
  if (expression.kind !== 'binary') return []
  const { operator, left, right } = expression
  if (operator === 'AND' || operator === 'OR') return [...chainOf(left, operator), right]
  // The text of a literal says already what it is.
  return isComparison(operator)
    ? [left, right].filter(({ kind }) => !['number', 'string', 'constant'].includes(kind))
    : []
}

/** `a AND b AND c` are three terms, though the first two are joined first. */
function chainOf(expression: Expression, operator: 'AND' | 'OR'): readonly Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== operator) return [expression]
  return [...chainOf(expression.left, operator), expression.right]
}
