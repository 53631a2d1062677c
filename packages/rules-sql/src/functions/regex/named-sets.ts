import { anyOf, type CharacterSet, intersection, negation, only, range, union } from './character-set.ts'

/** What `.` leaves out, and where `^` and `$` of `(?m)` stand. */
export const LINE_TERMINATORS = anyOf('\n\r\u0085\u2028\u2029')
export const LINE_FEED = only(0x0a)
export const EVERYTHING: CharacterSet = () => true

const DIGIT = range(0x30, 0x39)
const LOWER = range(0x61, 0x7a)
const UPPER = range(0x41, 0x5a)
const ALPHA = union([LOWER, UPPER])
const ALNUM = union([ALPHA, DIGIT])
const PUNCT = anyOf('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')
const GRAPH = range(0x21, 0x7e)
const SPACE = anyOf(' \t\n\u000b\f\r')
const HORIZONTAL_SPACE = anyOf(' \t\u00a0\u1680\u180e\u202f\u205f\u3000')
const VERTICAL_SPACE = anyOf('\n\u000b\f\r\u0085\u2028\u2029')

/** `\d`, `\s` and their kin by their letter; the capital is the negation. ASCII, as Java has them without `(?U)`. */
export const SHORTHANDS: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', DIGIT],
  ['s', SPACE],
  ['w', union([ALNUM, only(0x5f)])],
  ['h', union([HORIZONTAL_SPACE, range(0x2000, 0x200a)])],
  ['v', VERTICAL_SPACE],
])

/**
 * The names of java.util.regex.Pattern's documentation, "POSIX character classes" and "java.lang.Character classes".
 */
const BY_NAME: ReadonlyMap<string, CharacterSet> = new Map([
  ['Lower', LOWER],
  ['Upper', UPPER],
  ['ASCII', range(0, 0x7f)],
  ['Alpha', ALPHA],
  ['Digit', DIGIT],
  ['Alnum', ALNUM],
  ['Punct', PUNCT],
  ['Graph', GRAPH],
  ['Print', range(0x20, 0x7e)],
  ['Blank', anyOf(' \t')],
  ['Cntrl', union([range(0, 0x1f), only(0x7f)])],
  ['XDigit', union([DIGIT, range(0x41, 0x46), range(0x61, 0x66)])],
  ['Space', SPACE],
  ['L1', range(0, 0xff)],
  ['all', EVERYTHING],
  ['LD', unicode('[\\p{L}\\p{Nd}]')],
  ['javaLowerCase', unicode('\\p{Lowercase}')],
  ['javaUpperCase', unicode('\\p{Uppercase}')],
  ['javaAlphabetic', unicode('\\p{Alphabetic}')],
  ['javaDigit', unicode('\\p{Nd}')],
  ['javaLetter', unicode('\\p{L}')],
  ['javaLetterOrDigit', unicode('[\\p{L}\\p{Nd}]')],
  ['javaWhitespace', intersection(unicode('[\\p{Z}\\t-\\r\\u001c-\\u001f]'), negation(anyOf('\u00a0\u2007\u202f')))],
])

/** Java's binary properties, of which ECMAScript has the same under other names. */
const BINARY_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['ALPHABETIC', 'Alphabetic'],
  ['IDEOGRAPHIC', 'Ideographic'],
  ['LETTER', 'L'],
  ['LOWERCASE', 'Lowercase'],
  ['UPPERCASE', 'Uppercase'],
  ['TITLECASE', 'Lt'],
  ['PUNCTUATION', 'P'],
  ['CONTROL', 'Cc'],
  ['WHITE_SPACE', 'White_Space'],
  ['WHITESPACE', 'White_Space'],
  ['DIGIT', 'Nd'],
  ['HEX_DIGIT', 'Hex_Digit'],
  ['NONCHARACTER_CODE_POINT', 'Noncharacter_Code_Point'],
  ['JOIN_CONTROL', 'Join_Control'],
])

const SCRIPT_PREFIXES = ['Is', 'script=', 'sc=']
const CATEGORY_PREFIXES = ['', 'Is', 'general_category=', 'gc=']

/**
 * The set of `\p{name}`: POSIX names, categories, scripts, binary properties. Undefined for names that Java does not
 * know either, and for blocks (`InGreek`), which ECMAScript's tables do not have.
 */
export function namedSet(name: string): CharacterSet | undefined {
  const known = BY_NAME.get(name)
  if (known) return known
  for (const prefix of CATEGORY_PREFIXES) {
    const category = name.slice(prefix.length)
    if (
      name.startsWith(prefix) &&
      /^(?:L[ultmoC]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/.test(category)
    )
      return unicode(`\\p{${category}}`)
  }
  const binary = name.startsWith('Is') ? BINARY_PROPERTIES.get(name.slice(2).toUpperCase()) : undefined
  if (binary) return unicode(`\\p{${binary}}`)
  const prefix = SCRIPT_PREFIXES.find((each) => name.startsWith(each))
  return prefix === undefined ? undefined : script(name.slice(prefix.length))
}

/** Java takes a script's name in any case, ECMAScript in its own. */
function script(name: string): CharacterSet | undefined {
  if (!/^[A-Za-z]+(?:_[A-Za-z]+)*$/.test(name)) return undefined
  const proper = name.replace(/[A-Za-z]+/g, (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
  try {
    return unicode(`\\p{Script=${proper}}`)
  } catch {
    return undefined
  }
}

/** A letter, digit or `_`, by which `\b` is decided; of all scripts, as until JDK 18. */
export const WORD_CHARACTERS = unicode('[\\p{L}\\p{Nd}_]')

/** By the engine's own tables. It is asked about one character at a time, so that there is nothing to search. */
function unicode(expression: string): CharacterSet {
  const pattern = new RegExp(`^${expression}$`, 'u')
  return (codePoint) => pattern.test(String.fromCodePoint(codePoint))
}
