import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../shared/paths.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { jobListQuery } from './api.ts'
import { countsInWords } from './bulk-change-words.ts'

/** Bulk changes that ended with their server, and that nobody has gone on with. */
export function InterruptedNotice({ shown }: { readonly shown: string | undefined }) {
  const { data } = useQuery(jobListQuery)
  const left = (data?.bulkChanges ?? []).filter(
    ({ state, continuedBy, bulkChangeId }) =>
      state === 'interrupted' && continuedBy === undefined && bulkChangeId !== shown,
  )
  if (left.length === 0) return null
  return (
    <Alert type="warning" header="Interrupted: the server that ran them ended">
      <SpaceBetween size="xxs">
        {left.map(({ bulkChangeId, request, startedBy, startedAt, counts, total }) => (
          <div key={bulkChangeId}>
            <Link href={paths.bulkChanges({ bulkChange: bulkChangeId })}>
              {request.dryRun ? 'Dry run' : 'Change'} of {visible(request.path.join('/'))}
            </Link>{' '}
            by {visible(startedBy)}, <Age atMs={Date.parse(startedAt)} />: {countsInWords({ counts, total })}. Open it
            to go on with what is left.
          </div>
        ))}
      </SpaceBetween>
    </Alert>
  )
}
