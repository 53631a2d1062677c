import { AwsError } from '@thingdeck/aws-api'

// What is wrong, in CloudWatch's names; its words are those that users of SDKs quote in their issues.

export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValueException', message)

export const invalidCombination = (message: string): AwsError =>
  new AwsError('InvalidParameterCombinationException', message)

/** What is said where only one of two may be given. */
export const bothGiven = (first: string, second: string): string =>
  `The parameters ${first} and ${second} are mutually exclusive and you have specified both.`

export const missingParameter = (message: string): AwsError =>
  new AwsError('MissingRequiredParameterException', message)

export const validationFailed = (message: string): AwsError => new AwsError('ValidationException', message)

export const invalidNextToken = (): AwsError =>
  new AwsError('InvalidNextToken', 'Request parameter NextToken is invalid')
