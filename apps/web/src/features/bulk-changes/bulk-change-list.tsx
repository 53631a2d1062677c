import ExpandableSection from '@cloudscape-design/components/expandable-section'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../../shared/time.tsx'
import { jobListQuery } from './api.ts'

interface JobListProps {
  readonly shown: string | undefined
  readonly onOpen: (bulkChangeId: string) => void
}

/** The bulk changes that the server remembers, of everybody. */
export function BulkChangeList({ shown, onOpen }: JobListProps) {
  const { data } = useQuery(jobListQuery)
  const others = data?.bulkChanges.filter(({ bulkChangeId }) => bulkChangeId !== shown) ?? []
  if (others.length === 0) return null
  return (
    <ExpandableSection headerText={`Recent bulk changes (${others.length})`}>
      <ul className="td-plain-list">
        {others.map(({ bulkChangeId, request, startedBy, startedAt, state, total }) => (
          <li key={bulkChangeId}>
            <button type="button" className="td-link" onClick={() => onOpen(bulkChangeId)}>
              {request.dryRun ? 'dry run' : 'change'} of {request.path.join('/')} on {total} things
            </button>{' '}
            <span className="td-weak">
              {state}, {startedBy}, <Age atMs={Date.parse(startedAt)} />
            </span>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  )
}
