import { queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints, type PolicyTarget } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { eachPage } from '../../shared/each-page.ts'
import { POLICIES } from './api.ts'

/** All that a policy is attached to, page after page: what a plan detaches has to be whole. */
const allTargetsQuery = (policyName: string) =>
  queryOptions({
    queryKey: [...POLICIES, 'targets', policyName, 'all'],
    queryFn: async ({ signal }) => {
      const targets: PolicyTarget[] = []
      const pages = eachPage((nextToken) =>
        api(endpoints.listPolicyTargets, { params: { policyName }, query: { maxResults: 250, nextToken }, signal }),
      )
      for await (const page of pages) targets.push(...page.targets)
      return targets
    },
    staleTime: 0, // what is done to them begins with what is there now
  })

export const useAllTargets = (policyName: string) => useQuery(allTargetsQuery(policyName))
