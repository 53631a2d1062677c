import { type IoTClient, ListJobExecutionsForJobCommand } from '@aws-sdk/client-iot'
import type { FleetThing, FleetThingPage, JobExecutionStatus } from '@thingdeck/contract'
import type { FleetFilter, FleetPageRequest } from './fleet-query.ts'

/** Whose execution for a job is looked for. */
export interface JobFilter {
  readonly jobId: string
  readonly status?: JobExecutionStatus
}

/** AWS takes 12 terms in a query (AWS IoT Device Management quotas): half of them are left to what else is asked. */
const NAMES_IN_QUERY = 6
const DEFAULT_RESULTS = 50

/**
 * Things of a job, in the order of its executions. The fleet index knows no jobs: a page of executions tells the names,
 * and the index is asked for these things and whatever else has to hold; those of which it does not are left out, so that
 * a page may be short or empty and still have a token. Errors are AWS's own.
 */
export async function thingsOfJob(
  iot: IoTClient,
  { jobId, status }: JobFilter,
  { nextToken, maxResults = DEFAULT_RESULTS }: FleetPageRequest,
  find: (filter: Pick<FleetFilter, 'names'>) => Promise<readonly FleetThing[]>,
): Promise<FleetThingPage> {
  const page = await iot.send(
    new ListJobExecutionsForJobCommand({
      jobId,
      maxResults,
      ...(status !== undefined && { status }),
      ...(nextToken && { nextToken }),
    }),
  )
  const arns = (page.executionSummaries ?? []).map(({ thingArn = '' }) => thingArn)
  const names = [...new Set(arns.map((arn) => arn.slice(arn.indexOf('/') + 1)))]
  const batches = Array.from({ length: Math.ceil(names.length / NAMES_IN_QUERY) }, (_, index) =>
    names.slice(index * NAMES_IN_QUERY, (index + 1) * NAMES_IN_QUERY),
  )
  const found = await Promise.all(batches.map((batch) => find({ names: batch })))
  const byName = new Map(found.flat().map((thing) => [thing.thingName, thing]))
  return {
    things: names.flatMap((name) => byName.get(name) ?? []),
    ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
  }
}
