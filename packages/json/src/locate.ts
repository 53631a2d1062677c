import { type JsonTree, parseJsonTree } from './json-tree.ts'
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
  let node: JsonTree | undefined = parseJsonTree(text)
  for (const step of path) {
    node = typeof step === 'number' ? node.items?.[step] : node.members?.findLast(({ key }) => key === step)?.value
    if (node === undefined) return undefined
  }
  return { start: node.from, end: node.to }
}
