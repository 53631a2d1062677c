import { AwsError } from '@thingdeck/aws-api'
import { ProvisioningFailure } from '@thingdeck/provisioning'

/** As it stands in the report of a task. */
export interface LineError {
  readonly code: string
  readonly message: string
}

/** Why a line could not be registered; undefined for what is no fault of the line's. */
export function lineError(error: unknown): LineError | undefined {
  if (error instanceof ProvisioningFailure) {
    const code = error.kind === 'conflict' ? 'ConflictingResourceUpdateException' : 'InvalidParameters'
    return { code, message: error.message }
  }
  return error instanceof AwsError ? { code: error.name, message: error.message } : undefined
}

/** What RegisterThing says of the same. @see AWS IoT API reference, RegisterThing, "Errors" */
export function registrationError(error: unknown): unknown {
  if (error instanceof ProvisioningFailure) {
    const isConflict = error.kind === 'conflict'
    return new AwsError(
      isConflict ? 'ConflictingResourceUpdateException' : 'ResourceRegistrationFailureException',
      error.message,
    )
  }
  if (error instanceof AwsError && error.name !== 'InvalidRequestException') {
    return new AwsError('ResourceRegistrationFailureException', `${error.name}: ${error.message}`)
  }
  return error
}
