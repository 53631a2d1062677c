import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { DEFAULT_VERSION, endpoints, packageVersionField } from '@thingdeck/contract'
import { formatCondition } from '@thingdeck/fleet-query'
import { api } from '../api.ts'
import { PACKAGES } from '../pickers/registry-keys.ts'

export const packageQuery = (packageName: string) =>
  queryOptions({
    queryKey: [...PACKAGES, 'package', packageName],
    queryFn: ({ signal }) => api(endpoints.getPackage, { params: { packageName }, signal }),
    staleTime: 10_000, // ms
  })

/** The versions of a package as AWS lists them, the oldest first. */
export const versionPagesQuery = (packageName: string, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...PACKAGES, 'versions', packageName, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listPackageVersions, { params: { packageName }, query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const packageVersionQuery = (packageName: string, versionName: string) =>
  queryOptions({
    queryKey: [...PACKAGES, 'version', packageName, versionName],
    queryFn: ({ signal }) => api(endpoints.getPackageVersion, { params: { packageName, versionName }, signal }),
    staleTime: 10_000, // ms
  })

export const packageConfigurationQuery = queryOptions({
  queryKey: [...PACKAGES, 'configuration'],
  queryFn: ({ signal }) => api(endpoints.getPackageConfiguration, { signal }),
  staleTime: 10_000, // ms
})

/** A query of the fleet index for things that say that they run a version of a package; without one, any. */
export const runningQuery = (packageName: string, versionName?: string): string =>
  formatCondition({ field: packageVersionField(packageName), operator: '=', value: versionName ?? '*' })

/** `pump-firmware 2.1`, `pump-firmware (the default version)` */
export const versionInWords = (packageName: string, versionName: string): string =>
  `${packageName} ${versionName === DEFAULT_VERSION ? '(the default version)' : versionName}`
