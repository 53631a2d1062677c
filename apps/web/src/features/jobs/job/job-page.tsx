import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Job } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { TagsPanel } from '../../../shared/tags/tags-panel.tsx'
import { isOver, jobQuery, jobsChanged } from '../api.ts'
import { CancelJobDialog } from '../components/cancel-job-dialog.tsx'
import { DeleteJobDialog } from '../components/delete-job-dialog.tsx'
import { unreachedTargets } from '../left-things.ts'
import type { JobSearch } from '../search.ts'
import { sumsOf } from '../words/status.ts'
import { CompareTab } from './compare-tab.tsx'
import { DocumentTab } from './document-tab.tsx'
import { ExecutionsTab } from './executions-tab.tsx'
import { JobStatusLine } from './job-status-line.tsx'
import { KeepTemplateDialog } from './keep-template-dialog.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { ProgressTab } from './progress-tab.tsx'
import { RetryDialog } from './retry-dialog.tsx'
import { SettingsTab } from './settings-tab.tsx'
import { useJobEvents } from './use-job-events.ts'
import { WidenDialog } from './widen-dialog.tsx'

interface JobPageProps extends SearchProps<JobSearch> {
  readonly jobId: string
}

type Asked = 'cancel' | 'delete' | 'widen' | 'pause' | 'retry' | 'template'

/** How far a job is, what keeps it, and what can be done about it. */
export function JobPage({ jobId, search, setSearch }: JobPageProps) {
  const query = useQuery(jobQuery(jobId))
  const isTold = useJobEvents(jobId)
  const client = useQueryClient()
  const leave = useLeave(paths.job(jobId), paths.jobs())
  const [asked, setAsked] = useState<Asked>()
  const { data } = query
  const close = () => setAsked(undefined)
  const changed = () => void jobsChanged(client)
  const tab = { search, setSearch }
  return (
    <>
      <DetailsPage
        title={jobId}
        breadcrumbs={[
          { text: 'Jobs', href: paths.jobs() },
          { text: jobId, href: paths.job(jobId) },
        ]}
        status={data && <JobStatusLine job={data} />}
        what="job"
        query={query}
        notFound={`There is no job named ${jobId}`}
        actions={data ? actionsOn(data, setAsked) : []}
        tabs={[
          { id: 'progress', label: 'Progress', content: (job) => <ProgressTab job={job} isTold={isTold} /> },
          { id: 'executions', label: 'Executions', content: (job) => <ExecutionsTab job={job} {...tab} /> },
          { id: 'document', label: 'Document', content: (job) => <DocumentTab job={job} /> },
          { id: 'settings', label: 'Rollout and limits', content: (job) => <SettingsTab job={job} /> },
          { id: 'compare', label: 'Compare', content: (job) => <CompareTab job={job} {...tab} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ jobArn, tags }) => (
              <TagsPanel resourceArn={jobArn} what={`the job ${jobId}`} tags={tags} onChange={changed} />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {asked === 'cancel' && (
        <CancelJobDialog jobId={jobId} counts={data?.counts} onCanceled={changed} onClose={close} />
      )}
      {asked === 'delete' && data && (
        <DeleteJobDialog
          job={data}
          onDeleted={() => {
            changed()
            leave()
          }}
          onClose={close}
        />
      )}
      {asked === 'widen' && data && <WidenDialog job={data} onWidened={changed} onClose={close} />}
      {asked === 'pause' && data && <PauseDialog job={data} onPaused={changed} onClose={close} />}
      {asked === 'template' && data && <KeepTemplateDialog job={data} onClose={close} />}
      {asked === 'retry' && data && <RetryDialog job={data} onClose={close} />}
    </>
  )
}

function actionsOn(job: Job, ask: (what: Asked) => void): Action[] {
  const { status, counts, targetSelection, jobId } = job
  const over = isOver(status) ? 'It is over.' : undefined
  const needs = 'operator' as const
  return [
    { id: 'delete', text: 'Delete', needs: 'admin', onAction: () => ask('delete') },
    { id: 'things', text: 'Show things', href: paths.things({ job: jobId }) },
    { id: 'edit', text: 'Edit', needs, href: paths.editJob(jobId), whyNot: over },
    { id: 'template', text: 'Keep as template', needs, onAction: () => ask('template') },
    { id: 'again', text: 'Create one like it', needs, href: paths.createJob({ like: jobId }) },
    {
      id: 'retry',
      text: 'Retry failed',
      needs,
      whyNot: sumsOf(counts).failed === 0 ? 'None has failed.' : undefined,
      onAction: () => ask('retry'),
    },
    {
      id: 'widen',
      text: 'Add groups',
      needs,
      whyNot:
        over ??
        (targetSelection === 'CONTINUOUS' ? undefined : 'Only a continuous job takes more groups; this is a snapshot.'),
      onAction: () => ask('widen'),
    },
    {
      id: 'pause',
      text: 'Pause',
      needs,
      whyNot:
        over ??
        (counts.QUEUED === 0 && unreachedTargets(job).length === 0
          ? 'All that it has have begun: nothing would be left.'
          : undefined),
      onAction: () => ask('pause'),
    },
    { id: 'cancel', text: 'Cancel job', needs, whyNot: over, onAction: () => ask('cancel') },
  ]
}
