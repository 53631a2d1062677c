import type { ProblemBody } from '@thingdeck/contract'
import type { FastifyError } from 'fastify'

/** Every failure of the BFF's own. `docs/reference/errors.md` lists the same codes; a test compares the two. */
export const PROBLEMS = {
  BAD_REQUEST: { status: 400, title: 'The request is not valid' },
  SIGNED_OUT: { status: 401, title: 'Nobody is signed in' },
  ROLE_REQUIRED: { status: 403, title: 'The role does not allow this' },
  NO_ROLE: { status: 403, title: 'The person is in none of the groups viewer, operator, admin' },
  OTHER_PERSON: { status: 409, title: 'Somebody else is signed in than the person whose page this is' },
  OTHER_SESSION: { status: 409, title: 'This belongs to a session of somebody else' },
  FOREIGN_ORIGIN: { status: 403, title: 'The request did not come from the console' },
  NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  LIVE_UNAVAILABLE: { status: 403, title: 'There are no credentials for MQTT' },
  CODE_NEEDED: { status: 401, title: 'The console is opened by the address that it printed' },
  CODE_ENDED: { status: 400, title: 'The address was used already, or is too old' },
  SIGN_IN_CANCELLED: { status: 400, title: 'The sign-in was cancelled at the identity provider' },
  SIGN_IN_FAILED: { status: 400, title: 'Signing in did not succeed' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  NAME_TAKEN: { status: 409, title: 'There is one of this name already' },
  TOKEN_USED: { status: 409, title: 'The token was used for another request' },
  MADE_ANEW: { status: 409, title: 'Somebody deleted it and made it anew meanwhile' },
  TAGS_CHANGED: { status: 409, title: 'Somebody else changed the tags meanwhile' },
  CERTIFICATE_CHANGED: { status: 409, title: 'Somebody else changed the certificate meanwhile' },
  THING_TYPE_CHANGED: { status: 409, title: 'Somebody else changed the thing type meanwhile' },
  POLICY_CHANGED: { status: 409, title: 'Somebody else changed the policy meanwhile' },
  RULE_CHANGED: { status: 409, title: 'Somebody else changed the rule meanwhile' },
  RULE_CASES_CHANGED: { status: 409, title: 'Somebody else changed the test cases meanwhile' },
  DEFAULT_AUTHORIZER_CHANGED: { status: 409, title: 'Somebody else changed the default authorizer meanwhile' },
  IDENTITY_POOL_CHANGED: { status: 409, title: 'Somebody else changed the identity pool meanwhile' },
  TOO_MANY_VIEWS: { status: 409, title: 'Too many views are shared' },
  TOO_MANY_BUTTONS: { status: 409, title: 'Things of this type have too many buttons' },
  TOO_MANY_BULK_CHANGES: { status: 429, title: 'Too many bulk changes run at once' },
  NOTHING_LEFT: { status: 409, title: 'Nothing is left to do of this bulk change' },
  TOO_MANY_ROTATIONS: { status: 429, title: 'Too many rotations of certificates go on' },
  BEING_ROTATED: { status: 409, title: 'The certificate of a thing is being replaced already' },
  BEING_REGISTERED: { status: 409, title: 'A task registers the things of this file already' },
  LOGGING_OFF: { status: 409, title: 'AWS IoT is not told to log' },
  ALREADY_LOGGED: { status: 409, title: 'The client is logged at this level already' },
  TOO_MANY_DEBUGS: { status: 429, title: 'Too many clients are logged at DEBUG at once' },
  MESSAGE_REFUSED: { status: 403, title: 'The message was not let through to the client' },
  NOT_CONFIRMED: { status: 504, title: 'The client has not confirmed the message in time' },
  ISSUER_UNAVAILABLE: { status: 502, title: 'The identity provider does not answer' },
  AWS_UNAVAILABLE: { status: 502, title: 'AWS IoT does not answer' },
  AWS_REFUSED: { status: 502, title: "AWS does not accept the console's own credentials" },
  AWS_CREDENTIALS: { status: 502, title: 'Your AWS credentials, which the console goes by, are not good any more' },
  ROOT_CA_UNAVAILABLE: { status: 502, title: 'The root certificate that devices trust cannot be fetched' },
  STORE_UNAVAILABLE: { status: 503, title: "The store of the console's sessions does not answer" },
  INTERNAL: { status: 500, title: 'Something went wrong in the console' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** A failure with a code of {@link PROBLEMS}; `detail` says what was wrong and what would be right. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode

  constructor(code: ProblemCode, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.code = code
  }
}

/** What an AWS SDK client throws (`ServiceException` of Smithy), as far as it is looked at here. */
interface AwsServiceException extends Error {
  readonly $fault: 'client' | 'server'
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string }
}

const isAwsException = (error: Error): error is AwsServiceException => '$metadata' in error && '$fault' in error

/** AWS refuses the BFF, not the person: its keys are wrong, expired, or allowed too little. */
const CREDENTIAL_ERRORS = new Set([
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'IncompleteSignatureException',
  'MissingAuthenticationTokenException',
  'ExpiredTokenException',
  'AccessDeniedException',
  'AccessDenied', // of S3
  'UnauthorizedException',
  'ForbiddenException',
  'CredentialsProviderError',
])
const CONNECTION_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'TimeoutError',
])

const own = (code: ProblemCode, detail: string, requestId: string): ProblemBody => ({
  type: `https://thingdeck.dev/problems/${code.toLowerCase().replaceAll('_', '-')}`,
  title: PROBLEMS[code].title,
  status: PROBLEMS[code].status,
  detail,
  code,
  requestId,
})

/**
 * What services tell by different statuses, a browser is told by one: ThrottlingException is 400 in iot and 429 in
 * iot-data, ResourceNotFoundException 404 there and 400 in Cognito.
 */
const STATUS_OF: ReadonlyMap<string, number> = new Map([
  ['ThrottlingException', 429],
  ['ResourceNotFoundException', 404],
])

function fromAws(error: AwsServiceException, requestId: string): ProblemBody {
  const { httpStatusCode: status = 500, requestId: awsRequestId } = error.$metadata
  const trace = awsRequestId === undefined ? {} : { awsRequestId }
  if (CREDENTIAL_ERRORS.has(error.name))
    return { ...own('AWS_REFUSED', `${error.name}: ${error.message}`, requestId), ...trace }
  if (status >= 500) return { ...own('AWS_UNAVAILABLE', `${error.name}: ${error.message}`, requestId), ...trace }
  return {
    type: 'about:blank',
    title: error.name,
    // S3 says with a 301 that a bucket is of another region, which is no redirect for anybody else.
    status: STATUS_OF.get(error.name) ?? Math.max(status, 400),
    detail: error.message,
    code: error.name,
    requestId,
    ...trace,
  }
}

/**
 * Any error as the problem that the client is told. What is not known by name becomes INTERNAL: its cause goes to the
 * log and never to the client.
 */
export function toProblem(error: Error, requestId: string): ProblemBody {
  if (error instanceof Problem) return own(error.code, error.message, requestId)
  if (isAwsException(error)) return fromAws(error, requestId)
  const { code, statusCode } = error as Partial<FastifyError>
  if (CREDENTIAL_ERRORS.has(error.name)) return own('AWS_REFUSED', error.message, requestId)
  // With a status it is the person's own connection, which ended before the request was read.
  if (statusCode === undefined && CONNECTION_ERRORS.has(code ?? error.name))
    return own('AWS_UNAVAILABLE', `AWS IoT could not be reached (${code ?? error.name}).`, requestId)
  if (statusCode === 429) return own('TOO_MANY_REQUESTS', error.message, requestId)
  // The static file plugin's word for a directory, and for what is not there.
  if (statusCode === 403 || statusCode === 404) return own('NOT_FOUND', 'There is nothing at this address.', requestId)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return own('BAD_REQUEST', error.message, requestId)
  return own('INTERNAL', 'The console could not do this. The request id leads to the cause in its log.', requestId)
}
