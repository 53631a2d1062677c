import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { JOB_STATUSES, JOB_TARGET_SELECTIONS, type JobSummary } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { createFilter } from '../../../shared/list/list-filter.ts'
import { ListPage } from '../../../shared/list/list-page.tsx'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { useLooks } from '../../../shared/list/use-looks.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { isOver, JOB_LOOKS, jobPagesQuery, jobsChanged } from '../api.ts'
import { CancelJobDialog } from '../components/cancel-job-dialog.tsx'
import { DeleteJobDialog } from '../components/delete-job-dialog.tsx'
import type { JobsFilter, JobsSearch } from '../search.ts'
import { COLUMNS, type JobRow } from './columns.tsx'
import { JobLookPanel } from './job-look-panel.tsx'

const CREATE: Action = { id: 'create', text: 'Create job', needs: 'operator', isPrimary: true, href: paths.createJob() }

const WORDS: ListWords = {
  title: 'Jobs',
  one: 'job',
  many: 'jobs',
  description: 'What devices are told to do once: install firmware, change a configuration, restart. The newest first.',
  empty: {
    title: 'No jobs yet',
    text: 'A job tells each of many devices to do something, at the pace that you choose, and keeps what became of it on every one. It stops by itself when too many fail.',
  },
}

const FILTER = createFilter<JobRow, JobsFilter>({
  properties: [
    {
      key: 'status',
      label: 'State',
      valuesLabel: 'States',
      params: { '=': 'status' },
      values: JOB_STATUSES,
      seenIn: ({ status }) => status,
    },
    {
      key: 'selection',
      label: 'Selection',
      valuesLabel: 'Selections',
      params: { '=': 'selection' },
      values: JOB_TARGET_SELECTIONS,
      seenIn: ({ targetSelection }) => targetSelection,
    },
    {
      key: 'group',
      label: 'Target group',
      valuesLabel: 'Groups',
      params: { '=': 'group' },
      seenIn: () => undefined,
    },
  ],
  freeText: { operator: '=', mean: (value) => ({ propertyKey: 'group', operator: '=', value }) },
})

/** The jobs of the account; AWS has to be asked for each how far it is, which is done for those in sight. */
export function JobsPage({ search, setSearch }: SearchProps<JobsSearch>) {
  const client = useQueryClient()
  const pageSize = useListPageSize('jobs', 25)
  const pages = useInfiniteQuery(jobPagesQuery(search, pageSize))
  const shown = pages.data?.pages[(search.page ?? 1) - 1]?.jobs ?? []
  const looks = useLooks(
    JOB_LOOKS,
    shown.map(({ jobId }) => jobId),
  )
  const [asked, setAsked] = useState<{ readonly what: 'cancel' | 'delete'; readonly job: JobRow }>()
  const rowOf = (job: JobSummary): JobRow => ({ ...job, look: looks.get(job.jobId) })
  const rows = shown.map(rowOf)
  const close = () => setAsked(undefined)
  const changed = () => void jobsChanged(client)
  return (
    <>
      <ListPage
        name="jobs"
        breadcrumbs={[{ text: 'Jobs', href: paths.jobs() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ jobId }) => jobId}
        source={pagesOf(pages, ({ jobs }) => jobs.map(rowOf))}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'State, selection or target group' }}
        selection="multi"
        actions={(selected) => [
          {
            id: 'compare',
            text: 'Compare',
            href: paths.job(selected[0] ?? '', { tab: 'compare', with: selected[1] ?? '' }),
            whyNot: selected.length === 2 ? undefined : 'Select two jobs.',
          },
          {
            id: 'cancel',
            text: 'Cancel job',
            needs: 'operator',
            whyNot: whyNotCancel(rows, selected),
            onAction: () => {
              const job = rows.find(({ jobId }) => jobId === selected[0])
              if (job) setAsked({ what: 'cancel', job })
            },
          },
          { id: 'templates', text: 'Job templates', href: paths.jobTemplates() },
          CREATE,
        ]}
        rowActions={(job) => [
          { id: 'executions', text: 'Show executions', href: paths.job(job.jobId, { tab: 'executions' }) },
          { id: 'again', text: 'Create one like it', needs: 'operator', href: paths.createJob({ like: job.jobId }) },
          {
            id: 'cancel',
            text: 'Cancel job',
            needs: 'operator',
            whyNot: isOver(job.status) ? 'It is over.' : undefined,
            onAction: () => setAsked({ what: 'cancel', job }),
          },
          { id: 'delete', text: 'Delete job', needs: 'admin', onAction: () => setAsked({ what: 'delete', job }) },
        ]}
        look={(jobId, row) => ({ header: jobId, content: row && <JobLookPanel job={row} /> })}
      />
      {asked?.what === 'cancel' && (
        <CancelJobDialog jobId={asked.job.jobId} counts={asked.job.look?.counts} onCanceled={changed} onClose={close} />
      )}
      {asked?.what === 'delete' && <DeleteJobDialog job={asked.job} onDeleted={changed} onClose={close} />}
    </>
  )
}

function whyNotCancel(rows: readonly JobRow[], selected: readonly string[]): string | undefined {
  if (selected.length !== 1) return 'Select one job.'
  const job = rows.find(({ jobId }) => jobId === selected[0])
  return job && isOver(job.status) ? 'It is over.' : undefined
}
