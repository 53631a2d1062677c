import type { TableProps } from '@cloudscape-design/components/table'
import { messageOf } from '../message-of.ts'

/** Rows that have rows below them. */
export interface ListTree<Row> {
  /** Those that were read, of a row that is open. */
  readonly childrenOf: (row: Row) => readonly Row[]
  readonly canOpen: (row: Row) => boolean
  /** Ids of the rows that are open. */
  readonly open: readonly string[]
  readonly onToggle: (row: Row, isOpen: boolean) => void
  /** How reading what is below a row goes on; where it failed, why. */
  readonly stateOf: (row: Row) => 'loading' | 'finished' | Error
  /** Said below an open row that has nothing below it. */
  readonly nothing: string
}

/** The rows of a tree as they stand below each other: those of the highest level, and what is open below them. */
export const rowsOfTree = <Row,>(tree: ListTree<Row>, rowId: (row: Row) => string, rows: readonly Row[]): Row[] =>
  rows.flatMap((row) => [row, ...(tree.open.includes(rowId(row)) ? rowsOfTree(tree, rowId, tree.childrenOf(row)) : [])])

/** What makes a table a tree; `rows` are those of the highest level. */
export function treeProps<Row>(tree: ListTree<Row>, rowId: (row: Row) => string, rows: readonly Row[]) {
  const { childrenOf, canOpen, onToggle, stateOf, nothing } = tree
  const open = new Set(tree.open)
  const failure = (row: Row | null) => {
    const state = row === null ? 'finished' : stateOf(row)
    return state instanceof Error ? state : undefined
  }
  return {
    expandableRows: {
      getItemChildren: (row: Row) => [...childrenOf(row)],
      isItemExpandable: canOpen,
      expandedItems: rowsOfTree(tree, rowId, rows).filter((row) => open.has(rowId(row))),
      onExpandableItemToggle: ({ detail }: { detail: { item: Row; expanded: boolean } }) =>
        onToggle(detail.item, detail.expanded),
    },
    getLoadingStatus: (row: Row | null): TableProps.LoadingStatus => {
      if (row === null) return 'finished'
      if (failure(row)) return 'error'
      if (stateOf(row) === 'loading') return 'loading'
      return childrenOf(row).length === 0 ? 'pending' : 'finished'
    },
    renderLoaderLoading: () => 'Loading',
    renderLoaderError: ({ item }: { item: Row | null }) => messageOf(failure(item)),
    // Nothing is to come: it is the one of the states whose row says what it is given.
    renderLoaderPending: () => nothing,
  }
}
