import { useQueryClient } from '@tanstack/react-query'
import { formatDocument } from '../../shared/policy-editor/document-text.ts'
import { keepPolicyDraft } from '../../shared/policy-editor/policy-drafts.ts'
import { policyVersionQuery } from './api.ts'

/** Makes the document of a version the draft of its policy. */
export function useEditVersion(policyName: string): (versionId: string) => Promise<void> {
  const client = useQueryClient()
  return async (versionId) => {
    const { policyDocument } = await client.fetchQuery(policyVersionQuery(policyName, versionId))
    keepPolicyDraft(policyName, formatDocument(policyDocument))
  }
}
