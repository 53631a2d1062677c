import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { AUTHORITIES } from '../../shared/certificate/certificates-key.ts'

/** Prefix of every key of transfers. */
export const TRANSFERS = ['certificate-transfers'] as const

export const authorityPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...AUTHORITIES, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listCertificateAuthorities, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const authorityQuery = (certificateId: string) =>
  queryOptions({
    queryKey: [...AUTHORITIES, 'authority', certificateId],
    queryFn: ({ signal }) => api(endpoints.describeCertificateAuthority, { params: { certificateId }, signal }),
    staleTime: 10_000, // ms
  })

export const outgoingPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...TRANSFERS, 'outgoing', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listOutgoingCertificates, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
  })
