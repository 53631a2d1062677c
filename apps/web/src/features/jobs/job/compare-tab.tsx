import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import type { Job } from '@thingdeck/contract'
import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { goesOn, jobQuery } from '../api.ts'
import { MOST_READ, runQuery } from '../run-query.ts'
import type { JobSearch } from '../search.ts'
import { compareRuns } from '../words/compare.ts'

/** So many things are named; the rest is counted. */
const MOST_NAMED = 50
const TYPING_MS = 300

interface CompareTabProps extends SearchProps<JobSearch> {
  readonly job: Job
}

/** Two runs beside each other: how each went, and the things that did not fare the same. */
export function CompareTab({ job, search, setSearch }: CompareTabProps) {
  const [typed, setTyped] = useState(search.with ?? '')
  const other = useDebounced(typed, TYPING_MS).trim()
  return (
    <Container>
      <SpaceBetween size="m">
        <FormField
          label="Compare with the job"
          description="Its id: the run before, say, or the one for another group."
        >
          <Input
            value={typed}
            onChange={({ detail }) => {
              setTyped(detail.value)
              setSearch({ with: detail.value.trim() === '' ? undefined : detail.value.trim() }, { replace: true })
            }}
          />
        </FormField>
        {other !== '' && other !== job.jobId && <Comparison job={job} otherId={other} />}
        {other === job.jobId && <Alert type="info">This is the same job.</Alert>}
      </SpaceBetween>
    </Container>
  )
}

function Comparison({ job, otherId }: { readonly job: Job; readonly otherId: string }) {
  const otherJob = useQuery(jobQuery(otherId))
  const mine = useQuery(runQuery(job.jobId, goesOn(job)))
  const theirs = useQuery({
    ...runQuery(otherId, otherJob.data !== undefined && goesOn(otherJob.data)),
    enabled: otherJob.data !== undefined,
  })
  const error = otherJob.error ?? mine.error ?? theirs.error
  if (error) return <ErrorAlert error={error} what="The two could not be compared" />
  if (!otherJob.data || !mine.data || !theirs.data) return <Loading what="both runs" />
  const { rows, better, worse } = compareRuns(
    { job, executions: mine.data.executions },
    { job: otherJob.data, executions: theirs.data.executions },
  )
  return (
    <SpaceBetween size="m">
      {!(mine.data.isAll && theirs.data.isAll) && (
        <Alert type="info">
          Of each, {formatCount(MOST_READ)} executions are compared at most: times and names are of these. The numbers
          are of all.
        </Alert>
      )}
      <Table
        variant="embedded"
        header={<Header variant="h3">Side by side</Header>}
        items={[...rows]}
        trackBy="what"
        columnDefinitions={[
          { id: 'what', header: 'Compared', cell: ({ what }) => what, isRowHeader: true },
          { id: 'mine', header: job.jobId, cell: ({ mine: value }) => <span className="td-job-count">{value}</span> },
          { id: 'theirs', header: otherId, cell: ({ theirs: value }) => <span className="td-job-count">{value}</span> },
        ]}
      />
      <Names title={`Succeeded here, not in ${otherId}`} names={better} />
      <Names title={`Succeeded in ${otherId}, not here`} names={worse} />
    </SpaceBetween>
  )
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  return (
    <div>
      <Header variant="h3" counter={`(${formatCount(names.length)})`}>
        {title}
      </Header>
      {names.length === 0 ? (
        <span className="td-weak">none</span>
      ) : (
        <ul className="td-plain-list">
          {names.slice(0, MOST_NAMED).map((name) => (
            <li key={name}>
              <Link href={paths.thing(name, { tab: 'jobs' })}>
                <NameText text={name} />
              </Link>
            </li>
          ))}
          {names.length > MOST_NAMED && <li className="td-weak">and {formatCount(names.length - MOST_NAMED)} more</li>}
        </ul>
      )}
    </div>
  )
}
