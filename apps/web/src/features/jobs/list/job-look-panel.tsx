import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Facts } from '../../../shared/details/facts.tsx'
import { formatCount } from '../../../shared/format.ts'
import { jobStatus } from '../../../shared/jobs/job-status.ts'
import { paths } from '../../../shared/paths.ts'
import { Age } from '../../../shared/time.tsx'
import { CountsBar, statesOf } from '../components/counts-bar.tsx'
import { TargetList } from '../components/target-list.tsx'
import { VersionList } from '../components/version-list.tsx'
import { executionStatus } from '../words/status.ts'
import type { JobRow } from './columns.tsx'

/** A job in the split panel: how far it is, each number a way to its executions. */
export function JobLookPanel({ job }: { readonly job: JobRow }) {
  const { jobId, status, createdAt, completedAt, jobArn, look } = job
  return (
    <SpaceBetween size="m">
      {look && (
        <SpaceBetween size="xs">
          <CountsBar counts={look.counts} isTall />
          <SpaceBetween direction="horizontal" size="m">
            {statesOf(look.counts).map((state) => (
              <Link key={state} href={paths.job(jobId, { tab: 'executions', status: state })}>
                <StatusIndicator type={executionStatus(state).type}>
                  {formatCount(look.counts[state])} {executionStatus(state).words.toLowerCase()}
                </StatusIndicator>
              </Link>
            ))}
          </SpaceBetween>
        </SpaceBetween>
      )}
      <Facts
        facts={[
          {
            label: 'State',
            value: <StatusIndicator type={jobStatus(status).type}>{jobStatus(status).words}</StatusIndicator>,
          },
          { label: 'Created', value: createdAt && <Age atMs={Date.parse(createdAt)} /> },
          completedAt === undefined ? undefined : { label: 'Completed', value: <Age atMs={Date.parse(completedAt)} /> },
          look ? { label: 'For', value: <TargetList arns={look.targets} /> } : undefined,
          look?.destinationPackageVersions
            ? { label: 'Package versions', value: <VersionList arns={look.destinationPackageVersions} /> }
            : undefined,
          { label: 'ARN', copy: jobArn },
        ]}
      />
    </SpaceBetween>
  )
}
