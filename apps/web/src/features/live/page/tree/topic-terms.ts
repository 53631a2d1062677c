import type { TreeRow } from '../../protocol/tree.ts'

/** Whether the row is only a beginning of topics: nothing was published to it itself. */
const isBranch = ({ children }: TreeRow): boolean => children > 0

/** The topic filter that takes in what a row of the tree counts. */
export function filterOfRow(row: TreeRow): string {
  return isBranch(row) ? `${row.path}/#` : row.path
}

/** What the filter field must say to show the messages of a row. A topic filter that is not one word is quoted. */
export function termOfRow(row: TreeRow): string {
  const filter = filterOfRow(row)
  return `topic:${/[\s"]/.test(filter) ? JSON.stringify(filter) : filter}`
}
