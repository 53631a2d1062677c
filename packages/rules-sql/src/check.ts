import { nearestName } from '@thingdeck/json'
import { knownValue } from './call-code.ts'
import { CAST_TYPES } from './cast.ts'
import { doubtsAbout, type SqlWarning } from './doubts.ts'
import type { FunctionTable } from './function-table.ts'
import { nameOfItem } from './item-names.ts'
import { SQL_LIMITS } from './limits.ts'
import { Numbers } from './numbers.ts'
import type { RuleFunction } from './rule-function.ts'
import { SqlError, type SqlErrorCode } from './sql-error.ts'
import { DEFAULT_SQL_VERSION, type SqlVersion } from './sql-version.ts'
import { childrenOf, type Expression, type Place, type Select, type Statement } from './syntax.ts'

export interface CheckOptions {
  readonly sqlVersion: SqlVersion
  readonly functions: FunctionTable
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

/** Of other SQL, over many rows. */
const AGGREGATES: ReadonlySet<string> = new Set(['count', 'sum', 'avg', 'min', 'max'])

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
        const isText = item.value.kind === 'string'
        const sentence = isText
          ? `Both kinds of quotes make a text, which needs a name: AS and a name behind it. A field stands without quotes`
          : 'What is computed needs a name: AS and a name behind it'
        this.#error('UNSUPPORTED', item.value, sentence)
      }
    }
  }

  expression(expression: Expression): void {
    switch (expression.kind) {
      case 'number':
        if (Numbers.of(this.#options.sqlVersion).parse(expression.text) === undefined) {
          this.#error('LIMIT', expression, 'A number is at most 9.99E999')
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
      case 'binary':
        this.#warnings.push(...doubtsAbout(expression, this.#text, this.#options.sqlVersion))
        break
    }
    for (const child of childrenOf(expression)) this.expression(child)
  }

  #cast(expression: Expression & { kind: 'cast' }): void {
    const { type } = expression
    if (!CAST_TYPES.has(type)) {
      const types = [...CAST_TYPES.keys()].join(', ')
      this.#error('UNSUPPORTED', expression, `cast() knows no type ${type}, but ${types}`)
    } else if (SINCE_2016.has(type)) {
      this.#since2016(expression, `cast(… AS ${type})`)
    }
  }

  #call(expression: Expression & { kind: 'call' }): void {
    const { name, args } = expression
    const { functions, sqlVersion } = this.#options
    const named = functions.named(name)
    if (named[0] === undefined) {
      const nearest = nearestName(name, functions.names)
      const hint = AGGREGATES.has(name)
        ? ': a rule sees one message at a time, and aggregates nothing'
        : nearest === undefined
          ? ''
          : `; is ${nearest}() meant?`
      this.#error('UNSUPPORTED', expression, `There is no function ${name}()${hint}`)
      return
    }
    const called = functions.taking(name, args.length)
    if ((called ?? named[0]).since !== undefined) this.#since2016(expression, `${name}()`)
    if (called === undefined) {
      const arities = named.map(arity).join(', or ')
      this.#warn(expression, `${name}() takes ${arities}, and is always Undefined with ${args.length}`)
      return
    }
    if (this.#inTemplate && called.inTemplates === false) {
      this.#error('UNSUPPORTED', expression, `${name}() cannot stand in a substitution template`)
    }
    this.#count(expression, called)
    const known = args.map((argument) => knownValue(argument, sqlVersion))
    for (const index of called.constantArgs ?? []) {
      const argument = args[index]
      if (argument === undefined || known[index] !== undefined) continue
      this.#error('UNSUPPORTED', argument, `Argument ${index + 1} of ${name}() must be a constant`)
    }
    for (const index of called.withoutServices ?? []) {
      const asking = args[index] && this.#findServiceCall(args[index])
      if (asking === undefined) continue
      this.#error(
        'UNSUPPORTED',
        asking,
        `Argument ${index + 1} of ${name}() may not ask AWS; a function that does stands`,
      )
    }
    const fault = called.findFault?.(known, sqlVersion)
    if (fault === undefined) return
    const place = args[fault.argument] ?? expression
    if (fault.severity === 'refused') this.#error('UNSUPPORTED', place, fault.message)
    else this.#warn(place, fault.message)
  }

  /** The first call that asks AWS, within the expression. */
  #findServiceCall(expression: Expression): Expression | undefined {
    if (expression.kind === 'call') {
      if (this.#options.functions.taking(expression.name, expression.args.length)?.kind === 'service') return expression
    }
    for (const child of childrenOf(expression)) {
      const found = this.#findServiceCall(child)
      if (found !== undefined) return found
    }
    return undefined
  }

  #count(place: Place, called: RuleFunction): void {
    if (called.maxCalls === undefined) return
    const count = (this.#calls.get(called.name) ?? 0) + 1
    this.#calls.set(called.name, count)
    if (count <= called.maxCalls) return
    const times = called.maxCalls === 1 ? 'once' : `${called.maxCalls} times`
    this.#error('LIMIT', place, `${called.name}() may stand only ${times} in a statement`)
  }

  #since2016(place: Place, what: string): void {
    if (this.#options.sqlVersion !== DEFAULT_SQL_VERSION) return
    this.#error('UNSUPPORTED', place, `${what} needs SQL version 2016-03-23, and this rule has ${DEFAULT_SQL_VERSION}`)
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
