import { formatPath, type JsonPath } from '@thingdeck/json'
import { dataText } from '../../../../shared/decode/data-text.ts'
import { type DataTree, keyStep } from '../../../../shared/decode/data-tree.ts'

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
  /** As `formatPath` writes it; undefined where no path leads: keys of other kinds, and what another member took the place of. */
  readonly path: string | undefined
  /** A member whose key comes again in the same map: programs use the last one. */
  readonly isSuperseded: boolean
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
  const visit = (
    { value, label, isSuperseded }: Pick<Child, 'value' | 'isSuperseded'> & Pick<DataRow, 'label'>,
    id: string,
    depth: number,
    path: JsonPath | undefined,
  ) => {
    const children = childrenOf(value)
    const pathText = path && formatPath(path)
    const isOpen = children.length > 0 && (open.get(pathText ?? id) ?? (isSmall || depth < OPEN_DEPTH))
    rows.push({ id, depth, label, value, children: children.length, isOpen, path: pathText, isSuperseded })
    if (!isOpen) return
    for (const [index, child] of children.entries()) {
      const leads = path !== undefined && child.step !== undefined && !child.isSuperseded
      visit(child, `${id}.${index}`, depth + 1, leads ? [...path, child.step] : undefined)
    }
  }
  visit({ value: root, label: undefined, isSuperseded: false }, '0', 0, [])
  return rows
}

interface Child {
  readonly label: string
  readonly step: string | number | undefined
  readonly value: DataTree
  readonly isSuperseded: boolean
}

function childrenOf(value: DataTree): readonly Child[] {
  switch (value.kind) {
    case 'array':
      return value.items.map((item, index) => ({ label: String(index), step: index, value: item, isSuperseded: false }))
    case 'map': {
      const lasts = new Map(value.entries.map(({ key }, index) => [dataText(key), index]))
      return value.entries.map(({ key, value: member }, index) => ({
        label: key.kind === 'string' ? key.value : dataText(key),
        step: keyStep(key),
        value: member,
        isSuperseded: lasts.get(dataText(key)) !== index,
      }))
    }
    case 'tag':
      return [{ label: `tag ${value.tag}`, step: undefined, value: value.value, isSuperseded: false }]
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
