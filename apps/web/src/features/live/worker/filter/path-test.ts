import type { JsonPath } from '@thingdeck/json'
import { type EncodingHint, mayBeBinary } from '../../../../shared/decode/binary.ts'
import { EVERY, type PathWithStars } from '../../protocol/read-path.ts'
import { textTest } from '../pattern/byte-pattern.ts'
import { compareDecimals } from '../payload/compare-decimals.ts'
import { type PlainDocument, plainDocument } from '../payload/plain-document.ts'
import { memberOf } from '../payload/plain-path.ts'
import type { Comparison, Operator } from './read-comparison.ts'

/** By an escape, a name could be written otherwise than usual. */
const BACKSLASH = textTest('\\', false)
/** RFC 8949 §3.2.3: a text that comes in pieces, so that a name does not stand there as a whole. */
const PIECES_OF_TEXT = 0x7f

/**
 * Whether a payload is structured data in which the path leads to a value for which the comparison holds; with `*`, to one
 * of several. Payloads without the path's last name are not parsed at all, but those of topics whose type is known
 * (`isTyped`): there names are in the type, not in the payload.
 */
export function pathTest(
  path: PathWithStars,
  comparison: Comparison | undefined,
): (bytes: Uint8Array, start: number, end: number, hint: () => EncodingHint, isTyped: boolean) => boolean {
  const name = path.findLast((step) => typeof step === 'string')
  const inJson = name === undefined ? undefined : textTest(JSON.stringify(name), false)
  const inBinary = name ? textTest(name, false) : undefined
  const inDocument = (payload: Uint8Array, hint: EncodingHint): boolean => {
    const document = plainDocument(payload, hint)
    if (!document) return false
    return someAt(document.value, path, 0, [], (value, place) => holds(value, comparison, document, place))
  }
  return (bytes, start, end, hint, isTyped) => {
    if (isTyped) return inDocument(bytes.subarray(start, end), hint())
    if (mayBeBinary(bytes[start] ?? 0)) {
      if (inBinary && !inBinary.test(bytes, start, end)) {
        const piece = bytes.indexOf(PIECES_OF_TEXT, start)
        if (piece < 0 || piece >= end) return false
      }
    } else if (inJson && !inJson.test(bytes, start, end) && !BACKSLASH.test(bytes, start, end)) return false
    return inDocument(bytes.subarray(start, end), hint())
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
  if (key === undefined) return value !== undefined && test(value, place)
  if (key === EVERY) {
    return membersOf(value).some(([name, each]) => someAt(each, path, step + 1, [...place, name], test))
  }
  const member = memberOf(value, key)
  return member !== undefined && someAt(member, path, step + 1, [...place, key], test)
}

function membersOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (value instanceof Map) return [...(value as ReadonlyMap<string | number, unknown>)] // see plainDocument
  if (typeof value !== 'object' || value === null) return []
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value)
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
  return exact === undefined ? 0 : compareDecimals(exact, wanted)
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
