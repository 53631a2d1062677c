import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'

/** Whether things can be searched, and by what. Below the key of things: what changes these may change it, too. */
export const fleetIndexQuery = queryOptions({
  queryKey: ['things', 'index'],
  queryFn: ({ signal }) => api(endpoints.describeFleetIndex, { signal }),
  staleTime: 60_000, // ms
  refetchInterval: ({ state }) => (state.data?.status === 'BUILDING' ? 10_000 : false), // ms
  retry: false,
})
