/** Which characters, by their code points. */
export type CharacterSet = (codePoint: number) => boolean

/** All letters, digits and marks are looked up; what texts mostly consist of is looked up in a table. */
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

/** The same set, with its ASCII members looked up beforehand. */
export function tabled(set: CharacterSet): CharacterSet {
  const table = Uint8Array.from({ length: TABLE_SIZE }, (_, codePoint) => (set(codePoint) ? 1 : 0))
  return (each) => (each < TABLE_SIZE ? table[each] === 1 : set(each))
}
