import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type TimelinePage } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

const TIMELINE = ['timeline'] as const // prefix of every key of this feature

/** The most pages of newer entries that are read at once. */
const MOST_NEWER_PAGES = 5

export const subjectQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...TIMELINE, 'subject', thingName],
    queryFn: ({ signal }) => api(endpoints.describeTimelineSubject, { params: { thingName }, signal }),
    staleTime: 60_000, // ms
  })

/** How its connection stands now: the end of the band. */
export const presentQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...TIMELINE, 'present', thingName],
    queryFn: ({ signal }) => api(endpoints.getThingConnection, { params: { thingName }, signal }),
    staleTime: 5_000, // ms
    refetchInterval: 60_000, // ms
  })

/** A part of time, and where to go on in it. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly nextToken?: string
}

const read = (thingName: string, { fromMs, toMs, nextToken }: Stretch, signal: AbortSignal) =>
  api(endpoints.readTimeline, {
    params: { thingName },
    query: { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), nextToken },
    signal,
  })

/**
 * What happened until `toMs`, page by page back to `fromMs`. When that becomes earlier, what is before is read on.
 * Entries do not change, so what was read is not read again.
 */
export const timelinePagesQuery = (thingName: string, { fromMs, toMs }: Stretch) =>
  infiniteQueryOptions({
    queryKey: [...TIMELINE, 'pages', thingName, toMs],
    queryFn: ({ signal, pageParam }) => read(thingName, pageParam, signal),
    initialPageParam: { fromMs, toMs } as Stretch,
    getNextPageParam: ({ nextToken }, _, last): Stretch | undefined => {
      if (nextToken !== undefined) return { fromMs: last.fromMs, toMs: last.toMs, nextToken }
      return fromMs < last.fromMs ? { fromMs, toMs: last.fromMs - 1 } : undefined
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  })

/** All of a short time, as far as it is read at once. */
export async function readNewer(
  thingName: string,
  stretch: Stretch,
  signal: AbortSignal,
): Promise<readonly TimelinePage[]> {
  const pages: TimelinePage[] = []
  let next: Stretch | undefined = stretch
  while (next && pages.length < MOST_NEWER_PAGES) {
    const page: TimelinePage = await read(thingName, next, signal)
    pages.push(page)
    next = page.nextToken === undefined ? undefined : { ...stretch, nextToken: page.nextToken }
  }
  return pages
}

export const newerKey = (thingName: string, sinceMs: number) => [...TIMELINE, 'newer', thingName, sinceMs] as const
