import Box from '@cloudscape-design/components/box'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { lazy, Suspense } from 'react'
import { formatDocument } from '../policy-editor/document-text.ts'
import { createPreference, usePreference } from '../preferences/preferences.ts'
import { Loading } from '../ui/loading.tsx'
import './document-diff.css'

const DiffView = lazy(() => import('../editor/diff-view.tsx'))
const SideBySideView = lazy(() => import('../editor/side-by-side-view.tsx'))

const LAYOUTS = [
  { id: 'unified', text: 'Below each other' },
  { id: 'beside', text: 'Side by side' },
] as const
type Layout = (typeof LAYOUTS)[number]['id']

const LAYOUT = createPreference<Layout>('policy-difference', (stored) => (stored === 'beside' ? 'beside' : 'unified'))

interface DocumentDiffProps {
  /** What the two are, 'version 2' and 'the draft'. */
  readonly names: readonly [before: string, after: string]
  readonly before: string
  readonly after: string
}

/** What differs between two documents, whatever white space they have. */
export function DocumentDiff({ names: [nameBefore, nameAfter], before, after }: DocumentDiffProps) {
  const [layout, setLayout] = usePreference(LAYOUT)
  const [old, now] = [formatDocument(before), formatDocument(after)]
  if (old === now) return <Box color="text-body-secondary">Both say the same.</Box>
  return (
    <SpaceBetween size="xs">
      <SegmentedControl
        label="How the two documents are shown"
        selectedId={layout}
        options={[...LAYOUTS]}
        onChange={({ detail }) => setLayout(detail.selectedId === 'beside' ? 'beside' : 'unified')}
      />
      <Suspense fallback={<Loading what="the difference" />}>
        <div className="td-document-diff">
          {layout === 'beside' ? (
            <SideBySideView labels={[`Of ${nameBefore}`, `Of ${nameAfter}`]} before={old} after={now} />
          ) : (
            <DiffView label={`Changes from ${nameBefore} to ${nameAfter}`} before={old} after={now} />
          )}
        </div>
      </Suspense>
    </SpaceBetween>
  )
}
