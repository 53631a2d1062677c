import type { TreeRow } from '../../protocol/tree.ts'

/** Whether the row is only a beginning of topics: nothing was published to it itself. */
export const isBranch = ({ children }: TreeRow): boolean => children > 0

/** The topic filter that takes in what a row of the tree counts. */
export function filterOfRow(row: TreeRow): string {
  return isBranch(row) ? `${row.path}/#` : row.path
}

/** What the filter field must say to show the messages of a row. A topic with white space is looked for as text. */
export function termOfRow(row: TreeRow): string {
  const filter = filterOfRow(row)
  return /[\s"]/.test(filter) ? `"${row.path.replaceAll('"', '')}"` : `topic:${filter}`
}
