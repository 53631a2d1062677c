import { JsonNumber, JsonObject, type JsonPath, type JsonValue } from '@thingdeck/json'

/** The REST exception of each code. @see AWS IoT developer guide, "Device Shadow error messages" */
const EXCEPTION_NAMES = {
  400: 'InvalidRequestException',
  401: 'UnauthorizedException',
  403: 'ForbiddenException',
  404: 'ResourceNotFoundException',
  409: 'ConflictException',
  413: 'RequestEntityTooLargeException',
  415: 'UnsupportedDocumentEncodingException',
  429: 'ThrottlingException',
  500: 'InternalFailureException',
  503: 'ServiceUnavailableException',
} as const

export type ShadowErrorCode = keyof typeof EXCEPTION_NAMES

export interface ShadowErrorDetails {
  /** The request's token, where it could be read. */
  readonly clientToken?: string | undefined
  /** Where in the request document the fault is. */
  readonly path?: JsonPath | undefined
  readonly cause?: unknown
}

/** A shadow request that was refused, in AWS's codes and words. */
export class ShadowError extends Error {
  override readonly name = 'ShadowError'
  /** As in a `rejected` message; over REST it is the HTTP status. */
  readonly code: ShadowErrorCode
  readonly exceptionName: string
  readonly clientToken: string | undefined
  readonly path: JsonPath | undefined

  constructor(code: ShadowErrorCode, message: string, details: ShadowErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.exceptionName = EXCEPTION_NAMES[code]
    this.clientToken = details.clientToken
    this.path = details.path
  }
}

/** The document for a `…/rejected` topic. @param nowSeconds epoch seconds */
export function rejectedMessage(error: ShadowError, nowSeconds: number): JsonObject {
  const members: [string, JsonValue][] = [
    ['code', JsonNumber.of(error.code)],
    ['message', error.message],
    ['timestamp', JsonNumber.of(nowSeconds)],
  ]
  if (error.clientToken !== undefined) members.push(['clientToken', error.clientToken])
  return JsonObject.from(members)
}
