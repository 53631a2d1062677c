import type { JobError } from '@thingdeck/jobs'
import { formatReservedTopic, type JobsTopic } from '@thingdeck/topics'
import type { IotLog, IotLogEventType, IotLogStatus } from '../../foundation/iot-log.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import type { KeptExecution } from './execution-table.ts'

type RequestTopic = Extract<JobsTopic, { kind: 'jobs' }>

/** AWS's names: that of the list is in the singular. */
const EVENT_TYPES = {
  GetPendingJobExecutions: 'GetPendingJobExecution',
  StartNextPendingJobExecution: 'StartNextPendingJobExecution',
  DescribeJobExecution: 'DescribeJobExecution',
  UpdateJobExecution: 'UpdateJobExecution',
} as const satisfies Record<RequestTopic['operation'], IotLogEventType>

/**
 * The entries of what devices ask the jobs service. They have no trace id.
 * @see AWS IoT Core developer guide, "Job log entries"
 */
export class DeviceEntries {
  readonly #iotLog: IotLog

  constructor(iotLog: IotLog) {
    this.#iotLog = iotLog
  }

  accepted(
    topic: RequestTopic,
    publisher: Publisher | undefined,
    clientToken: string | undefined,
    execution: KeptExecution | undefined,
  ): void {
    const isUpdate = topic.operation === 'UpdateJobExecution'
    const destination = isUpdate && execution ? `The destination status is ${execution.status}. ` : ''
    this.#tell(topic, publisher, 'Success', {
      clientToken,
      details: `${destination}The request status is SUCCESS.`,
      ...(isUpdate && execution && { versionNumber: String(execution.versionNumber) }),
    })
  }

  rejected(
    topic: RequestTopic,
    publisher: Publisher | undefined,
    clientToken: string | undefined,
    { code, message }: JobError,
  ): void {
    this.#tell(topic, publisher, 'Failure', { clientToken, reason: code, details: message })
  }

  #tell(
    topic: RequestTopic,
    publisher: Publisher | undefined,
    status: IotLogStatus,
    fields: Readonly<Record<string, string | undefined>>,
  ): void {
    // Nobody asked for what the server itself publishes.
    if (!publisher || !this.#iotLog.isOn) return
    const eventType = EVENT_TYPES[topic.operation]
    const { thingName } = topic
    if (!this.#iotLog.keeps(eventType, status, { ...publisher, thingName })) return
    this.#iotLog.write({
      eventType,
      status,
      traceId: null,
      fields: {
        protocol: publisher.protocol,
        clientId: publisher.clientId,
        ...('jobId' in topic && { jobId: topic.jobId }),
        topicName: formatReservedTopic(topic),
        ...fields,
      },
    })
  }
}
