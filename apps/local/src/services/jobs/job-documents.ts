import type { KeptExecution } from './execution-table.ts'
import type { Job } from './job-table.ts'

/** What devices get for a job's document. */
export class JobDocuments {
  /** JSON: placeholders are replaced when a device asks. */
  forDevice(job: Job, _execution: Pick<KeptExecution, 'thingName' | 'executionNumber'>): string {
    return job.document
  }
}
