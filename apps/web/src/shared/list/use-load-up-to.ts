import { useEffect, useRef } from 'react'
import type { ListSource } from './list-source.ts'

/** A link may name page 7: tokens lead there only over the pages before. */
export function useLoadUpTo<Row>(page: number, source: ListSource<Row>): void {
  const { pages, hasNextPage, isFetching, error } = source
  const fetchNextPage = useRef(source.fetchNextPage)
  useEffect(() => {
    fetchNextPage.current = source.fetchNextPage
  })
  const isDue = pages.length > 0 && pages.length < page && hasNextPage && !isFetching && error === null
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that arrived asks for the one after it
  useEffect(() => {
    if (isDue) fetchNextPage.current()
  }, [isDue, pages.length])
}
