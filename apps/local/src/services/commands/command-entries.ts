import { formatReservedTopic, type ReservedTopic } from '@thingdeck/topics'
import type { IotLog } from '../../foundation/iot-log.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import type { RejectedReport } from './report.ts'

/**
 * Entries of what devices report: "if you encounter an error when running the UpdateCommandExecution API, you can view the
 * error in the AWSIoTLogsV2 log group". Their form is not documented; it is that of a shadow's entries here.
 */
export class CommandEntries {
  readonly #iotLog: IotLog

  constructor(iotLog: IotLog) {
    this.#iotLog = iotLog
  }

  updated(
    topic: Extract<ReservedTopic, { kind: 'command' }>,
    publisher: Publisher | undefined,
    rejected?: RejectedReport,
  ): void {
    if (!publisher || !this.#iotLog.isOn) return
    const status = rejected ? 'Failure' : 'Success'
    if (!this.#iotLog.keeps('UpdateCommandExecution', status, publisher)) return
    this.#iotLog.write({
      eventType: 'UpdateCommandExecution',
      status,
      traceId: publisher.traceId,
      fields: {
        protocol: publisher.protocol,
        clientId: publisher.clientId,
        principalId: publisher.principal.principalId,
        topicName: formatReservedTopic(topic),
        executionId: topic.executionId,
        ...(rejected && { reason: rejected.code, details: rejected.message }),
      },
    })
  }
}
