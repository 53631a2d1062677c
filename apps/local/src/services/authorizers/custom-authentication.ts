import { randomUUID } from 'node:crypto'
import { compilePolicies } from '@thingdeck/policies'
import type { Admitted, ConnectCredentials, Renewal, Stranger } from '../../foundation/admissions.ts'
import type { AuthorizerGrant } from '../../foundation/caller.ts'
import type { Domain } from '../../foundation/domains.ts'
import type { Peer } from '../../foundation/peer.ts'
import type { Authorizer } from './authorizer-table.ts'
import { AnswerError, type AuthorizerYes, readAnswer } from './function-answer.ts'
import { FunctionCallError, type FunctionCalls } from './function-calls.ts'
import { functionEvent } from './function-event.ts'
import { CredentialsError, type PresentedCredentials, presentedCredentials } from './presented-credentials.ts'
import { isTokenSigned } from './token-signature.ts'

/** As entries of the log have it. @see AWS IoT Core developer guide, "Connection.AuthNError" */
export type NotAdmittedReason =
  | 'CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR'
  | 'CUSTOM_AUTHORIZER_NOT_FOUND'
  | 'CUSTOM_AUTHORIZER_PARAMETER_INVALID'
  | 'NOT_AUTHENTICATED'
  | 'SNI_MISUSED'

/** Somebody is not let in: why, in words that name no secret. */
export class NotAdmitted extends Error {
  readonly reason: NotAdmittedReason
  /** Where one was found. */
  readonly authorizerName: string | undefined

  constructor(reason: NotAdmittedReason, message: string, authorizerName?: string) {
    super(message)
    this.name = 'NotAdmitted'
    this.reason = reason
    this.authorizerName = authorizerName
  }
}

const NOTHING = compilePolicies([])

export interface CustomAuthenticationParts {
  readonly find: (authorizerName: string) => Authorizer | undefined
  readonly default: () => Authorizer | undefined
  readonly calls: FunctionCalls
}

/** An authorizer that is to be asked, and what it is asked. */
interface Question {
  readonly authorizer: Authorizer
  readonly token: string | undefined
  readonly signatureVerified: boolean
}

/**
 * Authenticates by custom authorizers: which one, whether the token is signed as it wants it, what its function says.
 * @see AWS IoT Core developer guide, "Custom authentication and authorization"
 */
export class CustomAuthentication {
  readonly #parts: CustomAuthenticationParts

  constructor(parts: CustomAuthenticationParts) {
    this.#parts = parts
  }

  /** Of a connection. @throws {NotAdmitted} */
  async admit(stranger: Stranger, connect: ConnectCredentials): Promise<Admitted> {
    const connectionId = randomUUID()
    const ask = () => this.ask(stranger, connect, connectionId)
    const { answer, authorizer } = await ask()
    // The very object that the connection's permissions look at: a renewal changes what is in it.
    const granted: { policies: AuthorizerGrant['policies'] } = { policies: answer.policies }
    const renewalOf = ({ refreshAfterSeconds }: AuthorizerYes): Renewal => ({
      afterMs: refreshAfterSeconds * 1000,
      again: async () => {
        try {
          const { answer: next } = await ask()
          granted.policies = next.policies
          return renewalOf(next)
        } catch (error) {
          granted.policies = NOTHING // what is left of the connection, its will, is not allowed any more either
          throw error
        }
      },
    })
    return {
      peer: admittedPeer(stranger, authorizer, answer, granted),
      lifetimeMs: answer.disconnectAfterSeconds * 1000,
      renewal: renewalOf(answer),
    }
  }

  /** One question and its answer. @throws {NotAdmitted} */
  async ask(
    stranger: Stranger,
    connect: ConnectCredentials | undefined,
    connectionId: string,
  ): Promise<{ readonly answer: AuthorizerYes; readonly authorizer: Authorizer }> {
    const question = this.question(stranger, connect)
    const { authorizer } = question
    const answer = await this.#answerTo(question, stranger, connect, connectionId)
    return { answer, authorizer }
  }

  /** Everything before the function is asked. @throws {NotAdmitted} */
  question(stranger: Stranger, connect: ConnectCredentials | undefined): Question {
    try {
      const presented = presentedCredentials(stranger.http, connect)
      const authorizer = this.#choose(stranger.domain, presented.authorizerName)
      return { authorizer, ...verifiedToken(authorizer, presented) }
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error
      throw new NotAdmitted('CUSTOM_AUTHORIZER_PARAMETER_INVALID', error.message)
    }
  }

  #choose(domain: Domain | undefined, named: string | undefined): Authorizer {
    const own = domain?.defaultAuthorizerName ?? this.#parts.default()?.name
    if (domain?.allowAuthorizerOverride === false && named !== undefined && named !== own) {
      const words = 'The domain configuration does not allow clients to name another authorizer than its own'
      throw new NotAdmitted('CUSTOM_AUTHORIZER_PARAMETER_INVALID', words)
    }
    const name = named ?? own
    const authorizer = name === undefined ? undefined : this.#parts.find(name)
    if (authorizer?.status === 'ACTIVE') return authorizer
    throw new NotAdmitted('CUSTOM_AUTHORIZER_NOT_FOUND', whyNot(name, authorizer))
  }

  async #answerTo(
    { authorizer, token, signatureVerified }: Question,
    { isEncrypted, serverName, device, http }: Stranger,
    connect: ConnectCredentials | undefined,
    connectionId: string,
  ): Promise<AuthorizerYes> {
    const { name: authorizerName, functionArn, arn } = authorizer
    // Of a device the answer has to name the certificate, whether or not it can still be shown to the function.
    const certificateId = device?.principal.principalId
    const certificate = device?.certificate && {
      pem: device.certificate.toString(),
      principalId: device.principal.principalId,
    }
    const tls = isEncrypted ? { serverName, certificate } : undefined
    const event = functionEvent({ token, signatureVerified, tls, http, mqtt: connect, connectionId })
    try {
      const payload = await this.#parts.calls.ask(functionArn, arn, event)
      const answer = readAnswer(payload, { authorizerName, certificateId })
      if (answer.isAuthenticated) return answer
    } catch (error) {
      const words = failureWords(error)
      if (words === undefined) throw error
      throw new NotAdmitted('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR', words, authorizerName)
    }
    throw new NotAdmitted('NOT_AUTHENTICATED', `The function of authorizer ${authorizerName} says no`, authorizerName)
  }
}

/** Undefined for a fault of the server. */
export function failureWords(error: unknown): string | undefined {
  if (error instanceof FunctionCallError) return error.message
  if (error instanceof AnswerError) return `The answer of the function ${error.message}`
  return undefined
}

function whyNot(name: string | undefined, authorizer: Authorizer | undefined): string {
  if (authorizer) return `The authorizer ${authorizer.name} is not ACTIVE`
  if (name === undefined) return 'No authorizer is named, and there is no default one'
  return `There is no authorizer of the name that the client or its domain configuration says`
}

/**
 * The token, once its signature is known to be good, where the authorizer wants one: it comes first, and the function is
 * asked only then.
 * @throws {NotAdmitted}
 * @throws {CredentialsError}
 */
function verifiedToken(
  { name, tokenKeyName, signingDisabled, tokenSigningPublicKeys }: Authorizer,
  presented: PresentedCredentials,
): Pick<Question, 'token' | 'signatureVerified'> {
  const token = tokenKeyName === undefined ? undefined : presented.token(tokenKeyName)
  if (signingDisabled) return { token, signatureVerified: false }
  const { signature } = presented
  if (token === undefined || signature === undefined) {
    const missing = token === undefined ? `The token, ${tokenKeyName},` : 'x-amz-customauthorizer-signature'
    throw new NotAdmitted('CUSTOM_AUTHORIZER_PARAMETER_INVALID', `${missing} is missing`, name)
  }
  if (isTokenSigned(token, signature, tokenSigningPublicKeys)) return { token, signatureVerified: true }
  throw new NotAdmitted('NOT_AUTHENTICATED', 'The signature of the token is not one of the authorizer’s keys', name)
}

/** Who was vouched for. */
export function admittedPeer(
  { device, socket: { sourceIp, sourcePort } }: Stranger,
  authorizer: Authorizer,
  { principalId }: AuthorizerYes,
  granted: AuthorizerGrant,
): Peer {
  if (device?.principal.kind === 'certificate') return withGrant(device, { ...device.principal, granted })
  const principal = { kind: 'custom-auth', principalId, authorizerName: authorizer.name, granted } as const
  return { principal, sourceIp, sourcePort }
}

/** The certificate stays what is made when a policy asks for it. */
function withGrant(device: Peer, principal: Peer['principal']): Peer {
  const { sourceIp, sourcePort } = device
  return {
    principal,
    get certificate() {
      return device.certificate
    },
    sourceIp,
    sourcePort,
  }
}
