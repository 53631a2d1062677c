import { AwsError } from '@thingdeck/aws-api'

// AWS's words, as SDKs' issue threads and tools that match on them quote them.

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message)

export const invalidNextToken = (): AwsError => invalidParameter('The specified nextToken is invalid.')

export const noSuchGroup = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')

export const noSuchStream = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')

export const groupExists = (): AwsError =>
  new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')

export const streamExists = (): AwsError =>
  new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
