import type * as sdk from '@aws-sdk/client-iot-jobs-data-plane'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import { JobError, type JobErrorCode, secondsBeforeTimedOut } from '@thingdeck/jobs'
import type { DeviceJobs } from './device-jobs.ts'
import { executionOf, pendingLists, stateOf } from './device-json.ts'
import type { Found } from './found.ts'
import type { JobDocuments } from './job-documents.ts'
import type { JobMetrics } from './job-metrics.ts'

/** As REST has them; a version that is not the expected one has no error of its own there. */
const EXCEPTIONS: Readonly<Record<JobErrorCode, string>> = {
  InvalidTopic: 'InvalidRequestException',
  InvalidJson: 'InvalidRequestException',
  InvalidRequest: 'InvalidRequestException',
  InvalidStateTransition: 'InvalidStateTransitionException',
  ResourceNotFound: 'ResourceNotFoundException',
  VersionMismatch: 'InvalidStateTransitionException',
  InternalError: 'ServiceUnavailableException',
  RequestThrottled: 'ThrottlingException',
  TerminalStateReached: 'TerminalStateException',
}

export interface DeviceHandlersParts {
  readonly deviceJobs: DeviceJobs
  readonly documents: JobDocuments
  readonly metrics: JobMetrics
}

/** The jobs data plane over HTTPS: the same as over MQTT, but for the document, which is a text. */
export function deviceHandlers({ deviceJobs, documents, metrics }: DeviceHandlersParts) {
  const asRest = <Result>(jobId: string | undefined, operation: () => Result): Result => {
    try {
      return operation()
    } catch (error) {
      if (!(error instanceof JobError)) throw error
      if (jobId !== undefined && jobId !== '$next') metrics.refused(jobId, 'ClientErrorCount')
      throw new AwsError(EXCEPTIONS[error.code], error.message)
    }
  }
  const executionShape = (found: Found, hasDocument: boolean) => ({
    ...executionOf(found, secondsBeforeTimedOut(found.execution, deviceJobs.nowMs())),
    ...(hasDocument && { jobDocument: documents.forDevice(found.job, found.execution) }),
  })
  return {
    GetPendingJobExecutions: ({ thingName }) => asRest(undefined, () => pendingLists(deviceJobs.pending(thingName))),
    StartNextPendingJobExecution: ({ thingName, statusDetails, stepTimeoutInMinutes }) =>
      asRest(undefined, () => {
        const found = deviceJobs.startNext(thingName, { statusDetails, stepTimeoutInMinutes })
        return found ? { execution: executionShape(found, true) } : {}
      }),
    DescribeJobExecution: ({ thingName, jobId, executionNumber, includeJobDocument = true }) =>
      asRest(jobId, () => {
        const found = deviceJobs.describe(thingName, jobId, executionNumber)
        return found ? { execution: executionShape(found, includeJobDocument) } : {}
      }),
    UpdateJobExecution: (input) =>
      asRest(input.jobId, () => {
        const { thingName, jobId, executionNumber, includeJobExecutionState, includeJobDocument } = input
        const { status, statusDetails, expectedVersion, stepTimeoutInMinutes } = input
        const { job, execution } = deviceJobs.update(
          { thingName, jobId, executionNumber },
          { status, statusDetails, expectedVersion, stepTimeoutInMinutes },
        )
        return {
          ...(includeJobExecutionState && { executionState: stateOf(execution) }),
          ...(includeJobDocument && { jobDocument: documents.forDevice(job, execution) }),
        }
      }),
  } satisfies Handlers<typeof sdk, unknown>
}
