import { queryOptions } from '@tanstack/react-query'
import type { ShadowList } from '@thingdeck/contract'
import { parseJson } from '@thingdeck/json'
import { readShadow, type Shadow } from '@thingdeck/shadows'
import { ApiError, http } from '../../shared/http.ts'
import type { ShadowAddress } from './model/address.ts'

const SHADOWS = ['shadows'] as const // prefix of every key of this feature: one call refreshes them all

const thingPath = (thingName: string) => `/api/things/${encodeURIComponent(thingName)}`

export const shadowListQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...SHADOWS, 'list', thingName],
    queryFn: ({ signal }) => http.get<ShadowList>(`${thingPath(thingName)}/shadows`, { signal }),
    staleTime: 10_000, // ms
  })

/** The shadow as REST tells it; `null` when there is none. */
export const shadowQuery = ({ thingName, shadowName }: ShadowAddress) =>
  queryOptions({
    queryKey: [...SHADOWS, 'document', thingName, shadowName ?? null],
    queryFn: async ({ signal }): Promise<Shadow | null> => {
      try {
        const text = await http.getText(`${thingPath(thingName)}/shadow`, { query: { shadowName }, signal })
        return readShadow(parseJson(text))
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
    staleTime: 0, // ms: read anew whenever a page opens; afterwards the shadow's topics keep it fresh
    structuralSharing: false, // documents are immutable values with identity, not plain JSON
  })

/** Sends an update document by REST; answers the accepted document. */
export function postShadow({ thingName, shadowName }: ShadowAddress, documentText: string): Promise<string> {
  return http.postText(`${thingPath(thingName)}/shadow`, documentText, { query: { shadowName } })
}
