import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDebounced } from '../use-debounced.ts'
import { useHeldWhilePressed } from '../use-held-while-pressed.ts'

/** Something that can be picked by its name. */
export interface FoundName {
  readonly name: string
  readonly description?: string | undefined
  /** Why it cannot be picked. */
  readonly whyNot?: string | undefined
}

export interface FoundNamesPage {
  readonly found: readonly FoundName[]
  readonly nextToken?: string | undefined
}

/** One page of what has a name of this part, or of this beginning. */
export interface NamesAsked {
  readonly name?: string
  readonly prefix?: string
  readonly nextToken: string
  readonly signal: AbortSignal
}

export interface NameSource {
  /** Of its queries; a prefix that is shared with the pages about the same. */
  readonly key: readonly string[]
  readonly ask: (asked: NamesAsked) => Promise<FoundNamesPage>
  /** AWS itself finds no beginnings of such names: it is not asked for them by `prefix`. */
  readonly findsNoBeginnings?: true
}

/** A person stops for about as long between words. */
const TYPING_MS = 200

/**
 * What a picker offers for a text: what begins with it wherever it stands, as AWS finds that itself, and what has it as a
 * part, page by page, as AWS has to be looked through for that.
 */
export function useFoundNames({ key, ask, findsNoBeginnings }: NameSource) {
  const [text, setText] = useState('')
  const name = useDebounced(text, TYPING_MS).trim()
  const hasBeginnings = name !== '' && findsNoBeginnings !== true
  const pages = useInfiniteQuery({
    queryKey: [...key, 'picked', name],
    queryFn: ({ signal, pageParam: nextToken }) => ask({ nextToken, signal, ...(name !== '' && { name }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    placeholderData: keepPreviousData,
    staleTime: 10_000, // ms
  })
  const begun = useQuery({
    queryKey: [...key, 'picked', 'begin', name],
    queryFn: ({ signal }) => ask({ nextToken: '', signal, prefix: name }),
    enabled: hasBeginnings,
    staleTime: 10_000, // ms
  })
  const all = [
    ...(hasBeginnings ? (begun.data?.found ?? []) : []),
    ...(pages.data?.pages.flatMap(({ found }) => found) ?? []),
  ]
  const error = pages.error ?? begun.error
  const found = useHeldWhilePressed([...new Map(all.map((each) => [each.name, each])).values()])
  return {
    found,
    isSearched: text.trim() !== '',
    /** Of the control's list, as Cloudscape has them. */
    list: {
      filteringType: 'manual' as const,
      filteringPlaceholder: 'Part of a name',
      statusType: statusOf(error, pages.isFetching, pages.hasNextPage),
      errorText: error?.message ?? '',
      recoveryText: 'Try again',
      onLoadItems: ({ detail }: { detail: { filteringText: string; firstPage: boolean; samePage: boolean } }) => {
        setText(detail.filteringText)
        if (detail.samePage && error) void Promise.all([pages.refetch(), hasBeginnings && begun.refetch()])
        else if (!detail.firstPage && pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage()
      },
      expandToViewport: true,
    },
  }
}

function statusOf(error: Error | null, isFetching: boolean, hasMore: boolean) {
  if (error) return 'error' as const
  if (isFetching) return 'loading' as const
  return hasMore ? ('pending' as const) : ('finished' as const)
}
