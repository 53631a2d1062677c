import { binaryCode } from './binary-code.ts'
import { callCode } from './call-code.ts'
import { CAST_TYPES, castValue } from './cast.ts'
import { type Code, constant, map1, mapAll, sync, syncRuns } from './code.ts'
import type { CompileContext } from './compile-context.ts'
import { valuesEqual } from './equality.ts'
import type { Frame } from './frame.ts'
import { nameOfItem } from './item-names.ts'
import { SQL_LIMITS } from './limits.ts'
import { measureValue } from './measure.ts'
import { fieldCode, memberCode } from './member-code.ts'
import { Numbers } from './numbers.ts'
import { negateValue, notValue } from './operators.ts'
import { queryCode } from './query-code.ts'
import { RuleFailure } from './rule-failure.ts'
import { type SelectPart, selectObject } from './select-code.ts'
import { charge } from './steps.ts'
import type { Expression, Query, Select } from './syntax.ts'
import { createArray, createObject } from './value.ts'

/** The aliases of the nested queries around an expression, from the innermost; none for the statement itself. */
export type Scope = readonly (string | undefined)[]

/** Makes closures of checked expressions: see `checkStatement`. */
export class Compiler {
  readonly context: CompileContext
  readonly #numbers: Numbers

  constructor(context: CompileContext) {
    this.context = context
    this.#numbers = Numbers.of(context.sqlVersion)
  }

  expression(expression: Expression, scope: Scope = []): Code {
    const code = this.#unobserved(expression, scope)
    const { observe } = this.context
    if (observe === undefined) return code
    return map1(code, (value) => {
      observe(expression, value)
      return value
    })
  }

  /** What SELECT makes of a message or of an element. */
  select(select: Select, scope: Scope = []): Code {
    if (select.kind === 'value') return this.expression(select.value, scope)
    const [only] = select.items
    if (select.items.length === 1 && only !== undefined && !only.isSpread && nameOfItem(only) === 'spread') {
      return this.expression(only.value, scope) // `*` is whatever it is, and no copy of it
    }
    const parts = select.items.map((item): SelectPart => {
      const name = nameOfItem(item)
      const code = this.expression(item.value, scope)
      return name === 'spread' || name === undefined ? { kind: 'spread', code } : { kind: 'member', path: name, code }
    })
    return this.#bounded(selectObject(parts))
  }

  #unobserved(expression: Expression, scope: Scope): Code {
    const numbers = this.#numbers
    switch (expression.kind) {
      case 'number':
        return constant(numbers.parse(expression.text))
      case 'string':
        return constant(expression.text)
      case 'constant':
        return constant(expression.value)
      case 'whole':
        return sync(({ row }) => row)
      case 'field':
        return this.#field(expression.name, scope)
      case 'variable':
        return variableCode(this.context.variables.indexOf(expression.name))
      case 'member':
        return memberCode(this.expression(expression.object, scope), expression.name)
      case 'call':
        return callCode(expression, this.context, (argument) => this.expression(argument, scope), scope.length === 0)
      case 'cast': {
        const target = CAST_TYPES.get(expression.type)
        if (target === undefined) return constant(undefined)
        return map1(this.expression(expression.value, scope), (value) => castValue(value, target, numbers))
      }
      case 'case':
        return this.#case(expression, scope)
      case 'unary': {
        const operand = this.expression(expression.operand, scope)
        return expression.operator === 'NOT'
          ? map1(operand, notValue)
          : map1(operand, (value) => negateValue(value, numbers))
      }
      case 'binary': {
        const [left, right] = [this.expression(expression.left, scope), this.expression(expression.right, scope)]
        return binaryCode(expression.operator, left, right, numbers)
      }
      case 'exists':
        return map1(this.expression(expression.query, scope), (rows) =>
          Array.isArray(rows) ? rows.length > 0 : rows !== undefined,
        )
      case 'query':
        return this.#query(expression, scope)
      case 'object': {
        const keys = expression.members.map(({ key }) => key)
        const members = expression.members.map(({ value }) => this.expression(value, scope))
        return this.#bounded(
          mapAll(members, (values) => createObject(keys.map((key, index) => [key, values[index]] as const))),
        )
      }
      case 'array':
        return this.#bounded(
          mapAll(
            expression.items.map((item) => this.expression(item, scope)),
            createArray,
          ),
        )
    }
  }

  /** What a literal holds it only refers to; where it could refer to much, what it would be as a text is bounded. */
  #bounded(code: Code): Code {
    if (!this.context.mayAmplify) return code
    return map1(code, (value, { run }) => {
      const size = measureValue(value, SQL_LIMITS.valueLength)
      if (size > SQL_LIMITS.valueLength) {
        throw new RuleFailure('TOO_LARGE', `An object or array grows beyond ${SQL_LIMITS.valueLength} characters`)
      }
      charge(run, size >> 6)
      return value
    })
  }

  /** An alias of a query around it, from the innermost, else a field of the element. */
  #field(name: string, scope: Scope): Code {
    const level = scope.indexOf(name)
    if (level === -1) return fieldCode(name)
    if (level === 0) return sync(({ row }) => row)
    return sync((frame) => {
      let around: Frame | undefined = frame
      for (let steps = level; steps > 0; steps -= 1) around = around?.outer
      return around?.row
    })
  }

  #query(query: Query, scope: Scope): Code {
    const inner: Scope = [query.alias, ...scope]
    return queryCode({
      source: this.expression(query.source, scope),
      isWhole: query.source.kind === 'whole',
      where: query.where === undefined ? undefined : this.expression(query.where, inner),
      select: this.select(query.select, inner),
    })
  }

  /** The first branch that equals the value; Undefined for an Undefined value, whatever ELSE says. */
  #case(expression: Expression & { kind: 'case' }, scope: Scope): Code {
    const value = this.expression(expression.value, scope)
    const whens = expression.branches.map(({ when }) => this.expression(when, scope))
    const results = expression.branches.map(({ result }) => this.expression(result, scope))
    const otherwise =
      expression.otherwise === undefined ? constant(undefined) : this.expression(expression.otherwise, scope)
    const [runWhens, runResults, [runOtherwise]] = [syncRuns(whens), syncRuns(results), syncRuns([otherwise]) ?? []]
    if (!value.isAsync && runWhens && runResults && runOtherwise) {
      return sync((frame) => {
        const wanted = value.run(frame)
        if (wanted === undefined) return undefined
        const index = runWhens.findIndex((when) => valuesEqual(wanted, when(frame), frame.run) === true)
        return (runResults[index] ?? runOtherwise)(frame)
      })
    }
    return {
      isAsync: true,
      run: async (frame) => {
        const wanted = await value.run(frame)
        if (wanted === undefined) return undefined
        for (const [index, when] of whens.entries()) {
          if (valuesEqual(wanted, await when.run(frame), frame.run) === true) return results[index]?.run(frame)
        }
        return otherwise.run(frame)
      },
    }
  }
}

function variableCode(index: number): Code {
  return sync(({ run }) => run.variables[index])
}
