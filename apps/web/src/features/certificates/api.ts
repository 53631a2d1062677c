import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type CertificateWhy, endpoints, type FoundCertificates, type QueryOf } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { certificateDetailQuery } from '../../shared/certificate/certificate-detail-query.ts'
import { CERTIFICATES } from '../../shared/certificate/certificates-key.ts'
import { lookOn } from '../../shared/certificate/look-on.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { IOT_LOGS, readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'

export { CERTIFICATES, certificateDetailQuery }

/** What is looked at one by one is there before long. */
const LOOK_THROUGH_EVERY_MS = 3_000
const SELDOM_MS = 5 * 60_000

export interface ListedCertificates {
  readonly status?: QueryOf<typeof endpoints.listCertificates>['status']
  readonly ca?: string
}

/** As AWS lists them, page by page; asked again until each was looked at. */
export const certificatePagesQuery = ({ status, ca }: ListedCertificates, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...CERTIFICATES, 'pages', status ?? '', ca ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listCertificates, { query: { status, caCertificateId: ca, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
    refetchInterval: ({ state }) => lookOn(state.data?.pages),
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

/** The policies that it has as the principal of a thing: its own, and those of the thing's groups. */
export const groupPoliciesQuery = (certificateId: string, thingName: string) =>
  queryOptions({
    queryKey: [...CERTIFICATES, 'as-principal', certificateId, thingName],
    queryFn: ({ signal }) =>
      api(endpoints.describeCertificate, { params: { certificateId }, query: { thingName }, signal }),
    staleTime: 30_000, // ms
  })

const DAY_MS = 86_400_000
/** So many of the latest entries of a certificate are looked at. */
export const MOST_CONNECT_ENTRIES = 500

/** Connects with it in the last day, and their ends, as AWS IoT's log has them. */
export const connectsQuery = (certificateId: string) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'connects-of-certificate', certificateId],
    queryFn: ({ signal }) => {
      const nowMs = serverNow()
      return readIotLogs(
        {
          principalId: certificateId,
          eventTypes: ['Connect', 'Disconnect'],
          from: new Date(nowMs - DAY_MS).toISOString(),
          to: new Date(nowMs).toISOString(),
          maxResults: MOST_CONNECT_ENTRIES,
        },
        signal,
      )
    },
    staleTime: 30_000, // ms
    retry: false,
  })
