import {
  type CharacterRange,
  type CharacterSet,
  intersection,
  negation,
  ranges,
  union,
  withBothCases,
} from './character-set.ts'
import { type ClassItem, parseEscape } from './parse-escape.ts'
import type { PatternReader } from './pattern-reader.ts'

/** Classes in classes in classes. */
const MAX_DEPTH = 50

/**
 * A character class after its `[`, to its `]`: ranges, classes in it, which are united, and intersections.
 *
 * `[a-z&&[^aeiou]]` is the letters that are among a to z, and are none of aeiou. `^` negates the whole of its class, as
 * since Java 9.
 */
export function parseClass(reader: PatternReader, depth = 0): CharacterSet {
  if (depth > MAX_DEPTH) throw reader.invalid('Too many character classes in one another')
  const start = reader.index - 1
  const isNegated = reader.take('^')
  let whole: CharacterSet | undefined
  let spans: CharacterRange[] = []
  let sets: CharacterSet[] = []
  const closeOperand = (): void => {
    if (spans.length > 0) sets.push(withCases(reader, ranges(spans)))
    if (sets.length === 0) return
    const operand = union(sets)
    whole = whole ? intersection(whole, operand) : operand
    spans = []
    sets = []
  }
  for (;;) {
    if (reader.isAtEnd) throw reader.invalid('A character class is not closed: ] is missing', start)
    if (reader.take('&&')) closeOperand()
    else if (reader.take('[')) sets.push(reader.counted(parseClass(reader, depth + 1)))
    else if (reader.peek() === ']' && (spans.length > 0 || sets.length > 0 || whole)) break
    else {
      const item = parseRange(reader)
      if (typeof item === 'function') sets.push(reader.counted(withCases(reader, item)))
      else spans.push(item)
    }
  }
  reader.take(']')
  closeOperand()
  if (!whole) throw reader.invalid('A character class has no characters', start)
  return isNegated ? negation(whole) : whole
}

/** The set, as the case of letters counts at this place of the pattern. */
export function withCases(reader: PatternReader, set: CharacterSet): CharacterSet {
  return reader.flags.i ? withBothCases(set, reader.flags.u) : set
}

function parseRange(reader: PatternReader): CharacterRange | CharacterSet {
  const start = reader.index
  const first = parseItem(reader)
  if ('set' in first) return first.set
  const alone: CharacterRange = [first.codePoint, first.codePoint]
  if (reader.peek() !== '-') return alone
  const beforeDash = reader.index
  reader.take('-')
  const following = reader.peek()
  if (following === ']' || following === '[' || reader.isAtEnd) {
    reader.index = beforeDash
    return alone
  }
  const last = parseItem(reader)
  if ('set' in last || last.codePoint < first.codePoint) throw reader.invalid('A range ends before it begins', start)
  return [first.codePoint, last.codePoint]
}

function parseItem(reader: PatternReader): ClassItem {
  return reader.take('\\') ? parseEscape(reader) : { codePoint: reader.next() }
}
