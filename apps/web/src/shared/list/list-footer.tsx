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

interface ListFooterProps<Row> {
  readonly many: string
  readonly isNewestFirst: boolean
  readonly source: ListSource<Row>
}

/** Below an endless list. */
export function ListFooter<Row>({ many, isNewestFirst, source }: ListFooterProps<Row>) {
  return (
    <Box textAlign="center">
      <Button loading={source.isFetchingNextPage} onClick={source.fetchNextPage}>
        {`Show ${isNewestFirst ? 'older' : 'more'} ${many}`}
      </Button>
    </Box>
  )
}
