import { type EventTopic, type JobsTopic, parseReservedTopic } from '@thingdeck/topics'
import { textOf } from '../decode/text.ts'
import { isObject, jsonObjectIn } from '../json-object-in.ts'

/** What a message of the jobs protocol says, and about which job. */
export interface JobMessage {
  /** A sentence without its end. */
  readonly words: string
  readonly jobId?: string
  readonly thingName?: string
}

type Payload = Readonly<Record<string, unknown>>

/**
 * A message of the jobs protocol in words; undefined for any other message.
 * @see AWS IoT developer guide, "Jobs device MQTT API", "Jobs notifications", "Jobs events"
 */
export function jobMessageOf(topic: string, bytes: Uint8Array): JobMessage | undefined {
  const parsed = topic.startsWith('$aws/') ? parseReservedTopic(topic) : undefined
  if (!parsed) return undefined
  const payload: Payload = jsonObjectIn(textOf(bytes) ?? '') ?? {}
  if (parsed.kind === 'jobNotification') return notification(parsed, payload)
  if (parsed.kind === 'jobs') return exchange(parsed, payload)
  if (parsed.kind === 'event' && (parsed.family === 'job' || parsed.family === 'jobExecution')) {
    return event(parsed, payload)
  }
  return undefined
}

function notification(
  { list, thingName }: Extract<JobsTopic, { kind: 'jobNotification' }>,
  payload: Payload,
): JobMessage {
  if (list === 'notify') {
    const jobs = objectOf(payload.jobs)
    const count = (status: string) => (Array.isArray(jobs[status]) ? jobs[status].length : 0)
    const parts = [
      count('IN_PROGRESS') > 0 && `${count('IN_PROGRESS')} in progress`,
      count('QUEUED') > 0 && `${count('QUEUED')} queued`,
    ].filter((part) => part !== false)
    const what = parts.length === 0 ? 'nothing' : parts.join(', ')
    return { thingName, words: `AWS IoT tells ${thingName} what it has to do now: ${what}` }
  }
  const jobId = textIn(objectOf(payload.execution).jobId)
  return jobId === undefined
    ? { thingName, words: `AWS IoT tells ${thingName} that no job waits for it` }
    : { thingName, jobId, words: `AWS IoT tells ${thingName} that its next job is ${jobId}` }
}

const ASKS: Readonly<Record<Exchange['operation'], string>> = {
  GetPendingJobExecutions: 'asks which jobs wait for it',
  StartNextPendingJobExecution: 'begins its next job',
  DescribeJobExecution: 'asks for the job',
  UpdateJobExecution: 'reports on the job',
}

type Exchange = Extract<JobsTopic, { kind: 'jobs' }>

function exchange(topic: Exchange, payload: Payload): JobMessage {
  const { thingName, operation, suffix } = topic
  // An answer about the next job says which one that is.
  const named = 'jobId' in topic && topic.jobId !== '$next' ? topic.jobId : undefined
  const jobId = named ?? textIn(objectOf(payload.execution).jobId)
  const about = { thingName, ...(jobId !== undefined && { jobId }) }
  const asked = `${thingName} ${ASKS[operation]}${named === undefined ? '' : ` ${named}`}`
  if (suffix === 'accepted') return { ...about, words: `AWS IoT agrees: ${asked}` }
  if (suffix === 'rejected') {
    const why = [textIn(payload.code), textIn(payload.message)].filter((text) => text !== undefined).join(': ')
    return { ...about, words: `AWS IoT refuses: ${asked}${why === '' ? '' : `; ${why}`}` }
  }
  const status = textIn(payload.status)
  const details = Object.entries(objectOf(payload.statusDetails)).map(([key, value]) => `${key} ${String(value)}`)
  const said = [...(status === undefined ? [] : [status]), ...details].join(', ')
  return { ...about, words: said === '' ? asked : `${asked}: ${said}` }
}

function event(
  { family, event: what, jobId }: Extract<EventTopic, { family: 'job' | 'jobExecution' }>,
  payload: Payload,
): JobMessage {
  const happened = what.replaceAll('_', ' ')
  if (family === 'job') return { jobId, words: `The job ${jobId}: ${happened}` }
  const thingName = textIn(payload.thingArn)?.split('/').at(-1)
  return thingName === undefined
    ? { jobId, words: `An execution of the job ${jobId}: ${happened}` }
    : { jobId, thingName, words: `The job ${jobId} on ${thingName}: ${happened}` }
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const objectOf = (value: unknown): Payload => (isObject(value) ? value : {})
