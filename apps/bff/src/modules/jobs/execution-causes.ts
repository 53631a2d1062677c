import { type IoTDataPlaneClient, ListSubscriptionsCommand } from '@aws-sdk/client-iot-data-plane'
import type { JobExecutionCauses, JobExecutionSummary, JobThing } from '@thingdeck/contract'
import { formatReservedTopic, matches, parseReservedTopic } from '@thingdeck/topics'
import type { Aws } from '../../aws/aws.ts'
import { connectedThings } from '../../aws/connected-things.ts'
import { isNamed } from '../../aws/error-name.ts'
import type { Pace } from '../../aws/pace.ts'
import { collected, pagesOf } from '../../aws/pages.ts'
import { whyUnread } from '../../aws/why-unread.ts'
import type { JobExecutions } from './executions.ts'

/** How far back the log is looked through for what the device was told and asked. */
const LOG_MS = 7 * 24 * 3_600_000
/** A thing has at most 15 pending executions to choose from, and more that are hidden (AWS IoT developer guide). */
const MOST_AHEAD = 50
const LOG_ENTRIES = 50

/** What is known of why the execution of a job on a thing does not begin or end. Errors are AWS's own. */
export async function executionCauses(
  aws: Pick<Aws, 'iot' | 'data' | 'iotLogs'>,
  executions: Pick<JobExecutions, 'ofThing'>,
  pace: Pace,
  asked: { readonly thingName: string; readonly jobId: string; readonly nowMs: number },
  signal: AbortSignal,
): Promise<JobExecutionCauses> {
  const { thingName, jobId } = asked
  const [{ things }, begun, queued, notified] = await Promise.all([
    connectedThings(aws, pace, [thingName], signal),
    executions.ofThing(thingName, { status: 'IN_PROGRESS', maxResults: MOST_AHEAD }),
    executions.ofThing(thingName, { status: 'QUEUED', maxResults: MOST_AHEAD }),
    lastNotified(aws.iotLogs, asked, signal),
  ])
  const thing = things[0] ?? { thingName }
  return {
    thing,
    ahead: aheadOf(jobId, begun.executions, queued.executions),
    subscriptions: await jobSubscriptions(aws.data, thing),
    notified,
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

/** When the broker last handed the device a notification, and what the device last asked, as far as that is logged. */
async function lastNotified(
  logs: Aws['iotLogs'],
  { thingName, nowMs }: { readonly thingName: string; readonly nowMs: number },
  signal: AbortSignal,
): Promise<JobExecutionCauses['notified']> {
  const { outcome, entries, message } = await logs.read(
    { criteria: { thingName }, fromMs: nowMs - LOG_MS, toMs: nowMs, limit: LOG_ENTRIES },
    signal,
  )
  if (outcome !== 'entries') return { outcome, ...(message !== undefined && { message }) }
  const topics = notifications(thingName)
  const told = entries.find(
    ({ eventType, topicName = '' }) => eventType === 'Publish-Out' && topics.includes(topicName),
  )
  const said = entries.find(({ topicName = '', eventType }) => eventType !== undefined && isAsked(topicName))
  return {
    outcome: 'read',
    ...(told && { at: told.at }),
    ...(said?.eventType && {
      lastAsked: { at: said.at, eventType: said.eventType, ...(said.details && { details: said.details }) },
    }),
  }
}

/** Whether a topic is one by which a device asks the jobs service. */
function isAsked(topicName: string): boolean {
  const topic = topicName.startsWith('$aws/') ? parseReservedTopic(topicName) : undefined
  return topic?.kind === 'jobs' && topic.suffix === undefined
}
