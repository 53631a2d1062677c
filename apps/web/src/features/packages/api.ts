import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints, type PackageLook } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import { PACKAGES } from '../../shared/pickers/registry-keys.ts'

/** The index lags by seconds, and things install for minutes. */
const POLL_MS = 10_000

/** Packages are not what they were: what is shown of them is read anew. */
export const packagesChanged = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: PACKAGES })

export const packagePagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...PACKAGES, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listPackages, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

/** What a list says of its packages; AWS is asked for each, so not more than are seen. */
export const PACKAGE_LOOKS: LookSource<PackageLook> = {
  key: [...PACKAGES, 'looks'],
  ask: async (packageName, signal) =>
    (await api(endpoints.listPackageLooks, { query: { packageName }, signal })).packages,
  nameOf: ({ packageName }) => packageName,
}

/** How the things that run a package are spread over its versions. */
export const packageThingsQuery = (packageName: string) =>
  queryOptions({
    queryKey: [...PACKAGES, 'things', packageName],
    queryFn: ({ signal }) => api(endpoints.countPackageThings, { params: { packageName }, signal }),
    refetchInterval: POLL_MS,
  })

export const packageJobsQuery = (packageName: string) =>
  infiniteQueryOptions({
    queryKey: [...PACKAGES, 'jobs', packageName],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listPackageJobs, { params: { packageName }, query: { nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })
