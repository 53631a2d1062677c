import type { IncomingMessage } from 'node:http'
import { AwsError } from '@thingdeck/aws-api'
import type { LocalContext } from '../../foundation/context.ts'
import type { RouteAnswer, RouteVisit, ServiceRoute } from '../../foundation/http-route.ts'
import type { Peer } from '../../foundation/peer.ts'
import { httpPublisher, type Traffic } from '../../foundation/traffic.ts'
import { type CredentialsProvider, CredentialsRefused, credentialsBody } from './credentials-provider.ts'

const STATUS: Readonly<Record<string, number>> = { AccessDeniedException: 403, ResourceNotFoundException: 404 }

/**
 * `GET /role-aliases/ALIAS/credentials` over mutual TLS. The control plane has paths with the same beginning, and on
 * this server the same host.
 * @see AWS IoT Core developer guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider"
 */
export function credentialsRoute(
  { clock }: LocalContext,
  provider: CredentialsProvider,
  traffic: Traffic,
): ServiceRoute {
  const assumeRole = ({ headers }: IncomingMessage, { peer, parameters }: RouteVisit) => {
    if (peer?.principal.kind !== 'certificate') {
      throw new AwsError('AccessDeniedException', 'A client certificate is needed')
    }
    const { certificateId: id, arn } = peer.principal
    const { 'x-amzn-iot-thingname': thingName } = headers
    try {
      const named = typeof thingName === 'string' ? thingName : undefined
      return provider.assumeRole(parameters.alias ?? '', { id, arn }, named)
    } catch (error) {
      if (error instanceof CredentialsRefused) traffic.refused.tell(refusedOperation(error, peer, clock()))
      throw error
    }
  }
  return {
    method: 'GET',
    path: '/role-aliases/{alias}/credentials',
    answer: (request, visit) => {
      try {
        return json(200, credentialsBody(assumeRole(request, visit)))
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        return json(STATUS[error.name] ?? 400, { message: error.message })
      }
    },
  }
}

function refusedOperation({ resource, reason, decision }: CredentialsRefused, peer: Peer, nowMs: number) {
  const refusal = { principal: peer.principal.principalId, action: decision.action, resource, reason }
  return { refusal, publisher: httpPublisher(peer, nowMs) }
}

const json = (status: number, body: unknown): RouteAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
