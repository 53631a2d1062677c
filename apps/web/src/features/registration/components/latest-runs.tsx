import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { BulkChange } from '@thingdeck/contract'
import { bulkChangeListQuery } from '../../../shared/bulk-changes/bulk-change-queries.ts'
import { formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { sourceOf, stateInWords } from '../run-words.ts'

const MOST = 10

/** Those that were begun before: what goes on, and whose keys may still be here. */
export function LatestRuns() {
  const { data, error } = useQuery(bulkChangeListQuery)
  if (error) return <ErrorAlert error={error} what="The latest registrations could not be read" />
  const runs = (data?.bulkChanges ?? []).filter(({ request }) => request.change.kind === 'create')
  if (runs.length === 0) return null
  return (
    <Container header={<Header variant="h2">Latest registrations</Header>}>
      <Box variant="div">
        <ul>
          {runs.slice(0, MOST).map((run) => (
            <li key={run.bulkChangeId}>
              <Run run={run} />
            </li>
          ))}
        </ul>
      </Box>
    </Container>
  )
}

function Run({ run }: { readonly run: BulkChange }) {
  return (
    <>
      <Link href={paths.registerThings({ run: run.bulkChangeId })}>{visible(sourceOf(run))}</Link>
      {`: ${formatCounted(run.total, 'thing')}, begun `}
      <Age atMs={Date.parse(run.startedAt)} /> by {visible(run.startedBy)}; {stateInWords(run)}
    </>
  )
}
