import { type CharacterSet, negation, only } from './character-set.ts'
import { namedSet, SHORTHANDS } from './named-sets.ts'
import type { PatternReader } from './pattern-reader.ts'

/** One character, which may begin a range, or a set of them, which may not. */
export type ClassItem = { readonly codePoint: number } | { readonly set: CharacterSet }

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['r', 0x0d],
  ['f', 0x0c],
  ['a', 0x07],
  ['e', 0x1b],
])

/**
 * What stands after a `\` that means a character or a set of characters, in a character class or outside.
 * @throws {RegexError} for letters that mean nothing in java.util.regex
 */
export function parseEscape(reader: PatternReader): ClassItem {
  const start = reader.index - 1
  const character = String.fromCodePoint(reader.nextRaw())
  const control = CONTROLS.get(character)
  if (control !== undefined) return { codePoint: control }
  const lower = character.toLowerCase()
  const shorthand = SHORTHANDS.get(lower)
  if (shorthand) return { set: lower === character ? shorthand : negation(shorthand) }
  switch (character) {
    case 'p':
    case 'P': {
      const set = parseProperty(reader, start)
      return { set: character === 'p' ? set : negation(set) }
    }
    case 'x':
      return { codePoint: parseHexadecimal(reader, /\{[0-9a-fA-F]{1,6}\}|[0-9a-fA-F]{2}/y, start) }
    case 'u':
      return { codePoint: parseUnicode(reader, start) }
    case 'c':
      return { codePoint: reader.nextRaw() ^ 0x40 }
    case '0':
      return { codePoint: parseOctal(reader, start) }
    case 'N':
      throw reader.unsupported('Characters cannot be named by \\N{…} here; write \\x{…} with the code point', start)
  }
  if (/[A-Za-z1-9]/.test(character)) throw reader.invalid(`\\${character} has no meaning here`, start)
  return { codePoint: character.codePointAt(0) ?? 0 }
}

export function setOf(item: ClassItem): CharacterSet {
  return 'set' in item ? item.set : only(item.codePoint)
}

function parseHexadecimal(reader: PatternReader, pattern: RegExp, start: number): number {
  const digits = reader.takeMatch(pattern)
  const codePoint = Number.parseInt(digits?.replace(/[{}]/g, '') ?? '', 16)
  if (!(codePoint <= 0x10ffff)) throw reader.invalid('Expected hexadecimal digits of a character', start)
  return codePoint
}

/** `\ud83d\ude00` is one character, as in Java. */
function parseUnicode(reader: PatternReader, start: number): number {
  const unit = parseHexadecimal(reader, /[0-9a-fA-F]{4}/y, start)
  const low = unit >= 0xd800 && unit <= 0xdbff ? reader.takeMatch(/\\u[dD][c-fC-F][0-9a-fA-F]{2}/y) : undefined
  if (low === undefined) return unit
  return 0x10000 + ((unit - 0xd800) << 10) + (Number.parseInt(low.slice(2), 16) - 0xdc00)
}

function parseOctal(reader: PatternReader, start: number): number {
  const digits = reader.takeMatch(/[0-3][0-7]{2}|[0-7]{1,2}/y)
  if (digits === undefined) throw reader.invalid('Expected octal digits after \\0', start)
  return Number.parseInt(digits, 8)
}

function parseProperty(reader: PatternReader, start: number): CharacterSet {
  const text = reader.takeMatch(/\{[^}]*\}|[A-Za-z]/y)
  if (text === undefined) throw reader.invalid('Expected the name of a property: \\p{L}', start)
  const name = text.replace(/[{}]/g, '')
  const set = namedSet(name)
  if (set) return set
  if (/^(?:In|blk=|block=)/.test(name))
    throw reader.unsupported(`Unicode blocks cannot be had here: \\p{${name}}; name a script or write a range`, start)
  throw reader.invalid(`${name} is no property of characters`, start)
}
