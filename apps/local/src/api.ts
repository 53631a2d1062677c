import type { IncomingMessage } from 'node:http'
import * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iot from '@aws-sdk/client-iot'
import * as iotData from '@aws-sdk/client-iot-data-plane'
import * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import {
  type ApiRequest,
  type AwsApi,
  COGNITO_IDENTITY,
  createAwsApi,
  defineService,
  IOT,
  IOT_DATA,
  IOT_JOBS_DATA,
  type Service,
} from '@thingdeck/aws-api'
import type { LocalContext } from './context.ts'
import type { Database } from './database.ts'
import { endpointHandlers } from './endpoint-handlers.ts'
import { connectionHandlers } from './gateway/connection-handlers.ts'
import { ControlPlaneAuthorization } from './gateway/control-plane-authorization.ts'
import { DataPlaneAuthorization } from './gateway/data-plane-authorization.ts'
import type { Gateway } from './gateway/gateway.ts'
import type { Peer } from './gateway/principal.ts'
import { publishHandlers } from './gateway/publish-handlers.ts'
import type { Refusals } from './gateway/refusals.ts'
import { plainAddress } from './gateway/transport-info.ts'
import { registryHandlers } from './registry/handlers.ts'
import { retainedHandlers } from './retained/retained-handlers.ts'
import type { Caller } from './security/caller.ts'
import type { Services } from './services.ts'
import { shadowHandlers } from './shadows/shadow-handlers.ts'

export interface LocalApiOptions {
  readonly context: LocalContext
  readonly services: Services
  readonly gateway: Gateway
  readonly refusals: Refusals
  /** The name that DescribeEndpoint answers with. */
  readonly host: string
  /** Origins whose pages may call (CORS). */
  readonly allowedOrigins: readonly string[]
  /** Who is behind the client certificate of the connection, if there is one. */
  readonly peerOf: (request: IncomingMessage) => Peer | undefined
}

/** Refusals of whoever called; what policies refuse is told where it is decided. */
const BAD_SIGNATURES: ReadonlySet<string> = new Set([
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
])

/** All AWS APIs of the server. */
export function createLocalApi(options: LocalApiOptions): AwsApi {
  const { context, services, refusals, peerOf } = options
  const { log } = context
  const dataPlane = new DataPlaneAuthorization(context.account, services.registry, services.policies, refusals)
  const controlPlane = new ControlPlaneAuthorization(context.account, services.policies, refusals)
  const served = servedBy(options)
  return createAwsApi<Caller>({
    services: Object.values(served),
    resolveService: ({ raw, url }) => (peerOf(raw) ? serviceOfPath(url, served) : undefined),
    authenticate: (request, service, operation) => {
      const certificate = request.headers.authorization === undefined ? peerOf(request.raw) : undefined
      return certificate?.principal ?? services.callers.authenticate(request, service, operation)
    },
    authorize: (call, input) => {
      if (call.caller.kind === 'anonymous') return // only operations that need no signature have such callers
      const peer = { ...peerOf(call.request.raw), principal: call.caller, sourceIp: sourceIpOf(call.request) }
      if (served.iotData.signingNames.includes(call.service)) dataPlane.check(peer, call.operation, input)
      else controlPlane.check(call.service === 'execute-api' ? 'iot' : call.service, call, peer, input)
    },
    onAnswered: (entry) => {
      if (BAD_SIGNATURES.has(entry.errorName ?? '')) log.warn(entry, `refused: ${entry.errorName}`)
      else log.debug(entry, 'answered')
    },
    onFault: (error, requestId) => log.error({ err: error, requestId }, 'a request failed'),
    cors: { origins: options.allowedOrigins },
  })
}

interface ServedServices {
  readonly iot: Service<Caller>
  readonly iotData: Service<Caller>
  readonly iotJobsData: Service<Caller>
  readonly cognitoIdentity: Service<Caller>
}

function servedBy({ context, services, gateway, host }: LocalApiOptions): ServedServices {
  const { broker, shadows, connections } = gateway
  return {
    iot: defineService(iot, {
      ...IOT,
      handlers: { ...registryHandlers(services.registry), ...services.security.iotHandlers, ...endpointHandlers(host) },
    }),
    iotData: durable(
      context.database,
      defineService(iotData, {
        ...IOT_DATA,
        handlers: {
          ...publishHandlers(broker, context.clock),
          ...retainedHandlers(broker.store, context.clock),
          ...connectionHandlers(broker, connections),
          ...shadowHandlers(shadows),
        },
      }),
    ),
    iotJobsData: defineService(iotJobsData, { ...IOT_JOBS_DATA, handlers: {} }),
    cognitoIdentity: defineService(cognitoIdentity, {
      ...COGNITO_IDENTITY,
      handlers: services.security.identityHandlers,
    }),
  }
}

/** What a handler made the broker write is durable before the answer goes out. */
function durable(database: Database, service: Service<Caller>): Service<Caller> {
  const handlers = Object.entries(service.handlers).map(([name, handler]) => {
    const committed: typeof handler = (input, call) => database.durably(() => handler?.(input, call))
    return [name, committed] as const
  })
  return { ...service, handlers: Object.fromEntries(handlers) }
}

/** A device that calls over mutual TLS signs nothing: its path says which service it means. */
function serviceOfPath(url: string, { iotData, iotJobsData }: ServedServices): Service<Caller> {
  return /^\/things\/[^/]+\/jobs/.test(url) ? iotJobsData : iotData
}

const sourceIpOf = ({ raw }: ApiRequest): string => plainAddress(raw.socket.remoteAddress)
