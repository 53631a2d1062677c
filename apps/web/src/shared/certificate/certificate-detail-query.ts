import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { CERTIFICATES } from './certificates-key.ts'

/** A certificate whole: itself, its things and policies, and who of them is connected. */
export const certificateDetailQuery = (certificateId: string) =>
  queryOptions({
    queryKey: [...CERTIFICATES, 'detail', certificateId],
    queryFn: ({ signal }) => api(endpoints.inspectCertificate, { params: { certificateId }, signal }),
    staleTime: 10_000, // ms
  })
