import { type ApiRequest, AwsError } from '@thingdeck/aws-api'
import { isPresigned, SigV4Error, verifyPresignedUrl, verifySignedRequest } from '@thingdeck/sigv4'
import type { Caller } from '../foundation/caller.ts'
import type { LocalContext } from '../foundation/context.ts'
import type { AccessKeys } from '../foundation/credentials.ts'

/** What of a request a signature covers. */
export type SignedParts = Pick<ApiRequest, 'method' | 'url' | 'headers'> & { readonly body?: Uint8Array }

/** What a signature must be for. */
export interface SignedService {
  readonly signingNames: readonly string[]
  /** Of all regions, such as IAM: requests may be signed for any. */
  readonly isGlobal?: boolean
}

/** Answers who has signed a request. */
export class Authenticator {
  readonly #context: LocalContext
  readonly #credentials: Pick<AccessKeys, 'lookup'>

  constructor(context: LocalContext, credentials: Pick<AccessKeys, 'lookup'>) {
    this.#context = context
    this.#credentials = credentials
  }

  /**
   * The caller of an HTTP API, by the `Authorization` header or a presigned URL. A request without a signature is
   * anonymous where the operation needs none.
   * @throws {AwsError} MissingAuthenticationTokenException, IncompleteSignatureException, UnrecognizedClientException,
   *   ExpiredTokenException, InvalidSignatureException
   */
  authenticate(
    request: SignedParts,
    { signingNames, isGlobal = false }: SignedService,
    operation: { unsigned: boolean },
  ): Caller {
    const signed = request.headers.authorization !== undefined || isPresigned(request.url)
    if (operation.unsigned && !signed) return { kind: 'anonymous' }
    const scope = isGlobal ? {} : { region: this.#context.account.region }
    return this.#verified(request, { services: signingNames, ...scope })
  }

  /**
   * The caller who wants to speak MQTT over WebSocket: header-signed or by a presigned URL whose session token stands
   * behind the signature.
   * @throws {AwsError} as {@link authenticate}
   */
  authenticateMqtt(request: SignedParts): Caller {
    const services = ['iotdevicegateway', 'iotdata']
    return this.#verified(request, { services, region: this.#context.account.region }, 'appended')
  }

  #verified(
    request: SignedParts,
    scope: { readonly services: readonly string[]; readonly region?: string },
    sessionToken: 'appended' | 'either' = 'either',
  ): Caller {
    const options = {
      ...request,
      ...scope,
      nowMs: this.#context.clock(),
      lookupSecret: (accessKeyId: string) => this.#credentials.lookup(accessKeyId),
    }
    try {
      return (
        isPresigned(request.url) ? verifyPresignedUrl({ ...options, sessionToken }) : verifySignedRequest(options)
      ).key.caller
    } catch (error) {
      if (!(error instanceof SigV4Error)) throw error
      this.#context.log.debug({ code: error.code, expected: withoutToken(error.expected) }, 'a signature was refused')
      throw new AwsError(error.code, error.message)
    }
  }
}

/** What should have been signed, but for the session token: that is as good as a key, in a header and in an address. */
const withoutToken = (expected: SigV4Error['expected']): SigV4Error['expected'] =>
  expected && {
    ...expected,
    canonicalRequest: expected.canonicalRequest
      .replace(/^(x-amz-security-token:).*$/gim, '$1…')
      .replace(/(x-amz-security-token=)[^&\n]*/gi, '$1…'),
  }
