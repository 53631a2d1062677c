import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { type BodyOf, endpoints, type Job, type JobExecutionStatus, type JobLook } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import type { JobsFilter } from './search.ts'
import { sumsOf } from './words/status.ts'

/** Prefix of every key of this feature. */
export const JOBS = ['jobs'] as const
const TEMPLATES = ['job-templates'] as const

/** While a job goes on: AWS takes ten DescribeJob a second of a whole account. */
const POLL_MS = 5_000

/** Jobs are not what they were: what is shown of them is read anew. */
export const jobsChanged = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: JOBS })
export const templatesChanged = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: TEMPLATES })

export const jobPagesQuery = ({ status, selection, group }: JobsFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...JOBS, 'pages', status ?? '', selection ?? '', group ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listJobs, {
        query: { status, targetSelection: selection, thingGroupName: group, maxResults, nextToken },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 5_000, // ms
  })

/** What a list says of its jobs; AWS is asked for each, so not more than are seen. */
export const JOB_LOOKS: LookSource<JobLook> = {
  key: [...JOBS, 'looks'],
  ask: async (jobId, signal) => (await api(endpoints.listJobLooks, { query: { jobId }, signal })).jobs,
  nameOf: ({ jobId }) => jobId,
}

/** Whether it is handed to no further device. Those in the middle of a canceled one go on: {@link goesOn}. */
export const isOver = (status: string): boolean => status === 'COMPLETED' || status === 'CANCELED'

/** Whether anything may still become of it by itself: a canceled job leaves alone who is in the middle of it. */
export const goesOn = ({ status, counts }: Pick<Job, 'status' | 'counts'>): boolean =>
  !isOver(status) || sumsOf(counts).open > 0

export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: [...JOBS, 'job', jobId],
    queryFn: ({ signal }) => api(endpoints.describeJob, { params: { jobId }, signal }),
    refetchInterval: ({ state }) => (state.data && !goesOn(state.data) ? false : POLL_MS),
  })

/** Document and package versions before AWS put in what it knows of these: that does not change. */
export const asWrittenQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['job-as-written', jobId],
    queryFn: ({ signal }) => api(endpoints.describeJobAsWritten, { params: { jobId }, signal }),
    staleTime: 600_000, // ms
  })

/** Of the things of a new job those that run already what it brings. */
export const versionTargetsQuery = (body: BodyOf<typeof endpoints.countVersionTargets>) =>
  queryOptions({
    queryKey: [...JOBS, 'version-targets', JSON.stringify(body)],
    queryFn: ({ signal }) => api(endpoints.countVersionTargets, { body, signal }),
    staleTime: 30_000, // ms
    retry: false,
  })

/** @param isLive asked for again by itself */
export const openExecutionsQuery = (jobId: string, isLive: boolean) =>
  queryOptions({
    queryKey: [...JOBS, 'open', jobId],
    queryFn: ({ signal }) => api(endpoints.listOpenJobExecutions, { params: { jobId }, signal }),
    refetchInterval: isLive ? 2 * POLL_MS : false,
  })

/** @param isLive asked for again by itself */
export const executionPagesQuery = (
  jobId: string,
  status: JobExecutionStatus | undefined,
  maxResults: number,
  isLive: boolean,
) =>
  infiniteQueryOptions({
    queryKey: [...JOBS, 'executions', jobId, status ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listJobExecutions, { params: { jobId }, query: { status, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    refetchInterval: isLive ? POLL_MS : false,
    staleTime: 5_000, // ms
  })

export const executionQuery = (thingName: string, jobId: string, executionNumber?: number) =>
  queryOptions({
    queryKey: [...JOBS, 'execution', thingName, jobId, executionNumber ?? ''],
    queryFn: ({ signal }) =>
      api(endpoints.describeJobExecution, { params: { thingName, jobId }, query: { executionNumber }, signal }),
    staleTime: 2_000, // ms
  })

/** All attempts of a job on a thing, the latest first, as AWS keeps them. */
export const attemptsQuery = (thingName: string, jobId: string) =>
  queryOptions({
    queryKey: [...JOBS, 'attempts', thingName, jobId],
    queryFn: ({ signal }) =>
      api(endpoints.listThingJobs, { params: { thingName }, query: { jobId, maxResults: 50 }, signal }),
    staleTime: 2_000, // ms
  })

export const causesQuery = (thingName: string, jobId: string) =>
  queryOptions({
    queryKey: [...JOBS, 'causes', thingName, jobId],
    queryFn: ({ signal }) => api(endpoints.explainJobExecution, { params: { thingName, jobId }, signal }),
    staleTime: 10_000, // ms
    refetchInterval: 30_000, // ms: a device that connects or subscribes meanwhile tells nobody of the job
  })

export const thingJobPagesQuery = (thingName: string, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...JOBS, 'thing', thingName, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listThingJobs, { params: { thingName }, query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    refetchInterval: 2 * POLL_MS,
  })

export const templatePagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...TEMPLATES, 'own', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listJobTemplates, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const templateQuery = (jobTemplateId: string) =>
  queryOptions({
    queryKey: [...TEMPLATES, 'template', jobTemplateId],
    queryFn: ({ signal }) => api(endpoints.describeJobTemplate, { params: { jobTemplateId }, signal }),
    staleTime: 10_000, // ms
  })

export const managedTemplatesQuery = queryOptions({
  queryKey: [...TEMPLATES, 'managed'],
  queryFn: ({ signal }) => api(endpoints.listManagedJobTemplates, { query: { maxResults: 250 }, signal }),
  staleTime: 600_000, // ms: AWS's own, which seldom change
})

export const managedTemplateQuery = (templateName: string) =>
  queryOptions({
    queryKey: [...TEMPLATES, 'managed', templateName],
    queryFn: ({ signal }) => api(endpoints.describeManagedJobTemplate, { params: { templateName }, signal }),
    staleTime: 600_000, // ms
  })
