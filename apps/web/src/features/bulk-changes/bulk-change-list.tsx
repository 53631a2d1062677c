import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../shared/paths.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { jobListQuery } from './api.ts'
import { countsInWords } from './bulk-change-words.ts'

/** The bulk changes that the server remembers, of everybody. */
export function BulkChangeList({ shown }: { readonly shown: string | undefined }) {
  const { data } = useQuery(jobListQuery)
  const others = data?.bulkChanges.filter(({ bulkChangeId }) => bulkChangeId !== shown) ?? []
  if (others.length === 0) return null
  return (
    <ExpandableSection headerText={`Recent bulk changes (${others.length})`}>
      <ul className="td-plain-list">
        {others.map(({ bulkChangeId, request, startedBy, startedAt, state, total, counts }) => (
          <li key={bulkChangeId}>
            <Link href={paths.bulkChanges({ bulkChange: bulkChangeId })}>
              {request.dryRun ? 'dry run' : 'change'} of {visible(request.path.join('/'))} on {total} things
            </Link>{' '}
            <span className="td-weak">
              {state}: {countsInWords({ counts, total })}, {visible(startedBy)}, <Age atMs={Date.parse(startedAt)} />
            </span>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  )
}
