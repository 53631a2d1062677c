import { type AwsError, element, escapeXml } from '@thingdeck/aws-api'
import type { RouteAnswer } from '../../foundation/http-route.ts'

const STATUSES: ReadonlyMap<string, number> = new Map([
  ['InternalFailure', 500],
  ['InvalidParameter', 400],
  ['ServiceUnavailableException', 503],
])

/** AWS JSON: everything that is the caller's is a 400. */
export function jsonErrorAnswer({ name, message }: AwsError, requestId: string): RouteAnswer {
  return {
    status: STATUSES.get(name) ?? 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId, 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${name}`, message }),
  }
}

/** What SNS calls them. */
const QUERY_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'AuthorizationError'],
  ['ExpiredTokenException', 'ExpiredToken'],
  ['IncompleteSignatureException', 'IncompleteSignature'],
  ['InvalidSignatureException', 'SignatureDoesNotMatch'],
  ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
  ['RequestEntityTooLargeException', 'RequestEntityTooLarge'],
  ['ServiceUnavailableException', 'ServiceUnavailable'],
  ['UnrecognizedClientException', 'InvalidClientTokenId'],
])

export function queryErrorAnswer({ name, message }: AwsError, requestId: string): RouteAnswer {
  const status = STATUSES.get(name) ?? 403
  const type = status >= 500 ? 'Receiver' : 'Sender'
  const code = QUERY_CODES.get(name) ?? name
  const error = element('Type', type) + element('Code', code) + element('Message', escapeXml(message))
  const content = element('Error', error) + element('RequestId', requestId)
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: element('ErrorResponse', content, 'http://sns.amazonaws.com/doc/2010-03-31/'),
  }
}

/** What S3 calls them, with its statuses. */
const S3_CODES: ReadonlyMap<string, readonly [code: string, status: number]> = new Map([
  ['AccessDeniedException', ['AccessDenied', 403]],
  ['ExpiredTokenException', ['ExpiredToken', 400]],
  ['IncompleteSignatureException', ['AuthorizationHeaderMalformed', 400]],
  ['InternalFailure', ['InternalError', 500]],
  ['InvalidSignatureException', ['SignatureDoesNotMatch', 403]],
  ['MissingAuthenticationTokenException', ['AccessDenied', 403]],
  ['NotImplemented', ['NotImplemented', 501]],
  ['RequestEntityTooLargeException', ['EntityTooLarge', 400]],
  ['ServiceUnavailableException', ['ServiceUnavailable', 503]],
  ['UnrecognizedClientException', ['InvalidAccessKeyId', 403]],
])

export function s3ErrorAnswer({ name, message }: AwsError, requestId: string): RouteAnswer {
  const [code, status] = S3_CODES.get(name) ?? [name, 400]
  const content = element('Code', code) + element('Message', escapeXml(message)) + element('RequestId', requestId)
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${element('Error', content)}`,
  }
}
