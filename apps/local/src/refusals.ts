import { AwsError } from '@thingdeck/aws-api'

// What AWS's API model says of single members (lengths, patterns, ranges, values) is checked before a handler runs.

/** `InvalidRequestException`, 400. */
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message)

/** `ResourceNotFoundException`, 404. */
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message)

/** `VersionConflictException`, 409. */
export const versionConflict = (what: string, name: string): AwsError =>
  new AwsError('VersionConflictException', `The version for ${what} ${name} does not match the expected version.`)

/** `ResourceAlreadyExistsException`, 409, with the members that name what is in the way. */
export const alreadyExists = (message: string, resourceId: string, resourceArn: string): AwsError =>
  new AwsError('ResourceAlreadyExistsException', message, { resourceId, resourceArn })
