import { JobError } from '@thingdeck/jobs'
import { invalidRequest } from '../../foundation/errors.ts'

/** What packages/jobs refuses, as the control plane says it. @throws {AwsError} InvalidRequestException */
export function inAwsWords<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof JobError) throw invalidRequest(error.message)
    throw error
  }
}
