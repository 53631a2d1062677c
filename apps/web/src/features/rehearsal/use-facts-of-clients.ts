import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { factsQuery } from '../../shared/authorization/facts.ts'
import { ApiError } from '../../shared/http.ts'
import type { LoggedRequest } from './logged-requests.ts'
import { clientKeyOf, type FactsOfClients } from './rehearse.ts'

/** So many clients are looked at by themselves: AWS is asked several times for each. */
const AT_ONCE = 50

export interface FoundFacts {
  readonly facts: FactsOfClients
  /** So many clients there are in the traffic. */
  readonly clients: number
  readonly isLooking: boolean
  readonly error: Error | undefined
  /** Looks at further clients; undefined: all were. */
  readonly lookFurther: (() => void) | undefined
}

/** What decides about the clients of some traffic, those with the most requests first, one after the other. */
export function useFactsOfClients(requests: readonly LoggedRequest[]): FoundFacts {
  const client = useQueryClient()
  const [facts, setFacts] = useState<FactsOfClients>(new Map())
  const [most, setMost] = useState(AT_ONCE)
  const [error, setError] = useState<Error>()
  const clients = new Map(requests.map((request) => [clientKeyOf(request), request]))
  const next = [...clients].slice(0, most).find(([key]) => !facts.has(key))
  const [key, asked] = next ?? []
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says who is asked about
  useEffect(() => {
    if (key === undefined || !asked || error) return
    let isLeft = false
    const keep = (found: ReturnType<FactsOfClients['get']>) => {
      if (!isLeft && found !== undefined) setFacts((before) => new Map(before).set(key, found))
    }
    client.fetchQuery(factsQuery(asked.principalId, asked.clientId)).then(keep, (reason: Error) => {
      // One that is none of the registry's, as of a role that signed in, or that was deleted meanwhile.
      const isGone = reason instanceof ApiError && reason.status >= 400 && reason.status < 500 && reason.status !== 429
      if (isGone && reason.status !== 401 && reason.status !== 403) keep('gone')
      else if (!isLeft) setError(reason)
    })
    return () => {
      isLeft = true
    }
  }, [client, key, error])
  return {
    facts,
    clients: clients.size,
    isLooking: next !== undefined && !error,
    error,
    lookFurther: clients.size > most && !next ? () => setMost(most + AT_ONCE) : undefined,
  }
}
