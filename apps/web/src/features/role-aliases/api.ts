import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature. */
export const ROLE_ALIASES = ['role-aliases'] as const

/** While the policies are looked through. */
const POLL_MS = 1_000

export const roleAliasPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...ROLE_ALIASES, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listRoleAliases, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const roleAliasQuery = (roleAlias: string) =>
  queryOptions({
    queryKey: [...ROLE_ALIASES, 'alias', roleAlias],
    queryFn: ({ signal }) => api(endpoints.describeRoleAlias, { params: { roleAlias }, signal }),
    staleTime: 10_000, // ms
  })

/** Who may use it; asked for again until all policies were looked at. */
export const roleAliasUsersQuery = (roleAlias: string) =>
  queryOptions({
    queryKey: [...ROLE_ALIASES, 'users', roleAlias],
    queryFn: ({ signal }) => api(endpoints.listRoleAliasUsers, { params: { roleAlias }, signal }),
    refetchInterval: ({ state }) => (state.data?.isOver === false ? POLL_MS : false),
  })

export const roleAliasTrialQuery = (roleAlias: string, certificateId: string, thingName: string | undefined) =>
  queryOptions({
    queryKey: [...ROLE_ALIASES, 'trial', roleAlias, certificateId, thingName ?? ''],
    queryFn: ({ signal }) =>
      api(endpoints.tryRoleAlias, { params: { roleAlias }, query: { certificateId, thingName }, signal }),
    retry: false,
  })
