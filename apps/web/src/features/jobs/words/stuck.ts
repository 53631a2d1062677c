import {
  JOB_SILENT_MS,
  type JobExecutionCauses,
  type JobExecutionSummary,
  type OpenJobExecution,
} from '@thingdeck/contract'
import { formatSpan } from '../../../shared/time.tsx'
import { localSchedule } from './schedule.ts'
import { executionStatus } from './status.ts'

/** A device that is connected and listens begins within seconds, and one that starts anew is back soon. */
const SLOW_MS = 60_000

export interface Standing {
  /** Somebody should look at it. */
  readonly isStuck: boolean
  readonly words: string
}

const span = (fromMs: number, nowMs: number) => formatSpan(nowMs - fromMs)
const ms = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time))

/** How an execution that is not over stands, by what is known of its device, and by the state of its job. */
export function standingOf(execution: OpenJobExecution, nowMs: number, jobStatus: string): Standing {
  return execution.status === 'IN_PROGRESS' ? begun(execution, nowMs) : queued(execution, nowMs, jobStatus)
}

function begun({ startedAt, lastUpdatedAt, queuedAt, thing }: OpenJobExecution, nowMs: number): Standing {
  const since = ms(startedAt ?? queuedAt) ?? nowMs
  const heard = ms(lastUpdatedAt) ?? since
  const isSilent = nowMs - heard >= JOB_SILENT_MS
  const silence = `in progress for ${span(since, nowMs)}, last heard of ${span(heard, nowMs)} ago`
  if (thing.connected === false) {
    const gone = ms(thing.changedAt)
    return {
      // A device that installs something starts anew in the middle.
      isStuck: nowMs - Math.max(heard, gone ?? heard) >= SLOW_MS,
      words: `${silence}; its device is not connected${gone === undefined ? '' : `, gone for ${span(gone, nowMs)}`}`,
    }
  }
  if (thing.connected === undefined)
    return { isStuck: isSilent, words: `${silence}; not known whether it is connected` }
  return { isStuck: isSilent, words: isSilent ? `${silence}, though it is connected` : silence }
}

function queued({ queuedAt, thing }: OpenJobExecution, nowMs: number, jobStatus: string): Standing {
  const since = ms(queuedAt) ?? nowMs
  const waits = `queued for ${span(since, nowMs)}`
  // Devices are not told of it before the next window, however connected they are.
  if (jobStatus === 'SCHEDULED') return { isStuck: false, words: `${waits}; the job is out of its windows` }
  const changed = ms(thing.changedAt)
  if (thing.connected === undefined) return { isStuck: false, words: `${waits}; not known whether it is connected` }
  if (!thing.connected) {
    const gone = changed === undefined ? 'was never seen' : `offline for ${span(changed, nowMs)}`
    return { isStuck: false, words: `${waits}; ${gone}: gets it when it comes` }
  }
  const together = Math.max(since, changed ?? since)
  const isSlow = nowMs - together >= SLOW_MS
  return { isStuck: isSlow, words: isSlow ? `${waits}, though it is connected` : `${waits}; connected` }
}

/** Stuck ones first, and of these what is in progress, the longest silent first; the server has them in that order. */
export function stuckFirst(
  executions: readonly OpenJobExecution[],
  nowMs: number,
  jobStatus: string,
): readonly (OpenJobExecution & { readonly standing: Standing })[] {
  return executions
    .map((execution) => ({ ...execution, standing: standingOf(execution, nowMs, jobStatus) }))
    .sort((one, other) => rankOf(one) - rankOf(other))
}

/** Stuck ones, then those that may begin any moment or are at work, then those that are awaited. */
function rankOf({ standing, thing }: OpenJobExecution & { readonly standing: Standing }): number {
  if (standing.isStuck) return 0
  return thing.connected === false ? 2 : 1
}

export interface Cause {
  readonly id: 'job' | 'connection' | 'connect-refused' | 'ahead' | 'subscriptions' | 'refused' | 'notified' | 'asked'
  readonly type: 'success' | 'warning' | 'error' | 'info'
  readonly words: string
}

/** What can be known about why a device does not begin or end, each point once, in the order in which to look. */
export function causesInWords(
  causes: JobExecutionCauses,
  execution: Pick<JobExecutionSummary, 'status' | 'queuedAt'>,
  nowMs: number,
): readonly Cause[] {
  const { job, thing, connectRefused, ahead, subscriptions, notified } = causes
  const list: Cause[] = [...jobCause(job, execution), connectionCause(thing, execution.status === 'QUEUED', nowMs)]
  if (connectRefused) {
    const why = connectRefused.why === undefined ? '' : ` (${connectRefused.why})`
    const words = `It tried to connect and was refused ${span(Date.parse(connectRefused.at), nowMs)} ago, by the log${why}.`
    list.push({ id: 'connect-refused', type: 'error', words })
  }
  const [first] = ahead
  if (execution.status === 'QUEUED' && first) {
    const since = ms(first.since)
    const others = ahead.length > 1 ? `, and ${ahead.length - 1} more after it` : ''
    const words = `The job ${first.jobId} comes first: ${executionStatus(first.status).words.toLowerCase()}${since === undefined ? '' : ` for ${span(since, nowMs)}`}${others}. A device that asks for the next job is given that one.`
    list.push({ id: 'ahead', type: 'warning', words })
  }
  if (thing.connected) list.push(subscriptionCause(subscriptions))
  const { lastAsked, refused } = notified
  if (refused) {
    const why = refused.why === undefined ? '' : ` (${refused.why})`
    const words = `It was refused ${span(Date.parse(refused.at), nowMs)} ago, by the log: ${refused.eventType} ${refused.topicName}${why}.`
    list.push({ id: 'refused', type: 'error', words })
  }
  list.push(notifiedCause(notified, execution, nowMs))
  if (lastAsked && lastAsked.at !== refused?.at) {
    const said = lastAsked.details === undefined ? '' : ` (${lastAsked.details})`
    const words = `It last asked the jobs service ${span(Date.parse(lastAsked.at), nowMs)} ago: ${lastAsked.eventType}${said}.`
    list.push({ id: 'asked', type: 'info', words })
  }
  return list
}

/** What lies with the job, and not with the device; none where the job does its part. */
function jobCause(
  { status, timeoutInMinutes, nextWindow }: JobExecutionCauses['job'],
  execution: Pick<JobExecutionSummary, 'status'>,
): readonly Cause[] {
  const id = 'job'
  const isQueued = execution.status === 'QUEUED'
  if (isQueued && status === 'SCHEDULED') {
    const opens = nextWindow === undefined ? '' : ` before ${localSchedule(nextWindow)}`
    return [{ id, type: 'warning', words: `The job is out of its windows: devices are not told of it${opens}.` }]
  }
  if (isQueued && status === 'CANCELED') {
    return [
      { id, type: 'warning', words: 'The job is canceled: devices are told of it no more, and this ends with it.' },
    ]
  }
  if (!isQueued && timeoutInMinutes === undefined) {
    const words =
      'The job has no time-out: this stays in progress until the device reports an end, or it is canceled by force.'
    return [{ id, type: 'warning', words }]
  }
  return []
}

function connectionCause(
  { connected, changedAt, clientId }: JobExecutionCauses['thing'],
  isQueued: boolean,
  nowMs: number,
): Cause {
  const since = ms(changedAt)
  const how = since === undefined ? '' : ` for ${span(since, nowMs)}`
  if (connected === undefined) {
    return { id: 'connection', type: 'info', words: 'It is not known whether the device is connected.' }
  }
  if (connected) {
    return { id: 'connection', type: 'success', words: `The device is connected${how}, as ${clientId ?? 'a client'}.` }
  }
  const then = isQueued
    ? 'It is told of the job when it connects and asks.'
    : 'It has begun the job, and nothing is heard of that until it connects.'
  const unseen =
    since === undefined
      ? ' AWS IoT knows the devices of things by client ids that are equal to their names, or by certificates that are theirs alone: one that connects in another way is not seen here.'
      : ''
  return { id: 'connection', type: 'error', words: `The device is not connected${how}. ${then}${unseen}` }
}

function subscriptionCause({ outcome, filters, message }: JobExecutionCauses['subscriptions']): Cause {
  const id = 'subscriptions'
  if (outcome !== 'read') {
    const why = message === undefined ? '' : ` ${message}`
    return { id, type: 'info', words: `It is not known what its client is subscribed to.${why}` }
  }
  return filters.length > 0
    ? { id, type: 'success', words: `Its client hears of jobs: it is subscribed to ${filters.join(', ')}.` }
    : {
        id,
        type: 'error',
        words:
          'Its client is subscribed neither to jobs/notify-next nor to jobs/notify: it hears of a job only when it asks by itself.',
      }
}

function notifiedCause(
  { outcome, from, at, message }: JobExecutionCauses['notified'],
  { queuedAt }: Pick<JobExecutionSummary, 'queuedAt'>,
  nowMs: number,
): Cause {
  const id = 'notified'
  if (at !== undefined) {
    const when = `A notification was last handed to it ${span(Date.parse(at), nowMs)} ago, by the log`
    // Times of AWS's jobs are whole seconds.
    const isOfIt = queuedAt === undefined || Date.parse(at) >= Math.floor(Date.parse(queuedAt) / 1_000) * 1_000
    return isOfIt
      ? { id, type: 'success', words: `${when}.` }
      : {
          id,
          type: 'warning',
          words: `${when}: that was before this job was queued for it. Deliveries are logged at DEBUG only.`,
        }
  }
  if (outcome === 'read') {
    const back = from === undefined ? '' : ` of the last ${span(Date.parse(from), nowMs)}`
    return {
      id,
      type: 'info',
      words: `The log${back} has no notification that was handed to it. Deliveries are logged at DEBUG only.`,
    }
  }
  const why = outcome === 'not-allowed' ? `The console may not read the log: ${message ?? ''}` : 'AWS IoT logs nothing.'
  return { id, type: 'info', words: `Whether it was notified is not known. ${why}` }
}
