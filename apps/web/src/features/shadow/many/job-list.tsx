import ExpandableSection from '@cloudscape-design/components/expandable-section'
import { useQuery } from '@tanstack/react-query'
import { Age } from '../../../shared/time.tsx'
import { jobListQuery } from './api.ts'

interface JobListProps {
  readonly shown: string | undefined
  readonly onOpen: (jobId: string) => void
}

/** The jobs that the server remembers, of everybody. */
export function JobList({ shown, onOpen }: JobListProps) {
  const { data } = useQuery(jobListQuery)
  const others = data?.jobs.filter(({ jobId }) => jobId !== shown) ?? []
  if (others.length === 0) return null
  return (
    <ExpandableSection headerText={`Recent jobs (${others.length})`}>
      <ul className="td-plain-list">
        {others.map(({ jobId, request, startedBy, startedAt, state, total }) => (
          <li key={jobId}>
            <button type="button" className="td-link" onClick={() => onOpen(jobId)}>
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
