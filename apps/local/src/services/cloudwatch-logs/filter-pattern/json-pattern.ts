import { compare, takeComparator, takeOperand } from './comparison.ts'
import { type Literal, literalOfForm, longest } from './literal.ts'
import type { Scanner } from './scanner.ts'

/** What a document has to be, with a text that is in the message then. */
interface Test {
  holds(document: unknown): boolean
  readonly literal?: Literal
}

/** One step of a selector: a member, an item, or every item. */
type Step = string | number | typeof EVERY_ITEM

const EVERY_ITEM = Symbol('every item')

/** Whether something that a selector comes upon in a document is as it has to be. */
type IsAny = (document: unknown, test: (value: unknown) => boolean) => boolean

/**
 * `{ $.eventType = "Connect" && ($.status = "Failure" || $.latency > 10) }`, behind the opening brace. A selector that
 * comes upon an object or a list matches nothing.
 * @throws {FilterPatternError}
 */
export function takeJsonPattern(scanner: Scanner): Test {
  const test = takeAlternatives(scanner)
  scanner.skipSpace()
  scanner.expect('}')
  return test
}

/** `&&` binds tighter than `||`. */
function takeAlternatives(scanner: Scanner): Test {
  const tests = [takeConjunction(scanner)]
  while (scanner.takeSign('||')) tests.push(takeConjunction(scanner))
  return tests.length === 1 && tests[0] ? tests[0] : { holds: (document) => tests.some((test) => test.holds(document)) }
}

function takeConjunction(scanner: Scanner): Test {
  const tests = [takeTest(scanner)]
  while (scanner.takeSign('&&')) tests.push(takeTest(scanner))
  return {
    holds: (document) => tests.every((test) => test.holds(document)),
    literal: longest(tests.map(({ literal }) => literal)),
  }
}

function takeTest(scanner: Scanner): Test {
  scanner.skipSpace()
  if (scanner.take('(')) {
    const test = takeAlternatives(scanner)
    scanner.skipSpace()
    scanner.expect(')')
    return test
  }
  const isAny = takeSelector(scanner)
  scanner.skipSpace()
  if (scanner.takeWord('IS')) return takeIs(scanner, isAny)
  if (scanner.takeWord('NOT')) {
    scanner.skipSpace()
    if (!scanner.takeWord('EXISTS')) scanner.fail('Expected EXISTS behind NOT')
    return { holds: (document) => !isAny(document, () => true) }
  }
  const comparator = takeComparator(scanner)
  if (!comparator) scanner.fail('Expected one of = != < > <= >=, IS or NOT EXISTS')
  scanner.skipSpace()
  const operand = takeOperand(scanner, comparator)
  return {
    holds: (document) => isAny(document, (value) => compare(value, comparator, operand)),
    literal: comparator === '=' && operand.kind === 'text' ? literalOfForm(operand.form) : undefined,
  }
}

function takeIs(scanner: Scanner, isAny: IsAny): Test {
  scanner.skipSpace()
  const values = { NULL: null, TRUE: true, FALSE: false } as const
  for (const [word, value] of Object.entries(values)) {
    if (scanner.takeWord(word)) return { holds: (document) => isAny(document, (found) => found === value) }
  }
  return scanner.fail('Expected NULL, TRUE or FALSE behind IS')
}

/** `$.a.b[0]`, `$.a[*].b`, `$.['a.b']`. */
function takeSelector(scanner: Scanner): IsAny {
  scanner.expect('$')
  const steps: Step[] = []
  while (scanner.peek() === '.' || scanner.peek() === '[') steps.push(takeStep(scanner))
  if (steps.length === 0) scanner.fail('Expected a . and the name of a member behind $')
  if (steps.filter((step) => step === EVERY_ITEM).length > 1) scanner.fail('A selector takes one [*] at most')
  return (document, test) => isAnyAt(document, steps, 0, test)
}

function takeStep(scanner: Scanner): Step {
  const hasPoint = scanner.take('.')
  if (!scanner.take('[')) {
    const name = scanner.takeWhile(/[\w-]/)
    if (name === '') scanner.fail('Expected the name of a member behind .')
    return name
  }
  let step: Step
  if (scanner.peek() === "'" || scanner.peek() === '"') step = scanner.takeQuoted(scanner.peek())
  else if (hasPoint) scanner.fail('Expected a name in quotes behind .[')
  else if (scanner.take('*')) step = EVERY_ITEM
  else {
    const digits = scanner.takeWhile(/\d/)
    if (digits === '') scanner.fail('Expected an index, * or a name in quotes behind [')
    step = Number(digits)
  }
  scanner.expect(']')
  return step
}

function isAnyAt(value: unknown, steps: readonly Step[], at: number, test: (value: unknown) => boolean): boolean {
  const step = steps[at]
  if (step === undefined) return (typeof value !== 'object' || value === null) && test(value)
  if (Array.isArray(value)) {
    if (step === EVERY_ITEM) return value.some((item) => isAnyAt(item, steps, at + 1, test))
    return typeof step === 'number' && step < value.length && isAnyAt(value[step], steps, at + 1, test)
  }
  if (typeof value !== 'object' || value === null || typeof step !== 'string') return false
  return Object.hasOwn(value, step) && isAnyAt(Reflect.get(value, step), steps, at + 1, test)
}
