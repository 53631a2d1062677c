import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Pagination from '@cloudscape-design/components/pagination'
import type { ListSource } from './list-source.ts'

interface ListPaginationProps<Row> {
  readonly page: number
  readonly source: ListSource<Row>
  readonly onTurn: (page: number) => void
}

/** Numbers for the pages that were read; 'Next' as long as there are more. */
export function ListPagination<Row>({ page, source, onTurn }: ListPaginationProps<Row>) {
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={Math.max(source.pages.length, 1)}
      openEnd={source.hasNextPage}
      disabled={source.isFetchingNextPage}
      onChange={({ detail }) => onTurn(detail.currentPageIndex)}
      onNextPageClick={({ detail }) => {
        if (!detail.requestedPageAvailable) onTurn(detail.requestedPageIndex)
      }}
    />
  )
}

/** Below an endless list, which is newest first where rows have a time. */
export function ListFooter<Row>({ many, source }: { readonly many: string; readonly source: ListSource<Row> }) {
  return (
    <Box textAlign="center">
      <Button loading={source.isFetchingNextPage} onClick={source.fetchNextPage}>
        {`Show older ${many}`}
      </Button>
    </Box>
  )
}
