import type { CodePoints } from './code-points.ts'
import { type Assertion, PatternError, type PatternNode } from './pattern-syntax.ts'

/** A step of the automaton: over a byte, to two places at once, past an assertion, or to the end. */
export type NfaState =
  | { readonly kind: 'byte'; readonly from: number; readonly to: number; readonly next: number }
  | { kind: 'split'; targets: number[] }
  | { readonly kind: 'assertion'; readonly assertion: Assertion; readonly next: number }
  | { readonly kind: 'match' }

export interface ByteNfa {
  readonly states: readonly NfaState[]
  readonly start: number
}

const MAX_STATES = 50_000

/**
 * Thompson's construction, over the bytes of UTF-8: built from the end, each part is given the state that follows it.
 *
 *     a|é   →   split ─ byte 61 ─────────── match
 *                    └─ byte c3 ─ byte a9 ─┘
 *
 * @throws {PatternError} when it would grow too large
 */
export function buildNfa(pattern: PatternNode): ByteNfa {
  const states: NfaState[] = [{ kind: 'match' }]
  const add = (state: NfaState): number => {
    if (states.length >= MAX_STATES) throw new PatternError('This pattern is too large.', 0)
    states.push(state)
    return states.length - 1
  }
  const choose = (targets: number[]): number =>
    targets.length === 1 && targets[0] !== undefined ? targets[0] : add({ kind: 'split', targets })

  const build = (node: PatternNode, next: number): number => {
    switch (node.kind) {
      case 'set':
        return set(node.set, next)
      case 'sequence':
        return node.parts.reduceRight((after, part) => build(part, after), next)
      case 'choice':
        return choose(node.options.map((option) => build(option, next)))
      case 'assertion':
        return add({ kind: 'assertion', assertion: node.assertion, next })
      case 'repeat':
        return repeat(node.part, node.min, node.max, next)
    }
  }
  /** The ends of many encodings are the same, and shared. */
  const set = (points: CodePoints, next: number): number => {
    const shared = new Map<string, number>()
    const overByte = (from: number, to: number, after: number): number => {
      const key = `${from} ${to} ${after}`
      const id = shared.get(key) ?? add({ kind: 'byte', from, to, next: after })
      shared.set(key, id)
      return id
    }
    return choose(
      byteSequences(points).map((bytes) => bytes.reduceRight((after, [from, to]) => overByte(from, to, after), next)),
    )
  }
  const repeat = (part: PatternNode, min: number, max: number, next: number): number => {
    let start = next
    if (max === Number.POSITIVE_INFINITY) {
      const loop: NfaState = { kind: 'split', targets: [next] }
      start = add(loop)
      loop.targets.push(build(part, start))
    } else {
      for (let optional = min; optional < max; optional++) start = choose([build(part, start), next])
    }
    for (let needed = 0; needed < min; needed++) start = build(part, start)
    return start
  }
  return { start: build(pattern, 0), states }
}

type ByteSequence = readonly (readonly [from: number, to: number])[]

/** The UTF-8 encodings of a set of code points as sequences of byte ranges. */
function byteSequences(set: CodePoints): ByteSequence[] {
  return set.flatMap(([from, to]) =>
    LENGTHS.flatMap(([first, last]) =>
      to < first || from > last ? [] : split(Math.max(from, first), Math.min(to, last)),
    ),
  )
}

/** Code points by the length of their encoding; surrogates have none. */
const LENGTHS = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xd7ff],
  [0xe000, 0xffff],
  [0x10000, 0x10ffff],
] as const

/** Cut where a continuation byte would not run over its whole range 80..bf, so that what is left is a box of bytes. */
function split(from: number, to: number): ByteSequence[] {
  for (let bits = 6; bits <= 18; bits += 6) {
    const mask = (1 << bits) - 1
    if ((from & ~mask) === (to & ~mask)) continue
    if ((from & mask) !== 0) return [...split(from, from | mask), ...split((from | mask) + 1, to)]
    if ((to & mask) !== mask) return [...split(from, (to & ~mask) - 1), ...split(to & ~mask, to)]
  }
  const low = encode(from)
  const high = encode(to)
  return [low.map((byte, index): [number, number] => [byte, high[index] ?? byte])]
}

function encode(point: number): number[] {
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 0x3f)]
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
}
