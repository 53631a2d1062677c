import type { RetainedTopic } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import { allRetained } from './api.ts'
import type { RetainedFilter } from './search.ts'

interface AllRetained {
  readonly topics: readonly RetainedTopic[]
  readonly isCounting: boolean
  readonly soFar: number
  readonly error: Error | null
}

const NONE: AllRetained = { topics: [], isCounting: false, soFar: 0, error: null }

/** Every topic that a filter finds, as of when it was first asked for. Undefined: nothing is looked for. */
export function useAllRetained(filter: RetainedFilter | undefined): AllRetained {
  const [wanted] = useState(filter)
  const [all, setAll] = useState<AllRetained>({ ...NONE, isCounting: wanted !== undefined })
  useEffect(() => {
    if (!wanted) return
    const end = new AbortController()
    allRetained(wanted, (soFar) => setAll((before) => ({ ...before, soFar })), end.signal).then(
      (topics) => setAll({ ...NONE, topics }),
      (error: unknown) => {
        if (!end.signal.aborted) setAll({ ...NONE, error: error instanceof Error ? error : new Error(String(error)) })
      },
    )
    return () => end.abort()
  }, [wanted])
  return all
}
