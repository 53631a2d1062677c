import { AwsError } from '@thingdeck/aws-api'

// What is wrong, in the names of Firehose.

export const invalidArgument = (message: string): AwsError => new AwsError('InvalidArgumentException', message)

/** What AWS has, and this server has not: it is refused and not passed over. */
export const notHere = (what: string): AwsError => invalidArgument(`This server has no ${what}.`)

export const streamNotFound = (name: string, accountId: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Firehose ${name} under account ${accountId} not found.`)

export const streamExists = (name: string, accountId: string): AwsError =>
  new AwsError('ResourceInUseException', `Firehose ${name} under accountId ${accountId} already exists`)

export const slowDown = (): AwsError => new AwsError('ServiceUnavailableException', 'Slow down.')
