import {
  type CompiledPolicies,
  compilePolicies,
  MAX_POLICY_DOCUMENT_SIZE,
  MalformedPolicyError,
  parsePolicyDocument,
  policyDocumentSize,
} from '@thingdeck/policies'

/** What an authorizer's function said, once it is known to be as AWS wants it. */
export type AuthorizerAnswer = { readonly isAuthenticated: false } | AuthorizerYes

export interface AuthorizerYes {
  readonly isAuthenticated: true
  readonly principalId: string
  /** JSON, as they are. */
  readonly policyDocuments: readonly string[]
  readonly policies: CompiledPolicies
  readonly disconnectAfterSeconds: number
  readonly refreshAfterSeconds: number
}

/** An answer that AWS does not take. The words name members, and no value that may be a secret. */
export class AnswerError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AnswerError'
  }
}

const MAX_ANSWER_BYTES = 512 * 1024
const MAX_DOCUMENTS = 10
const PRINCIPAL_ID = /^[a-zA-Z0-9]{1,128}$/
const MIN_SECONDS = 300
const MAX_SECONDS = 86_400

export interface AnswerRules {
  readonly authorizerName: string
  /** With a client certificate: the principal that must be answered, and policies may be left out. */
  readonly certificateId: string | undefined
}

/**
 * Reads what a function answered. Members that AWS does not know are ignored.
 * @throws {AnswerError}
 * @see AWS IoT Core developer guide, "Defining your Lambda function"
 */
export function readAnswer(payload: Uint8Array, rules: AnswerRules): AuthorizerAnswer {
  if (payload.byteLength > MAX_ANSWER_BYTES) throw new AnswerError(`is longer than ${MAX_ANSWER_BYTES} bytes`)
  const answer = parse(payload)
  const isAuthenticated = answer.get('isAuthenticated')
  if (typeof isAuthenticated !== 'boolean') throw new AnswerError('has no isAuthenticated that is true or false')
  if (!isAuthenticated) return { isAuthenticated }
  const policyDocuments = documentsOf(answer.get('policyDocuments'), rules)
  return {
    isAuthenticated,
    principalId: principalIdOf(answer.get('principalId'), rules),
    policyDocuments,
    policies: compiled(policyDocuments, rules),
    disconnectAfterSeconds: secondsOf(answer, 'disconnectAfterInSeconds', MAX_SECONDS),
    refreshAfterSeconds: secondsOf(answer, 'refreshAfterInSeconds', MIN_SECONDS),
  }
}

function parse(payload: Uint8Array): ReadonlyMap<string, unknown> {
  let answer: unknown
  try {
    answer = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString())
  } catch {
    throw new AnswerError('is no JSON')
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new AnswerError('is no JSON object')
  return new Map(Object.entries(answer))
}

function principalIdOf(principalId: unknown, { certificateId }: AnswerRules): string {
  if (typeof principalId !== 'string' || !PRINCIPAL_ID.test(principalId)) {
    throw new AnswerError('has no principalId of 1 to 128 letters and digits')
  }
  if (certificateId !== undefined && principalId !== certificateId) {
    throw new AnswerError('has another principalId than that of the client certificate')
  }
  return principalId
}

function documentsOf(documents: unknown, { certificateId }: AnswerRules): readonly string[] {
  if (documents === undefined && certificateId !== undefined) return []
  if (!Array.isArray(documents)) throw new AnswerError('has no list of policyDocuments')
  if (documents.length > MAX_DOCUMENTS) throw new AnswerError(`has more than ${MAX_DOCUMENTS} policyDocuments`)
  return documents.map((document: unknown, index) => {
    if (typeof document === 'string') return document
    if (typeof document === 'object' && document !== null) return JSON.stringify(document)
    throw new AnswerError(`has a policy document (${index}) that is neither an object nor a text`)
  })
}

function compiled(documents: readonly string[], { authorizerName }: AnswerRules): CompiledPolicies {
  return compilePolicies(
    documents.map((document, index) => {
      if (policyDocumentSize(document) > MAX_POLICY_DOCUMENT_SIZE) {
        throw new AnswerError(`has a policy document (${index}) of more than ${MAX_POLICY_DOCUMENT_SIZE} characters`)
      }
      try {
        return { policyName: `${authorizerName} policyDocuments[${index}]`, document: parsePolicyDocument(document) }
      } catch (error) {
        if (!(error instanceof MalformedPolicyError)) throw error
        throw new AnswerError(`has a policy document (${index}) that is malformed: ${error.message}`)
      }
    }),
  )
}

/** AWS says of seconds out of range that the client can be disconnected; here it is not let in. */
function secondsOf(answer: ReadonlyMap<string, unknown>, member: string, otherwise: number): number {
  const seconds = answer.get(member)
  if (seconds === undefined || seconds === null) return otherwise
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) {
    return seconds
  }
  throw new AnswerError(`has ${member} that is no whole number from ${MIN_SECONDS} to ${MAX_SECONDS}`)
}
