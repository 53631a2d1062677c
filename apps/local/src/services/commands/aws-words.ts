import { CommandError } from '@thingdeck/commands'
import { invalidInput } from '../../foundation/errors.ts'

/** What packages/commands refuses, as the API says it. @throws {AwsError} ValidationException */
export function inAwsWords<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof CommandError) throw invalidInput(error.message)
    throw error
  }
}
