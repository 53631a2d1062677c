import { randomUUID } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import type { ConnectCredentials, RequestCredentials } from '../../foundation/admissions.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { Authorizer } from './authorizer-table.ts'
import type { Authorizers } from './authorizers.ts'
import { failureWords } from './custom-authentication.ts'
import { readAnswer } from './function-answer.ts'
import type { FunctionCalls } from './function-calls.ts'
import { functionEvent } from './function-event.ts'
import { CredentialsError, presentedCredentials } from './presented-credentials.ts'
import { isTokenSigned } from './token-signature.ts'

type TestInput = IotInput<'TestInvokeAuthorizer'>

/** An authorizer that is tried out: also one that is INACTIVE, which it is before it is good. */
export class TestInvocation {
  readonly #authorizers: Authorizers
  readonly #calls: FunctionCalls

  constructor(authorizers: Authorizers, calls: FunctionCalls) {
    this.#authorizers = authorizers
    this.#calls = calls
  }

  /** @throws {AwsError} ResourceNotFoundException, InvalidRequestException, InvalidResponseException */
  async run(input: TestInput) {
    const authorizer = this.#authorizers.mustFind(input.authorizerName)
    const http = httpOf(input)
    const mqtt = mqttOf(input)
    const event = functionEvent({
      ...verifiedToken(authorizer, input, http, mqtt),
      tls: input.tlsContext && { serverName: input.tlsContext.serverName },
      http,
      mqtt,
      connectionId: randomUUID(),
    })
    const { name: authorizerName, functionArn, arn } = authorizer
    try {
      const payload = await this.#calls.ask(functionArn, arn, event)
      const answer = readAnswer(payload, { authorizerName, certificateId: undefined })
      if (!answer.isAuthenticated) return { isAuthenticated: false }
      return {
        isAuthenticated: true,
        principalId: answer.principalId,
        policyDocuments: [...answer.policyDocuments],
        refreshAfterInSeconds: answer.refreshAfterSeconds,
        disconnectAfterInSeconds: answer.disconnectAfterSeconds,
      }
    } catch (error) {
      const words = failureWords(error)
      if (words === undefined) throw error
      throw new AwsError('InvalidResponseException', words)
    }
  }
}

function httpOf({ httpContext }: TestInput): RequestCredentials | undefined {
  if (!httpContext) return undefined
  const headers = Object.entries(httpContext.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  const { queryString = '' } = httpContext
  const isMarked = queryString === '' || queryString.startsWith('?')
  return { headers: Object.fromEntries(headers), queryString: isMarked ? queryString : `?${queryString}` }
}

function mqttOf({ mqttContext }: TestInput): ConnectCredentials | undefined {
  if (!mqttContext) return undefined
  const { username, password, clientId } = mqttContext
  return { username, password, sentClientId: clientId }
}

/** The token by itself, or as a client would bring it. @throws {AwsError} InvalidRequestException */
function verifiedToken(
  { tokenKeyName, signingDisabled, tokenSigningPublicKeys }: Authorizer,
  input: TestInput,
  http: RequestCredentials | undefined,
  mqtt: ConnectCredentials | undefined,
) {
  const { token, signature } = presentedIn(input, tokenKeyName, http, mqtt)
  if (signingDisabled) return { token, signatureVerified: false }
  if (token === undefined || signature === undefined) {
    const missing = token === undefined ? `token (or ${tokenKeyName} in a context)` : 'tokenSignature'
    throw invalidRequest(`${missing} is required, since the authorizer has signed tokens`)
  }
  if (isTokenSigned(token, signature, tokenSigningPublicKeys)) return { token, signatureVerified: true }
  throw invalidRequest('The token’s signature could not be verified with any of the authorizer’s public keys')
}

function presentedIn(
  input: TestInput,
  tokenKeyName: string | undefined,
  http: RequestCredentials | undefined,
  mqtt: ConnectCredentials | undefined,
) {
  try {
    const presented = presentedCredentials(http, mqtt)
    const token = tokenKeyName === undefined ? undefined : presented.token(tokenKeyName)
    return { token: input.token ?? token, signature: input.tokenSignature ?? presented.signature }
  } catch (error) {
    if (error instanceof CredentialsError) throw invalidRequest(error.message)
    throw error
  }
}
