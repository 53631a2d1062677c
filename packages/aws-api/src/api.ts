import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { awsJsonMediaType, readAwsJsonInput, writeAwsJsonOutput } from './aws-json.ts'
import { AWS_QUERY, readQueryInput, writeQueryOutput } from './aws-query.ts'
import { dropBody, readBody } from './body.ts'
import { contentOf } from './content-encoding.ts'
import { corsOf } from './cors.ts'
import { type Addressee, Directory, type Selected, selectOperation } from './directory.ts'
import { type Answer, type ErrorFormat, errorAnswer, faultNameOf } from './errors.ts'
import { readRestInput, writeRestOutput } from './rest-json.ts'
import { CBOR_HEADERS, readCborInput, writeCborOutput } from './rpc-v2-cbor.ts'
import type { Served } from './served.ts'
import {
  type ApiOptions,
  type ApiRequest,
  AwsError,
  type Call,
  type Protocol,
  type RequestHead,
  type ServiceTraits,
} from './types.ts'
import { parseTarget, type Target } from './uri.ts'
import { validate } from './validation.ts'

const MAX_BODY_BYTES = 1024 * 1024

/** Answers one request; made by {@link createAwsApi}. Never rejects. */
export interface AwsApi {
  (request: IncomingMessage, response: ServerResponse): Promise<void>
  /** All services; those that were not called before are loaded. @throws what a service's `load` throws */
  describeServices(): Promise<ServedService[]>
}

/** A service and its operations, in the order of their names; see `coverage`. */
export interface ServedService {
  readonly signingName: string
  readonly operations: readonly { readonly name: string; readonly implemented: boolean }[]
}

/** What is known of a request when it is answered: for the format of an error and for the log. */
interface Trace<Caller> {
  addressee: Addressee<Caller> | undefined
  operation: string
  /** Nobody else will read it. */
  isBodyTaken: boolean
  /** It is being found out who calls. */
  isAuthenticating: boolean
}

/**
 * Serves AWS's HTTP APIs from the schemas of their SDK packages: `http.createServer(createAwsApi(options))`.
 * A request passes through these steps, and the first that throws answers it: find the service, load it, read the body,
 * find the operation, authenticate, read the input, check it against the model, authorize, perform, write the
 * output.
 * @throws {Error} where services clash, and in a service that is there from the start, where operations clash or a
 * handler's operation does not exist; one that is loaded later answers 500 then
 */
export function createAwsApi<Caller>(options: ApiOptions<Caller>): AwsApi {
  const directory = new Directory(options.services)
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now()
    const requestId = randomUUID()
    const cors = corsOf(options.cors, request)
    const trace: Trace<Caller> = { addressee: undefined, operation: '', isBodyTaken: false, isAuthenticating: false }
    const answer = cors.preflight
      ? { status: 200, headers: {}, body: undefined }
      : await answerTo(directory, options, trace, headOf(request, requestId)).catch(async (error: unknown) => {
          if (!trace.isBodyTaken) await dropBody(request)
          return hasLeft(request) ? undefined : refuse(error, formatOf(trace), requestId, options)
        })
    if (!answer || hasLeft(request)) return
    const headers = {
      ...cors.headers,
      'x-amzn-RequestId': requestId,
      ...(!request.complete && { connection: 'close' }),
    }
    const sent = await send(response, answer, headers).catch((error: unknown) => {
      options.onFault?.(error, requestId)
      if (!response.headersSent) return send(response, fault(formatOf(trace), requestId), headers)
      response.destroy() // in the middle of a body nothing else can say that it failed
      return answer
    })
    options.onAnswered?.({
      operation: trace.operation,
      service: trace.addressee?.signingName ?? '',
      status: sent.status,
      ...(sent.errorName !== undefined && { errorName: sent.errorName }),
      requestId,
      durationMs: performance.now() - startedMs,
    })
  }
  return Object.assign(answerRequest, { describeServices: () => Promise.all(directory.all.map(describeService)) })
}

/** Whether the client went away before it said all: nobody waits for an answer, and nothing here has failed. */
const hasLeft = (request: IncomingMessage): boolean => request.destroyed && !request.complete

async function answerTo<Caller>(
  directory: Directory<Caller>,
  options: ApiOptions<Caller>,
  trace: Trace<Caller>,
  head: RequestHead,
): Promise<Answer> {
  const target = parseTarget(head.url)
  if (!target) throw new AwsError('SerializationException', 'The request target is not a percent-encoded path')
  const addressee = directory.find(head, target.query)
  trace.addressee = addressee
  const { served, signingName, protocol } = addressee
  const { service } = served
  const loaded = await served.load()
  trace.isBodyTaken = true
  const { maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES } = service
  const request: ApiRequest = { ...head, body: await readBody(head.raw, maxBodyBytes) }
  // What was signed is the body as it was sent.
  const content: ApiRequest = { ...request, body: await contentOf(request, maxBodyBytes) }
  const selected = selectOperation(protocol, loaded, content, target)
  const { operation } = selected
  trace.operation = operation.name
  trace.isAuthenticating = true
  const caller = await options.authenticate(request, service, operation)
  trace.isAuthenticating = false
  const call: Call<Caller> = { caller, request, operation: operation.name, service: signingName }
  if (!operation.handler) throw new AwsError('NotImplementedException', `${operation.name} is not implemented`)
  const { validationError, validationExceptionOf } = service
  const violation = validationExceptionOf?.test(operation.name) ? 'ValidationException' : validationError
  const input = inputOf(violation, protocol, selected, target, content)
  await options.authorize?.(call, input)
  const { handler } = operation
  const given = options.watchInput ? options.watchInput(input, operation.name, signingName) : input
  const work = () => handler(given, call)
  const output: unknown = await (options.perform ? options.perform(work) : work())
  return answerOf(service, protocol, selected, output, request.requestId)
}

/** @throws {AwsError} SerializationException, or the service's own error for input that breaks the model */
function inputOf<Caller>(
  validationError: string,
  protocol: Protocol,
  selected: Selected<Caller>,
  target: Target,
  request: ApiRequest,
): Record<string, unknown> {
  const input = readInput(protocol, selected, target, request)
  const violations = validate(selected.operation.input.shape.members, input)
  if (violations !== undefined) throw new AwsError(validationError, violations)
  return input
}

function readInput<Caller>(
  protocol: Protocol,
  { operation, labels, parameters }: Selected<Caller>,
  { query }: Target,
  request: ApiRequest,
): Record<string, unknown> {
  switch (protocol) {
    case 'restJson1':
      return readRestInput(operation.input, { labels, query }, request)
    case 'awsJson1_0':
    case 'awsJson1_1':
      return readAwsJsonInput(operation.input, request.body)
    case 'awsQuery':
      return readQueryInput(operation.input, parameters)
    case 'rpcV2Cbor':
      return readCborInput(operation.input, request.body)
  }
}

function answerOf<Caller>(
  service: ServiceTraits,
  protocol: Protocol,
  { operation }: Selected<Caller>,
  output: unknown,
  requestId: string,
): Answer {
  const value = typeof output === 'object' && output !== null ? output : {}
  const mediaType = awsJsonMediaType(protocol)
  if (mediaType !== undefined) {
    const body = writeAwsJsonOutput(operation.output, value)
    return { status: 200, headers: { 'content-type': mediaType }, body }
  }
  if (protocol === 'rpcV2Cbor') {
    return { status: 200, headers: CBOR_HEADERS, body: writeCborOutput(operation.output, value) }
  }
  if (protocol === 'awsQuery') {
    const body = writeQueryOutput(operation, value, { xmlNamespace: service.xmlNamespace, requestId })
    return { status: 200, headers: { 'content-type': AWS_QUERY }, body }
  }
  if (service.acknowledged?.includes(operation.name)) {
    const body = JSON.stringify({ message: 'OK', traceId: requestId })
    return { status: 200, headers: { 'content-type': 'application/json' }, body }
  }
  const { status, headers, body, contentType } = writeRestOutput(operation.output, value)
  const isPayloadBlob = operation.output.payload?.shape.kind === 'blob'
  const type = isPayloadBlob ? (service.payloadType ?? contentType) : contentType
  return {
    status: status ?? operation.http?.status ?? 200,
    headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
    body,
  }
}

/**
 * How an error is written. Who calls is checked before AWS's services have a word: what STS calls ExpiredTokenException,
 * with a code of its own in awsQuery, is a token that a caller shows it and not the one that the request was signed with.
 */
function formatOf<Caller>({ addressee, isAuthenticating }: Trace<Caller>): ErrorFormat | undefined {
  if (!addressee) return undefined
  const { served, protocol } = addressee
  const isCommon = isAuthenticating && protocol === 'awsQuery'
  return { service: { ...served.service, protocol }, errors: isCommon ? new Map() : served.errors }
}

/** Whatever was thrown, as an answer; what is not an {@link AwsError} stays here but for the fact. */
function refuse<Caller>(
  error: unknown,
  format: ErrorFormat | undefined,
  requestId: string,
  options: ApiOptions<Caller>,
): Answer {
  try {
    const answer = error instanceof AwsError ? errorAnswer(error, format, requestId) : undefined
    if (answer && answer.status !== 500) return answer
    options.onFault?.(error, requestId)
    if (answer) return answer
  } catch (unwritable) {
    options.onFault?.(unwritable, requestId)
  }
  return fault(format, requestId)
}

function fault(format: ErrorFormat | undefined, requestId: string): Answer {
  return errorAnswer(new AwsError(faultNameOf(format), 'An internal error occurred'), format, requestId)
}

/** @throws {Error} where a header cannot be sent or the body's stream fails */
async function send(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { body } = answer
  response.writeHead(answer.status, { ...answer.headers, ...headers, ...lengthOf(body) })
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) response.end(body)
  else await pipeline(body, response)
  return answer
}

function lengthOf(body: Answer['body']): { 'content-length'?: number } {
  if (body === undefined) return { 'content-length': 0 }
  return typeof body === 'string' || body instanceof Uint8Array ? { 'content-length': Buffer.byteLength(body) } : {}
}

function headOf(raw: IncomingMessage, requestId: string): RequestHead {
  const headers: Record<string, string | undefined> = Object.create(null)
  for (const [name, value] of Object.entries(raw.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return { raw, method: raw.method ?? '', url: raw.url ?? '', headers, requestId }
}

async function describeService<Caller>(served: Served<Caller>): Promise<ServedService> {
  const { operations } = await served.load()
  return {
    signingName: served.service.signingNames[0] ?? '',
    operations: [...operations.values()]
      .map(({ name, handler }) => ({ name, implemented: handler !== undefined }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}
