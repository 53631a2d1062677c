import { toText } from '../convert.ts'
import { SQL_LIMITS } from '../limits.ts'
import { RuleFailure } from '../rule-failure.ts'
import type { FunctionContext } from '../rule-function.ts'
import type { Value } from '../value.ts'

const CHARACTERS_A_STEP = 1000

/** An argument that a function takes as text: see {@link toText}. What is long counts as steps of the run. */
export function textOf(value: Value, context: FunctionContext): string | undefined {
  const text = toText(value)
  if (text !== undefined && text.length >= CHARACTERS_A_STEP) context.spend(Math.floor(text.length / CHARACTERS_A_STEP))
  return text
}

/** All arguments as texts; undefined where one of them has none, as Null and Undefined. */
export function textsOf(values: readonly Value[], context: FunctionContext): readonly string[] | undefined {
  const texts: string[] = []
  for (const value of values) {
    const text = textOf(value, context)
    if (text === undefined) return undefined
    texts.push(text)
  }
  return texts
}

/**
 * To be asked before a text is made, which counts as steps too.
 * @throws {RuleFailure} `TOO_LARGE`
 */
export function checkLength(length: number, name: string, context: FunctionContext): void {
  if (length <= SQL_LIMITS.valueLength) {
    context.spend(Math.floor(length / CHARACTERS_A_STEP))
    return
  }
  throw new RuleFailure('TOO_LARGE', `${name} would make a text of more than ${SQL_LIMITS.valueLength} characters`, {
    function: name,
  })
}
