import { useQuery } from '@tanstack/react-query'
import { useDebounced } from '../use-debounced.ts'
import type { CommandSource, FoundCommands } from './command.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 150
const MOST_SUGGESTIONS = 8

interface NameCommands {
  /** Heading of what is found, 'Thing types'. */
  readonly group: string
  /** 'thing type' */
  readonly one: string
  /** Prefix of the queries. */
  readonly key: readonly string[]
  /** The names that have a text as a part. */
  readonly find: (text: string, most: number, signal: AbortSignal) => Promise<readonly string[]>
  readonly hrefOf: (name: string) => string
}

/** For the palette: the pages of what has a name, found by a part of it. */
export function nameCommands({ group, one, key, find, hrefOf }: NameCommands): CommandSource {
  function useCommands(text: string): FoundCommands {
    const asked = useDebounced(text, TYPING_MS)
    const [name = ''] = asked.trim().split(/\s+/)
    const { data, error, isLoading } = useQuery({
      queryKey: [...key, 'suggested', name],
      queryFn: ({ signal }) => find(name, MOST_SUGGESTIONS, signal),
      enabled: name !== '',
      staleTime: 10_000, // ms
    })
    if (text.trim() === '') return { commands: [] }
    const isCurrent = asked === text
    const found = isCurrent ? (data ?? []) : []
    return {
      commands: found
        .slice(0, MOST_SUGGESTIONS)
        .map((each) => ({ id: `${one} ${each}`, group, title: each, href: hrefOf(each) })),
      isSearching: !isCurrent || isLoading,
      note: error?.message,
    }
  }
  return { group, useCommands }
}
