import { notificationsDue, pendingInOrder, type ToldPending } from '@thingdeck/jobs'
import { formatReservedTopic } from '@thingdeck/topics'
import type { ServiceContext } from '../../foundation/service.ts'
import { executionOf, secondsOf, summaryOf, withJson } from './device-json.ts'
import type { ExecutionTable, KeptExecution } from './execution-table.ts'
import { listedOf, withJobs } from './found.ts'
import type { JobDocuments } from './job-documents.ts'
import type { Job, JobTable } from './job-table.ts'
import type { ToldTable } from './told-table.ts'

export interface NotifierParts {
  readonly jobs: JobTable
  readonly executions: ExecutionTable
  readonly told: ToldTable
  readonly documents: JobDocuments
}

/**
 * Tells things of their pending executions, on `notify` and `notify-next`: by comparing what there is with what they were
 * told last, so that whatever changed it nothing is forgotten.
 * @see AWS IoT developer guide, "Jobs notifications"
 */
export class Notifier {
  readonly #context: Pick<ServiceContext, 'clock' | 'log' | 'messages'>
  readonly #parts: NotifierParts

  constructor(context: Pick<ServiceContext, 'clock' | 'log' | 'messages'>, parts: NotifierParts) {
    this.#context = context
    this.#parts = parts
  }

  /** To be called in the transaction that changes something of a thing's executions. */
  mark(thingName: string): void {
    this.#parts.told.mark(thingName)
  }

  /** To be called after that transaction. */
  tell(thingName: string): void {
    const { told, executions } = this.#parts
    const pending = pendingInOrder(executions.pending(thingName))
    const [next] = pending
    const now: ToldPending = { pending: pending.map(({ seq }) => seq), next: next?.seq }
    const due = notificationsDue(told.get(thingName), now)
    told.put(thingName, now)
    if (due.notify) this.#notify(thingName, pending)
    if (due.notifyNext) this.#notifyNext(thingName, next)
  }

  /** Those that a server that ended has left. @returns whether there were any */
  tellSome(count: number): boolean {
    const marked = this.#parts.told.marked(count)
    for (const thingName of marked) {
      try {
        this.tell(thingName)
      } catch (error) {
        // Forgotten until its executions change next: one that cannot be told keeps no other from being told.
        this.#parts.told.unmark(thingName) // where nothing can be kept at all, this fails as well
        this.#context.log.error({ err: error, thingName }, 'a thing could not be told of its jobs')
      }
    }
    return marked.length > 0
  }

  /** Of a job in a namespace only those hear who know it. */
  tellNamespace(job: Job, execution: KeptExecution): void {
    if (job.namespaceId === null) return
    const { jobId, namespaceId } = job
    const topic = { kind: 'jobNamespaceNotification', thingName: execution.thingName, jobId, namespaceId } as const
    this.#publish(formatReservedTopic(topic), this.#nextJson(execution, job))
  }

  #notify(thingName: string, pending: readonly KeptExecution[]): void {
    const found = withJobs(pending, this.#parts.jobs)
    const listed = found.slice(0, listedOf(found))
    const part = (status: 'IN_PROGRESS' | 'QUEUED') => {
      const list = listed.filter(({ execution }) => execution.status === status).map(summaryOf)
      return list.length > 0 && { [status]: list }
    }
    const jobs = { ...part('IN_PROGRESS'), ...part('QUEUED') }
    const topic = formatReservedTopic({ kind: 'jobNotification', thingName, list: 'notify' })
    this.#publish(topic, JSON.stringify({ timestamp: secondsOf(this.#context.clock()), jobs }))
  }

  #notifyNext(thingName: string, next: KeptExecution | undefined): void {
    const job = next && this.#parts.jobs.get(next.job)
    const topic = formatReservedTopic({ kind: 'jobNotification', thingName, list: 'notify-next' })
    this.#publish(topic, this.#nextJson(next, job))
  }

  #nextJson(next: KeptExecution | undefined, job: Job | undefined): string {
    const head = { timestamp: secondsOf(this.#context.clock()) }
    if (!next || !job) return JSON.stringify(head)
    // No thing's name, as in the guide's examples of `notify-next`.
    const { thingName: _, ...rest } = executionOf({ job, execution: next }, undefined)
    const execution = withJson(rest, 'jobDocument', this.#parts.documents.forDevice(job, next))
    return withJson(head, 'execution', execution)
  }

  #publish(topic: string, text: string): void {
    this.#context.messages.publish(topic, Buffer.from(text))
  }
}
