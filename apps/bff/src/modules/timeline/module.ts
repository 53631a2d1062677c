import {
  type AuditEntry,
  type AuditQuery,
  endpoints,
  type TimelinePage,
  type TimelineSubject,
} from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { loggingOf } from '../../aws/iot-logs/client-logging.ts'
import type { ThingIdentity } from '../../aws/iot-logs/thing-criteria.ts'
import { principalsOf } from '../../aws/thing-principals.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { AuditStore } from '../../stores/audit/audit-store.ts'
import type { Module } from '../module.ts'
import { connectionDrops } from './connection-drops.ts'
import { connectivityOf } from './connectivity.ts'
import { readLogPage, timelineCriteria, timelineEntry } from './timeline-log.ts'

/** Entries of the log in one answer. */
const PAGE_ENTRIES = 2_000
/** Entries of the activity trail in one answer, of the thing and of each of its certificates. */
const ACTIVITY_ENTRIES = 200

/** What happened to a thing. */
export const timeline: Module = {
  name: 'timeline',
  routes(app, { aws, stores }) {
    route(app, endpoints.describeTimelineSubject, async ({ params: { thingName } }) => subjectOf(aws, thingName))

    route(app, endpoints.getThingConnectivity, async ({ params: { thingName }, signal }) => {
      const [connectivity, subject] = await Promise.all([connectivityOf(aws.iot, thingName), subjectOf(aws, thingName)])
      const { principals, logging } = subject
      const question = { identity: { thingName, principals }, logging, nowMs: SYSTEM_CLOCK.nowMs() }
      return { ...connectivity, drops: await connectionDrops(aws, question, signal) }
    })

    route(app, endpoints.readTimeline, async (request) => {
      const { thingName } = request.params
      const { from, to, nextToken } = request.query
      const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
      if (fromMs > toMs) throw new Problem('BAD_REQUEST', 'querystring/from must not be later than to.')
      const { principals } = await principalsOf(aws.iot, await aws.things.describe(thingName))
      const identity = { thingName, principals }
      const [log, activity] = await Promise.all([
        readLog(aws, { identity, fromMs, toMs, nextToken }, request.signal),
        nextToken === undefined ? readActivity(stores.audit, identity, from, to) : undefined,
      ])
      return { ...log, ...(activity && { activity }) }
    })
  },
}

async function subjectOf(aws: Aws, thingName: string): Promise<TimelineSubject> {
  const thing = await aws.things.describe(thingName)
  const { defaultClientId, thingGroupNames } = thing
  const known = await principalsOf(aws.iot, thing)
  const principalIds = known.principals.map(({ principalId }) => principalId)
  return {
    clientId: thingName,
    ...(defaultClientId !== undefined && { defaultClientId }),
    ...known,
    logging: await loggingOf(aws, { clientId: thingName, principalIds, thingGroupNames }),
  }
}

interface LogQuestion {
  readonly identity: ThingIdentity
  readonly fromMs: number
  readonly toMs: number
  readonly nextToken: string | undefined
}

async function readLog(
  aws: Aws,
  { identity, fromMs, toMs, nextToken }: LogQuestion,
  signal: AbortSignal,
): Promise<Pick<TimelinePage, 'log' | 'entries' | 'nextToken'>> {
  const criteria = timelineCriteria(identity)
  const request = { criteria, fromMs, toMs, limit: PAGE_ENTRIES, ...(nextToken !== undefined && { nextToken }) }
  const page = await readLogPage(aws.iotLogs, request, signal)
  const { outcome, message, throttled } = page
  return {
    log: { outcome, throttled, ...(message !== undefined && { message }) },
    entries: page.entries.flatMap((entry) => timelineEntry(entry, identity) ?? []),
    ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
  }
}

/** Of the thing with its shadows, and of the certificates that it has at present. */
async function readActivity(
  audit: AuditStore,
  identity: ThingIdentity,
  from: string,
  to: string,
): Promise<TimelinePage['activity']> {
  const until = new Date(Date.parse(to) + 1).toISOString() // the trail's end is exclusive
  const subjects: AuditQuery[] = [
    { thing: identity.thingName },
    ...identity.principals.map(({ principalId }) => ({ resourceType: 'certificate', resourceId: principalId })),
  ]
  const pages = await Promise.all(
    subjects.map((subject) => audit.page({ ...subject, from, to: until }, undefined, ACTIVITY_ENTRIES)),
  )
  const entries = new Map(pages.flatMap((page) => page.entries.map((entry): [string, AuditEntry] => [entry.id, entry])))
  return {
    entries: [...entries.values()],
    store: pages[0]?.store ?? 'memory',
    ...(pages.some(({ nextCursor }) => nextCursor !== undefined) && { isCut: true as const }),
  }
}
