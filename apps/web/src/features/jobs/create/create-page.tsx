import { useQuery } from '@tanstack/react-query'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useSession } from '../../../shared/session/session.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { asWrittenQuery, jobQuery, templateQuery } from '../api.ts'
import type { CreateJobSearch } from '../search.ts'
import { jobDraft } from './job-draft.ts'
import { type JobValues, NEW_JOB } from './job-values.ts'
import { JobWizard } from './job-wizard.tsx'
import { readLeftThings } from './left-draft.ts'
import { bringing } from './values-bringing.ts'
import { valuesLike, valuesOfTemplate } from './values-from.ts'

/** A new job: for whom, what, how fast; from nothing, a draft, another job or a template. */
export function CreateJobPage({ search }: SearchProps<CreateJobSearch>) {
  const { person } = useSession()
  usePageChrome({
    title: 'Create job',
    breadcrumbs: [
      { text: 'Jobs', href: paths.jobs() },
      { text: 'Create job', href: paths.createJob() },
    ],
  })
  const { like, template, things, group, query, package: packageName, version } = search
  const job = useQuery({ ...jobQuery(like ?? ''), enabled: like !== undefined, refetchInterval: false })
  const made = useQuery({ ...templateQuery(template ?? ''), enabled: template !== undefined })
  const names = (job.data?.destinationPackageVersions ?? []).length > 0
  const written = useQuery({ ...asWrittenQuery(like ?? ''), enabled: names })
  const error = job.error ?? made.error ?? written.error
  if (error)
    return (
      <ErrorAlert
        error={error}
        what={like === undefined ? 'The template could not be read' : 'The job could not be read'}
      />
    )
  if ((like !== undefined && !job.data) || (names && !written.data) || (template !== undefined && !made.data))
    return <Loading what="job" />
  const isBlank = [like, template, things, group, query, packageName].every((said) => said === undefined)
  const left = like === undefined ? undefined : readLeftThings(person.id, like)
  const begin = (): JobValues => {
    const kept = isBlank ? jobDraft(person.id).read() : undefined
    const base = job.data
      ? valuesLike(job.data, left, serverNow(), written.data)
      : { ...NEW_JOB, ...(made.data && valuesOfTemplate(made.data)) }
    const brought = packageName === undefined ? {} : bringing(packageName, version)
    return { ...(kept ?? base), ...brought, ...targetsIn(search) }
  }
  return (
    <JobWizard
      key={JSON.stringify(search)}
      begin={begin}
      like={like}
      whole={
        job.data && left && things === undefined
          ? valuesLike(job.data, undefined, serverNow(), written.data)
          : undefined
      }
      isDraft={isBlank && jobDraft(person.id).read() !== undefined}
    />
  )
}

function targetsIn({ things, group, query }: CreateJobSearch): Partial<JobValues> {
  if (group !== undefined) return { who: 'group', groups: [group] }
  if (query !== undefined) return { who: 'query', query, found: [] }
  return things === undefined ? {} : { who: 'things', names: things.join('\n'), selection: 'SNAPSHOT' }
}
