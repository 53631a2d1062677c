import type { JobProcessDetails } from '@aws-sdk/client-iot'
import type { JobCounts } from '@thingdeck/contract'

/** Executions of a job by their state. */
export const jobCounts = (details: JobProcessDetails = {}): JobCounts => ({
  QUEUED: details.numberOfQueuedThings ?? 0,
  IN_PROGRESS: details.numberOfInProgressThings ?? 0,
  SUCCEEDED: details.numberOfSucceededThings ?? 0,
  FAILED: details.numberOfFailedThings ?? 0,
  TIMED_OUT: details.numberOfTimedOutThings ?? 0,
  REJECTED: details.numberOfRejectedThings ?? 0,
  REMOVED: details.numberOfRemovedThings ?? 0,
  CANCELED: details.numberOfCanceledThings ?? 0,
})
