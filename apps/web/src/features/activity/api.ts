import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type AuditEntry, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { toApiQuery } from './filter.ts'
import type { ActivityFilter } from './search.ts'

const AUDIT = ['audit'] as const // prefix of every key of this feature

const PAGE_SIZE = 50
/** How often the list looks for newer entries. */
const LOOK_EVERY_MS = 10_000

const readPage = (filter: ActivityFilter, cursor: string, signal: AbortSignal) =>
  api(endpoints.listAuditEntries, { query: { ...toApiQuery(filter, serverNow()), limit: PAGE_SIZE, cursor }, signal })

export const verifyTrail = () => api(endpoints.verifyAuditTrail)

/** Newest first, page by page. */
export const activityPagesQuery = (filter: ActivityFilter) =>
  infiniteQueryOptions({
    queryKey: [...AUDIT, 'pages', filter],
    queryFn: ({ signal, pageParam }) => readPage(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 5_000, // ms
  })

/** How many entries came since the newest that is shown; `isMore`: more than one page of them. */
export const newEntriesQuery = (filter: ActivityFilter, newestId: string | undefined) =>
  queryOptions({
    queryKey: [...AUDIT, 'new', filter, newestId ?? null],
    queryFn: async ({ signal }) => {
      const { entries } = await readPage(filter, '', signal)
      const known = entries.findIndex(({ id }) => id === newestId)
      return { count: known === -1 ? entries.length : known, isMore: known === -1 && entries.length === PAGE_SIZE }
    },
    initialData: { count: 0, isMore: false },
    refetchInterval: LOOK_EVERY_MS,
    retry: false,
  })

/** One entry: the first before the id that would follow it. `null`: it is not kept any more. */
export const activityEntryQuery = (id: string) =>
  queryOptions({
    queryKey: [...AUDIT, 'entry', id],
    queryFn: async ({ signal }): Promise<AuditEntry | null> => {
      const [ms, number] = id.split('-')
      const cursor = `${ms}-${Number(number) + 1}`
      const { entries } = await api(endpoints.listAuditEntries, { query: { cursor, limit: 1 }, signal })
      return entries[0]?.id === id ? entries[0] : null
    },
    staleTime: Number.POSITIVE_INFINITY, // entries do not change
  })
