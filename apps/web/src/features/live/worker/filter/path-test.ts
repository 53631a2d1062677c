import { decimalForm, type JsonPath } from '@thingdeck/json'
import { type EncodingHint, mayBeBinary } from '../../../../shared/decode/binary.ts'
import { textTest } from '../pattern/byte-pattern.ts'
import { type PlainDocument, plainDocument } from '../payload/plain-document.ts'
import { EVERY, type PathWithStars } from '../payload/read-path.ts'
import type { Comparison, Operator } from './read-comparison.ts'

/** By an escape, a name could be written otherwise than usual. */
const BACKSLASH = textTest('\\', false)
/** RFC 8949 §3.2.3: a text that comes in pieces, so that a name does not stand there as a whole. */
const PIECES_OF_TEXT = 0x7f

/**
 * Whether a payload is JSON, CBOR or MessagePack in which the path leads to a value for which the comparison holds; with
 * `*`, to one of several. Payloads without the path's last name are not parsed at all.
 */
export function pathTest(
  path: PathWithStars,
  comparison: Comparison | undefined,
): (bytes: Uint8Array, start: number, end: number, hint: () => EncodingHint) => boolean {
  const name = path.findLast((step) => typeof step === 'string')
  const inJson = name === undefined ? undefined : textTest(JSON.stringify(name), false)
  const inBinary = name ? textTest(name, false) : undefined
  return (bytes, start, end, hint) => {
    if (mayBeBinary(bytes[start] ?? 0)) {
      if (inBinary && !inBinary.test(bytes, start, end)) {
        const piece = bytes.indexOf(PIECES_OF_TEXT, start)
        if (piece < 0 || piece >= end) return false
      }
    } else if (inJson && !inJson.test(bytes, start, end) && !BACKSLASH.test(bytes, start, end)) return false
    const document = plainDocument(bytes.subarray(start, end), hint())
    if (!document) return false
    return someAt(document.value, path, 0, [], (value, place) => holds(value, comparison, document, place))
  }
}

function someAt(
  value: unknown,
  path: PathWithStars,
  step: number,
  place: JsonPath,
  test: (value: unknown, place: JsonPath) => boolean,
): boolean {
  const key = path[step]
  if (key === undefined) return test(value, place)
  if (typeof value !== 'object' || value === null) return false
  if (key === EVERY) {
    return Object.entries(value).some(([name, each]) =>
      someAt(each, path, step + 1, [...place, Array.isArray(value) ? Number(name) : name], test),
    )
  }
  if (Array.isArray(value) !== (typeof key === 'number') || !Object.hasOwn(value, key)) return false
  return someAt((value as Record<string | number, unknown>)[key], path, step + 1, [...place, key], test)
}

function holds(value: unknown, comparison: Comparison | undefined, document: PlainDocument, place: JsonPath): boolean {
  if (!comparison) return true
  const { operator, value: wanted } = comparison
  if (wanted.kind === 'number') {
    if (typeof value !== 'number') return operator === '!='
    const order = Math.sign(value - Number(wanted.text)) || compareExactly(document, place, wanted.text)
    return inOrder(order, operator)
  }
  if (wanted.kind === 'string') {
    if (typeof value !== 'string') return operator === '!='
    return inOrder(value === wanted.text ? 0 : value < wanted.text ? -1 : 1, operator)
  }
  return (value === wanted.value) === (operator === '=')
}

/**
 * Two numbers of which the nearest doubles are equal may differ: 9007199254740993 and …992. The payload is read again
 * without loss; of numbers that differ only there, the order is that of their decimal forms.
 */
function compareExactly(document: PlainDocument, place: JsonPath, wanted: string): number {
  const exact = document.exactAt(place)
  if (exact === undefined || decimalForm(exact) === decimalForm(wanted)) return 0
  const scale = (number: string) => {
    const [digits = '0', exponent = '0'] = decimalForm(number).split('e')
    return { digits: BigInt(digits), exponent: Number(exponent) }
  }
  const a = scale(exact)
  const b = scale(wanted)
  const least = Math.min(a.exponent, b.exponent)
  if (Math.max(a.exponent, b.exponent) - least > 1_000) return 0 // both infinite, or both nothing, as doubles
  const left = a.digits * 10n ** BigInt(a.exponent - least)
  const right = b.digits * 10n ** BigInt(b.exponent - least)
  return left < right ? -1 : 1
}

function inOrder(order: number, operator: Operator): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '!=':
      return order !== 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
  }
}
