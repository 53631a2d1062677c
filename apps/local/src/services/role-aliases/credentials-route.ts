import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError } from '@thingdeck/aws-api'
import type { Peer } from '../../access/principal.ts'
import type { Refusals } from '../../access/refusals.ts'
import type { HttpRoute } from '../../doors/http-front.ts'
import type { Certificates } from '../certificates/certificates.ts'
import { type CredentialsProvider, CredentialsRefused, credentialsBody } from './credentials-provider.ts'

export interface CredentialsRouteOptions {
  readonly provider: CredentialsProvider
  readonly certificates: Certificates
  readonly peerOf: (request: IncomingMessage) => Peer | undefined
  readonly refusals: Refusals
}

/** The control plane has paths with the same beginning, and on this server the same host. */
const PATH = /^\/role-aliases\/([^/?]+)\/credentials$/

const STATUS: Readonly<Record<string, number>> = { AccessDeniedException: 403, ResourceNotFoundException: 404 }

/**
 * `GET /role-aliases/ALIAS/credentials` over mutual TLS.
 * @see AWS IoT Core developer guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider"
 */
export function credentialsRoute(options: CredentialsRouteOptions): HttpRoute {
  return {
    matches: (request) => aliasOf(request) !== undefined,
    handle: (request, response) => {
      try {
        json(response, 200, credentialsBody(assumeRole(options, request)))
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        json(response, STATUS[error.name] ?? 400, { message: error.message })
      }
    },
  }
}

function assumeRole({ provider, certificates, peerOf, refusals }: CredentialsRouteOptions, request: IncomingMessage) {
  const principal = peerOf(request)?.principal
  if (principal?.kind !== 'certificate') throw new AwsError('AccessDeniedException', 'A client certificate is needed')
  const { 'x-amzn-iot-thingname': thingName } = request.headers
  try {
    const record = certificates.mustFind(principal.certificateId)
    return provider.assumeRole(aliasOf(request) ?? '', record, typeof thingName === 'string' ? thingName : undefined)
  } catch (error) {
    if (error instanceof CredentialsRefused) {
      const { resource, reason, decision } = error
      refusals.tell({ principal: principal.principalId, action: decision.action, resource, reason })
    }
    throw error
  }
}

function aliasOf({ method, url = '' }: IncomingMessage): string | undefined {
  const alias = method === 'GET' ? PATH.exec(url.split('?', 1)[0] ?? '')?.[1] : undefined
  try {
    return alias === undefined ? undefined : decodeURIComponent(alias)
  } catch {
    return undefined
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
