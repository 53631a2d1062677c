import { useInfiniteQuery } from '@tanstack/react-query'
import type { IotLogPage } from '@thingdeck/contract'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { serverNow } from '../../shared/clock/server-clock.ts'
import type { Span } from '../../shared/time-range.ts'
import { requestEntriesQuery } from './api.ts'
import { type LoggedTraffic, loggedTraffic } from './logged-requests.ts'

/** So many pages are read by themselves; each is a call of FilterLogEvents or more. */
const PAGES_AT_ONCE = 10

export interface LogTraffic extends LoggedTraffic {
  readonly outcome: IotLogPage['outcome'] | undefined
  readonly message: string | undefined
  readonly error: Error | null
  /** More is being read. */
  readonly isReading: boolean
  /** Reads on, towards the beginning of the time; undefined: all of it was read, or is being read. */
  readonly readOn: (() => void) | undefined
  /** Begins anew with a time that ends now. */
  readonly renew: () => void
}

/** What the log tells of requests in a span up to now, read page by page as long as somebody looks. */
export function useLogTraffic(last: Span, clientId?: string): LogTraffic {
  const [toMs, setToMs] = useState(serverNow)
  const [most, setMost] = useState(PAGES_AT_ONCE)
  const query = useInfiniteQuery(requestEntriesQuery(last, toMs, clientId))
  const { data, hasNextPage, isFetching, fetchNextPage, error } = query
  const pages = data?.pages ?? []
  const isDue = hasNextPage && !isFetching && !error && pages.length < most
  useEffect(() => {
    if (isDue) void fetchNextPage()
  }, [isDue, fetchNextPage])
  const traffic = useMemo(() => loggedTraffic((data?.pages ?? []).flatMap(({ entries }) => entries)), [data])
  return {
    ...traffic,
    outcome: pages.at(-1)?.outcome,
    message: pages.at(-1)?.message,
    error,
    isReading: isFetching || isDue,
    readOn: hasNextPage && !isFetching && !isDue ? () => setMost(pages.length + PAGES_AT_ONCE) : undefined,
    renew: useCallback(() => setToMs(serverNow()), []),
  }
}
