import Box from '@cloudscape-design/components/box'
import { lazy, Suspense } from 'react'
import { Loading } from '../../../shared/ui/loading.tsx'
import { formatDocument } from '../policy-text.ts'
import './document-diff.css'

const DiffView = lazy(() => import('../../../shared/editor/diff-view.tsx'))

interface DocumentDiffProps {
  /** Accessible name. */
  readonly label: string
  readonly before: string
  readonly after: string
}

/** What differs between two documents, whatever white space they have. */
export function DocumentDiff({ label, before, after }: DocumentDiffProps) {
  const [old, now] = [formatDocument(before), formatDocument(after)]
  if (old === now) return <Box color="text-body-secondary">Both say the same.</Box>
  return (
    <Suspense fallback={<Loading what="the difference" />}>
      <div className="td-document-diff">
        <DiffView label={label} before={old} after={now} />
      </div>
    </Suspense>
  )
}
