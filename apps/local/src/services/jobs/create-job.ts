import { invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { checkDocument, configsOf } from './job-definition.ts'
import type { Job } from './job-table.ts'
import type { Jobs } from './jobs.ts'
import type { Targets } from './targets.ts'

export interface CreateJobParts {
  readonly jobs: Jobs
  readonly targets: Targets
}

/** `CreateJob`: puts together what makes a job, from the input, a template, and files. */
export class CreateJob {
  readonly #parts: CreateJobParts

  constructor(parts: CreateJobParts) {
    this.#parts = parts
  }

  /** @throws {AwsError} InvalidRequestException, ResourceAlreadyExistsException, ResourceNotFoundException */
  async create(input: IotInput<'CreateJob'>): Promise<Job> {
    const { jobs, targets } = this.#parts
    const { jobId, targetSelection = 'SNAPSHOT', namespaceId, document, tags } = input
    jobs.checkFree(jobId)
    if (document === undefined) throw invalidRequest('A job has a document')
    await targets.load()
    return jobs.create({
      jobId,
      targetSelection,
      namespaceId,
      document: checkDocument(document),
      documentSource: undefined,
      definition: { targets: [...new Set(input.targets)], ...configsOf(input) },
      tags,
    })
  }
}
