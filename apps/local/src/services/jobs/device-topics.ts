import { JobError, secondsBeforeTimedOut } from '@thingdeck/jobs'
import { formatReservedTopic, type JobsTopic } from '@thingdeck/topics'
import type { ReservedTopicRequest } from '../../foundation/reserved-topics.ts'
import type { DeviceEntries } from './device-entries.ts'
import { type DeviceJobs, RefusedUpdate } from './device-jobs.ts'
import { executionJson, pendingLists, secondsOf, stateOf, withJson } from './device-json.ts'
import { DeviceRequest } from './device-request.ts'
import type { Found } from './found.ts'
import type { JobDocuments } from './job-documents.ts'
import type { JobMetrics } from './job-metrics.ts'

type RequestTopic = Extract<JobsTopic, { kind: 'jobs' }>

export interface DeviceTopicsParts {
  readonly deviceJobs: DeviceJobs
  readonly documents: JobDocuments
  readonly entries: DeviceEntries
  readonly metrics: JobMetrics
}

const THING_NAME = /^[a-zA-Z0-9:_-]{1,128}$/
const JOB_ID = /^([a-zA-Z0-9_-]{1,64}|\$next)$/

/**
 * Does what a message on a request topic of jobs asks for. The client that asked alone is answered, subscribed or not.
 * @see AWS IoT developer guide, "Jobs device MQTT API"
 */
export class DeviceTopics {
  readonly #parts: DeviceTopicsParts

  constructor(parts: DeviceTopicsParts) {
    this.#parts = parts
  }

  answer({ topic, message: { payload }, publisher, answer }: ReservedTopicRequest<'jobs'>): void {
    // Whatever a client publishes to the answers' topics is an ordinary message.
    if (topic.suffix !== undefined) return
    const { deviceJobs, entries, metrics } = this.#parts
    const timestamp = () => secondsOf(deviceJobs.nowMs())
    let request: DeviceRequest | undefined
    const reply = (suffix: 'accepted' | 'rejected', head: object, member = '', json?: string) => {
      const token = request?.clientToken
      const whole = { ...(token !== undefined && { clientToken: token }), timestamp: timestamp(), ...head }
      answer.toAsker(formatReservedTopic({ ...topic, suffix }), Buffer.from(withJson(whole, member, json)))
    }
    try {
      checkNames(topic)
      request = new DeviceRequest(payload)
      const found = this.#perform(topic, request, (head, member, json) => reply('accepted', head, member, json))
      entries.accepted(topic, publisher, request.clientToken, found?.execution)
    } catch (error) {
      if (!(error instanceof JobError)) throw error
      const { code, message } = error
      const executionState = error instanceof RefusedUpdate ? { executionState: stateOf(error.execution) } : {}
      reply('rejected', { code, message, ...executionState })
      entries.rejected(topic, publisher, request?.clientToken, error)
      if ('jobId' in topic && topic.jobId !== '$next') metrics.refused(topic.jobId, 'ClientErrorCount')
    }
  }

  /** @returns what was asked about, where that is one execution */
  #perform(
    topic: RequestTopic,
    request: DeviceRequest,
    accept: (head: object, member?: string, json?: string) => void,
  ): Found | undefined {
    const { deviceJobs } = this.#parts
    const { thingName } = topic
    switch (topic.operation) {
      case 'GetPendingJobExecutions':
        accept(pendingLists(deviceJobs.pending(thingName)))
        return undefined
      case 'StartNextPendingJobExecution':
        return deviceJobs.startNext(
          thingName,
          {
            statusDetails: request.details('statusDetails'),
            stepTimeoutInMinutes: request.integer('stepTimeoutInMinutes'),
          },
          (found) => accept({}, 'execution', found && this.#json(found)),
        )
      case 'DescribeJobExecution': {
        const found = deviceJobs.describe(thingName, topic.jobId, request.integer('executionNumber'))
        const hasDocument = request.flag('includeJobDocument') ?? true
        accept({}, 'execution', found && this.#json(found, hasDocument))
        return found
      }
      case 'UpdateJobExecution':
        return this.#update(topic, request, accept)
    }
  }

  #update(
    { thingName, jobId }: Extract<RequestTopic, { operation: 'UpdateJobExecution' | 'DescribeJobExecution' }>,
    request: DeviceRequest,
    accept: (head: object, member?: string, json?: string) => void,
  ): Found {
    const { deviceJobs, documents } = this.#parts
    if (jobId === '$next') throw new JobError('InvalidTopic', 'An update names its job: $next is for get')
    const status = request.text('status')
    if (status === undefined) throw new JobError('InvalidRequest', 'status is missing')
    const [hasState, hasDocument] = [request.flag('includeJobExecutionState'), request.flag('includeJobDocument')]
    return deviceJobs.update(
      { thingName, jobId, executionNumber: request.integer('executionNumber') },
      {
        status,
        statusDetails: request.details('statusDetails'),
        expectedVersion: request.integer('expectedVersion'),
        stepTimeoutInMinutes: request.integer('stepTimeoutInMinutes'),
      },
      ({ job, execution }) =>
        accept(
          hasState ? { executionState: stateOf(execution) } : {},
          'jobDocument',
          hasDocument ? documents.forDevice(job, execution) : undefined,
        ),
    )
  }

  #json(found: Found, hasDocument = true): string {
    const { documents, deviceJobs } = this.#parts
    const left = secondsBeforeTimedOut(found.execution, deviceJobs.nowMs())
    return executionJson(found, hasDocument ? documents : undefined, left)
  }
}

/** @throws {JobError} InvalidTopic */
function checkNames(topic: RequestTopic): void {
  if (!THING_NAME.test(topic.thingName)) throw new JobError('InvalidTopic', 'The topic names no thing')
  if ('jobId' in topic && !JOB_ID.test(topic.jobId)) throw new JobError('InvalidTopic', 'The topic names no job')
}
