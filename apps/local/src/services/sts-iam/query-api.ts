import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError } from '@thingdeck/aws-api'
import { evaluate } from '@thingdeck/policies'
import { parseAuthorizationHeader } from '@thingdeck/sigv4'
import type { Authenticator } from '../../access/authenticate.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { iamOperations } from './iam.ts'
import type { QueryOperations, SigningCaller } from './query-operations.ts'
import { formatError, formatResult, QueryInput } from './query-protocol.ts'
import type { RoleStore } from './role-store.ts'
import { type StsParts, stsOperations } from './sts.ts'

interface QueryService {
  readonly xmlns: string
  readonly operations: QueryOperations
}

const MAX_BODY_BYTES = 128 * 1024

/** The codes of the Query protocol for what REST and JSON call an exception. */
const CODES: Readonly<Record<string, string>> = {
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

export interface QueryApiParts extends StsParts {
  readonly roles: RoleStore
  readonly authenticator: Authenticator
}

/** STS and IAM, which speak AWS's Query protocol: forms in, XML out. */
export class QueryApi {
  readonly #context: LocalContext
  readonly #parts: QueryApiParts
  readonly #services: ReadonlyMap<string, QueryService>

  constructor(context: LocalContext, parts: QueryApiParts) {
    this.#context = context
    this.#parts = parts
    this.#services = new Map([
      ['sts', { xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/', operations: stsOperations(context, parts) }],
      ['iam', { xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/', operations: iamOperations(parts.roles) }],
    ])
  }

  /** Whether a request is for one of the services here, and so wants XML in any case. Nothing is verified yet. */
  serves(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): boolean {
    return this.#services.has(serviceOf(request) ?? '')
  }

  /** Answers a request for which {@link serves} is true. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    const name = serviceOf(request) ?? ''
    const service = this.#services.get(name) ?? { xmlns: '', operations: {} }
    const { status, body } = await this.#answer(request, name, service, requestId)
    response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }).end(body)
  }

  async #answer(request: IncomingMessage, name: string, service: QueryService, requestId: string) {
    const { xmlns, operations } = service
    try {
      const { method = '', url = '' } = request
      const body = await readBody(request)
      const parameters = new URLSearchParams(method === 'GET' ? url.split('?')[1] : body.toString('utf8'))
      if (UNSIGNED.has(parameters.get('Action') ?? '')) throw notServed(name, parameters.get('Action'))
      const caller = this.#parts.authenticator.authenticateGlobal({ method, url, headers: plain(request), body }, name)
      if (caller.kind === 'anonymous' || caller.kind === 'certificate')
        throw new AwsError('AccessDenied', 'Access denied')
      const input = new QueryInput(parameters)
      const action = input.required('Action')
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined
      if (!operation) throw notServed(name, action)
      this.#authorize(caller, `${name}:${action}`, input)
      return { status: 200, body: formatResult(xmlns, action, requestId, operation(input, caller)) }
    } catch (error) {
      if (!(error instanceof AwsError))
        this.#context.log.error({ err: error, requestId }, `a request to ${name} failed`)
      const known = error instanceof AwsError ? error : new AwsError('InternalFailure', 'Internal server error')
      const code = CODES[known.name] ?? known.name
      const status = STATUS[code] ?? 400
      return { status, body: formatError(xmlns, requestId, { code, message: known.message, status }) }
    }
  }

  /** Everyone may ask who they are; whether a role can be assumed, its operation decides; the rest is up to policies. */
  #authorize(caller: SigningCaller, action: string, input: QueryInput): void {
    if (caller.kind === 'root' || action === 'sts:GetCallerIdentity' || action === 'sts:AssumeRole') return
    const name = input.optional('RoleName')
    const resource = name === undefined ? '*' : this.#parts.roles.arnOf(name)
    const { decision } = evaluate(this.#parts.rolePolicies.of(caller.roleName), { action, resource })
    if (decision === 'ALLOWED') return
    throw new AwsError(
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`,
    )
  }
}

/** A form without a signature is for STS: the one service here with operations that need none. */
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

const notServed = (service: string, action: string | null): AwsError =>
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
