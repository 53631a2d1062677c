import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'

export const deviceEndpointQuery = queryOptions({
  queryKey: ['device-endpoint'],
  queryFn: ({ signal }) => api(endpoints.describeDeviceEndpoint, { signal }),
  staleTime: Number.POSITIVE_INFINITY, // it stays where it is
})

/** What devices trust, as PEM. */
export const rootCaQuery = queryOptions({
  queryKey: ['device-root-ca'],
  queryFn: ({ signal }) => api(endpoints.getDeviceRootCa, { signal }),
  staleTime: Number.POSITIVE_INFINITY, // as above
  retry: false,
})
