import { checkTemplateExpression } from './check.ts'
import type { Code } from './code.ts'
import { Compiler } from './compiler.ts'
import { toText } from './convert.ts'
import type { SqlWarning } from './doubts.ts'
import { Frame, Run } from './frame.ts'
import { ALL_FUNCTIONS, FunctionTable } from './function-table.ts'
import { readToken, skipSpace } from './lexer.ts'
import { mayAmplify } from './measure.ts'
import { parseExpression } from './parse.ts'
import type { CompileOptions } from './rule.ts'
import type { RuleEnvironment } from './rule-function.ts'
import type { RuleInput } from './rule-input.ts'
import { SqlError } from './sql-error.ts'
import { DEFAULT_SQL_VERSION, type SqlVersion } from './sql-version.ts'
import { fieldsOf } from './syntax-fields.ts'

import type { Value } from './value.ts'

export interface TemplateOptions extends CompileOptions {
  /** Names of SET of the rule, in its order. */
  readonly variables?: readonly string[]
}

/**
 * Compiles a text with substitution templates: `alarms/${topic(2)}/${timestamp()}`.
 * @throws {SqlError}
 */
export function compileTemplate(text: string, options: TemplateOptions = {}): Template {
  return new Template(text, options)
}

/**
 * A text with `${expression}`s. They see the message itself, never the result of SELECT, and the rule's variables.
 * Source: AWS IoT developer guide, "Substitution templates".
 */
export class Template {
  readonly text: string
  /** Whether it asks AWS: then {@link renderAsync} is the way to render it. */
  readonly isAsync: boolean
  /** Whether it is the same for all messages. */
  readonly isConstant: boolean
  readonly warnings: readonly SqlWarning[]
  /** Names of the message's members that it looks at, however deep within them. */
  readonly fields: ReadonlySet<string>
  readonly #sqlVersion: SqlVersion
  /** Texts, and what is computed between them, with what stands there in the text. */
  readonly #pieces: readonly (string | { readonly code: Code; readonly written: string })[]

  constructor(text: string, { sqlVersion = DEFAULT_SQL_VERSION, functions, variables = [] }: TemplateOptions) {
    const known = functions === undefined ? ALL_FUNCTIONS : new FunctionTable(functions)
    const warnings: SqlWarning[] = []
    const fields = new Set<string>()
    this.text = text
    this.#sqlVersion = sqlVersion
    this.#pieces = splitTemplate(text).map((piece) => {
      if (typeof piece === 'string') return piece
      // What is before stays, so that errors name places of the whole text.
      const source = text.slice(0, piece.to)
      const expression = parseExpression(source, piece.from)
      const findings = checkTemplateExpression(source, expression, { sqlVersion, functions: known, variables })
      if (findings.errors[0] !== undefined) throw findings.errors[0]
      warnings.push(...findings.warnings)
      for (const name of fieldsOf(expression)) fields.add(name)
      const compiler = new Compiler({ sqlVersion, functions: known, variables, mayAmplify: mayAmplify([expression]) })
      return { code: compiler.expression(expression), written: text.slice(piece.from - 2, piece.to + 1) }
    })
    this.warnings = warnings
    this.fields = fields
    this.isConstant = this.#pieces.every((piece) => typeof piece === 'string')
    this.isAsync = this.#pieces.some((piece) => typeof piece !== 'string' && piece.code.isAsync)
  }

  /**
   * The text for a message; Undefined and Null are empty.
   * @param variables of the rule's outcome
   * @throws {RuleFailure} where a function fails
   * @throws {TypeError} where it asks AWS: see {@link isAsync}
   */
  render(input: RuleInput, environment: RuleEnvironment, variables: readonly Value[] = []): string {
    if (this.isConstant) return this.text
    const frame = this.#frame(input, environment, variables)
    let text = ''
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') text += piece
      else if (piece.code.isAsync) throw new TypeError('This template asks AWS: render it by renderAsync')
      else text += toText(piece.code.run(frame)) ?? ''
    }
    return text
  }

  async renderAsync(input: RuleInput, environment: RuleEnvironment, variables: readonly Value[] = []): Promise<string> {
    return (await this.explainAsync(input, environment, variables)).text
  }

  /** The same, with the templates in it that are Undefined or Null for the message, as they are written: `${site}`. */
  async explainAsync(
    input: RuleInput,
    environment: RuleEnvironment,
    variables: readonly Value[] = [],
  ): Promise<{ readonly text: string; readonly missing: readonly string[] }> {
    const frame = this.#frame(input, environment, variables)
    const missing: string[] = []
    let text = ''
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') text += piece
      else {
        const value = await piece.code.run(frame)
        if (value === undefined || value === null) missing.push(piece.written)
        text += toText(value) ?? ''
      }
    }
    return { text, missing }
  }

  #frame(input: RuleInput, environment: RuleEnvironment, variables: readonly Value[]): Frame {
    const run = new Run(this.#sqlVersion, input.message, environment, variables)
    return new Frame(run, input.payload(this.#sqlVersion), undefined)
  }
}

/** What is between `${` and its `}`. */
interface TemplateExpression {
  readonly from: number
  readonly to: number
}

/** Braces and quotes within an expression are its own, so it ends where its tokens say. */
export function splitTemplate(text: string): readonly (string | TemplateExpression)[] {
  const pieces: (string | TemplateExpression)[] = []
  let offset = 0
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', offset)) {
    if (open > offset) pieces.push(text.slice(offset, open))
    const close = closingBrace(text, open + 2)
    if (close === undefined) {
      throw new SqlError(
        'SYNTAX',
        text,
        { from: open, to: text.length },
        "A substitution template is not closed: '}' is missing for the '${'",
      )
    }
    pieces.push({ from: open + 2, to: close })
    offset = close + 1
  }
  if (offset < text.length) pieces.push(text.slice(offset))
  return pieces
}

function closingBrace(text: string, from: number): number | undefined {
  let depth = 0
  for (let offset = skipSpace(text, from); ; ) {
    const token = readToken(text, offset)
    if (token.kind === 'end') return undefined
    if (token.text === '{' && token.kind === 'symbol') depth += 1
    if (token.text === '}' && token.kind === 'symbol') {
      if (depth === 0) return token.from
      depth -= 1
    }
    offset = skipSpace(text, token.to)
  }
}
