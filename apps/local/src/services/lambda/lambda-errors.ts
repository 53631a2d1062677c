import { AwsError } from '@thingdeck/aws-api'

// What is wrong, in Lambda's names; its words where users of it quote them.

const ofUser = (name: string, message: string): AwsError => new AwsError(name, message, { Type: 'User' })

export const invalidParameter = (message: string): AwsError => ofUser('InvalidParameterValueException', message)

export const notFound = (message: string): AwsError => ofUser('ResourceNotFoundException', message)

export const functionNotFound = (arn: string): AwsError => notFound(`Function not found: ${arn}`)

export const conflict = (message: string): AwsError => ofUser('ResourceConflictException', message)

export const preconditionFailed = (): AwsError =>
  ofUser(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  )

export const unreadablePayload = (why: string): AwsError =>
  ofUser('InvalidRequestContentException', `Could not parse request body into json: ${why}`)

export const payloadTooLarge = (maxBytes: number): AwsError =>
  ofUser('RequestTooLargeException', `Request must be smaller than ${maxBytes} bytes for the InvokeFunction operation`)

/** @param reason as the SDK's enum ThrottleReason has it */
export const tooManyRequests = (message: string, reason: string): AwsError =>
  new AwsError('TooManyRequestsException', message, { Type: 'User', Reason: reason, retryAfterSeconds: '1' })

/** What AWS has, and this server has not: it is refused and not passed over. */
export const notHere = (what: string): AwsError => invalidParameter(`This server has no ${what}.`)
