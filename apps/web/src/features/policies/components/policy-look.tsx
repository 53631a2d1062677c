import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { formatDocument } from '../../../shared/policy-editor/document-text.ts'
import { PolicyEditor } from '../../../shared/policy-editor/policy-editor.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { policyQuery } from '../api.ts'
import { PolicyFacts } from './policy-facts.tsx'

/** A policy without leaving the list. */
export function PolicyLook({ policyName }: { readonly policyName: string }) {
  const { data, error, refetch } = useQuery(policyQuery(policyName))
  if (error) return <ErrorAlert error={error} what="The policy could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="policy" />
  return (
    <SpaceBetween size="m">
      <PolicyFacts policy={data} />
      <PolicyEditor
        readOnly
        label={`Document of version ${data.defaultVersionId}`}
        value={formatDocument(data.policyDocument)}
        onChange={() => {}}
      />
    </SpaceBetween>
  )
}
