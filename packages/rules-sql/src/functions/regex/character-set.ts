/** Which characters, by their code points. */
export type CharacterSet = (codePoint: number) => boolean

/** ASCII, of which most texts are. */
const TABLE_SIZE = 128

export function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

export function only(codePoint: number): CharacterSet {
  return (each) => each === codePoint
}

export function range(first: number, last: number): CharacterSet {
  return (each) => each >= first && each <= last
}

export type CharacterRange = readonly [first: number, last: number]

/** Any of the ranges; found by halving, since a class may have thousands. */
export function ranges(all: readonly CharacterRange[]): CharacterSet {
  const merged: [first: number, last: number][] = []
  for (const [first, last] of all.toSorted(([one], [other]) => one - other)) {
    const previous = merged.at(-1)
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last)
    else merged.push([first, last])
  }
  return (each) => {
    let low = 0
    let high = merged.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((merged[middle]?.[0] ?? 0) <= each) low = middle
      else high = middle - 1
    }
    const found = merged[low]
    return found !== undefined && each >= found[0] && each <= found[1]
  }
}

/** Any of the characters of `text`. */
export function anyOf(text: string): CharacterSet {
  const members = new Set(Array.from(text, codePointOf))
  return (each) => members.has(each)
}

export function union(sets: readonly CharacterSet[]): CharacterSet {
  if (sets.length === 1 && sets[0]) return sets[0]
  return (each) => sets.some((set) => set(each))
}

export function intersection(one: CharacterSet, other: CharacterSet): CharacterSet {
  return (each) => one(each) && other(each)
}

export function negation(set: CharacterSet): CharacterSet {
  return (each) => !set(each)
}

/**
 * The set and the other case of its members: of the letters A to Z alone, unless `unicode` says of all. As `(?i)` and
 * `(?iu)` of java.util.regex.
 */
export function withBothCases(set: CharacterSet, unicode: boolean): CharacterSet {
  if (!unicode) return (each) => set(each) || (isAsciiLetter(each) && set(each ^ 0x20))
  return (each) => {
    if (set(each)) return true
    const upper = simpleCase(each, (text) => text.toUpperCase())
    return set(upper) || set(simpleCase(upper, (text) => text.toLowerCase()))
  }
}

function isAsciiLetter(codePoint: number): boolean {
  const lower = codePoint | 0x20
  return codePoint < TABLE_SIZE && lower >= 0x61 && lower <= 0x7a
}

/** One character for one: `ß` has no upper case here, as it would be two. */
function simpleCase(codePoint: number, convert: (text: string) => string): number {
  const converted = convert(String.fromCodePoint(codePoint))
  const first = codePointOf(converted)
  return String.fromCodePoint(first) === converted ? first : codePoint
}

/** Other characters whose answers are kept. */
const MAX_KEPT = 4096

/**
 * The same set, which remembers what it was asked: however many parts it has, most questions are a look into a table.
 */
export function remembered(set: CharacterSet): CharacterSet {
  const table = new Uint8Array(TABLE_SIZE) // 0 not asked yet, 1 no, 2 yes
  const others = new Map<number, boolean>()
  return (each) => {
    if (each < TABLE_SIZE) {
      if (table[each] === 0) table[each] = set(each) ? 2 : 1
      return table[each] === 2
    }
    const known = others.get(each)
    if (known !== undefined) return known
    if (others.size >= MAX_KEPT) others.clear()
    const answer = set(each)
    others.set(each, answer)
    return answer
  }
}
