import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query'

/** Where a list's rows come from, page by page. */
export interface ListSource<Row> {
  /** As many pages as were read. */
  readonly pages: readonly (readonly Row[])[]
  /** Nothing was read yet. */
  readonly isPending: boolean
  readonly isFetching: boolean
  /** What is shown is read anew. */
  readonly isRefreshing: boolean
  readonly isFetchingNextPage: boolean
  readonly error: Error | null
  /** When the rows were answered last, by the browser's clock (epoch ms); left out where they follow what happens. */
  readonly answeredAtMs?: number
  readonly hasNextPage: boolean
  readonly fetchNextPage: () => void
  readonly refresh: () => void
}

/** Pages by token, as AWS gives them: no totals, and no way to jump. */
export function pagesOf<Page, Row>(
  query: UseInfiniteQueryResult<InfiniteData<Page, unknown>>,
  rowsOf: (page: Page) => readonly Row[],
): ListSource<Row> {
  const { data, isPending, isFetching, isRefetching, isFetchingNextPage, error, hasNextPage, dataUpdatedAt } = query
  return {
    pages: data?.pages.map(rowsOf) ?? [],
    isPending,
    isFetching,
    isRefreshing: isRefetching && !isFetchingNextPage,
    isFetchingNextPage,
    error,
    answeredAtMs: dataUpdatedAt,
    hasNextPage,
    fetchNextPage: () => void query.fetchNextPage(),
    refresh: () => void query.refetch(),
  }
}

/** A list that comes whole; `rows` are made of what the query answered. */
export function wholeOf<Row>(query: UseQueryResult<unknown>, rows: readonly Row[]): ListSource<Row> {
  const { isPending, isFetching, isRefetching, error, dataUpdatedAt } = query
  return {
    pages: isPending || error ? [] : [rows],
    isPending,
    isFetching,
    isRefreshing: isRefetching,
    isFetchingNextPage: false,
    error,
    answeredAtMs: dataUpdatedAt,
    hasNextPage: false,
    fetchNextPage() {},
    refresh: () => void query.refetch(),
  }
}
