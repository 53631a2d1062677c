import { useQuery } from '@tanstack/react-query'
import type { ThingGroupTrial } from '@thingdeck/contract'
import { ApiError } from '../../shared/http.ts'
import { useDebounced } from '../../shared/use-debounced.ts'
import { trialQuery } from './api.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 500

/** What a query finds, before a group is made of it. */
export interface Trial {
  readonly found: ThingGroupTrial | undefined
  readonly isAsking: boolean
  readonly error: Error | null
  readonly hasNoIndex: boolean
  /** Why it is not to be saved yet. */
  readonly whyNot: string | undefined
}

const NO_INDEX = ['ResourceNotFoundException', 'IndexNotReadyException']

/** Tries a query as it is written. */
export function useTrial(queryString: string, isWanted: boolean): Trial {
  const text = queryString.trim()
  const asked = useDebounced(text, TYPING_MS)
  const { data, error, isFetching } = useQuery({ ...trialQuery(asked), enabled: isWanted && asked !== '' })
  const isAsking = isFetching || asked !== text
  const hasNoIndex = error instanceof ApiError && NO_INDEX.includes(error.code)
  return {
    found: isAsking || error ? undefined : data,
    isAsking: text !== '' && isAsking,
    error: isAsking ? null : error,
    hasNoIndex,
    whyNot: whyNot(),
  }

  function whyNot(): string | undefined {
    if (text === '') return undefined // said at the field
    if (isAsking) return 'The query is being tried.'
    if (hasNoIndex) return 'The fleet index has to be on.'
    return error ? 'The query finds nothing as it is written.' : undefined
  }
}
