import { AwsError } from '@thingdeck/aws-api'
import { MalformedPolicyError, type PolicyDocument, parsePolicyDocument, policyDocumentSize } from '@thingdeck/policies'

export const invalid = (message: string): AwsError => new AwsError('ValidationError', message)

export const invalidInput = (message: string): AwsError => new AwsError('InvalidInputException', message)

export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceededException', message)

export const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntityException', message)

export const alreadyExists = (message: string): AwsError => new AwsError('EntityAlreadyExistsException', message)

export const deleteConflict = (message: string): AwsError => new AwsError('DeleteConflictException', message)

const malformed = (message: string): AwsError => new AwsError('MalformedPolicyDocumentException', message)

const MAX_TRUST_CHARACTERS = 2048

/** @throws {AwsError} MalformedPolicyDocumentException, where the document is none of IAM */
export function checkDocument(text: string): PolicyDocument {
  try {
    return parsePolicyDocument(text, { dialect: 'iam' })
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error
    throw malformed(`${error.message} (at line ${error.line}, column ${error.column})`)
  }
}

/**
 * Of what is attached to somebody, who is its principal.
 * @throws {AwsError} MalformedPolicyDocumentException, as well where the document names a principal
 */
export function checkIdentityDocument(text: string): void {
  const { statements } = checkDocument(text)
  if (statements.some(({ principals }) => principals !== undefined)) {
    throw malformed('Policy document should not specify a principal.')
  }
}

/** @throws {AwsError} LimitExceededException, MalformedPolicyDocumentException */
export function checkTrust(text: string): void {
  if (policyDocumentSize(text) > MAX_TRUST_CHARACTERS) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${MAX_TRUST_CHARACTERS}`)
  }
  const { statements } = checkDocument(text)
  if (statements.every(({ principals }) => principals !== undefined)) return
  throw malformed('A trust policy needs a Principal in every statement')
}
