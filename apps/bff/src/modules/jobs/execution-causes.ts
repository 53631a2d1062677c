import { DescribeJobCommand } from '@aws-sdk/client-iot'
import { type IoTDataPlaneClient, ListSubscriptionsCommand } from '@aws-sdk/client-iot-data-plane'
import type { JobExecutionCauses, JobExecutionSummary, JobThing } from '@thingdeck/contract'
import { formatReservedTopic, matches } from '@thingdeck/topics'
import type { Aws } from '../../aws/aws.ts'
import { connectedThings } from '../../aws/connected-things.ts'
import { isNamed } from '../../aws/error-name.ts'
import type { Pace } from '../../aws/pace.ts'
import { collected, pagesOf } from '../../aws/pages.ts'
import { present } from '../../aws/present.ts'
import { whyUnread } from '../../aws/why-unread.ts'
import type { JobExecutions } from './executions.ts'

/** How far back the log is looked through for what the device was told and asked. */
const LOG_MS = 7 * 24 * 3_600_000
/** A thing has at most 15 pending executions to choose from, and more that are hidden (AWS IoT developer guide). */
const MOST_AHEAD = 50
const LOG_ENTRIES = 200
/** What a device asks by MQTT, as it is logged; what it asks by HTTPS is logged without the thing (AWS IoT Core developer guide, "Job log entries"). */
const REQUESTS: readonly string[] = [
  'GetPendingJobExecution',
  'StartNextPendingJobExecution',
  'DescribeJobExecution',
  'UpdateJobExecution',
]

/** What is known of why the execution of a job on a thing does not begin or end. Errors are AWS's own. */
export async function executionCauses(
  aws: Pick<Aws, 'iot' | 'data' | 'iotLogs'>,
  executions: Pick<JobExecutions, 'ofThing'>,
  pace: Pace,
  asked: { readonly thingName: string; readonly jobId: string; readonly nowMs: number },
  signal: AbortSignal,
): Promise<JobExecutionCauses> {
  const { thingName, jobId } = asked
  const [{ job = {} }, { things }, begun, queued, log] = await Promise.all([
    aws.iot.send(new DescribeJobCommand({ jobId })),
    connectedThings(aws, pace, [thingName], signal),
    executions.ofThing(thingName, { status: 'IN_PROGRESS', maxResults: MOST_AHEAD }),
    executions.ofThing(thingName, { status: 'QUEUED', maxResults: MOST_AHEAD }),
    logOfJobs(aws.iotLogs, asked, signal),
  ])
  const thing = things[0] ?? { thingName }
  const { status = '', timeoutConfig, scheduledJobRollouts = [] } = job
  return {
    job: {
      status,
      ...present({
        timeoutInMinutes: timeoutConfig?.inProgressTimeoutInMinutes,
        nextWindow: scheduledJobRollouts[0]?.startTime,
      }),
    },
    thing,
    ...present({ connectRefused: await lastConnectRefused(aws.iotLogs, thing, asked.nowMs, signal) }),
    ahead: aheadOf(jobId, begun.executions, queued.executions),
    subscriptions: await jobSubscriptions(aws.data, thing),
    notified: lastNotified(log, thing),
  }
}

/**
 * A device is given what is in progress before what is queued, each in the order in which it was queued
 * (AWS IoT developer guide, StartNextPendingJobExecution).
 */
function aheadOf(
  jobId: string,
  begun: readonly JobExecutionSummary[],
  queued: readonly JobExecutionSummary[],
): JobExecutionCauses['ahead'] {
  const order = [begun, queued].flatMap((some) =>
    some.toSorted((one, other) => (one.queuedAt ?? '').localeCompare(other.queuedAt ?? '')),
  )
  const place = order.findIndex((each) => each.jobId === jobId)
  return order.slice(0, Math.max(place, 0)).map(({ jobId: other, status, startedAt, queuedAt }) => {
    const since = status === 'IN_PROGRESS' ? startedAt : queuedAt
    return { jobId: other, status, ...(since && { since }) }
  })
}

const notifications = (thingName: string) =>
  (['notify', 'notify-next'] as const).map((list) => formatReservedTopic({ kind: 'jobNotification', thingName, list }))

async function jobSubscriptions(
  data: IoTDataPlaneClient,
  { thingName, clientId }: JobThing,
): Promise<JobExecutionCauses['subscriptions']> {
  if (clientId === undefined) return { outcome: 'not-connected', filters: [] }
  try {
    const pages = pagesOf((nextToken) =>
      data.send(new ListSubscriptionsCommand({ clientId, ...(nextToken && { nextToken }) })),
    )
    const filters = await collected(pages, ({ subscriptions = [] }) =>
      subscriptions.flatMap(({ topicFilter }) => topicFilter ?? []),
    )
    const topics = notifications(thingName)
    return { outcome: 'read', filters: filters.filter((filter) => topics.some((topic) => matches(filter, topic))) }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { outcome: 'not-connected', filters: [] }
    const why = whyUnread(error)
    if (!why) throw error
    return { ...why, filters: [] }
  }
}

/** The newest of the log that has to do with the jobs of a thing, and how far back that reaches. */
async function logOfJobs(
  logs: Aws['iotLogs'],
  { thingName, nowMs }: { readonly thingName: string; readonly nowMs: number },
  signal: AbortSignal,
) {
  // Of its jobs alone: what it reports every second would leave no room for them.
  const criteria = { topic: `$aws/things/${thingName}/jobs/#` }
  const fromMs = nowMs - LOG_MS
  const page = await logs.read({ criteria, fromMs, toMs: nowMs, limit: LOG_ENTRIES }, signal)
  const oldest = page.nextToken === undefined ? undefined : page.entries.at(-1)?.at
  return { ...page, from: oldest ?? new Date(fromMs).toISOString() }
}

/** Of a device that is gone: that it has tried to come back since, and why it could not. */
async function lastConnectRefused(
  logs: Aws['iotLogs'],
  { thingName, connected, changedAt }: JobThing,
  nowMs: number,
  signal: AbortSignal,
): Promise<JobExecutionCauses['connectRefused']> {
  if (connected !== false) return undefined
  const criteria = { clientId: thingName, eventTypes: ['Connect'], status: 'Failure' as const }
  const fromMs = Math.max(nowMs - LOG_MS, changedAt === undefined ? 0 : Date.parse(changedAt))
  const { outcome, entries } = await logs.read({ criteria, fromMs, toMs: nowMs, limit: 1 }, signal)
  const [refused] = outcome === 'entries' ? entries : []
  return refused && { at: refused.at, ...present({ why: whyOf(refused) }) }
}

/** AWS's code with AWS's words. */
function whyOf(entry: { readonly reason?: string; readonly details?: string } | undefined): string | undefined {
  const why = [entry?.reason, entry?.details].filter((each) => each !== undefined).join(': ')
  return why === '' ? undefined : why
}

/** When the broker last handed the device a notification, and what the device last asked, as far as that is logged. */
function lastNotified(
  log: Awaited<ReturnType<typeof logOfJobs>>,
  { thingName, clientId = thingName }: JobThing,
): JobExecutionCauses['notified'] {
  const { outcome, message, from } = log
  // Others hear of its jobs too: who looks at them in the console is subscribed to the same topics.
  const entries = log.entries.filter((entry) => entry.clientId === undefined || entry.clientId === clientId)
  if (outcome !== 'entries') return { outcome, ...(message !== undefined && { message }) }
  const topics = notifications(thingName)
  const told = entries.find(
    ({ eventType, topicName = '' }) => eventType === 'Publish-Out' && topics.includes(topicName),
  )
  const refused = entries.find(({ status, eventType }) => status === 'Failure' && eventType !== undefined)
  const said = entries.find(({ eventType = '' }) => REQUESTS.includes(eventType))
  return {
    outcome: 'read',
    from,
    ...(refused?.eventType && {
      refused: {
        at: refused.at,
        eventType: refused.eventType,
        topicName: refused.topicName ?? '',
        ...present({ why: whyOf(refused) }),
      },
    }),
    ...(told && { at: told.at }),
    ...(said?.eventType && {
      lastAsked: { at: said.at, eventType: said.eventType, ...(said.details && { details: said.details }) },
    }),
  }
}
