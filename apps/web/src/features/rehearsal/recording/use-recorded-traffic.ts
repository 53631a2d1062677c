import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import type { ThingDetail } from '@thingdeck/contract'
import { useMemo, useState } from 'react'
import { idOfPrincipal, thingQuery } from '../../../shared/authorization/facts.ts'
import { isNotFound } from '../../../shared/http.ts'
import type { LoggedRequest } from '../logged-requests.ts'
import type { RecordedRequests } from './recorded-requests.ts'

/** So many things are looked up by themselves, those with the most messages first. */
const AT_ONCE = 50

export interface RecordedTraffic {
  /** By every principal of each thing, under the thing's name as client id. */
  readonly requests: readonly LoggedRequest[]
  /** So many things there are in it. */
  readonly things: number
  /** So many of these are not in the registry, or nobody may act as them. */
  readonly withoutPrincipal: number
  readonly isLooking: boolean
  readonly error: Error | undefined
  /** Looks up further things; undefined: all were. */
  readonly lookFurther: (() => void) | undefined
}

/** Who may act as the things that a recording is said to be of. */
export function useRecordedTraffic({ requests }: RecordedRequests): RecordedTraffic {
  const [most, setMost] = useState(AT_ONCE)
  const byThing = useMemo(() => Map.groupBy(requests, ({ thingName }) => thingName), [requests])
  const names = [...byThing.keys()].slice(0, most)
  const { principals, isLooking, error } = useQueries({ queries: names.map(thingQuery), combine: looked })
  const asked = useMemo(
    () =>
      [...byThing].flatMap(([thingName, ofThing], index) =>
        (principals[index] ?? []).flatMap((principalId) =>
          ofThing.map(({ action, subject, count }) => {
            return { action, subject, clientId: thingName, principalId, count, refused: 0 }
          }),
        ),
      ),
    [byThing, principals],
  )
  return {
    requests: asked,
    things: byThing.size,
    withoutPrincipal: principals.filter((each) => each?.length === 0).length,
    isLooking,
    error,
    lookFurther: byThing.size > most ? () => setMost(most + AT_ONCE) : undefined,
  }
}

interface Looked {
  /** Of each thing asked about; null: not known so far. */
  readonly principals: readonly (readonly string[] | null)[]
  readonly isLooking: boolean
  readonly error: Error | undefined
}

const looked = (results: readonly UseQueryResult<ThingDetail>[]): Looked => ({
  principals: results.map(({ data, error }) =>
    data ? data.principals.map(idOfPrincipal) : isNotFound(error) ? [] : null,
  ),
  isLooking: results.some(({ isPending }) => isPending),
  error: results.find(({ error }) => error && !isNotFound(error))?.error ?? undefined,
})
