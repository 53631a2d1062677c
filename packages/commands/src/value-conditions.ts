import { CommandError } from './command-error.ts'
import type { ParameterType, PlainValue } from './parameter-value.ts'

/** AWS IoT API reference, CommandParameterValueComparisonOperator. */
export const COMPARISON_OPERATORS = [
  'EQUALS',
  'NOT_EQUALS',
  'LESS_THAN',
  'LESS_THAN_EQUALS',
  'GREATER_THAN',
  'GREATER_THAN_EQUALS',
  'IN_SET',
  'NOT_IN_SET',
  'IN_RANGE',
  'NOT_IN_RANGE',
] as const
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number]

/** AWS IoT API reference, CommandParameterValueComparisonOperand. Numbers are their digits; a range has its ends. */
export interface ComparisonOperand {
  readonly number?: string | undefined
  readonly numbers?: readonly string[] | undefined
  readonly string?: string | undefined
  readonly strings?: readonly string[] | undefined
  readonly numberRange?: { readonly min?: string | undefined; readonly max?: string | undefined } | undefined
}

/** AWS IoT API reference, CommandParameterValueCondition. */
export interface ValueCondition {
  readonly comparisonOperator?: ComparisonOperator | undefined
  readonly operand?: ComparisonOperand | undefined
}

/** Which member of an operand an operator compares with, for numbers and for texts. */
export const OPERANDS: Readonly<
  Record<
    ComparisonOperator,
    {
      readonly number: keyof ComparisonOperand
      readonly text?: keyof ComparisonOperand
    }
  >
> = {
  EQUALS: { number: 'number', text: 'string' },
  NOT_EQUALS: { number: 'number', text: 'string' },
  LESS_THAN: { number: 'number' },
  LESS_THAN_EQUALS: { number: 'number' },
  GREATER_THAN: { number: 'number' },
  GREATER_THAN_EQUALS: { number: 'number' },
  IN_SET: { number: 'numbers', text: 'strings' },
  NOT_IN_SET: { number: 'numbers', text: 'strings' },
  IN_RANGE: { number: 'numberRange' },
  NOT_IN_RANGE: { number: 'numberRange' },
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/**
 * Refuses conditions that a parameter of that type can never be compared with.
 * @throws {CommandError}
 */
export function checkConditions(type: ParameterType, conditions: readonly ValueCondition[], at: string): void {
  for (const { comparisonOperator, operand } of conditions) {
    // Both are required by the model, which was checked before.
    if (!comparisonOperator || !operand) throw new CommandError(`A condition of ${at} needs an operator and an operand`)
    const { number, text } = OPERANDS[comparisonOperator]
    if (type === 'BOOLEAN' || type === 'BINARY') {
      throw new CommandError(`${at} is of type ${type}, which has no conditions: only texts and numbers are compared`)
    }
    const wanted = type === 'STRING' ? text : number
    if (!wanted) throw new CommandError(`${at} is of type STRING, which ${comparisonOperator} does not compare`)
    const { numberRange, ...others } = operand
    const given = Object.entries({ ...others, numberRange }).flatMap(([name, each]) =>
      each === undefined ? [] : [name],
    )
    if (given.length !== 1 || given[0] !== wanted) {
      throw new CommandError(`${comparisonOperator} compares ${at}, of type ${type}, with the operand ${wanted} alone`)
    }
    for (const digits of numbersOf(operand)) {
      if (!NUMBER.test(digits)) throw new CommandError(`The operand ${digits} of ${at} is not a number`)
    }
    if (numberRange && compare(numberRange.min ?? '', numberRange.max ?? '') > 0) {
      throw new CommandError(`The range of ${at} begins at ${numberRange.min}, behind its end ${numberRange.max}`)
    }
  }
}

function numbersOf({ number, numbers = [], numberRange }: ComparisonOperand): string[] {
  const range = numberRange ? [numberRange.min ?? '', numberRange.max ?? ''] : []
  return [...(number === undefined ? [] : [number]), ...numbers, ...range]
}

/** The condition that a value does not satisfy, in words; undefined where it satisfies all. Ranges have their ends. */
export function brokenCondition(value: PlainValue, conditions: readonly ValueCondition[]): string | undefined {
  const broken = conditions.find((condition) => !satisfies(value, condition))
  if (!broken) return undefined
  return `${broken.comparisonOperator} ${operandText(broken.operand)}`
}

/** What a condition compares with, as people read it: `3, 5`, `0 to 100`. */
export function operandText({ number, string, numbers, strings, numberRange }: ComparisonOperand = {}): string {
  return number ?? string ?? numbers?.join(', ') ?? strings?.join(', ') ?? `${numberRange?.min} to ${numberRange?.max}`
}

function satisfies(value: PlainValue, { comparisonOperator, operand = {} }: ValueCondition): boolean {
  const { number = '', string, numbers = [], strings = [], numberRange } = operand
  const isText = value.kind === 'text'
  const digits = value.kind === 'number' ? value.digits : ''
  switch (comparisonOperator) {
    case 'EQUALS':
      return isText ? value.text === string : compare(digits, number) === 0
    case 'NOT_EQUALS':
      return isText ? value.text !== string : compare(digits, number) !== 0
    case 'LESS_THAN':
      return compare(digits, number) < 0
    case 'LESS_THAN_EQUALS':
      return compare(digits, number) <= 0
    case 'GREATER_THAN':
      return compare(digits, number) > 0
    case 'GREATER_THAN_EQUALS':
      return compare(digits, number) >= 0
    case 'IN_SET':
      return isText ? strings.includes(value.text) : numbers.some((each) => compare(digits, each) === 0)
    case 'NOT_IN_SET':
      return isText ? !strings.includes(value.text) : numbers.every((each) => compare(digits, each) !== 0)
    case 'IN_RANGE':
      return isWithin(digits, numberRange)
    case 'NOT_IN_RANGE':
      return !isWithin(digits, numberRange)
    default:
      return true
  }
}

const isWithin = (
  digits: string,
  { min = '', max = '' }: { min?: string | undefined; max?: string | undefined } = {},
) => compare(digits, min) >= 0 && compare(digits, max) <= 0

/** Whole numbers are compared by all of their digits. */
function compare(left: string, right: string): number {
  const isWhole = /^[+-]?\d+$/
  const [a, b] =
    isWhole.test(left) && isWhole.test(right)
      ? [BigInt(left.replace('+', '')), BigInt(right.replace('+', ''))]
      : [Number(left), Number(right)]
  return a < b ? -1 : a > b ? 1 : 0
}
