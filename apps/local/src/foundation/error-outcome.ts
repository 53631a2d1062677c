import { AwsError } from '@thingdeck/aws-api'
import { AUTHORIZATION_FAILURE, type Outcome, type OutcomeKind } from './outcome.ts'
import { ReasonedError } from './reasoned-error.ts'

/** By the names of the errors, as the data plane answers them. */
const KINDS: Readonly<Record<string, OutcomeKind>> = {
  AccessDeniedException: 'AuthError',
  ForbiddenException: 'AuthError',
  UnauthorizedException: 'AuthError',
  InternalFailure: 'ServerError',
  InternalFailureException: 'ServerError',
  ServiceUnavailableException: 'ServerError',
  ThrottlingException: 'Throttle',
  LimitExceededException: 'Throttle',
}

/** How an operation ended that threw. What is no error of AWS's is a failure of the server. */
export function outcomeOfError(error: unknown): Outcome {
  if (!(error instanceof AwsError)) {
    return { kind: 'ServerError', reason: 'INTERNAL_SERVER_ERROR', details: 'Internal server error' }
  }
  const { name, message: details } = error
  const kind = KINDS[name] ?? 'ClientError'
  if (error instanceof ReasonedError) return { kind, reason: error.reason, details }
  if (kind === 'AuthError') return AUTHORIZATION_FAILURE
  return { kind, reason: codeOf(name), details }
}

/** `ResourceNotFoundException` → `RESOURCE_NOT_FOUND`, as the codes of entries are spelt. */
function codeOf(errorName: string): string {
  const words = errorName.replace(/Exception$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '_')
  return words.toUpperCase()
}
