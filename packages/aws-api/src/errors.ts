import { awsJsonMediaType } from './aws-json.ts'
import { AWS_QUERY, encodeMembers } from './aws-query.ts'
import { encodeCborStructure, type WrittenMember } from './cbor-encode.ts'
import { encodeStructure } from './json-encode.ts'
import type { ErrorModel } from './operation.ts'
import { writeRestOutput } from './rest-json.ts'
import { CBOR_HEADERS } from './rpc-v2-cbor.ts'
import type { Member } from './shape.ts'
import type { AwsError, ServiceTraits } from './types.ts'
import { element, escapeXml } from './xml.ts'

/** An answer before it is sent. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | undefined
  readonly errorName?: string
}

/** What the format of an error depends on. */
export interface ErrorFormat {
  readonly service: Pick<ServiceTraits, 'protocol' | 'otherProtocols' | 'xmlNamespace' | 'acknowledged'>
  /** Those that the service models, as far as it is loaded. */
  readonly errors: ReadonlyMap<string, ErrorModel>
}

/**
 * Errors that AWS's front ends answer for any service, with their status in REST protocols.
 * @see AWS General Reference, "Common errors"
 */
const COMMON: ReadonlyMap<string, number> = new Map([
  ['AccessDeniedException', 403],
  ['ExpiredTokenException', 403],
  ['ForbiddenException', 403],
  ['IncompleteSignatureException', 400],
  ['InternalFailure', 500],
  ['InvalidClientTokenId', 403],
  ['InvalidSignatureException', 403],
  ['MethodNotAllowedException', 405],
  ['MissingAuthenticationTokenException', 403],
  ['NotImplementedException', 501],
  ['OptInRequired', 403],
  ['RequestEntityTooLargeException', 413],
  ['RequestExpired', 400],
  ['RequestTimeoutException', 408],
  ['SerializationException', 400],
  ['ServiceUnavailableException', 503],
  ['SignatureDoesNotMatch', 403],
  ['ThrottlingException', 400],
  ['UnknownOperationException', 404],
  ['UnrecognizedClientException', 403],
  ['ValidationException', 400],
])

/** What the protocol awsQuery calls the {@link COMMON} errors, where that is another name. */
const QUERY_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'AccessDenied'],
  ['ExpiredTokenException', 'ExpiredToken'],
  ['IncompleteSignatureException', 'IncompleteSignature'],
  ['InvalidSignatureException', 'SignatureDoesNotMatch'],
  ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
  ['NotImplementedException', 'NotImplemented'],
  ['RequestEntityTooLargeException', 'RequestEntityTooLarge'],
  ['SerializationException', 'MalformedInput'],
  ['ServiceUnavailableException', 'ServiceUnavailable'],
  ['ThrottlingException', 'Throttling'],
  ['UnknownOperationException', 'InvalidAction'],
  ['UnrecognizedClientException', 'InvalidClientTokenId'],
  ['ValidationException', 'ValidationError'],
])

/** Statuses of the protocol awsQuery that are not those of {@link COMMON}. */
const QUERY_STATUSES: ReadonlyMap<string, number> = new Map([
  ['AccessDenied', 403],
  ['InvalidAction', 400],
])

/** Names under which services model that they failed, the most used first. */
const FAULTS = ['InternalFailureException', 'InternalServerException', 'InternalErrorException', 'InternalServiceFault']

/** The name of the service's own exception for a failure that is not the caller's. */
export function faultNameOf(format: ErrorFormat | undefined): string {
  return FAULTS.find((name) => format?.errors.has(name)) ?? 'InternalFailure'
}

/**
 * An error as AWS sends it: the name in `x-amzn-errortype` (in AWS JSON and CBOR also in `__type`), the message and the
 * modelled members in the body, the status from the model. AWS JSON knows only 400, 500 and 501; in awsQuery
 * all of it is XML, with codes of its own. A service that has awsQuery beside others says its code there, too.
 * @throws {TypeError} where a member is not of its shape
 * @see Smithy 2.0, "awsQueryCompatible trait"
 */
export function errorAnswer(error: AwsError, format: ErrorFormat | undefined, requestId: string): Answer {
  if (format?.service.protocol === 'awsQuery') return queryAnswer(error, format, requestId)
  const known = format?.errors.get(error.name)
  const status = known?.status ?? COMMON.get(error.name) ?? 400
  const headers: Record<string, string> = { 'x-amzn-errortype': error.name }
  if (format?.service.otherProtocols?.includes('awsQuery')) {
    const query = queryErrorOf(error, known)
    headers['x-amzn-query-error'] = `${query.code};${query.type}`
  }
  if (format?.service.protocol === 'rpcV2Cbor') {
    const body = cborErrorBody(error, known)
    return { status, headers: { ...headers, ...CBOR_HEADERS }, body, errorName: error.name }
  }
  const mediaType = format && awsJsonMediaType(format.service.protocol)
  if (mediaType !== undefined) {
    const members = known ? encodeStructure(known.bindings.shape.members, membersOf(error, known), error.name) : {}
    const body = JSON.stringify({ __type: error.name, message: error.message, ...members })
    headers['content-type'] = mediaType
    return { status: status >= 500 ? status : 400, headers, body, errorName: error.name }
  }
  headers['content-type'] = 'application/json'
  // Whoever is told of a success by a trace id is told of a failure by one: `{"message":"Forbidden","traceId":…}`.
  const trace = format?.service.acknowledged ? { traceId: requestId } : {}
  if (!known) {
    return { status, headers, body: JSON.stringify({ message: error.message, ...trace }), errorName: error.name }
  }
  const output = writeRestOutput(known.bindings, membersOf(error, known))
  const body = withMembers(output.body, messageMember(known) ? {} : { message: error.message }, trace)
  return { status, headers: { ...headers, ...output.headers }, body, errorName: error.name }
}

/** What every error has in CBOR. */
const TYPE: WrittenMember = { name: '__type', shape: { kind: 'string', json: false }, check: undefined }
const MESSAGE: WrittenMember = { name: 'message', shape: { kind: 'string', json: false }, check: undefined }

function cborErrorBody(error: AwsError, known: ErrorModel | undefined): Uint8Array {
  const own = known?.bindings.shape.members.filter(({ name }) => name !== MESSAGE.name) ?? []
  const value = { ...(known && membersOf(error, known)), message: error.message, __type: error.name }
  return encodeCborStructure([TYPE, MESSAGE, ...own], value, error.name)
}

/** What awsQuery calls an error. */
function queryErrorOf({ name }: AwsError, known: ErrorModel | undefined) {
  const code = known?.query.code ?? QUERY_CODES.get(name) ?? name
  const status = known?.query.status ?? QUERY_STATUSES.get(code) ?? COMMON.get(name) ?? 400
  return { code, status, type: status < 500 ? 'Sender' : 'Receiver' }
}

/** @see Smithy 2.0, "AWS query protocol", operation error serialization */
function queryAnswer(error: AwsError, { service, errors }: ErrorFormat, requestId: string): Answer {
  const known = errors.get(error.name)
  const { code, status, type } = queryErrorOf(error, known)
  const parts = [
    element('Type', type),
    element('Code', escapeXml(code)),
    element('Message', escapeXml(error.message)),
    known ? encodeMembers(known.bindings.shape.members.filter(isNoMessage), error.members, error.name) : '',
  ]
  const content = element('Error', parts.join('')) + element('RequestId', escapeXml(requestId))
  const body = element('ErrorResponse', content, service.xmlNamespace)
  return { status, headers: { 'content-type': AWS_QUERY }, body, errorName: error.name }
}

function isNoMessage({ name }: Member): boolean {
  return name !== 'message' && name !== 'Message'
}

/** The modelled member that carries the message; AWS writes it in either way. */
function messageMember(model: ErrorModel): string | undefined {
  return model.bindings.shape.members.find((member) => !isNoMessage(member))?.name
}

function membersOf(error: AwsError, model: ErrorModel): object {
  const name = messageMember(model)
  return name === undefined ? error.members : { ...error.members, [name]: error.message }
}

function withMembers(body: Answer['body'], first: object, last: object): string {
  return JSON.stringify({ ...first, ...(typeof body === 'string' ? JSON.parse(body) : {}), ...last })
}
