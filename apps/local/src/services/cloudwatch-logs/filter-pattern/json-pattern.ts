import { compare, takeComparator, takeOperand } from './comparison.ts'
import type { Scanner } from './scanner.ts'

type Test = (document: unknown) => boolean

/** One step of a selector: a member, an item, or every item. */
type Step = string | number | '*item'

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
  while (takeOperator(scanner, '||')) tests.push(takeConjunction(scanner))
  return tests.length === 1 && tests[0] ? tests[0] : (document) => tests.some((test) => test(document))
}

function takeConjunction(scanner: Scanner): Test {
  const tests = [takeTest(scanner)]
  while (takeOperator(scanner, '&&')) tests.push(takeTest(scanner))
  return tests.length === 1 && tests[0] ? tests[0] : (document) => tests.every((test) => test(document))
}

function takeOperator(scanner: Scanner, operator: string): boolean {
  scanner.skipSpace()
  return scanner.take(operator)
}

function takeTest(scanner: Scanner): Test {
  scanner.skipSpace()
  if (scanner.take('(')) {
    const test = takeAlternatives(scanner)
    scanner.skipSpace()
    scanner.expect(')')
    return test
  }
  const selected = takeSelector(scanner)
  scanner.skipSpace()
  if (scanner.takeWord('IS')) return takeIs(scanner, selected)
  if (scanner.takeWord('NOT')) {
    scanner.skipSpace()
    if (!scanner.takeWord('EXISTS')) scanner.fail('Expected EXISTS behind NOT')
    return (document) => selected(document).length === 0
  }
  const comparator = takeComparator(scanner)
  if (!comparator) scanner.fail('Expected one of = != < > <= >=, IS or NOT EXISTS')
  scanner.skipSpace()
  const operand = takeOperand(scanner, comparator)
  return (document) => selected(document).some((value) => compare(value, comparator, operand))
}

function takeIs(scanner: Scanner, selected: (document: unknown) => readonly unknown[]): Test {
  scanner.skipSpace()
  const values = { NULL: null, TRUE: true, FALSE: false } as const
  for (const [word, value] of Object.entries(values)) {
    if (scanner.takeWord(word)) return (document) => selected(document).includes(value)
  }
  return scanner.fail('Expected NULL, TRUE or FALSE behind IS')
}

/** `$.a.b[0]`, `$.a[*].b`, `$.['a.b']`. */
function takeSelector(scanner: Scanner): (document: unknown) => readonly unknown[] {
  scanner.expect('$')
  const steps: Step[] = []
  while (scanner.peek() === '.' || scanner.peek() === '[') steps.push(takeStep(scanner))
  if (steps.length === 0) scanner.fail('Expected a . and the name of a member behind $')
  if (steps.filter((step) => step === EVERY_ITEM).length > 1) scanner.fail('A selector takes one [*] at most')
  return (document) => select(document, steps)
}

const EVERY_ITEM = '*item'

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

function select(document: unknown, steps: readonly Step[]): readonly unknown[] {
  let values: readonly unknown[] = [document]
  for (const step of steps) values = values.flatMap((value) => take(value, step))
  return values.filter((value) => typeof value !== 'object' || value === null)
}

function take(value: unknown, step: Step): readonly unknown[] {
  if (Array.isArray(value)) {
    if (step === EVERY_ITEM) return value
    return typeof step === 'number' && step < value.length ? [value[step]] : []
  }
  if (typeof value !== 'object' || value === null || typeof step === 'number') return []
  return Object.hasOwn(value, step) ? [Reflect.get(value, step)] : []
}
