import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { documentOf, TEMPLATES } from '../../shared/policy-editor/templates.ts'
import type { FlowDraft } from './flow-values.ts'

/** One that is there already is not changed. */
export async function makePolicy(
  { policyName, template }: FlowDraft,
  place: { readonly region: string; readonly account: string },
): Promise<void> {
  const chosen = TEMPLATES.find(({ id }) => id === template)
  if (!chosen) throw new Error('Choose a template for the policy.')
  const { policies } = await api(endpoints.listPolicies, { query: { name: policyName, maxResults: 50 } })
  if (policies.some((policy) => policy.policyName === policyName)) return
  await api(endpoints.createPolicy, { body: { policyName, policyDocument: documentOf(chosen, place), tags: {} } })
}
