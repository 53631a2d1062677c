import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

const IAM = ['iam'] as const

export const iamUserPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...IAM, 'users', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listIamUsers, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const iamUserQuery = (userName: string) =>
  queryOptions({
    queryKey: [...IAM, 'user', userName],
    queryFn: ({ signal }) => api(endpoints.describeIamUser, { params: { userName }, signal }),
    staleTime: 10_000, // ms
  })

export const accessKeysQuery = (userName: string) =>
  queryOptions({
    queryKey: [...IAM, 'access keys', userName],
    queryFn: ({ signal }) => api(endpoints.listAccessKeys, { params: { userName }, signal }),
    staleTime: 10_000, // ms
  })

export const iamGroupPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...IAM, 'groups', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listIamGroups, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const iamGroupQuery = (groupName: string) =>
  queryOptions({
    queryKey: [...IAM, 'group', groupName],
    queryFn: ({ signal }) => api(endpoints.describeIamGroup, { params: { groupName }, signal }),
    staleTime: 10_000, // ms
  })
