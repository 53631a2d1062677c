import { type Comparator, compare, type Operand, takeComparator, takeOperand } from './comparison.ts'
import type { Scanner } from './scanner.ts'

type FieldTest = (field: string) => boolean

/** A field with what it has to be, or `...`: any number of fields. */
type Place = FieldTest | 'any'

/**
 * `[ip, user, ..., status = 4* && status != 404, bytes > 1000]`, behind the opening bracket: a message of as many fields,
 * which white space parts; what is in quotes or brackets is one field.
 * @throws {FilterPatternError}
 */
export function takeSpacePattern(scanner: Scanner): (message: string) => boolean {
  const places: Place[] = []
  do {
    scanner.skipSpace()
    places.push(scanner.take('...') ? 'any' : takeField(scanner))
    scanner.skipSpace()
  } while (scanner.take(','))
  scanner.expect(']')
  if (places.filter((place) => place === 'any').length > 1) scanner.fail('A pattern takes one ... at most')
  return (message) => fits(places, fieldsOf(message))
}

/** A name, alone or with conditions on it. */
function takeField(scanner: Scanner): FieldTest {
  const alternatives: FieldTest[][] = [[]]
  const name = takeName(scanner)
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst && takeName(scanner) !== name) scanner.fail(`Expected a condition on ${name}`)
    scanner.skipSpace()
    const comparator = takeComparator(scanner)
    if (!comparator) {
      if (isFirst) return () => true
      scanner.fail(`Expected a comparison with ${name}`)
    }
    scanner.skipSpace()
    alternatives.at(-1)?.push(fieldTest(comparator, takeOperand(scanner, comparator)))
    scanner.skipSpace()
    if (scanner.take('||')) alternatives.push([])
    else if (!scanner.take('&&')) break
    scanner.skipSpace()
  }
  return (field) => alternatives.some((tests) => tests.every((test) => test(field)))
}

function takeName(scanner: Scanner): string {
  const name = scanner.takeWhile(/[\w-]/)
  if (name === '') scanner.fail('Expected the name of a field')
  return name
}

const fieldTest =
  (comparator: Comparator, operand: Operand): FieldTest =>
  (field) =>
    compare(operand.kind === 'number' ? numberOf(field) : field, comparator, operand)

/** Undefined for what is none, which compares with no number. */
const numberOf = (field: string): number | undefined =>
  field.trim() !== '' && Number.isFinite(Number(field)) ? Number(field) : undefined

const CLOSES: Readonly<Record<string, string>> = { '"': '"', '[': ']' }

/** Takes time of the message's length, also where nothing closes what a quote or a bracket opens. */
function fieldsOf(message: string): readonly string[] {
  const fields: string[] = []
  const unclosed = new Set<string>()
  const next = /\S/g
  for (let found = next.exec(message); found; found = next.exec(message)) {
    const [opened] = found
    const closing = unclosed.has(opened) ? undefined : CLOSES[opened]
    const end = closing === undefined ? -1 : message.indexOf(closing, found.index + 1)
    if (closing !== undefined && end < 0) unclosed.add(opened)
    const plain = end < 0 ? plainFieldAt(message, found.index) : undefined
    fields.push(plain ?? message.slice(found.index + 1, end))
    next.lastIndex = plain === undefined ? end + 1 : found.index + plain.length
  }
  return fields
}

function plainFieldAt(message: string, index: number): string {
  const plain = /\S+/y
  plain.lastIndex = index
  return plain.exec(message)?.[0] ?? ''
}

function fits(places: readonly Place[], fields: readonly string[]): boolean {
  const gap = places.indexOf('any')
  const before = gap < 0 ? places : places.slice(0, gap)
  const after = gap < 0 ? [] : places.slice(gap + 1)
  const named = before.length + after.length
  if (gap < 0 ? fields.length !== named : fields.length < named) return false
  const holds = (place: Place, field: string | undefined) => place === 'any' || (field !== undefined && place(field))
  return (
    before.every((place, index) => holds(place, fields[index])) &&
    after.every((place, index) => holds(place, fields[fields.length - after.length + index]))
  )
}
