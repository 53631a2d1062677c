import { AwsError } from '@thingdeck/aws-api'

// What AWS's API model says of single members (lengths, patterns, ranges, values) is checked before a handler runs.

/** `InvalidRequestException`, 400. */
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message)

/** `ValidationException`, 400: what commands and software packages say in place of InvalidRequestException. */
export const invalidInput = (message: string): AwsError => new AwsError('ValidationException', message)

/** `ConflictException`, 409, with the id of what is in the way. */
export const conflict = (message: string, resourceId: string): AwsError =>
  new AwsError('ConflictException', message, { resourceId })

/** `ServiceQuotaExceededException`, 402. */
export const quotaExceeded = (message: string): AwsError => new AwsError('ServiceQuotaExceededException', message)

/** `ResourceNotFoundException`, 404. */
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message)

/**
 * Refuses to change what is not at the version that the caller expects; without an expectation any version will do.
 * @param what how AWS calls it and its name, e.g. `thing pump-7`
 * @throws {AwsError} VersionConflictException, 409
 */
export function checkVersion(what: string, version: number, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === version) return
  throw new AwsError('VersionConflictException', `The version for ${what} does not match the expected version.`)
}

/** `ResourceAlreadyExistsException`, 409, with the members that name what is in the way. */
export const alreadyExists = (message: string, resourceId: string, resourceArn: string): AwsError =>
  new AwsError('ResourceAlreadyExistsException', message, { resourceId, resourceArn })
