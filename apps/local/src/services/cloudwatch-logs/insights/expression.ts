import { ownValue } from '../../../foundation/own-value.ts'
import { parseRegex, type RegexTest } from '../filter-pattern/regular-expression.ts'
import type { Scanner } from '../filter-pattern/scanner.ts'
import { isTrue, numberOf, orderOf } from './field-values.ts'
import { callFunction, DATE_FUNCTIONS, FUNCTION_NAMES, IS_TIME_FUNCTION, takeDuration } from './functions.ts'
import type { Fields, FieldValue } from './log-record.ts'

/** Something that has a value for each record. */
export interface Expression {
  /** As the query wrote it: what it is called where it has no other name. */
  readonly text: string
  /** Its numbers are times: epoch milliseconds. */
  readonly isTime: boolean
  read(fields: Fields): FieldValue
}

const WORD = /[\w@.]/

/**
 * `or` over `and` over `not` over comparisons over sums over products.
 * @throws {FilterPatternError}
 * @see Amazon CloudWatch Logs user guide, "Supported operations and functions"
 */
export function takeExpression(scanner: Scanner): Expression {
  return takeOr(scanner)
}

function takeOr(scanner: Scanner): Expression {
  return takeChain(scanner, takeAnd, 'or', (one, other) => isTrue(one()) || isTrue(other()))
}

function takeAnd(scanner: Scanner): Expression {
  return takeChain(scanner, takeNot, 'and', (one, other) => isTrue(one()) && isTrue(other()))
}

function takeChain(
  scanner: Scanner,
  takeOne: (scanner: Scanner) => Expression,
  word: string,
  join: (one: () => FieldValue, other: () => FieldValue) => boolean,
): Expression {
  const from = scanner.position
  let left = takeOne(scanner)
  while (takeKeyword(scanner, word)) {
    const [one, other] = [left, takeOne(scanner)]
    left = expression(scanner, from, (fields) =>
      join(
        () => one.read(fields),
        () => other.read(fields),
      ),
    )
  }
  return left
}

function takeNot(scanner: Scanner): Expression {
  const from = scanner.position
  if (!takeKeyword(scanner, 'not')) return takeComparison(scanner)
  const negated = takeNot(scanner)
  return expression(scanner, from, (fields) => !isTrue(negated.read(fields)))
}

function takeComparison(scanner: Scanner): Expression {
  const from = scanner.position
  const left = takeSum(scanner)
  scanner.skipSpace()
  const isNegated = takeKeyword(scanner, 'not')
  const test = takeTest(scanner, isNegated)
  if (!test) return left
  return expression(scanner, from, (fields) => test(left.read(fields), fields) !== isNegated)
}

type Test = (value: FieldValue, fields: Fields) => boolean

function takeTest(scanner: Scanner, isNegated: boolean): Test | undefined {
  if (takeKeyword(scanner, 'like') || (!isNegated && scanner.take('=~'))) return takePattern(scanner)
  if (takeKeyword(scanner, 'in')) return takeList(scanner)
  if (isNegated) scanner.fail('Expected like or in behind not')
  const comparator = (['!=', '<=', '>=', '=', '<', '>'] as const).find((sign) => scanner.take(sign))
  if (!comparator) return undefined
  const right = takeSum(scanner)
  return (value, fields) => {
    const other = right.read(fields)
    const order = orderOf(value, other)
    switch (comparator) {
      case '=':
        return order === 0
      case '!=':
        return order !== 0
      case '<':
        return order !== undefined && order < 0
      case '<=':
        return order !== undefined && order <= 0
      case '>':
        return order !== undefined && order > 0
      case '>=':
        return order !== undefined && order >= 0
    }
  }
}

function takePattern(scanner: Scanner): Test {
  scanner.skipSpace()
  if (scanner.peek() === '/') {
    const isFound = takeRegex(scanner)
    return (value) => value !== undefined && value !== null && isFound(String(value))
  }
  const text = takeText(scanner)
  if (text === undefined) return scanner.fail('Expected a text in quotes, or a regular expression between slashes')
  return (value) => value !== undefined && value !== null && String(value).includes(text)
}

/** `/…/`, with `(?i)` at its beginning for letters of either case. */
function takeRegex(scanner: Scanner): RegexTest {
  const position = scanner.position + 1
  const source = scanner.takeDelimited('/')
  const isEither = source.startsWith('(?i)')
  return parseRegex(isEither ? source.slice(4) : source, isEither ? position + 4 : position, isEither)
}

function takeList(scanner: Scanner): Test {
  scanner.skipSpace()
  scanner.expect('[')
  const items: Expression[] = []
  do items.push(takeSum(scanner))
  while (scanner.takeSign(','))
  scanner.expect(']')
  return (value, fields) => items.some((item) => orderOf(value, item.read(fields)) === 0)
}

function takeSum(scanner: Scanner): Expression {
  return takeArithmetic(scanner, takeProduct, { '+': (one, other) => one + other, '-': (one, other) => one - other })
}

function takeProduct(scanner: Scanner): Expression {
  return takeArithmetic(scanner, takePrimary, {
    '*': (one, other) => one * other,
    '/': (one, other) => one / other,
    '%': (one, other) => one % other,
  })
}

function takeArithmetic(
  scanner: Scanner,
  takeOne: (scanner: Scanner) => Expression,
  operators: Readonly<Record<string, (one: number, other: number) => number>>,
): Expression {
  const from = scanner.position
  let left = takeOne(scanner)
  for (;;) {
    scanner.skipSpace()
    const operator = operators[scanner.peek()]
    if (!operator) return left
    scanner.take(scanner.peek())
    const [one, other] = [left, takeOne(scanner)]
    left = expression(scanner, from, (fields) => {
      const [a, b] = [numberOf(one.read(fields)), numberOf(other.read(fields))]
      const result = a === undefined || b === undefined ? undefined : operator(a, b)
      return Number.isFinite(result) ? result : undefined
    })
  }
}

function takePrimary(scanner: Scanner): Expression {
  scanner.skipSpace()
  const from = scanner.position
  if (scanner.take('(')) {
    const inner = takeExpression(scanner)
    scanner.skipSpace()
    scanner.expect(')')
    return { ...inner, text: scanner.since(from) }
  }
  const text = takeText(scanner)
  if (text !== undefined) return expression(scanner, from, () => text)
  const number = takeNumber(scanner)
  if (number !== undefined) return expression(scanner, from, () => number)
  return takeFieldOrCall(scanner)
}

function takeFieldOrCall(scanner: Scanner): Expression {
  const from = scanner.position
  const isQuoted = scanner.peek() === '`'
  const name = takeFieldName(scanner)
  if (!isQuoted && scanner.peek() === '(') return takeCall(scanner, name, from)
  return fieldNamed(name)
}

export function fieldNamed(name: string): Expression {
  const isTime = name === '@timestamp' || name === '@ingestionTime'
  return { text: name, isTime, read: (fields) => fields.get(name) }
}

/** A field's name, in backquotes where it has other signs than letters, digits, `@ . _`. @throws {FilterPatternError} */
export function takeFieldName(scanner: Scanner): string {
  scanner.skipSpace()
  if (scanner.peek() === '`') return scanner.takeQuoted('`')
  const name = scanner.takeWhile(WORD)
  if (name === '') scanner.fail('Expected a field, a value or a function')
  return name
}

function takeCall(scanner: Scanner, name: string, from: number): Expression {
  const called = name.toLowerCase()
  if (!FUNCTION_NAMES.has(called)) scanner.fail(`There is no function ${name} here`)
  scanner.expect('(')
  if (called === 'bin') {
    const periodMs = takeDuration(scanner)
    scanner.expect(')')
    const read = ({ record }: Fields) => record && record.timestampMs - (record.timestampMs % periodMs)
    return { text: scanner.since(from), isTime: true, read }
  }
  const toDate = ownValue(DATE_FUNCTIONS, called)
  if (toDate) {
    const time = takeExpression(scanner)
    scanner.skipSpace()
    scanner.expect(',')
    const periodMs = takeDuration(scanner)
    scanner.expect(')')
    const read = (fields: Fields) => {
      const atMs = numberOf(time.read(fields))
      return atMs === undefined ? undefined : toDate(atMs, periodMs)
    }
    return { text: scanner.since(from), isTime: true, read }
  }
  const values: Expression[] = []
  scanner.skipSpace()
  if (!scanner.take(')')) {
    do values.push(takeExpression(scanner))
    while (scanner.takeSign(','))
    scanner.expect(')')
  }
  const read = (fields: Fields) =>
    callFunction(
      called,
      values.map((value) => value.read(fields)),
    )
  return { text: scanner.since(from), isTime: IS_TIME_FUNCTION.has(called), read }
}

/** Undefined where none comes next. */
function takeText(scanner: Scanner): string | undefined {
  const quote = scanner.peek()
  return quote === '"' || quote === "'" ? scanner.takeQuoted(quote) : undefined
}

function takeNumber(scanner: Scanner): number | undefined {
  if (!/[\d-]/.test(scanner.peek()) || (scanner.peek() === '-' && !/\d/.test(scanner.peek(1)))) return undefined
  const sign = scanner.take('-') ? -1 : 1
  const digits = scanner.takeWhile(/[\d.]/)
  if (!/^\d+(\.\d+)?$/.test(digits) || /[\w@]/.test(scanner.peek())) scanner.fail('Expected a number')
  return sign * Number(digits)
}

/** In whatever case. */
export function takeKeyword(scanner: Scanner, word: string): boolean {
  scanner.skipSpace()
  return scanner.takeWord(word) || scanner.takeWord(word.toUpperCase())
}

const expression = (scanner: Scanner, from: number, read: Expression['read']): Expression => ({
  text: scanner.since(from),
  isTime: false,
  read,
})
