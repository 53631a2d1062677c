/** Sorted, disjoint and not adjacent ranges of code points, both ends included. Surrogates are in none: UTF-8 has none. */
export type CodePoints = readonly (readonly [from: number, to: number])[]

const LAST = 0x10ffff
/** Larger sets are folded in ASCII only: their other cases are mostly in them already. */
const MAX_FOLDED = 3_000

export function unionOf(...sets: readonly CodePoints[]): CodePoints {
  const ranges = sets.flat().sort(([a], [b]) => a - b)
  const union: [number, number][] = []
  for (const [from, to] of ranges) {
    const last = union.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else union.push([from, to])
  }
  return union
}

export function complementOf(set: CodePoints): CodePoints {
  const complement: [number, number][] = []
  let next = 0
  for (const [from, to] of set) {
    if (from > next) complement.push([next, from - 1])
    next = to + 1
  }
  if (next <= LAST) complement.push([next, LAST])
  return complement
}

/** With the other case of each letter, as RegExp's `i` without `u` has it: an ASCII letter meets ASCII letters only. */
export function foldCase(set: CodePoints): CodePoints {
  const size = set.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  const folded: [number, number][] = []
  for (const [from, to] of set) {
    for (let point = from; point <= (size > MAX_FOLDED ? Math.min(to, 0x7f) : to); point++) {
      for (const other of otherCases(point)) folded.push([other, other])
    }
  }
  return unionOf(set, folded)
}

function otherCases(point: number): readonly number[] {
  const character = String.fromCodePoint(point)
  return [character.toLowerCase(), character.toUpperCase()].flatMap((other) => {
    const code = other.codePointAt(0) ?? point
    const isOne = other.length === String.fromCodePoint(code).length
    return isOne && code !== point && code < 0x80 === point < 0x80 ? [code] : []
  })
}

const KNOWN = new Map<string, CodePoints>()

/** The code points of a Unicode property such as `\p{L}`: the platform's own tables, asked once. */
export function unicodeProperty(escaped: string): CodePoints {
  const known = KNOWN.get(escaped)
  if (known) return known
  const pattern = new RegExp(`^${escaped}$`, 'u')
  const set: [number, number][] = []
  for (let point = 0; point <= LAST; point++) {
    if (point === 0xd800) point = 0xe000
    if (!pattern.test(String.fromCodePoint(point))) continue
    const last = set.at(-1)
    if (last && last[1] === point - 1) last[1] = point
    else set.push([point, point])
  }
  KNOWN.set(escaped, set)
  return set
}

export const DIGITS: CodePoints = [[0x30, 0x39]]
export const WORD: CodePoints = unionOf(DIGITS, [
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
])
/** ECMAScript's WhiteSpace and LineTerminator. */
export const SPACE: CodePoints = unionOf([
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
])
export const LINE_ENDS: CodePoints = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]
export const ANY: CodePoints = [[0, LAST]]
