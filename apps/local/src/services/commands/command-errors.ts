import { AwsError } from '@thingdeck/aws-api'

/** `ValidationException`, 400: commands have it where the rest of AWS IoT says InvalidRequestException. */
export const invalid = (message: string): AwsError => new AwsError('ValidationException', message)

/** `ConflictException`, 409, with the id of what is in the way. */
export const conflict = (message: string, resourceId: string): AwsError =>
  new AwsError('ConflictException', message, { resourceId })
