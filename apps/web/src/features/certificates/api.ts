import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type CertificatePage, type CertificateWhy, endpoints, type FoundCertificates } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature: one call refreshes them all. */
export const CERTIFICATES = ['certificates'] as const

/** What is looked at one by one is there before long. */
const LOOK_ON_EVERY_MS = 1_500
const LOOK_THROUGH_EVERY_MS = 3_000
const SELDOM_MS = 5 * 60_000

export interface ListedCertificates {
  readonly status?: (typeof endpoints.listCertificates.query)['static']['status']
  readonly ca?: string
}

const isLookedAt = ({ certificates }: CertificatePage): boolean =>
  certificates.every(({ look, unread }) => look !== undefined || unread !== undefined)

/** As AWS lists them, page by page; asked again until each was looked at. */
export const certificatePagesQuery = ({ status, ca }: ListedCertificates, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...CERTIFICATES, 'pages', status ?? '', ca ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listCertificates, { query: { status, caCertificateId: ca, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
    refetchInterval: ({ state }) => (state.data?.pages.every(isLookedAt) === false ? LOOK_ON_EVERY_MS : false),
  })

/** Whether all certificates were looked at that are going to be, or none can be. */
const isDone = (found: FoundCertificates | undefined): boolean =>
  found !== undefined && (found.isOver || found.outcome !== 'read')

/** What is the matter with active ones, as far as they were looked through. */
export const foundCertificatesQuery = ({ why, month }: { why?: CertificateWhy; month?: string }) =>
  queryOptions({
    queryKey: [...CERTIFICATES, 'found', why ?? '', month ?? ''],
    queryFn: ({ signal }) => api(endpoints.findCertificates, { query: { why, month }, signal }),
    refetchInterval: ({ state }) => (isDone(state.data) ? SELDOM_MS : LOOK_THROUGH_EVERY_MS),
    retry: false,
  })

export const certificateDetailQuery = (certificateId: string) =>
  queryOptions({
    queryKey: [...CERTIFICATES, 'detail', certificateId],
    queryFn: ({ signal }) => api(endpoints.inspectCertificate, { params: { certificateId }, signal }),
    staleTime: 10_000, // ms
  })
