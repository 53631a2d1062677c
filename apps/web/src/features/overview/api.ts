import { queryOptions } from '@tanstack/react-query'
import { type CertificatesOverview, endpoints, type ThingsOverview } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature. */
export const OVERVIEW = ['overview'] as const

/** What changes by itself is looked at so often while the page is seen. */
const LOOK_EVERY_MS = 15_000
/** Somebody is about to connect the first device, and waits for it. */
const LOOK_FOR_FIRST_EVERY_MS = 5_000
/** Certificates are looked through one by one: how far that is, is asked more often. */
const LOOK_ON_EVERY_MS = 3_000
const SELDOM_MS = 5 * 60_000

/** Nobody has made a thing yet. */
export const isEmpty = (things: ThingsOverview | undefined): boolean =>
  things !== undefined && (things.total ?? things.registry?.count) === 0 && things.registry?.isAll !== false

export const thingsQuery = queryOptions({
  queryKey: [...OVERVIEW, 'things'],
  queryFn: ({ signal }) => api(endpoints.overviewOfThings, { signal }),
  refetchInterval: ({ state }) => (isEmpty(state.data) ? LOOK_FOR_FIRST_EVERY_MS : LOOK_EVERY_MS),
  retry: false,
})

export const refusalsQuery = queryOptions({
  queryKey: [...OVERVIEW, 'refusals'],
  queryFn: ({ signal }) => api(endpoints.overviewOfRefusals, { signal }),
  refetchInterval: 2 * LOOK_EVERY_MS,
  retry: false,
})

/** Whether all certificates were looked at that are going to be, or none can be. */
const isDone = (found: CertificatesOverview | undefined): boolean =>
  found !== undefined && (found.isOver || found.outcome !== 'read')

export const certificatesQuery = queryOptions({
  queryKey: [...OVERVIEW, 'certificates'],
  queryFn: ({ signal }) => api(endpoints.overviewOfCertificates, { signal }),
  refetchInterval: ({ state }) => (isDone(state.data) ? SELDOM_MS : LOOK_ON_EVERY_MS),
  retry: false,
})

export const rulesQuery = queryOptions({
  queryKey: [...OVERVIEW, 'rules'],
  queryFn: ({ signal }) => api(endpoints.overviewOfRules, { signal }),
  refetchInterval: 4 * LOOK_EVERY_MS,
  retry: false,
})

export const jobsQuery = queryOptions({
  queryKey: [...OVERVIEW, 'jobs'],
  queryFn: ({ signal }) => api(endpoints.overviewOfJobs, { signal }),
  refetchInterval: 2 * LOOK_EVERY_MS,
  retry: false,
})
