import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints, type JobExecutionSummary, MOST_CERTIFICATE_REQUESTS } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { eachPage } from '../../../shared/each-page.ts'
import { ApiError } from '../../../shared/http.ts'
import { namesOfRotation, ROTATIONS } from '../api.ts'
import { type IssuedCertificate, installJobs, requestIn, requestJobPrefix, requestJobs } from './rotation-jobs.ts'

const PAGE = 250
/** So many of the newest jobs are looked through for those of a rotation: its own are among them, or it was long ago. */
const MOST_JOBS = 1_000
const POLL_MS = 5_000

/** What devices answered to the jobs that asked them for signing requests. */
export interface Answers {
  readonly jobIds: readonly string[]
  /** Requests by the thing that answered them. */
  readonly requests: ReadonlyMap<string, string>
  /** Things that are done without having answered a request, or refused to. */
  readonly without: number
  /** Things that are not done. */
  readonly open: number
}

/** Of a rotation. A device's answer is its own: AWS IoT takes it from who is connected as the thing. */
export const answersQuery = (rotationId: string) =>
  queryOptions({
    queryKey: [...ROTATIONS, 'answers', rotationId],
    queryFn: async ({ client, signal }): Promise<Answers> => {
      const jobIds = await jobsOf(rotationId, signal)
      const requests = new Map<string, string>()
      let [without, open] = [0, 0]
      for (const jobId of jobIds) {
        for (const execution of await executionsOf(jobId, signal)) {
          const { thingName, status } = execution
          if (status === 'QUEUED' || status === 'IN_PROGRESS') open += 1
          else {
            const request = status === 'SUCCEEDED' ? await requestOf(client, execution) : undefined
            if (request === undefined) without += 1
            else requests.set(thingName, request)
          }
        }
      }
      return { jobIds, requests, without, open }
    },
    structuralSharing: false, // a Map
    refetchInterval: ({ state }) => (state.data && state.data.open > 0 ? POLL_MS : false),
  })

/** Asks every thing that has no key yet for a request. Asked twice, it is one job. */
export async function askForRequests(rotationId: string): Promise<void> {
  const jobs = await requestJobs(rotationId, await namesOfRotation(rotationId, 'chosen'))
  for (const job of jobs) await unlessThere(() => api(endpoints.createJob, { body: job }))
}

/** Has certificates made for what devices answered. @returns for how many things */
export async function takeRequests(rotationId: string, { requests }: Answers): Promise<number> {
  const chosen = new Set(await namesOfRotation(rotationId, 'chosen'))
  const taken = [...requests]
    .filter(([thingName]) => chosen.has(thingName))
    .map(([thingName, certificateSigningRequest]) => ({ thingName, certificateSigningRequest }))
  let changed = 0
  for (let at = 0; at < taken.length; at += MOST_CERTIFICATE_REQUESTS) {
    const body = { requests: taken.slice(at, at + MOST_CERTIFICATE_REQUESTS) }
    changed += (await api(endpoints.requestRotationCertificates, { params: { rotationId }, body })).changed
  }
  return changed
}

/** Those certificates that are of the key that the device has: others would be of no use to it. */
export async function deliverableIn(rotationId: string, { requests }: Answers): Promise<IssuedCertificate[]> {
  const { isOfRequest } = await import('./is-of-request.ts') // large, and seldom needed
  const issued: IssuedCertificate[] = []
  for (let offset = 0; ; offset += PAGE) {
    const query = { offset, limit: PAGE }
    const { certificates } = await api(endpoints.listRotationCertificates, { params: { rotationId }, query })
    for (const each of certificates) {
      const request = requests.get(each.thingName)
      if (request !== undefined && isOfRequest(each.certificatePem, request)) issued.push(each)
    }
    if (certificates.length < PAGE) return issued
  }
}

/** Brings certificates by jobs, and activates them: what is not done of it is done by doing it again. */
export async function deliver(rotationId: string, issued: readonly IssuedCertificate[]): Promise<void> {
  for (const { certificateIds, ...job } of await installJobs(rotationId, issued)) {
    await unlessThere(() => api(endpoints.createJob, { body: job }))
    await api(endpoints.noteRotationDelivered, {
      params: { rotationId },
      body: { certificateIds: [...certificateIds] },
    })
  }
}

async function jobsOf(rotationId: string, signal: AbortSignal): Promise<string[]> {
  const prefix = requestJobPrefix(rotationId)
  const found: string[] = []
  const ask = (nextToken: string | undefined) =>
    api(endpoints.listJobs, { query: { maxResults: PAGE, nextToken }, signal })
  for await (const { jobs } of eachPage(ask, MOST_JOBS / PAGE)) {
    found.push(...jobs.flatMap(({ jobId }) => (jobId.startsWith(prefix) ? [jobId] : [])))
  }
  return found
}

async function executionsOf(jobId: string, signal: AbortSignal) {
  const { executions } = await api(endpoints.listJobExecutions, {
    params: { jobId },
    query: { maxResults: PAGE }, // a job of a rotation has a hundred things at most
    signal,
  })
  return executions
}

/** What an execution that is over says stays: it is asked for once, however often it is looked at. */
async function requestOf(
  client: QueryClient,
  { jobId, thingName, executionNumber }: JobExecutionSummary,
): Promise<string | undefined> {
  const { statusDetails } = await client.fetchQuery({
    queryKey: ['rotation-requests', jobId, thingName, executionNumber],
    queryFn: ({ signal }) =>
      api(endpoints.describeJobExecution, { params: { jobId, thingName }, query: { executionNumber }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return requestIn(statusDetails)
}

async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make()
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'ResourceAlreadyExistsException')) throw error
  }
}
