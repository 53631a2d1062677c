import { endpoints, type OpenJobExecutions } from '@thingdeck/contract'
import { KeptReads } from '../../aws/kept-reads.ts'
import { Pace } from '../../aws/pace.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { executionCauses } from './execution-causes.ts'
import { createJobExecutions } from './executions.ts'
import { JobLooks } from './job-looks.ts'
import { createJobs } from './jobs.ts'
import { jobsOfPackage } from './jobs-of-package.ts'
import { openExecutions } from './open-executions.ts'
import { countTargets } from './target-count.ts'

/** AWS takes 15 SearchIndex a second of an account: most are left to people who search. */
const CONNECTIONS_PER_SECOND = 6
/** Everybody who looks at a job within so long gets the same. */
const OPEN_KEPT_MS = 2_000

/** What many devices are told to do, and what each of them made of it. */
export const jobs: Module = {
  name: 'jobs',
  routes(app, { aws }) {
    const clock = SYSTEM_CLOCK
    const found = createJobs(aws.iot, aws.arns)
    const executions = createJobExecutions(aws.iot)
    const looks = new JobLooks(aws.iot, clock)
    const pace = new Pace(clock, CONNECTIONS_PER_SECOND)
    const open = new KeptReads<OpenJobExecutions>(clock, OPEN_KEPT_MS)
    const resource = (jobId: string) => ({ type: 'job', id: jobId, arn: `${aws.arns.prefix}:job/${jobId}` })
    const execution = (thingName: string, jobId: string) => ({
      ...aws.arns.thing(thingName),
      type: 'job-execution',
      id: `${thingName}/${jobId}`,
    })

    route(app, endpoints.listJobs, async ({ query }) => found.list(query))
    route(app, endpoints.listJobLooks, async ({ query, signal }) => ({ jobs: await looks.of(query.jobId, signal) }))
    route(app, endpoints.describeJob, async ({ params }) => found.describe(params.jobId))
    route(app, endpoints.describeJobAsWritten, async ({ params }) => found.asWritten(params.jobId))
    route(app, endpoints.listPackageJobs, async ({ params, query, signal }) =>
      jobsOfPackage(found, looks, { ...params, ...query }, signal),
    )
    route(app, endpoints.countJobTargets, async ({ body, signal }) => countTargets(aws, pace, body, signal))

    route(app, endpoints.createJob, async (request) => {
      const { jobId } = request.body
      request.noteAudit({ resource: resource(jobId), changes: changedMembers({}, request.body) })
      return found.create(request.body)
    })

    route(app, endpoints.updateJob, async (request) => {
      const { jobId } = request.params
      request.noteAudit({ resource: resource(jobId) })
      const before = await found.settings(jobId)
      await found.update(jobId, request.body)
      const after = await found.settings(jobId)
      request.noteAudit({ changes: changedMembers(before, after) })
      return after
    })

    route(app, endpoints.cancelJob, async (request) => {
      const { jobId } = request.params
      request.noteAudit({ resource: resource(jobId), changes: changedMembers({}, request.body) })
      await found.cancel(jobId, request.body)
      return undefined
    })

    route(app, endpoints.deleteJob, async (request) => {
      const { jobId } = request.params
      request.noteAudit({ resource: resource(jobId) })
      const before = await found.beforeDeletion(jobId)
      await found.delete(jobId, request.query.force ?? false)
      request.noteAudit({ changes: changedMembers(before, {}) })
      return undefined
    })

    route(app, endpoints.associateTargetsWithJob, async (request) => {
      const { jobId } = request.params
      request.noteAudit({ resource: resource(jobId), changes: changedMembers({}, request.body) })
      await found.associate(jobId, request.body)
      return undefined
    })

    route(app, endpoints.listJobExecutions, async ({ params, query }) => executions.ofJob(params.jobId, query))
    route(app, endpoints.listOpenJobExecutions, async ({ params, signal }) =>
      open.read(params.jobId, (until) => openExecutions(aws, executions, pace, params.jobId, until), signal),
    )
    route(app, endpoints.listThingJobs, async ({ params, query }) => executions.ofThing(params.thingName, query))
    route(app, endpoints.describeJobExecution, async ({ params, query }) =>
      executions.describe(params.thingName, params.jobId, query.executionNumber),
    )
    route(app, endpoints.explainJobExecution, async ({ params, signal }) =>
      executionCauses(aws, executions, pace, { ...params, nowMs: clock.nowMs() }, signal),
    )

    route(app, endpoints.cancelJobExecution, async (request) => {
      const { thingName, jobId } = request.params
      request.noteAudit({ resource: execution(thingName, jobId) })
      const { status, executionNumber, statusDetails } = await executions.describe(thingName, jobId)
      request.noteAudit({
        changes: changedMembers(
          { status, executionNumber, statusDetails },
          { executionNumber, statusDetails, ...request.body },
        ),
      })
      await executions.cancel(thingName, jobId, request.body)
      return undefined
    })

    route(app, endpoints.deleteJobExecution, async (request) => {
      const { thingName, jobId } = request.params
      const { executionNumber, force = false } = request.query
      request.noteAudit({ resource: execution(thingName, jobId) })
      const before = await executions.describe(thingName, jobId, executionNumber)
      await executions.delete(thingName, jobId, executionNumber, force)
      request.noteAudit({ changes: changedMembers(before, {}) })
      return undefined
    })
  },
}
