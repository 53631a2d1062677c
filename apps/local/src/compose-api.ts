import type { IncomingMessage } from 'node:http'
import {
  type AwsApi,
  AwsError,
  type Call,
  createAwsApi,
  type LazyService,
  type ServiceTraits,
  type WatchInput,
} from '@thingdeck/aws-api'
import type { ControlPlaneAuthorization } from './access/control-plane-authorization.ts'
import type { DataPlaneAuthorization } from './access/data-plane-authorization.ts'
import type { SignedCallers } from './access/signed-callers.ts'
import { controlPlaneRequest } from './control-plane-request.ts'
import type { AuthenticationFailures } from './doors/authentication-failures.ts'
import type { HttpStrangers } from './doors/strangers.ts'
import type { Admissions, Stranger } from './foundation/admissions.ts'
import type { Caller, OtherAccountCaller } from './foundation/caller.ts'
import type { LocalContext } from './foundation/context.ts'
import type { Peer, Principal } from './foundation/peer.ts'
import { arnOfRole, type Roles } from './foundation/roles.ts'
import { sourceOf } from './foundation/source-of.ts'
import { httpPublisher } from './foundation/traffic.ts'
import type { OperationsTold } from './operations-told.ts'
import type { ServedApi, ServiceList } from './service-list.ts'
import type { WholeRequests } from './whole-requests.ts'

export interface ApiParts {
  readonly context: LocalContext
  readonly services: ServiceList
  readonly roles: Pick<Roles, 'find'>
  readonly callers: SignedCallers
  readonly controlPlane: ControlPlaneAuthorization
  readonly dataPlane: DataPlaneAuthorization
  readonly operations: OperationsTold
  readonly requests: WholeRequests
  readonly failures: AuthenticationFailures
  /** Origins whose pages may call (CORS). */
  readonly allowedOrigins: readonly string[]
  readonly watchInput?: WatchInput | undefined
  /** Who is behind the client certificate of the connection, if there is one. */
  readonly peerOf: (request: IncomingMessage) => Peer | undefined
  readonly strangers: Pick<HttpStrangers, 'find' | 'deviceOf'>
  readonly admissions: Pick<Admissions, 'admitRequest'>
}

/** Refusals of whoever called, in any protocol; what policies refuse is told where it is decided. */
const BAD_SIGNATURES: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatch',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
])

/** All AWS APIs of the server, with the handlers of all services. */
export function composeApi(parts: ApiParts): AwsApi {
  const { context, services, callers, failures, peerOf } = parts
  const bySigningName = new Map(services.apis.flatMap((api) => api.traits.signingNames.map((name) => [name, api])))
  const { log } = context
  return createAwsApi<Caller>({
    services: services.apis.map((api) => lazyService(api, parts)),
    authenticate: (request, service, operation) => {
      const stranger = strangerOf(request.raw, parts)
      if (stranger) return admitted(stranger, request.raw.socket, parts)
      const certificate = request.headers.authorization === undefined ? peerOf(request.raw) : undefined
      if (certificate) return certificate.principal
      const api = bySigningName.get(service.signingNames[0] ?? '')
      try {
        return callers.authenticate(request, { ...service, isGlobal: api?.isGlobal === true }, operation)
      } catch (error) {
        if (api?.plane === 'data') failures.signature(request.raw, 'HTTP', error)
        throw error
      }
    },
    authorize: (call, input) => {
      const { caller } = call
      if (caller.kind === 'anonymous') return // only operations that need no signature have such callers
      if (caller.kind === 'root') return // the administrator may do everything
      const api = bySigningName.get(call.service)
      if (!api) throw new Error(`no API is signed for as ${call.service}`)
      if (caller.kind === 'other-account') return authorizeOtherAccount(parts, api, caller, call.operation)
      authorize(parts, api, { ...call, caller }, input)
    },
    // What a handler wrote after it had waited, and made the broker write, is durable before the answer goes out.
    perform: (work) => context.database.durably(work),
    watchInput: parts.watchInput,
    onAnswered: (entry) => {
      if (BAD_SIGNATURES.has(entry.errorName ?? '')) log.warn(entry, `refused: ${entry.errorName}`)
      else log.debug(entry, 'answered')
    },
    onFault: (error, requestId) => log.error({ err: error, requestId }, 'a request failed'),
    cors: { origins: parts.allowedOrigins },
  })
}

/** Who is to be let in by an authorizer: "over HTTPS, custom authentication is for publishing alone". */
function strangerOf(request: IncomingMessage, { strangers, peerOf }: ApiParts): Stranger | undefined {
  const isPublish = request.method === 'POST' && request.url?.startsWith('/topics/') === true
  return isPublish && peerOf(request) === undefined ? strangers.find(request) : undefined
}

/** @throws {AwsError} ForbiddenException, as AWS says it */
async function admitted(stranger: Stranger, connection: object, { admissions }: ApiParts): Promise<Principal> {
  const peer = await admissions.admitRequest(stranger, connection)
  if (peer) return peer.principal
  throw new AwsError('ForbiddenException', 'Forbidden')
}

/** What accounts do with each other is all that others may do here. @throws {AwsError} AccessDeniedException */
function authorizeOtherAccount(
  { services }: ApiParts,
  { key, actionPrefix }: ServedApi,
  { arn, account }: OtherAccountCaller,
  operation: string,
): void {
  if (services.isForOtherAccounts(key, operation)) return
  throw new AwsError(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${actionPrefix}:${operation}. ` +
      `This server knows account ${account} for the transfer of certificates alone.`,
  )
}

function authorize(
  { context, services, roles, controlPlane, dataPlane, operations, peerOf, strangers }: ApiParts,
  api: ServedApi,
  call: Call<Principal>,
  input: unknown,
): void {
  const { caller, operation, request } = call
  const device = peerOf(request.raw) ?? strangers.deviceOf(request.raw)
  const peer: Peer = { ...device, principal: caller, ...sourceOf(request.raw.socket) }
  const publisher = httpPublisher(peer, context.clock(), request.requestId)
  if (api.plane === 'data') {
    try {
      dataPlane.check(peer, publisher, operation, input)
    } catch (error) {
      operations.refused(call, input, error)
      throw error
    }
    return
  }
  const members = typeof input === 'object' && input !== null ? input : {}
  const asked = services.resourcesOf(api.key, operation, members, caller)
  if (asked.isSelfDeciding && caller.kind !== 'certificate') return
  controlPlane.check(peer, publisher, controlPlaneRequest(context.account, api, operation, members, asked))
  const { need } = asked
  for (const role of need?.passedRoles ?? []) {
    const context = { 'iam:PassedToService': need?.passedTo ?? 'iot.amazonaws.com' }
    controlPlane.check(peer, publisher, { action: 'iam:PassRole', resources: [arnOfRole(roles, role)], context })
  }
  const { readFiles = [] } = need ?? {}
  if (readFiles.length > 0) controlPlane.check(peer, publisher, { action: 's3:GetObject', resources: readFiles })
}

/** A device that calls over mutual TLS signs nothing, nor does whom an authorizer is asked about: the path says which API is meant. */
function claimsOf({ devicePaths }: ServedApi, parts: ApiParts): ServiceTraits['claims'] {
  const { services, peerOf } = parts
  if (devicePaths === undefined) return undefined
  const others = services.apis.flatMap((api) => (api.devicePaths instanceof RegExp ? [api.devicePaths] : []))
  const isMeant = (url: string) =>
    devicePaths === 'others' ? others.every((paths) => !paths.test(url)) : devicePaths.test(url)
  return ({ raw, url }) => (peerOf(raw) !== undefined || strangerOf(raw, parts) !== undefined) && isMeant(url)
}

function lazyService(api: ServedApi, parts: ApiParts): LazyService<Caller> {
  const claims = claimsOf(api, parts)
  const { traits, load, plane }: ServedApi = api
  const whole = parts.requests.of(api.handlers)
  const handlers = plane === 'data' ? parts.operations.of(whole) : whole
  return { ...traits, ...(claims && { claims }), load: async () => ({ sdk: await load(), handlers }) }
}
