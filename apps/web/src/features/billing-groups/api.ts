import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type BillingGroupLook, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { NameFilter } from '../../shared/list/name-filter.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import { BILLING_GROUPS } from '../../shared/pickers/registry-keys.ts'

export const billingGroupPagesQuery = ({ name, begins: prefix }: NameFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...BILLING_GROUPS, 'pages', name ?? '', prefix ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listBillingGroups, { query: { name, prefix, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

/** What the list says of a billing group beside its name: asked for those in sight. */
export const BILLING_GROUP_LOOKS: LookSource<BillingGroupLook> = {
  key: [...BILLING_GROUPS, 'looks'],
  ask: async (billingGroupName, signal) =>
    (await api(endpoints.listBillingGroupLooks, { query: { billingGroupName }, signal })).looks,
  nameOf: ({ billingGroupName }) => billingGroupName,
}

export const billingGroupQuery = (billingGroupName: string) =>
  queryOptions({
    queryKey: [...BILLING_GROUPS, 'group', billingGroupName],
    queryFn: ({ signal }) => api(endpoints.describeBillingGroup, { params: { billingGroupName }, signal }),
    staleTime: 5_000, // ms
  })

export const billingGroupThingsQuery = (billingGroupName: string, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...BILLING_GROUPS, 'things', billingGroupName, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listBillingGroupThings, {
        params: { billingGroupName },
        query: { maxResults, nextToken },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 5_000, // ms
  })
