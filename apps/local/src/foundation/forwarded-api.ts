import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AwsError } from '@thingdeck/aws-api'
import type { RouteAnswer } from './http-route.ts'

/** A request whose signature has been verified. */
export interface ForwardedRequest {
  readonly method: string
  /** Path and query, as received. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What policies are asked about a request. */
export interface ForwardedNeed {
  /** e.g. `dynamodb:PutItem` */
  readonly action: string
  /** ARNs, or `*`: all of them must be allowed. */
  readonly resources: readonly string[]
}

/**
 * An API of AWS that another server answers behind this one: who calls and whether they may is decided here, by the same
 * keys and policies as for all other APIs, and the rest is the other's.
 */
export interface ForwardedApi {
  /** What requests are signed for, by which they are told apart: `dynamodb`. */
  readonly signingName: string
  /** Requests are read whole before they are forwarded, since a signature covers the body. */
  readonly maxBodyBytes: number
  /** All must be allowed. What cannot be told of a request is asked about `*`. */
  readonly needsOf: (request: ForwardedRequest) => readonly ForwardedNeed[]
  /** An error in the format that clients of the API read. */
  readonly errorAnswer: (error: AwsError, requestId: string) => RouteAnswer
  /**
   * Has the other server answer, as it goes along.
   * @throws {AwsError} ServiceUnavailableException where nothing has been answered and nothing will be
   */
  readonly forward: (request: ForwardedRequest, response: ServerResponse) => Promise<void>
}
