import { matchesGlob } from './glob.ts'
import { parseRegex, type RegexTest } from './regular-expression.ts'
import type { Scanner } from './scanner.ts'

export type Comparator = '=' | '!=' | '<' | '>' | '<=' | '>='

/** What a field is compared with. */
export type Operand =
  | { readonly kind: 'number'; readonly value: number }
  /** With `*` for any run of characters. */
  | { readonly kind: 'text'; readonly form: string }
  | { readonly kind: 'regex'; readonly isFoundIn: RegexTest }

const COMPARATORS: readonly Comparator[] = ['!=', '<=', '>=', '=', '<', '>']

/** Undefined where no comparator comes next. */
export function takeComparator(scanner: Scanner): Comparator | undefined {
  return COMPARATORS.find((comparator) => scanner.take(comparator))
}

/**
 * A number, a regular expression between `%`, a text in quotes, or one without, where it has no space and nothing that means something else.
 * @throws {FilterPatternError}
 */
export function takeOperand(scanner: Scanner, comparator: Comparator): Operand {
  if (scanner.peek() === '%') {
    if (comparator !== '=' && comparator !== '!=') scanner.fail(`${comparator} compares numbers only`)
    const { source, position } = scanner.takeRegexSource()
    return { kind: 'regex', isFoundIn: parseRegex(source, position) }
  }
  const isQuoted = scanner.peek() === '"'
  const text = isQuoted ? scanner.takeQuoted() : scanner.takeWhile(/[\w.*:/@+-]/)
  if (!isQuoted && text === '') scanner.fail(`Expected a value behind ${comparator}`)
  const isNumber = !isQuoted && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)
  if (isNumber) return { kind: 'number', value: Number(text) }
  if (comparator !== '=' && comparator !== '!=') scanner.fail(`${comparator} compares numbers only`)
  return { kind: 'text', form: text }
}

/** Whether a value compares so; a value of another type than the operand's does not, whatever the comparator. */
export function compare(value: unknown, comparator: Comparator, operand: Operand): boolean {
  if (operand.kind === 'regex') {
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && operand.isFoundIn(text) === (comparator === '=')
  }
  if (operand.kind === 'text') {
    const text = typeof value === 'boolean' ? String(value) : value
    return typeof text === 'string' && matchesGlob(operand.form, text) === (comparator === '=')
  }
  if (typeof value !== 'number') return false
  switch (comparator) {
    case '=':
      return value === operand.value
    case '!=':
      return value !== operand.value
    case '<':
      return value < operand.value
    case '>':
      return value > operand.value
    case '<=':
      return value <= operand.value
    case '>=':
      return value >= operand.value
  }
}
