import { useQuery } from '@tanstack/react-query'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { paths } from '../../../shared/paths.ts'
import { jobQuery } from '../api.ts'
import { JobStatusLine } from '../job/job-status-line.tsx'
import { EditJobForm } from './edit-form.tsx'

/** How a job goes on from now: what AWS lets be changed of one that there is. */
export function EditJobPage({ jobId }: { readonly jobId: string }) {
  const query = useQuery(jobQuery(jobId))
  return (
    <DetailsPage
      title={`Edit ${jobId}`}
      breadcrumbs={[
        { text: 'Jobs', href: paths.jobs() },
        { text: jobId, href: paths.job(jobId) },
        { text: 'Edit', href: paths.editJob(jobId) },
      ]}
      status={query.data && <JobStatusLine job={query.data} />}
      what="job"
      query={query}
      notFound={`There is no job named ${jobId}`}
      content={(job) => <EditJobForm job={job} />}
    />
  )
}
