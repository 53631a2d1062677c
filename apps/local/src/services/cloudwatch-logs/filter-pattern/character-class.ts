import type { Scanner } from './scanner.ts'

/** Whether a UTF-16 code unit is one that is meant. */
export type CharacterTest = (code: number) => boolean

const isDigit: CharacterTest = (code) => code >= 0x30 && code <= 0x39
const isSpace: CharacterTest = (code) => code === 0x20 || (code >= 0x09 && code <= 0x0d)
const isWord: CharacterTest = (code) =>
  isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f

const CLASSES: Readonly<Record<string, CharacterTest>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  s: isSpace,
  S: (code) => !isSpace(code),
  w: isWord,
  W: (code) => !isWord(code),
}

const CONTROLS: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, r: 0x0d }

/** What stands behind a backslash. @throws {FilterPatternError} */
export function takeEscape(scanner: Scanner): CharacterTest {
  const kind = CLASSES[scanner.peek()]
  if (kind) {
    scanner.take(scanner.peek())
    return kind
  }
  const own = takeEscapedCharacter(scanner)
  return (code) => code === own
}

function takeEscapedCharacter(scanner: Scanner): number {
  if (scanner.take('x')) {
    const digits = scanner.peek() + scanner.peek(1)
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) scanner.fail('Expected two hexadecimal digits behind \\x')
    scanner.take(digits)
    return Number.parseInt(digits, 16)
  }
  const character = scanner.peek()
  if (character === '') scanner.fail('Expected a character behind \\')
  const control = CONTROLS[character]
  if (control === undefined && /[A-Za-z0-9]/.test(character)) scanner.fail(`\\${character} has no meaning here`)
  scanner.take(character)
  return control ?? character.charCodeAt(0)
}

/** `a-z0-9_]`, `^,]`: behind the opening bracket. @throws {FilterPatternError} */
export function takeClass(scanner: Scanner): CharacterTest {
  const isNegated = scanner.take('^')
  const tests: CharacterTest[] = []
  while (!scanner.take(']')) {
    if (scanner.isAtEnd) scanner.fail('Expected ]')
    tests.push(takeMember(scanner))
  }
  if (tests.length === 0) scanner.fail('Expected a character between [ and ]')
  return (code) => tests.some((test) => test(code)) !== isNegated
}

function takeMember(scanner: Scanner): CharacterTest {
  if (scanner.peek() === '\\' && CLASSES[scanner.peek(1)]) {
    scanner.take('\\')
    return takeEscape(scanner)
  }
  const from = takeCharacter(scanner)
  if (scanner.peek() !== '-' || scanner.peek(1) === ']') return (code) => code === from
  scanner.take('-')
  const to = takeCharacter(scanner)
  if (to < from) scanner.fail('A range ends before it begins')
  return (code) => code >= from && code <= to
}

function takeCharacter(scanner: Scanner): number {
  if (scanner.take('\\')) return takeEscapedCharacter(scanner)
  const character = scanner.peek()
  if (character === '') scanner.fail('Expected a character')
  scanner.take(character)
  return character.charCodeAt(0)
}
