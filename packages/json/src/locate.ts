import { parseJson } from './parse.ts'
import type { JsonPath } from './path.ts'

/** Where a value stands in its text: 0-based, in UTF-16 code units, `end` exclusive. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/**
 * Where the value at a path stands in a JSON text, for an editor that marks it; undefined if there is none. Of two
 * members with one key it is the last, as for the parser.
 * @throws {JsonParseError} if the text is not JSON
 */
export function locate(text: string, path: JsonPath): TextRange | undefined {
  parseJson(text) // from here on the text is known to be well-formed, and the scanner need not check it
  let range: TextRange | undefined = valueAt(text, 0)
  for (const step of path) {
    if (range === undefined) return undefined
    range = typeof step === 'number' ? itemAt(text, range, step) : memberAt(text, range, step)
  }
  return range
}

function itemAt(text: string, { start }: TextRange, index: number): TextRange | undefined {
  if (text[start] !== '[') return undefined
  let offset = skipSpace(text, start + 1)
  for (let item = 0; text[offset] !== ']'; item += 1) {
    const range = valueAt(text, offset)
    if (item === index) return range
    offset = skipComma(text, range.end)
  }
  return undefined
}

function memberAt(text: string, { start }: TextRange, key: string): TextRange | undefined {
  if (text[start] !== '{') return undefined
  let found: TextRange | undefined
  let offset = skipSpace(text, start + 1)
  while (text[offset] !== '}') {
    const name = valueAt(text, offset)
    const value = valueAt(text, skipSpace(text, name.end) + 1) // after the colon
    if (JSON.parse(text.slice(name.start, name.end)) === key) found = value
    offset = skipComma(text, value.end)
  }
  return found
}

/** The value that begins after any white space at `offset`. */
function valueAt(text: string, offset: number): TextRange {
  const start = skipSpace(text, offset)
  const first = text[start]
  if (first === '"') return { start, end: endOfString(text, start) }
  if (first !== '{' && first !== '[') return { start, end: endOfWord(text, start) }
  let depth = 0
  for (let index = start; ; index += 1) {
    const character = text[index]
    if (character === '"') index = endOfString(text, index) - 1
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (depth === 0) return { start, end: index + 1 }
  }
}

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1
  return index + 1
}

function endOfWord(text: string, start: number): number {
  let index = start
  while (index < text.length && !' \t\r\n,]}'.includes(text.charAt(index))) index += 1
  return index
}

function skipSpace(text: string, start: number): number {
  let index = start
  while (index < text.length && ' \t\r\n'.includes(text.charAt(index))) index += 1
  return index
}

function skipComma(text: string, start: number): number {
  const index = skipSpace(text, start)
  return text[index] === ',' ? skipSpace(text, index + 1) : index
}
