import { useQuery } from '@tanstack/react-query'
import { DocumentDiff } from '../../../shared/diff/document-diff.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { templateVersionQuery } from '../api.ts'

interface VersionDiffProps {
  readonly templateName: string
  readonly from: number
  readonly to: number
}

/** What changes from one version to another. */
export function VersionDiff({ templateName, from, to }: VersionDiffProps) {
  const before = useQuery(templateVersionQuery(templateName, from))
  const after = useQuery(templateVersionQuery(templateName, to))
  const error = before.error ?? after.error
  if (error) {
    const retry = () => void Promise.all([before.refetch(), after.refetch()])
    return <ErrorAlert error={error} what="The versions could not be read" onRetry={retry} />
  }
  if (!before.data || !after.data) return <Loading what="the versions" />
  return (
    <DocumentDiff
      names={[`version ${from}`, `version ${to}`]}
      before={before.data.templateBody}
      after={after.data.templateBody}
    />
  )
}
