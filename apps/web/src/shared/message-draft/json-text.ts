import { JsonParseError, parseJson } from '@thingdeck/json'

export function isJson(text: string): boolean {
  try {
    parseJson(text)
    return true
  } catch (error) {
    if (error instanceof JsonParseError) return false
    throw error
  }
}

const TOKENS = /"(?:\\.|[^"\\])*"|[[\]{},:]|[^\s[\]{},:"]+/g
const INDENT = '  '

/**
 * Valid JSON on lines of its own, `{"a":[1]}` as four: only white space is another. Keys that come twice stay, and each
 * number and escape is as it was written.
 */
export function layOutJson(text: string): string {
  const tokens = text.match(TOKENS) ?? []
  let laidOut = ''
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
    const isClosed = next === '}' || next === ']'
    laidOut += token === ':' ? ': ' : token
    if (token === '{' || token === '[') {
      if (!isClosed) depth += 1
    } else if (isClosed) depth -= 1
    else if (token !== ',') continue
    if (!(isClosed && (token === '{' || token === '['))) laidOut += `\n${INDENT.repeat(depth)}`
  }
  return laidOut
}
