import { knownValue } from './call-code.ts'
import { CAST_TYPES } from './cast.ts'
import { nameOfItem } from './item-names.ts'
import { SQL_LIMITS } from './limits.ts'
import { nearestName } from './nearest-name.ts'
import { Numbers } from './numbers.ts'
import type { RuleFunction } from './rule-function.ts'
import { SqlError, type SqlErrorCode } from './sql-error.ts'
import { DEFAULT_SQL_VERSION, type SqlVersion } from './sql-version.ts'
import { childrenOf, type Expression, type Place, type Select, type Statement } from './syntax.ts'

/** What is allowed, and surely not meant. */
export interface SqlWarning extends Place {
  readonly message: string
}

export interface CheckOptions {
  readonly sqlVersion: SqlVersion
  readonly functions: ReadonlyMap<string, RuleFunction>
}

export interface Findings {
  readonly errors: readonly SqlError[]
  readonly warnings: readonly SqlWarning[]
}

/** What the grammar does not say: names that must exist, what a version has, how often something may stand. */
export function checkStatement(text: string, statement: Statement, options: CheckOptions): Findings {
  const check = new Check(text, options)
  check.variables(statement)
  check.select(statement.select)
  if (statement.where !== undefined) check.expression(statement.where)
  return check.findings
}

/** An expression between `${` and `}`, which sees the variables of its rule. */
export function checkTemplateExpression(
  text: string,
  expression: Expression,
  options: CheckOptions & { readonly variables: readonly string[] },
): Findings {
  const check = new Check(text, options, true)
  for (const name of options.variables) check.known.add(name)
  check.expression(expression)
  return check.findings
}

const SINCE_2016: ReadonlySet<string> = new Set(['decimal', 'bool', 'boolean'])

class Check {
  readonly known = new Set<string>()
  readonly #text: string
  readonly #options: CheckOptions
  readonly #inTemplate: boolean
  readonly #errors: SqlError[] = []
  readonly #warnings: SqlWarning[] = []
  readonly #calls = new Map<string, number>()

  constructor(text: string, options: CheckOptions, inTemplate = false) {
    this.#text = text
    this.#options = options
    this.#inTemplate = inTemplate
  }

  get findings(): Findings {
    return { errors: this.#errors, warnings: this.#warnings }
  }

  variables({ variables }: Statement): void {
    const beyond = variables[SQL_LIMITS.variables]
    if (beyond !== undefined) this.#error('LIMIT', beyond, `SET has at most ${SQL_LIMITS.variables} variables`)
    for (const assignment of variables) {
      const { name, value } = assignment
      this.expression(value)
      const place = { from: assignment.from, to: assignment.from + name.length + 1 }
      if (name.length > SQL_LIMITS.variableName) {
        this.#error('LIMIT', place, `A variable's name has at most ${SQL_LIMITS.variableName} characters`)
      }
      if (this.known.has(name)) this.#error('UNSUPPORTED', place, `@${name} is set twice, and cannot be changed`)
      this.known.add(name)
    }
  }

  select(select: Select): void {
    if (select.kind === 'value') {
      this.expression(select.value)
      return
    }
    for (const item of select.items) {
      this.expression(item.value)
      if (nameOfItem(item) === undefined) {
        this.#error('UNSUPPORTED', item.value, 'What is computed needs a name: put AS and a name behind it; it stands')
      }
    }
  }

  expression(expression: Expression): void {
    switch (expression.kind) {
      case 'number':
        if (Numbers.of(this.#options.sqlVersion).parse(expression.text) === undefined) {
          this.#error('LIMIT', expression, 'A number reaches up to 9.99E999; a larger one stands')
        }
        break
      case 'variable':
        if (!this.known.has(expression.name)) {
          this.#error('UNSUPPORTED', expression, `@${expression.name} is not set before it is used`)
        }
        break
      case 'object':
        this.#since2016(expression, 'An object as a literal')
        break
      case 'array':
        this.#since2016(expression, 'An array as a literal')
        break
      case 'query':
        this.#since2016(expression, 'A nested query')
        this.select(expression.select)
        this.expression(expression.source)
        if (expression.where !== undefined) this.expression(expression.where)
        return
      case 'cast':
        this.#cast(expression)
        break
      case 'case':
        for (const { when } of expression.branches) {
          if (knownValue(when, this.#options.sqlVersion) !== undefined) continue
          this.#warn(when, 'AWS takes only constants behind WHEN')
        }
        break
      case 'call':
        this.#call(expression)
        break
    }
    for (const child of childrenOf(expression)) this.expression(child)
  }

  #cast(expression: Expression & { kind: 'cast' }): void {
    const { type } = expression
    if (!CAST_TYPES.has(type)) {
      const types = [...CAST_TYPES.keys()].join(', ')
      this.#error('UNSUPPORTED', expression, `cast() knows no type ${type}, but ${types};`)
    } else if (SINCE_2016.has(type)) {
      this.#since2016(expression, `cast(… AS ${type})`)
    }
  }

  #call(expression: Expression & { kind: 'call' }): void {
    const { name, args } = expression
    const called = this.#options.functions.get(name)
    const place = { from: expression.from, to: expression.to }
    if (called === undefined) {
      const nearest = nearestName(name, this.#options.functions.keys())
      const hint = nearest === undefined ? '' : `; is ${nearest}() meant? It stands`
      this.#error('UNSUPPORTED', place, `There is no function ${name}()${hint}`)
      return
    }
    if (called.since !== undefined) this.#since2016(place, `${name}()`)
    if (this.#inTemplate && called.inTemplates === false) {
      this.#error('UNSUPPORTED', place, `${name}() cannot stand in a substitution template; it does`)
    }
    const count = (this.#calls.get(name) ?? 0) + 1
    this.#calls.set(name, count)
    if (called.maxCalls !== undefined && count > called.maxCalls) {
      const times = called.maxCalls === 1 ? 'once' : `${called.maxCalls} times`
      this.#error('LIMIT', place, `${name}() may stand only ${times} in a statement; it stands again`)
    }
    for (const index of called.constantArgs ?? []) {
      const argument = args[index]
      if (argument === undefined || knownValue(argument, this.#options.sqlVersion) !== undefined) continue
      this.#error('UNSUPPORTED', argument, `Argument ${index + 1} of ${name}() must be a constant; another stands`)
    }
    if (args.length < called.minArgs || args.length > called.maxArgs) {
      this.#warn(place, `${name}() takes ${arity(called)}, and is always Undefined with ${args.length}`)
    }
  }

  #since2016(place: Place, what: string): void {
    if (this.#options.sqlVersion !== DEFAULT_SQL_VERSION) return
    this.#error(
      'UNSUPPORTED',
      place,
      `${what} needs SQL version 2016-03-23, and this rule has ${DEFAULT_SQL_VERSION}; it stands`,
    )
  }

  #error(code: SqlErrorCode, place: Place, sentence: string): void {
    this.#errors.push(new SqlError(code, this.#text, place, sentence))
  }

  #warn({ from, to }: Place, message: string): void {
    this.#warnings.push({ from, to, message })
  }
}

function arity({ minArgs, maxArgs }: RuleFunction): string {
  const noun = (count: number) => `${count} ${count === 1 ? 'argument' : 'arguments'}`
  if (minArgs === maxArgs) return minArgs === 0 ? 'no arguments' : noun(minArgs)
  return maxArgs === Number.POSITIVE_INFINITY ? `at least ${noun(minArgs)}` : `${minArgs} to ${noun(maxArgs)}`
}
