import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { DocumentDiff } from '../../../shared/diff/document-diff.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { policyVersionQuery } from '../api.ts'
import { useAllTargets } from '../use-all-targets.ts'
import { PolicyImpact } from './policy-impact.tsx'

interface VersionDiffProps {
  readonly policyName: string
  readonly from: string
  readonly to: string
}

/** What changes from one version to another, and for whom. */
export function VersionDiff({ policyName, from, to }: VersionDiffProps) {
  const before = useQuery(policyVersionQuery(policyName, from))
  const after = useQuery(policyVersionQuery(policyName, to))
  const targets = useAllTargets(policyName)
  const error = before.error ?? after.error
  if (error) {
    const retry = () => void Promise.all([before.refetch(), after.refetch()])
    return <ErrorAlert error={error} what="The versions could not be read" onRetry={retry} />
  }
  if (!before.data || !after.data) return <Loading what="the versions" />
  const texts = { before: before.data.policyDocument, after: after.data.policyDocument }
  return (
    <SpaceBetween size="m">
      <DocumentDiff names={[`version ${from}`, `version ${to}`]} {...texts} />
      {from !== to && <PolicyImpact policyName={policyName} targets={targets.data} error={targets.error} {...texts} />}
    </SpaceBetween>
  )
}
