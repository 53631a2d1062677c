import type { JobError } from '@thingdeck/jobs'
import { formatReservedTopic, type JobsTopic } from '@thingdeck/topics'
import type { IotLog, IotLogEventType, IotLogStatus } from '../../foundation/iot-log.ts'
import { ownValue } from '../../foundation/own-value.ts'
import type { OperationTold, Publisher, Traffic } from '../../foundation/traffic.ts'
import type { KeptExecution } from './execution-table.ts'

type RequestTopic = Extract<JobsTopic, { kind: 'jobs' }>

/** AWS's names: that of the list is in the singular. */
const EVENT_TYPES = {
  GetPendingJobExecutions: 'GetPendingJobExecution',
  StartNextPendingJobExecution: 'StartNextPendingJobExecution',
  DescribeJobExecution: 'DescribeJobExecution',
  UpdateJobExecution: 'UpdateJobExecution',
} as const satisfies Record<RequestTopic['operation'], IotLogEventType>

/** What of a request stands in its entry. */
interface Asked {
  readonly eventType: IotLogEventType
  readonly thingName: string
  readonly jobId: string | undefined
  /** Of a request over MQTT. */
  readonly topicName: string | undefined
  readonly clientToken: string | undefined
}

/**
 * The entries of what devices ask the jobs service. They have no trace id.
 * @see AWS IoT Core developer guide, "Job log entries"
 */
export class DeviceEntries {
  readonly #iotLog: IotLog

  /** @param traffic tells of the requests by HTTP */
  constructor(iotLog: IotLog, traffic: Traffic) {
    this.#iotLog = iotLog
    traffic.operations.subscribe((told) => {
      if (iotLog.isOn) this.#hear(told)
    })
  }

  accepted(
    topic: RequestTopic,
    publisher: Publisher | undefined,
    clientToken: string | undefined,
    execution: KeptExecution | undefined,
  ): void {
    const isUpdate = topic.operation === 'UpdateJobExecution'
    this.#tell(askedOn(topic, clientToken), publisher, 'Success', {
      details: detailsOf(isUpdate ? execution?.status : undefined),
      ...(isUpdate && execution && { versionNumber: String(execution.versionNumber) }),
    })
  }

  rejected(
    topic: RequestTopic,
    publisher: Publisher | undefined,
    clientToken: string | undefined,
    { code, message }: JobError,
  ): void {
    this.#tell(askedOn(topic, clientToken), publisher, 'Failure', { reason: code, details: message })
  }

  #hear({ operation, publisher, input, outcome }: OperationTold): void {
    const eventType = ownValue<IotLogEventType>(EVENT_TYPES, operation)
    if (!eventType) return
    // All four name a thing, two a job, and one a state; the API's schemas have seen to it.
    const { thingName, jobId, status } = input as { thingName: string; jobId?: string; status?: string }
    const asked = { eventType, thingName, jobId, topicName: undefined, clientToken: undefined }
    const { reason, details } = outcome
    if (outcome.kind === 'Success') this.#tell(asked, publisher, 'Success', { details: detailsOf(status) })
    else this.#tell(asked, publisher, 'Failure', { reason, details })
  }

  #tell(
    { eventType, thingName, jobId, topicName, clientToken }: Asked,
    publisher: Publisher | undefined,
    status: IotLogStatus,
    fields: Readonly<Record<string, string | undefined>>,
  ): void {
    // Nobody asked for what the server itself publishes.
    if (!publisher || !this.#iotLog.isOn) return
    if (!this.#iotLog.keeps(eventType, status, { ...publisher, thingName })) return
    const { protocol, clientId } = publisher
    this.#iotLog.write({
      eventType,
      status,
      traceId: null,
      fields: { protocol, clientId, jobId, topicName, clientToken, ...fields },
    })
  }
}

function askedOn(topic: RequestTopic, clientToken: string | undefined): Asked {
  return {
    eventType: EVENT_TYPES[topic.operation],
    thingName: topic.thingName,
    jobId: 'jobId' in topic ? topic.jobId : undefined,
    topicName: formatReservedTopic(topic),
    clientToken,
  }
}

/** AWS's words, which whoever reads the log looks for. */
function detailsOf(destination: string | undefined): string {
  const first = destination === undefined ? '' : `The destination status is ${destination}. `
  return `${first}The request status is SUCCESS.`
}
