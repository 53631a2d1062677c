import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature. */
export const IDENTITIES = ['identities'] as const

export const identityPoolPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...IDENTITIES, 'pools', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listIdentityPools, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const identityPoolQuery = (identityPoolId: string) =>
  queryOptions({
    queryKey: [...IDENTITIES, 'pool', identityPoolId],
    queryFn: ({ signal }) => api(endpoints.describeIdentityPool, { params: { identityPoolId }, signal }),
    staleTime: 10_000, // ms
  })

export const identityPagesQuery = (identityPoolId: string, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...IDENTITIES, 'of pool', identityPoolId, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listIdentities, { params: { identityPoolId }, query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const identityQuery = (identityId: string) =>
  queryOptions({
    queryKey: [...IDENTITIES, 'identity', identityId],
    queryFn: ({ signal }) => api(endpoints.describeIdentity, { params: { identityId }, signal }),
    staleTime: 10_000, // ms
  })

/** Roles that a pool may give. */
export const poolRolesQuery = (identityPoolId: string) =>
  queryOptions({
    queryKey: [...IDENTITIES, 'roles for', identityPoolId],
    queryFn: ({ signal }) => api(endpoints.listPoolRoles, { params: { identityPoolId }, signal }),
    staleTime: 30_000, // ms
    retry: false,
  })
