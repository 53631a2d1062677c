import { jsonIdentical } from './equals.ts'
import { type JsonTree, type JsonTreeMember, parseJsonTree } from './json-tree.ts'
import { stringifyJson } from './stringify.ts'
import { isJsonObject, type JsonObject, type JsonValue } from './value.ts'

/** Puts `insert` in the place of the characters from `from` up to, not including, `to`. */
export interface TextEdit {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/**
 * The edits that make `text` mean `target` and touch nothing else: white space, order and spelling of everything
 * that stays are kept, and so is a cursor in it. Sorted, and none overlaps another.
 *
 *     {"a": 1,   "b": [2]}  to  {"b":[2],"a":3}:  replace `1` by `3`
 *
 * @throws {JsonParseError} if `text` is not JSON
 */
export function editJsonText(text: string, target: JsonValue): TextEdit[] {
  const edits: TextEdit[] = []
  edit(text, parseJsonTree(text), target, edits)
  return edits.sort((a, b) => a.from - b.from || a.to - b.to)
}

/** The text after `edits`, which refer to the text before all of them. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let copied = 0
  for (const { from, to, insert } of edits) {
    result += text.slice(copied, from) + insert
    copied = to
  }
  return result + text.slice(copied)
}

function edit(text: string, node: JsonTree, target: JsonValue, edits: TextEdit[]): void {
  if (jsonIdentical(node.value, target) && !hasTwins(node)) return
  if (!node.members || !isJsonObject(target) || hasTwins(node)) {
    edits.push({ from: node.from, to: node.to, insert: pretty(target, indentOf(text, node.from)) })
    return
  }
  editObject(text, node, node.members, target, edits)
}

function editObject(
  text: string,
  node: JsonTree,
  members: readonly JsonTreeMember[],
  target: JsonObject,
  edits: TextEdit[],
): void {
  const present = new Set(members.map(({ key }) => key))
  const added = [...target].filter(([key]) => !present.has(key))
  if (!members.some(({ key }) => target.has(key))) {
    edits.push({ from: node.from, to: node.to, insert: pretty(target, indentOf(text, node.from)) })
    return
  }
  let hasKept = false
  for (const [index, member] of members.entries()) {
    const value = target.get(member.key)
    if (value !== undefined) {
      hasKept = true
      edit(text, member.value, value, edits)
    } else {
      edits.push({ ...rangeOf(members, index, hasKept), insert: '' })
    }
  }
  if (added.length === 0) return
  const separator = separatorOf(text, node, members)
  const indent = separator.slice(separator.lastIndexOf('\n') + 1)
  const at = members.at(-1)?.value.to ?? node.from + 1
  const insert = added.map(([key, value]) => `,${separator}${JSON.stringify(key)}: ${pretty(value, indent)}`).join('')
  edits.push({ from: at, to: at, insert })
}

/** A member with one of its commas: the one before it if something before it stays, else the one behind. */
function rangeOf(members: readonly JsonTreeMember[], index: number, hasKept: boolean): { from: number; to: number } {
  const member = members[index]
  const [before, after] = [members[index - 1], members[index + 1]]
  if (!member) throw new RangeError(`No member ${index}`)
  if (hasKept && before) return { from: before.value.to, to: member.value.to }
  return { from: member.from, to: after?.from ?? member.value.to }
}

/** The white space that stands before a member of this object. */
function separatorOf(text: string, node: JsonTree, [first, second]: readonly JsonTreeMember[]): string {
  const afterBrace = text.slice(node.from + 1, first?.from)
  if (afterBrace.includes('\n')) return afterBrace
  if (!first || !second) return ' '
  return text.slice(text.indexOf(',', first.value.to) + 1, second.from)
}

/** The white space at the start of the line that holds `offset`. */
function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

function pretty(value: JsonValue, indent: string): string {
  const isSmall = !isJsonObject(value) || value.size === 0
  const text = stringifyJson(value, isSmall ? {} : { indent: 2 })
  return text.replaceAll('\n', `\n${indent}`)
}

/** Whether a key comes twice anywhere within: such an object is written anew. */
function hasTwins({ members, items }: JsonTree): boolean {
  if (members) {
    if (new Set(members.map(({ key }) => key)).size < members.length) return true
    return members.some((member) => hasTwins(member.value))
  }
  return items?.some(hasTwins) ?? false
}
