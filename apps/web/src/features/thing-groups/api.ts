import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type ThingGroupLook } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { NameFilter } from '../../shared/list/name-filter.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import { THING_GROUPS } from '../../shared/pickers/registry-keys.ts'

/** Groups of the highest level, or those that a filter finds wherever they are. */
export const thingGroupPagesQuery = ({ name, begins: prefix }: NameFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...THING_GROUPS, 'pages', name ?? '', prefix ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listThingGroups, {
        query: {
          name,
          prefix,
          maxResults,
          nextToken,
          ...(name === undefined && prefix === undefined && { isRoot: true }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

/** Those right below a group: AWS has 100 at most (AWS IoT Core quotas), so that they come whole. */
export const childGroupsQuery = (parent: string) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'children', parent],
    queryFn: ({ signal }) => api(endpoints.listThingGroups, { query: { parent, maxResults: 250 }, signal }),
    staleTime: 10_000, // ms
  })

/** What the tree says of a group beside its name: asked for those in sight. */
export const THING_GROUP_LOOKS: LookSource<ThingGroupLook> = {
  key: [...THING_GROUPS, 'looks'],
  ask: async (thingGroupName, signal) =>
    (await api(endpoints.listThingGroupLooks, { query: { thingGroupName }, signal })).looks,
  nameOf: ({ thingGroupName }) => thingGroupName,
}

export const thingGroupQuery = (thingGroupName: string) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'group', thingGroupName],
    queryFn: ({ signal }) => api(endpoints.describeThingGroup, { params: { thingGroupName }, signal }),
    staleTime: 5_000, // ms
    // A dynamic group that is being built is there in a moment.
    refetchInterval: ({ state }) => ((state.data?.status ?? 'ACTIVE') === 'ACTIVE' ? false : 3_000),
  })

export const thingGroupThingsQuery = (thingGroupName: string, recursive: boolean, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...THING_GROUPS, 'things', thingGroupName, recursive, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listThingGroupThings, {
        params: { thingGroupName },
        query: { maxResults, nextToken, ...(recursive && { recursive }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 5_000, // ms
  })

export const thingGroupPoliciesQuery = (thingGroupName: string) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'policies', thingGroupName],
    queryFn: ({ signal }) => api(endpoints.listThingGroupPolicies, { params: { thingGroupName }, signal }),
    staleTime: 5_000, // ms
  })

/** What a query finds now; asked anew each time that somebody comes back to it. */
export const trialQuery = (queryString: string) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'trial', queryString],
    queryFn: ({ signal }) => api(endpoints.tryThingGroupQuery, { query: { queryString }, signal }),
    staleTime: 5_000, // ms
    retry: false,
  })
