import type { JobFacts } from '../../foundation/job-change.ts'
import type { Job } from './job-table.ts'

/** A job, as whoever hears of its changes gets it. */
export function factsOf(job: Job): JobFacts {
  const { jobId, targetSelection, definition, createdMs, updatedMs, completedMs, comment } = job
  return {
    jobId,
    targetSelection,
    targets: definition.targets,
    description: definition.description,
    comment: comment ?? undefined,
    createdAtMs: createdMs,
    lastUpdatedAtMs: updatedMs,
    completedAtMs: completedMs ?? undefined,
    destinationPackageVersions: definition.destinationPackageVersions ?? [],
  }
}
