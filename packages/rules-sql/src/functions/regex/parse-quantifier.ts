import { notBefore } from './assertions.ts'
import { type PatternNode, repetition } from './pattern-node.ts'
import type { PatternReader } from './pattern-reader.ts'

/** More often than this, a repetition is refused for what it would cost. */
const MAX_COUNT = 1000

interface Count {
  readonly min: number
  readonly max: number
}

/** `atom` with the quantifier that follows it, if one does. */
export function parseQuantifier(reader: PatternReader, atom: PatternNode): PatternNode {
  const start = reader.index
  const count = parseCount(reader)
  if (count === undefined) return atom
  if (reader.take('?')) return repetition(atom, count.min, count.max, false)
  if (!reader.take('+')) return repetition(atom, count.min, count.max)
  if (atom.kind !== 'character')
    throw reader.unsupported('A possessive quantifier can follow a single character or character class only', start)
  return possessive(atom, count)
}

function parseCount(reader: PatternReader): Count | undefined {
  if (reader.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
  if (reader.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
  if (reader.take('?')) return { min: 0, max: 1 }
  if (reader.peek() !== '{') return undefined
  const start = reader.index
  const text = reader.takeMatch(/\{\d+(?:,\d*)?\}/y)
  if (text === undefined) throw reader.invalid('Expected {n}, {n,} or {n,m}; a { itself is written \\{', start)
  const [min = '', max] = text.slice(1, -1).split(',')
  const count = { min: Number(min), max: max === '' ? Number.POSITIVE_INFINITY : Number(max ?? min) }
  if (count.max < count.min) throw reader.invalid(`${text} has more at least than at most`, start)
  if (count.min > MAX_COUNT || (count.max > MAX_COUNT && max !== ''))
    throw reader.unsupported(`${text} repeats more than ${MAX_COUNT} times`, start)
  return count
}

/**
 * Of single characters, what never gives back is what takes all there are: `a*+` is `a*` that no `a` follows. With an
 * upper bound, all there are or as many as may be: `a{1,3}+` is `a{3}`, or else `a{1,2}` that no `a` follows.
 */
function possessive(atom: PatternNode & { readonly kind: 'character' }, { min, max }: Count): PatternNode {
  const exhausted = (most: number): PatternNode => ({
    kind: 'sequence',
    items: [repetition(atom, min, most), { kind: 'assertion', holds: notBefore(atom.set) }],
  })
  if (max === Number.POSITIVE_INFINITY) return exhausted(max)
  const full = repetition(atom, max, max)
  return max === min ? full : { kind: 'alternatives', options: [full, exhausted(max - 1)] }
}

/** `(?>…)` of what has one way to match, which is itself, or of one character that is repeated: `(?>a*)` is `a*+`. */
export function atomicGroup(body: PatternNode): PatternNode | undefined {
  if (hasOneWay(body)) return body
  if (body.kind !== 'repetition' || !body.isGreedy || body.body.kind !== 'character') return undefined
  return possessive(body.body, body)
}

function hasOneWay(node: PatternNode): boolean {
  if (node.kind === 'sequence') return node.items.every(hasOneWay)
  if (node.kind === 'repetition') return node.min === node.max && hasOneWay(node.body)
  return node.kind === 'character' || node.kind === 'assertion' || node.kind === 'lookaround'
}
