import {
  type Job,
  type JobExecutionStatus,
  type JobExecutionSummary,
  MOST_BULK_CHANGE_TARGETS,
} from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { readMembers } from '../../shared/things/group-members.ts'
import { readExecutions } from './all-executions.ts'
import { lastAttempts, mayTryAgain } from './words/attempts.ts'
import { sumsOf } from './words/status.ts'
import { targetOf } from './words/targets.ts'

/** So many executions are read: four hundred requests, at AWS's rate forty seconds. */
const MOST_READ = 100_000

type AskedJob = Pick<
  Job,
  'jobId' | 'status' | 'targets' | 'targetSelection' | 'jobExecutionsRetryConfig' | 'processingTargets' | 'counts'
>

/**
 * Things whose last execution of a job is in one of these states.
 * @throws {Error} where they are more than a job can be prepared for
 */
export async function thingsIn(job: AskedJob, statuses: readonly JobExecutionStatus[]): Promise<readonly string[]> {
  // What is listed of one state are attempts: one that failed says nothing of a thing that succeeded afterwards.
  const executions = mayTryAgain(job)
    ? await readAll(job.jobId)
    : (await Promise.all(statuses.map((status) => readAll(job.jobId, status)))).flat()
  return bounded(namesIn(executions, statuses))
}

/** Targets of which some things may have no execution yet: it is still being rolled out, or waits for its next window. */
export const unreachedTargets = ({ status, targets, processingTargets }: AskedJob): readonly string[] =>
  status === 'SCHEDULED' ? targets : processingTargets

/** Whether no device has it yet. Between two maintenance windows a job is `SCHEDULED`, too. */
export const hasNotBegun = ({ status, counts }: Pick<AskedJob, 'status' | 'counts'>): boolean =>
  status === 'SCHEDULED' && sumsOf(counts).total === 0

/**
 * Things that have not begun a job: those whose last execution is queued, and those that it has not reached yet.
 * @throws {Error} where they are more than a job can be prepared for
 */
export async function leftThings(job: AskedJob): Promise<readonly string[]> {
  const unreached = unreachedTargets(job)
  if (unreached.length === 0) return thingsIn(job, ['QUEUED'])
  const executions = await readAll(job.jobId)
  const reached = new Set(executions.map(({ thingName }) => thingName))
  const left = new Set(namesIn(executions, ['QUEUED']))
  for (const { kind, name } of unreached.map(targetOf)) {
    const members = kind === 'group' ? await readMembers(name, { recursive: true }) : [name]
    if (!members) throw tooMany(`The group ${name} has more than ${formatCount(MOST_BULK_CHANGE_TARGETS)} things`)
    for (const member of members) if (!reached.has(member)) left.add(member)
  }
  return bounded([...left])
}

const namesIn = (executions: readonly JobExecutionSummary[], statuses: readonly string[]): readonly string[] =>
  lastAttempts(executions)
    .filter(({ status }) => statuses.includes(status))
    .map(({ thingName }) => thingName)

async function readAll(jobId: string, status?: JobExecutionStatus): Promise<readonly JobExecutionSummary[]> {
  const { executions, isAll } = await readExecutions(jobId, MOST_READ, status === undefined ? {} : { status })
  if (!isAll) throw tooMany(`The job has more than ${formatCount(MOST_READ)} executions`)
  return executions
}

function bounded(names: readonly string[]): readonly string[] {
  if (names.length > MOST_BULK_CHANGE_TARGETS) throw tooMany(`These are ${formatCount(names.length)} things`)
  return names
}

const tooMany = (what: string): Error =>
  new Error(
    `${what}. A job is prepared for ${formatCount(MOST_BULK_CHANGE_TARGETS)} at most, as a group of no more is made at once: nothing was changed.`,
  )
