import { formatPath, type JsonPath } from '@thingdeck/json'
import { dataText } from './data-text.ts'
import type { DataTree } from './data-tree.ts'
import { jsonPartOf } from './json.ts'
import { utf8Of } from './text.ts'

const MAX_NAMED = 3

/** What somebody must know who reads a decoded payload: what was passed over, and which of two members counts. */
export function readingNotes(payload: Uint8Array, tree: DataTree): readonly string[] {
  const notes: string[] = []
  const text = utf8Of(payload)
  if (text !== undefined && payload.length > 0) {
    const { hasByteOrderMark, zeros } = jsonPartOf(text)
    if (hasByteOrderMark)
      notes.push('It begins with a byte order mark (EF BB BF), which strict readers of JSON refuse.')
    if (zeros > 0) {
      const bytes = zeros === 1 ? 'a zero byte' : `${zeros} zero bytes`
      notes.push(`It ends with ${bytes}, as texts do in C; strict readers of JSON refuse it.`)
    }
  }
  const doubled = doubledPaths(tree)
  if (doubled.length > 0) {
    const named = doubled.slice(0, MAX_NAMED).join(', ')
    const more = doubled.length > MAX_NAMED ? ` and ${doubled.length - MAX_NAMED} more` : ''
    notes.push(
      `More than once in one object: ${named}${more}. Filters and charts use the last value, as most programs do.`,
    )
  }
  return notes
}

/** Paths at which a map has a key more than once, in their order. */
export function doubledPaths(root: DataTree): readonly string[] {
  const found: string[] = []
  const visit = (value: DataTree, path: JsonPath) => {
    if (value.kind === 'tag') visit(value.value, path)
    else if (value.kind === 'array') for (const [index, item] of value.items.entries()) visit(item, [...path, index])
    else if (value.kind === 'map') {
      const seen = new Map<string, number>()
      for (const { key, value: member } of value.entries) {
        const inner = [
          ...path,
          key.kind === 'string' ? key.value : key.kind === 'number' ? Number(key.text) : dataText(key),
        ]
        const times = (seen.get(dataText(key)) ?? 0) + 1
        seen.set(dataText(key), times)
        if (times === 2) found.push(formatPath(inner))
        visit(member, inner)
      }
    }
  }
  visit(root, [])
  return found
}
