import type { ExecutionCounts } from '@thingdeck/jobs'
import type { IotLog } from '../../foundation/iot-log.ts'

/**
 * The entry of a job that is over: how many executions ended how.
 * @see AWS IoT Core developer guide, "ReportFinalJobExecutionCount log entry"
 */
export function tellFinalCount(iotLog: IotLog, jobId: string, counts: ExecutionCounts): void {
  if (!iotLog.isOn || !iotLog.keeps('ReportFinalJobExecutionCount', 'Success', {})) return
  const { QUEUED, IN_PROGRESS, FAILED, SUCCEEDED, CANCELED, REJECTED, REMOVED } = counts
  // The order is AWS's, the words are ours.
  const details =
    `Job ${jobId} completed. QUEUED job execution count: ${QUEUED} IN_PROGRESS job execution count: ${IN_PROGRESS} ` +
    `FAILED job execution count: ${FAILED} SUCCEEDED job execution count: ${SUCCEEDED} ` +
    `CANCELED job execution count: ${CANCELED} REJECTED job execution count: ${REJECTED} ` +
    `REMOVED job execution count: ${REMOVED}`
  iotLog.write({
    eventType: 'ReportFinalJobExecutionCount',
    status: 'Success',
    traceId: null,
    fields: { jobId, details },
  })
}
