import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import type { ListColumn } from './list-column.ts'
import { type ListSearch, parseSort } from './list-search.ts'

/** The rows of a page in the order that the address asks for; undefined where that is not for the list to bring about. */
export function sortedHere<Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  search: ListSearch | undefined,
): readonly Row[] | undefined {
  const { by, isDescending } = parseSort(search?.sort ?? '')
  const compare = columns.find(({ id }) => id === by)?.compare
  return compare && rows.toSorted((one, other) => (isDescending ? compare(other, one) : compare(one, other)))
}

/** Said where a page is sorted and the list goes on: the first of it are not the first of all. */
export function SortNotice({ many, onUndo }: { readonly many: string; readonly onUndo: () => void }) {
  return (
    <Box color="text-body-secondary">
      Sorted within this page: AWS sorts no {many}, and gives them in an order of its own.{' '}
      <Button variant="inline-link" onClick={onUndo}>
        As AWS gives them
      </Button>
    </Box>
  )
}
