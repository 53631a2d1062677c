import type { IncomingMessage } from 'node:http'
import { AwsError } from '@thingdeck/aws-api'
import type { LocalContext } from '../../foundation/context.ts'
import { outcomeOfError } from '../../foundation/error-outcome.ts'
import type { RouteAnswer, RouteVisit, ServiceRoute } from '../../foundation/http-route.ts'
import type { IotLog } from '../../foundation/iot-log.ts'
import { httpPublisher, type Publisher, type Traffic } from '../../foundation/traffic.ts'
import { type CredentialsProvider, CredentialsRefused, credentialsBody } from './credentials-provider.ts'

const STATUS: Readonly<Record<string, number>> = { AccessDeniedException: 403, ResourceNotFoundException: 404 }

/**
 * `GET /role-aliases/ALIAS/credentials` over mutual TLS. The control plane has paths with the same beginning, and on
 * this server the same host.
 * @see AWS IoT Core developer guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider"
 */
export function credentialsRoute(
  { clock, iotLog, metrics }: LocalContext,
  provider: CredentialsProvider,
  traffic: Traffic,
): ServiceRoute {
  /** The guide's table, "Credentials metrics": it has no dimension. */
  const exchanges = metrics.counter({
    namespace: 'AWS/IoT',
    name: 'CredentialExchangeSuccess',
    dimensions: {},
    unit: 'Count',
  })
  const assumeRole = ({ headers }: IncomingMessage, { peer, parameters }: RouteVisit) => {
    if (peer?.principal.kind !== 'certificate') {
      throw new AwsError('AccessDeniedException', 'A client certificate is needed')
    }
    const { certificateId: id, arn } = peer.principal
    const { 'x-amzn-iot-thingname': thingName } = headers
    const publisher = httpPublisher(peer, clock())
    const alias = parameters.alias ?? ''
    try {
      const named = typeof thingName === 'string' ? thingName : undefined
      const credentials = provider.assumeRole(alias, { id, arn }, named)
      exchanges.add()
      logExchange(iotLog, publisher, id, { alias })
      return credentials
    } catch (error) {
      if (error instanceof CredentialsRefused) traffic.refused.tell(refusedOperation(error, publisher))
      logExchange(iotLog, publisher, id, { alias, error })
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

function refusedOperation({ resource, reason, decision }: CredentialsRefused, publisher: Publisher) {
  const refusal = { principal: publisher.principal.principalId, action: decision.action, resource, reason }
  return { refusal, publisher }
}

/** @see AWS IoT Core developer guide, "GetDeviceCredentials log entry"; the words of `details` are ours */
function logExchange(
  iotLog: IotLog,
  publisher: Publisher,
  deviceCertificateId: string,
  { alias, error }: { readonly alias: string; readonly error?: unknown },
): void {
  const status = error === undefined ? 'Success' : 'Failure'
  if (!iotLog.isOn || !iotLog.keeps('GetDeviceCredentials', status, publisher)) return
  const fields =
    error === undefined
      ? { deviceCertificateId, details: `Credentials of the role behind ${alias} were issued` }
      : { deviceCertificateId, ...whyNot(error, alias) }
  iotLog.write({ eventType: 'GetDeviceCredentials', status, traceId: publisher.traceId, fields })
}

function whyNot(error: unknown, alias: string) {
  const { reason, details } = outcomeOfError(error)
  if (!(error instanceof AwsError) || error.name !== 'AccessDeniedException') return { reason, details }
  const why = error instanceof CredentialsRefused ? error.reason : error.message
  return { reason, details: `Credentials of the role behind ${alias} were refused: ${why}` }
}

const json = (status: number, body: unknown): RouteAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
