import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { ActionButtons } from '../../shared/action/action-buttons.tsx'
import { bulkChangeListQuery } from '../../shared/bulk-changes/bulk-change-queries.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useSession } from '../../shared/session/session.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { CertificatesStep } from './components/certificates-step.tsx'
import { ColumnsStep } from './components/columns-step.tsx'
import { FileStep } from './components/file-step.tsx'
import { LatestRuns } from './components/latest-runs.tsx'
import { LinesStep } from './components/lines-step.tsx'
import { parseCsv } from './csv/parse-csv.ts'
import { draftStore, type FlowDraft, newDraft, type ReadFile, readTable } from './flow-values.ts'

/** From a file to new things. What was chosen is kept in this browser until it is begun or thrown away. */
export function FlowPage() {
  const { person } = useSession()
  const { history } = useRouter()
  const [draft, setDraft] = useState(() => draftStore.read(person.id))
  const [isFound, setFound] = useState(draft !== undefined)
  /** It may be begun already: it was there before this page was, or was asked for without an answer. */
  const [mayBeBegun, setMayBeBegun] = useState(isFound)
  const [isKept, setKept] = useState(true)
  usePageChrome({
    title: 'Register things',
    breadcrumbs: [{ text: 'Register things', href: paths.registerThings() }],
  })
  const change = (next: FlowDraft | undefined) => {
    setDraft(next)
    setKept(draftStore.write(person.id, next))
  }
  const read = useReadFile(draft)
  const runs = useQuery({ ...bulkChangeListQuery, enabled: mayBeBegun })
  const begun = runs.data?.bulkChanges.find(({ request }) => draft && request.clientRequestToken === draft.keySetId)
  return (
    <SpaceBetween size="l">
      <PageHeader
        description="Many devices at once, from a file with a line for each: checked line by line before anything is made, and gone on with after whatever interrupts it."
        actions={
          <ActionButtons
            actions={[
              { id: 'one', text: 'Connect one device', href: paths.connectDevice() },
              { id: 'tasks', text: 'Registration tasks of AWS', href: paths.registrationTasks() },
            ]}
          />
        }
      >
        Register things
      </PageHeader>
      {begun && draft && (
        <Alert
          type="success"
          header={visible(`The registration of ${draft.fileName} was begun already`)}
          action={
            <Button
              onClick={() => {
                change(undefined)
                history.push(paths.registerThings({ run: begun.bulkChangeId }))
              }}
            >
              Show its registration
            </Button>
          }
        >
          It was begun in this browser, and the answer did not arrive here.
        </Alert>
      )}
      {isFound && draft && !begun && (
        <Alert
          type="info"
          dismissible
          onDismiss={() => setFound(false)}
          header={visible(`${draft.fileName} is still here`)}
          action={
            <Button
              onClick={() => {
                change(undefined)
                setFound(false)
              }}
            >
              Throw it away
            </Button>
          }
        >
          It was chosen in this browser before, with what was said of its columns. Nothing was made of it yet.
        </Alert>
      )}
      {!isKept && (
        <Alert type="warning">
          The file is too large for this browser to keep: after a reload it has to be chosen again.
        </Alert>
      )}
      <FileStep
        draft={draft}
        lines={read?.table.rows.length}
        onFile={(file) => {
          setFound(false)
          setMayBeBegun(false)
          change(newDraft(file))
        }}
        onChange={change}
      />
      {draft && read && !begun && read.table.rows.length > 0 && (
        <SpaceBetween size="l">
          <ColumnsStep draft={draft} read={read} onChange={change} />
          <CertificatesStep draft={draft} read={read} onChange={change} />
          <LinesStep
            key={`${draft.keySetId} ${draft.delimiter} ${JSON.stringify(draft.uses)}`}
            draft={draft}
            read={read}
            onBegun={() => draftStore.write(person.id, undefined)}
            onUnanswered={() => setMayBeBegun(true)}
          />
        </SpaceBetween>
      )}
      {!draft && <LatestRuns />}
    </SpaceBetween>
  )
}

/** A file may be large: whatever else is written into the form, it is read anew only where it reads otherwise. */
function useReadFile({ text, delimiter, uses }: Partial<FlowDraft> = {}): ReadFile | undefined {
  const table = useMemo(() => (text === undefined ? undefined : parseCsv(text, delimiter)), [text, delimiter])
  return useMemo(() => table && uses && readTable(table, uses), [table, uses])
}
