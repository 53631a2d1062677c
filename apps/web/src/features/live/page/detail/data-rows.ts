import { formatPath, type JsonPath } from '@thingdeck/json'
import { dataText } from '../../../../shared/decode/data-text.ts'
import type { DataTree } from '../../../../shared/decode/data-tree.ts'

/** One line of a value that is shown as a tree. */
export interface DataRow {
  /** Place in the value, by index: stays the same whatever is open. */
  readonly id: string
  readonly depth: number
  /** The member's key or the item's index; undefined for the root. */
  readonly label: string | undefined
  readonly value: DataTree
  /** Values directly inside; 0 for what has no inside. */
  readonly children: number
  readonly isOpen: boolean
  /** As `formatPath` writes it; undefined inside maps whose keys are no strings. */
  readonly path: string | undefined
}

/** What somebody opened (true) or closed (false), by path; for the others the depth decides. */
export type OpenState = ReadonlyMap<string, boolean>

/** A small value is open altogether, a large one to this depth. */
const OPEN_DEPTH = 2
const SMALL = 200

/** The rows of a value as it is opened now. */
export function dataRows(root: DataTree, open: OpenState): readonly DataRow[] {
  const rows: DataRow[] = []
  const isSmall = countUpTo(root, SMALL) < SMALL
  const visit = (value: DataTree, id: string, depth: number, label: string | undefined, path: JsonPath | undefined) => {
    const children = childrenOf(value)
    const pathText = path && formatPath(path)
    const isOpen = children.length > 0 && (open.get(pathText ?? id) ?? (isSmall || depth < OPEN_DEPTH))
    rows.push({ id, depth, label, value, children: children.length, isOpen, path: pathText })
    if (!isOpen) return
    for (const [index, child] of children.entries()) {
      const inner = path && child.step !== undefined ? [...path, child.step] : undefined
      visit(child.value, `${id}.${index}`, depth + 1, child.label, inner)
    }
  }
  visit(root, '0', 0, undefined, [])
  return rows
}

interface Child {
  readonly label: string
  readonly step: string | number | undefined
  readonly value: DataTree
}

function childrenOf(value: DataTree): readonly Child[] {
  switch (value.kind) {
    case 'array':
      return value.items.map((item, index) => ({ label: String(index), step: index, value: item }))
    case 'map':
      return value.entries.map(({ key, value: member }) => ({
        label: key.kind === 'string' ? key.value : dataText(key),
        step: key.kind === 'string' ? key.value : undefined,
        value: member,
      }))
    case 'tag':
      return [{ label: `tag ${value.tag}`, step: undefined, value: value.value }]
    default:
      return []
  }
}

/** How many values there are, at most so many. */
function countUpTo(root: DataTree, most: number): number {
  const waiting = [root]
  let count = 0
  for (let value = waiting.pop(); value !== undefined && count < most; value = waiting.pop()) {
    count += 1
    for (const child of childrenOf(value)) waiting.push(child.value)
  }
  return count
}
