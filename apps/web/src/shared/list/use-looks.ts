import { useQueries } from '@tanstack/react-query'
import { atMost } from '../at-most.ts'

/** As many as one request may ask for. */
const AT_ONCE = 10

/**
 * So many requests at a time, of all lists: a browser has six connections to a server, and of hundreds of rows these take a
 * minute, as AWS is asked in its pace. What people press meanwhile is not to wait for them.
 */
const asking = atMost(2)

/** Where a list learns of its rows what AWS does not list. */
export interface LookSource<Look> {
  /** Of its queries. */
  readonly key: readonly string[]
  /** Asks for a few of them by their names; those that are gone are left out. */
  readonly ask: (names: readonly string[], signal: AbortSignal) => Promise<readonly Look[]>
  readonly nameOf: (look: Look) => string
}

/**
 * What a list says of its rows beyond what AWS lists: asked for those in sight, ten in a request. `null`: it is asked
 * for; without a value it could not be read.
 */
export function useLooks<Look>(
  { key, ask, nameOf }: LookSource<Look>,
  names: readonly string[],
): ReadonlyMap<string, Look | null> {
  const parts = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, index) =>
    names.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  )
  const answers = useQueries({
    queries: parts.map((part) => ({
      queryKey: [...key, ...part],
      queryFn: ({ signal }: { signal: AbortSignal }) => asking(signal, () => ask(part, signal)),
      staleTime: 30_000, // ms
    })),
  })
  const known = new Map<string, Look | null>()
  for (const [index, { data, isPending }] of answers.entries()) {
    for (const name of parts[index] ?? []) if (isPending) known.set(name, null)
    for (const look of data ?? []) known.set(nameOf(look), look)
  }
  return known
}
