import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery } from '@tanstack/react-query'
import { NO_VERSION, type PackageJobPage, parsePackageVersionArn } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { jobStatus } from '../../../shared/jobs/job-status.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { packageJobsQuery } from '../api.ts'

type Row = PackageJobPage['jobs'][number]

const broughtBy = ({ packageVersions }: Row) =>
  packageVersions
    .map((arn) => parsePackageVersionArn(arn)?.versionName ?? arn)
    .map((name) => (name === NO_VERSION ? 'taken off' : name))
    .join(', ')

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'job',
    header: 'Job',
    isRowHeader: true,
    isFixed: true,
    width: 280,
    minWidth: 160,
    cell: ({ jobId }) => (
      <Link href={paths.job(jobId)}>
        <NameText text={jobId} />
      </Link>
    ),
  },
  { id: 'version', header: 'Version', width: 200, minWidth: 120, cell: (row) => visible(broughtBy(row)) },
  {
    id: 'status',
    header: 'State',
    width: 160,
    minWidth: 120,
    cell: ({ status }) => <StatusIndicator type={jobStatus(status).type}>{jobStatus(status).words}</StatusIndicator>,
  },
  {
    id: 'created',
    header: 'Created',
    minWidth: 120,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
]

/** Jobs that named a version of a package; AWS cannot search for them, so that jobs are looked through, some at a time. */
export function JobsTab({ packageName }: { readonly packageName: string }) {
  const pages = useInfiniteQuery(packageJobsQuery(packageName))
  const looked = pages.data?.pages.reduce((sum, page) => sum + page.looked, 0) ?? 0
  return (
    <List
      name="package-jobs"
      variant="container"
      words={{
        title: 'Jobs that named it',
        one: 'job',
        many: 'jobs',
        description: `The newest first. AWS cannot search for them: ${pages.hasNextPage ? `of the account's jobs the newest ${formatCount(looked)} were looked at; there are older ones` : 'all jobs of the account were looked at'}.`,
        empty: {
          title: 'No job named it',
          text: 'A job that names a version brings it to things, and says so in their shadow $package where the package configuration has it so.',
        },
        partSearched: 'There are older jobs, which were not looked at yet.',
      }}
      columns={COLUMNS}
      rowId={({ jobId }) => jobId}
      source={pagesOf(pages, ({ jobs }) => jobs)}
      paging="endless"
      isNewestFirst
    />
  )
}
