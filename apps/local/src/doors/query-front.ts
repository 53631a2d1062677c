import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError } from '@thingdeck/aws-api'
import { parseAuthorizationHeader } from '@thingdeck/sigv4'
import type { Caller } from '../foundation/caller.ts'
import { type QueryApi, QueryInput, type SigningCaller } from '../foundation/query-api.ts'
import type { HttpRoute } from './http-front.ts'
import { formatError, formatResult } from './query-xml.ts'

const MAX_BODY_BYTES = 128 * 1024

/** The codes of the Query protocol for what REST and JSON call an exception. */
const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  InvalidSignatureException: 'SignatureDoesNotMatch',
}

const STATUS: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  DeleteConflict: 409,
  EntityAlreadyExists: 409,
  ExpiredToken: 403,
  InternalFailure: 500,
  InvalidClientTokenId: 403,
  LimitExceeded: 409,
  MissingAuthenticationToken: 403,
  NoSuchEntity: 404,
  NotImplemented: 501,
  RequestEntityTooLarge: 413,
  SignatureDoesNotMatch: 403,
}

/** Operations whose callers prove who they are by what they send. */
const UNSIGNED: ReadonlySet<string> = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'])

/** A call whose caller is known, for the decision whether it may be. */
export interface QueryCall {
  readonly caller: SigningCaller
  /** e.g. `iam:GetRole` */
  readonly action: string
  /** ARN, or `*`. */
  readonly resource: string
  readonly request: IncomingMessage
  readonly requestId: string
}

export interface QueryFrontOptions {
  /** By signing name. */
  readonly apis: ReadonlyMap<string, QueryApi>
  /** @throws {AwsError} AWS's own error for a wrong key, signature, clock or token */
  readonly authenticate: (
    request: { method: string; url: string; headers: Readonly<Record<string, string>>; body: Uint8Array },
    signingName: string,
  ) => Caller
  /** @throws {AwsError} AccessDeniedException */
  readonly authorize: (call: QueryCall) => void
  /** An operation that decides for itself has refused: as {@link authorize} would. */
  readonly onRefused: (call: QueryCall, reason: string) => void
  /** Makes what the operation wrote durable, before it is answered. */
  readonly commit: () => void
  readonly onAnswered: (entry: {
    operation: string
    service: string
    status: number
    errorName?: string
    requestId: string
    durationMs: number
  }) => void
  /** Called with the cause of every 500. */
  readonly onFault: (error: unknown, requestId: string) => void
}

/** The APIs that speak AWS's Query protocol, asked before the others: a request for one of them wants XML in any case. */
export function queryFront(options: QueryFrontOptions): HttpRoute {
  const front = new QueryFront(options)
  return {
    matches: (request) => front.serves(request),
    handle: (request, response) => front.handle(request, response),
  }
}

/** Where a call goes, as far as it is known. */
interface Trace {
  operation: string
}

class QueryFront {
  readonly #options: QueryFrontOptions

  constructor(options: QueryFrontOptions) {
    this.#options = options
  }

  /** Whether a request is for one of the APIs here. Nothing is verified yet. */
  serves(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): boolean {
    return this.#options.apis.has(serviceOf(request) ?? '')
  }

  /** Answers a request for which {@link serves} is true. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = performance.now()
    const requestId = randomUUID()
    const service = serviceOf(request) ?? ''
    const api = this.#options.apis.get(service)
    if (!api) throw new Error(`no service speaks the Query protocol as ${service}`)
    const trace: Trace = { operation: '' }
    const { status, body, errorName } = await this.#answer(request, service, api, requestId, trace)
    response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }).end(body)
    this.#options.onAnswered({
      ...trace,
      service,
      status,
      ...(errorName !== undefined && { errorName }),
      requestId,
      durationMs: performance.now() - startedMs,
    })
  }

  async #answer(request: IncomingMessage, service: string, api: QueryApi, requestId: string, trace: Trace) {
    try {
      return { status: 200, body: await this.#perform(request, service, api, requestId, trace), errorName: undefined }
    } catch (error) {
      if (!(error instanceof AwsError)) this.#options.onFault(error, requestId)
      const known = error instanceof AwsError ? error : new AwsError('InternalFailure', 'Internal server error')
      const code = CODES[known.name] ?? known.name
      const status = STATUS[code] ?? 400
      const body = formatError(api.xmlns, requestId, { code, message: known.message, status })
      return { status, body, errorName: known.name }
    }
  }

  async #perform(request: IncomingMessage, service: string, api: QueryApi, requestId: string, trace: Trace) {
    const { method = '', url = '' } = request
    const body = await readBody(request)
    const parameters = new URLSearchParams(method === 'GET' ? url.split('?')[1] : body.toString('utf8'))
    const named = parameters.get('Action') ?? ''
    trace.operation = named
    if (UNSIGNED.has(named)) throw notServed(service, named)
    const caller = this.#options.authenticate({ method, url, headers: plain(request), body }, service)
    if (caller.kind === 'anonymous' || caller.kind === 'certificate') {
      throw new AwsError('AccessDenied', 'Access denied')
    }
    const input = new QueryInput(parameters)
    const action = input.required('Action')
    const operation = Object.hasOwn(api.operations, action) ? api.operations[action] : undefined
    if (!operation) throw notServed(service, action)
    const resource = api.resourceOf(input)
    const call: QueryCall = { caller, action: `${service}:${action}`, resource, request, requestId }
    if (!api.openToAll?.includes(action)) this.#options.authorize(call)
    try {
      return formatResult(api.xmlns, action, requestId, operation(input, caller))
    } catch (error) {
      if (error instanceof AwsError && error.name === 'AccessDenied') this.#options.onRefused(call, error.message)
      throw error
    } finally {
      this.#options.commit()
    }
  }
}

/** A form without a signature is for STS: the one API here with operations that need none. */
function serviceOf({ method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string | undefined {
  const { authorization, 'content-type': contentType = '' } = headers
  if (authorization === undefined) {
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(contentType)
    return method === 'POST' && url === '/' && isForm ? 'sts' : undefined
  }
  try {
    return parseAuthorizationHeader(authorization).scope.service
  } catch {
    return undefined
  }
}

const notServed = (service: string, action: string): AwsError =>
  new AwsError('NotImplemented', `${service}:${action} is not served here`)

function plain({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  )
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BODY_BYTES)
      throw new AwsError('RequestEntityTooLarge', `Requests are at most ${MAX_BODY_BYTES} bytes long`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
