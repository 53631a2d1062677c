import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints, type PolicyUse } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { AUTHORIZATION } from '../../shared/authorization/facts.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import type { PoliciesFilter } from './search.ts'

/** Prefix of every key of this feature. */
export const POLICIES = ['policies'] as const

/** Documents of versions, which never change. */
const VERSION = [...POLICIES, 'version'] as const

/** Policies are not what they were: what is shown of them, and of what they allow, is read anew. */
export async function policiesChanged(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: POLICIES, predicate: ({ queryKey }) => queryKey[1] !== VERSION[1] }),
    client.invalidateQueries({ queryKey: AUTHORIZATION }),
  ])
}

export const policyPagesQuery = ({ name }: PoliciesFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...POLICIES, 'pages', name ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listPolicies, { query: { name, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

/** What a list says of its policies; AWS is asked for each, so not more than are seen. */
export const POLICY_USES: LookSource<PolicyUse> = {
  key: [...POLICIES, 'uses'],
  ask: async (policyName, signal) => (await api(endpoints.listPolicyUses, { query: { policyName }, signal })).uses,
  nameOf: ({ policyName }) => policyName,
}

export const policyQuery = (policyName: string) =>
  queryOptions({
    queryKey: [...POLICIES, 'policy', policyName],
    queryFn: ({ signal }) => api(endpoints.describePolicy, { params: { policyName }, signal }),
    staleTime: 5_000, // ms
  })

/** A version never changes; one that is deleted is not asked for. */
export const policyVersionQuery = (policyName: string, versionId: string) =>
  queryOptions({
    queryKey: [...VERSION, policyName, versionId],
    queryFn: ({ signal }) => api(endpoints.getPolicyVersion, { params: { policyName, versionId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const policyTargetPagesQuery = (policyName: string, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...POLICIES, 'targets', policyName, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listPolicyTargets, { params: { policyName }, query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const policyReachQuery = (policyName: string, target: string) =>
  queryOptions({
    queryKey: [...POLICIES, 'reach', policyName, target],
    queryFn: ({ signal }) => api(endpoints.describePolicyReach, { params: { policyName }, query: { target }, signal }),
    staleTime: 30_000, // ms
  })
