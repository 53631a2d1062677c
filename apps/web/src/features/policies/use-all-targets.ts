import { queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints, type PolicyTarget } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { POLICIES } from './api.ts'

/** All that a policy is attached to, page after page: what a plan detaches has to be whole. */
const allTargetsQuery = (policyName: string) =>
  queryOptions({
    queryKey: [...POLICIES, 'targets', policyName, 'all'],
    queryFn: async ({ signal }) => {
      const targets: PolicyTarget[] = []
      let nextToken: string | undefined
      do {
        const query = { maxResults: 250, nextToken }
        const page = await api(endpoints.listPolicyTargets, { params: { policyName }, query, signal })
        targets.push(...page.targets)
        nextToken = page.nextToken
      } while (nextToken !== undefined)
      return targets
    },
    staleTime: 0, // what is done to them begins with what is there now
  })

export const useAllTargets = (policyName: string) => useQuery(allTargetsQuery(policyName))
