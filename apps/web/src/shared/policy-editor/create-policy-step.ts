import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { ApiError } from '../http.ts'
import type { PlanStep } from '../plan/plan.ts'
import { unlessGone } from '../plan/unless-gone.ts'
import { isSameDocument } from './document-text.ts'

interface WantedPolicy {
  readonly policyName: string
  readonly policyDocument: string
}

/** Makes a policy; one that is there with the same document was made by the same step before, when nobody answered. */
export function createPolicyStep({ policyName, policyDocument }: WantedPolicy): PlanStep {
  return {
    id: `create policy ${policyName}`,
    words: `Create the policy ${policyName}`,
    run: async () => {
      try {
        await api(endpoints.createPolicy, { body: { policyName, policyDocument } })
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'ResourceAlreadyExistsException')) throw error
        const there = await api(endpoints.describePolicy, { params: { policyName } })
        if (!isSameDocument(there.policyDocument, policyDocument)) throw error
      }
    },
    undo: () => unlessGone(() => api(endpoints.deletePolicy, { params: { policyName } })),
  }
}
