import { earliest } from '../../foundation/earliest.ts'
import { RoleSessions } from '../../foundation/role-sessions.ts'
import { IOT_SERVICE } from '../../foundation/roles.ts'
import type { MakeService } from '../../foundation/service.ts'
import { CreateJob } from './create-job.ts'
import { DeviceEntries } from './device-entries.ts'
import { deviceHandlers } from './device-handlers.ts'
import { DeviceJobs } from './device-jobs.ts'
import { DeviceTopics } from './device-topics.ts'
import { ExecutionTable, type KeptExecution } from './execution-table.ts'
import { Executions } from './executions.ts'
import { JobDocuments } from './job-documents.ts'
import { tellFinalCount } from './job-entries.ts'
import { jobHandlers } from './job-handlers.ts'
import { JobMetrics } from './job-metrics.ts'
import { DEVICE_NEEDS, JOB_NEEDS } from './job-needs.ts'
import { jobArn } from './job-shapes.ts'
import { type Job, JobTable } from './job-table.ts'
import { JobTemplates } from './job-templates.ts'
import { Jobs } from './jobs.ts'
import { Ledger } from './ledger.ts'
import { MembershipWatch } from './membership-watch.ts'
import { Notifier } from './notifier.ts'
import { Pump } from './pump.ts'
import { Targets } from './targets.ts'
import { templateHandlers } from './template-handlers.ts'
import { Tender } from './tender.ts'
import { ToldTable } from './told-table.ts'
import { WaitingTable } from './waiting-table.ts'

/** Executions whose time is over that are ended in one go. */
const EXPIRED = 12
/** Things that are told in one go what a server that ended has left untold. */
const TOLD = 12
/** After a job could not go on. */
const AGAIN_MS = 60_000

/** AWS IoT Jobs: what operators have their things do, and how devices do it, behind MQTT and REST. */
export const jobsService: MakeService = (context) => {
  const { account, clock, database, iotLog, log, tags } = context
  const jobTable = new JobTable(database)
  const executions = new ExecutionTable(database)
  const waiting = new WaitingTable(database)
  const told = new ToldTable(database)
  const sessions = new RoleSessions(context, IOT_SERVICE.value)
  const documents = new JobDocuments(context, sessions)
  const metrics = new JobMetrics(context.metrics, jobTable)
  const targets = new Targets(context)
  const notifier = new Notifier(context, { jobs: jobTable, executions, told, documents })
  const ledger = new Ledger({ database, log, notifier, changes: context.jobChanges, wake: () => pump.wake() })
  const changes = new Executions({ clock, jobs: jobTable, executions, waiting, notifier, metrics })
  const tender = new Tender(context, {
    ...{ jobs: jobTable, executions, waiting, changes, targets },
    forget: ({ jobId, seq }) => {
      tags.forget(jobArn(account, jobId))
      documents.forgetJob(seq)
    },
    isOver: ({ seq, jobId }) => tellFinalCount(iotLog, jobId, jobTable.counts(seq)),
  })
  const watch = new MembershipWatch(context, {
    ...{ jobs: jobTable, executions, waiting, changes, targets, tender, ledger },
    wake: () => pump.wake(),
  })
  const step = () => {
    if (notifier.tellSome(TOLD) || watch.step()) return true
    const expired = executions.expired(clock(), EXPIRED)
    for (const execution of expired) timeOut(execution)
    if (expired.length > 0) return true
    const job = jobTable.firstDue(clock())
    if (job) tend(job)
    return job !== undefined
  }
  /** What fails for one execution keeps no other from its time-out. */
  const timeOut = (execution: KeptExecution) => {
    const { seq, thingName, executionNumber } = execution
    try {
      const job = jobTable.get(execution.job)
      if (job) ledger.change((effects) => changes.timeOut(effects, job, execution))
    } catch (error) {
      executions.expireAt(seq, clock() + AGAIN_MS) // where nothing can be kept at all, this fails as well
      log.error({ err: error, thingName, executionNumber }, 'an execution could not time out; it is tried again')
    }
  }
  /** What fails for one job keeps no other from going on. */
  const tend = ({ seq, jobId }: Job) => {
    try {
      ledger.change((effects) => tender.tend(effects, seq))
    } catch (error) {
      jobTable.patch(seq, { dueMs: clock() + AGAIN_MS }) // where nothing can be kept at all, this fails as well
      log.error({ err: error, jobId }, 'a job could not go on; it is tried again')
    }
  }
  const pump = new Pump(context, {
    step,
    nextMs: () =>
      earliest(told.hasMarked() || watch.hasWork ? 0 : undefined, jobTable.nextDueMs(), executions.nextDeadlineMs()),
  })
  const jobs = new Jobs(context, { jobs: jobTable, executions, waiting, changes, targets, tender, ledger })
  const templates = new JobTemplates(context)
  const createJob = new CreateJob(context, { jobs, templates, sessions })
  const deviceJobs = new DeviceJobs(context, { jobs: jobTable, executions, changes, ledger })
  const topics = new DeviceTopics({
    deviceJobs,
    documents,
    metrics,
    entries: new DeviceEntries(iotLog, context.traffic),
  })
  tags.addKind('job', (jobId) => jobTable.find(jobId) !== undefined)
  // A server that ended may have left something.
  watch.rescanAll()
  pump.wake()
  return {
    name: 'jobs',
    handlers: {
      iot: {
        ...jobHandlers({ account, clock, jobs, things: context.things, createJob }),
        ...templateHandlers({ account, jobs, templates, createJob }),
      },
      iotJobsData: deviceHandlers({ deviceJobs, documents, metrics }),
    },
    resources: { jobId: 'job', jobTemplateId: 'jobtemplate' },
    controlPlaneNeeds: JOB_NEEDS,
    needs: DEVICE_NEEDS,
    reservedTopics: { jobs: (request) => topics.answer(request) },
    reread: () => {
      documents.forget()
      watch.reread()
    },
    reset: () => watch.forget(),
    close: () => pump.close(),
  }
}
